import { readJson } from './json-text.js';

describe('JSON text', () => {
  it('knows the line of each value and of the nearest holder of a missing one', () => {
    const reading = readJson('{\n  "a": [\n    1,\n    {"b/c": 2}\n  ]\n}');

    const lines = reading.ok
      ? ['/a/1', '/a/1/b~1c', '/a/1/missing', ''].map((pointer) => reading.json.lineOf(pointer))
      : [];
    expect(lines).toEqual([4, 4, 4, 1]);
  });

  it('says what was expected and on which line', () => {
    expect(readJson('{\n "a": 1\n "b": 2 }')).toEqual({
      ok: false,
      line: 3,
      message: 'Expected "}" but found "\\"b\\": 2 }".',
    });
    expect(readJson('')).toMatchObject({ ok: false, line: 1 });
    expect(readJson('[1, 2')).toMatchObject({ ok: false, line: 1 });
    expect(readJson('{"a": tru}')).toMatchObject({ ok: false });
    expect(readJson('"a\\x"')).toMatchObject({ ok: false });
  });

  it('refuses nesting that would exhaust the stack', () => {
    expect(readJson('['.repeat(100_000))).toMatchObject({
      ok: false,
      message: 'Expected at most 200 levels of nesting.',
    });
  });

  it('keeps __proto__ as a plain key', () => {
    const reading = readJson('{"__proto__": {"x": 1}}');

    expect(reading.ok && Object.hasOwn(reading.json.value as object, '__proto__')).toBe(true);
  });

  it('names keys that stand twice', () => {
    const reading = readJson('{"a": {"b": 1, "b": 2}}');

    expect(reading.ok && reading.json.duplicateKeys).toEqual(['/a/b']);
  });
});
