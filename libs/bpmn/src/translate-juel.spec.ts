import { translateJuel } from './translate-juel.js';

describe('expressions of Camunda 7, Operaton and Flowable', () => {
  it.each([
    ['${approved}', 'approved'],
    ['#{approved}', 'approved'],
    ['${!approved}', 'not(approved)'],
    ['${not closed and order.total >= 100.5}', 'not(closed) and order.total >= 100.5'],
    ['${status == \'ok\' || status eq "done"}', 'status = "ok" or status = "done"'],
    ['${(a + 1) * -b != c}', '(a + 1) * -(b) != c'],
    ['${empty note}', '(note = null or note = "" or note = [])'],
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
  ])('leaves %s alone', (text) => {
    expect(translateJuel(text)).toBeUndefined();
  });
});
