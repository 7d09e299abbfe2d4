import { compileExpression, scopeOf } from '#feel';
import { translateJuel } from './translate-juel.js';

const moment = { now: 0, timeZone: 'UTC' };

describe('expressions of Camunda 7, Operaton and Flowable', () => {
  it.each([
    ['${approved}', 'approved'],
    ['#{approved}', 'approved'],
    ['${!approved}', 'not(approved)'],
    ['${not closed and order.total >= 100.5}', 'not(closed) and order.total >= 100.5'],
    ['${status == \'ok\' || status eq "done"}', 'status = "ok" or status = "done"'],
    ['${(a + 1) * -b != c}', '(a + 1) * -(b) != c'],
    ['${empty note}', 'list contains([null, "", [], {}], note)'],
  ])('translates %s', (juel, feel) => {
    expect(translateJuel(juel)).toBe(feel);
  });

  it.each([
    'approved',
    '${}',
    '${bean.call(a)}',
    '${execution.setVariable("a", 1)}',
    '${a ? b : c}',
    '${a[0]}',
    'order ${a}',
    '${a b}',
    '${and}',
    '${(a}',
    '${a == }',
    `\${${'('.repeat(50_000)}a${')'.repeat(50_000)}}`,
    `\${${'!'.repeat(50_000)}a}`,
  ])('leaves %s alone', (text) => {
    expect(translateJuel(text)).toBeUndefined();
  });

  it.each([
    [null, true],
    ['', true],
    [[], true],
    [{}, true],
    ['text', false],
    [0, false],
    [[null], false],
    [{ a: 1 }, false],
    [false, false],
  ])('asks of a value of any kind whether it is empty: %j', (note, isEmpty) => {
    const compiled = compileExpression(translateJuel('${empty note}') ?? '');

    expect(compiled).toMatchObject({ ok: true });
    expect(compiled.ok && compiled.expression.evaluate(scopeOf({ note }), moment).value).toBe(isEmpty);
  });
});
