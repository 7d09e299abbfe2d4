import { insertItem, lineAt, removeAt, setAt, swapAt } from './json-text.js';

const text = `{
  "id": "F01",
  "schema": {
    "required": ["a", "b"],
    "properties": {
      "a": { "type": "string" },
      "b": {
        "type": "integer",
        "maximum": 5
      }
    }
  }
}
`;

describe('changing a JSON text', () => {
  it('replaces a value and nothing else', () => {
    expect(setAt(text, ['schema', 'properties', 'b', 'maximum'], 9)).toBe(text.replace('5', '9'));
  });

  it('adds a property to an object in the way that object is written', () => {
    const onOneLine = setAt(text, ['schema', 'properties', 'a', 'title'], '甲');
    const onLines = setAt(text, ['schema', 'properties', 'b', 'title'], '乙');

    expect(onOneLine).toBe(text.replace('"string" }', '"string", "title": "甲" }'));
    expect(onLines).toBe(text.replace('"maximum": 5', '"maximum": 5,\n        "title": "乙"'));
  });

  it('makes what is missing on the way', () => {
    expect(JSON.parse(setAt(text, ['ui', 'help', 'a'], '提示'))).toMatchObject({ ui: { help: { a: '提示' } } });
  });

  it('keeps a list on its line', () => {
    const path = ['schema', 'required'];

    expect(insertItem(text, path, 1, 'c')).toContain('["a", "c", "b"]');
    expect(insertItem(text, path, 0, 'c')).toContain('["c", "a", "b"]');
    expect(removeAt(text, [...path, 0])).toContain('["b"]');
    expect(removeAt(text, [...path, 1])).toContain('["a"]');
    expect(insertItem('{ "required": [] }', ['required'], 0, 'c')).toBe('{ "required": ["c"] }');
  });

  it('takes a property out with its comma', () => {
    const without = removeAt(text, ['schema', 'properties', 'b']);

    expect(without).toContain('"properties": {\n      "a": { "type": "string" }\n    }');
    expect(JSON.parse(removeAt(removeAt(text, ['schema']), ['id']))).toEqual({});
  });

  it('exchanges two neighbors with their texts as they are written', () => {
    const swapped = swapAt(text, ['schema', 'properties'], 1, 0);

    expect(Object.keys((JSON.parse(swapped) as typeof form).schema.properties)).toEqual(['b', 'a']);
    expect(swapAt(swapped, ['schema', 'properties'], 0, 1)).toBe(text);
  });

  it('tells the line of a value', () => {
    expect(lineAt(text, ['schema', 'properties', 'b', 'maximum'])).toBe(9);
    expect(lineAt(text, ['ui'])).toBeUndefined();
  });
});

const form = { schema: { properties: {} } };
