import { evaluate as feelin } from 'feelin';
import { compileExpression, scopeOf } from './index.js';

const variables = {
  amount: 120.5,
  name: '张三',
  flags: [true, false, null],
  cases: [
    { no: 'A1', days: 3, tags: ['x', 'y'] },
    { no: 'A2', days: 12, tags: [] },
    { no: 'A3', days: 7, tags: ['y'] },
  ],
  limit: 5,
  empty: [],
  nothing: null,
};

function ours(source: string) {
  const result = compileExpression(source);
  return result.ok
    ? result.expression.evaluate(scopeOf(variables), { now: 0, timeZone: 'UTC' }).value
    : result.problems;
}

describe('agreement with feelin', () => {
  it.each([
    'amount * 2 - limit',
    '-limit ** 2',
    '2 ** 3 ** 2',
    '10 - 4 - 3',
    '100 / 8 / 2',
    '(1 + 2) * 3',
    'amount > 100 and limit < 10',
    'not(amount > 100)',
    'nothing = null',
    'nothing != null',
    'nothing and true',
    'nothing or true',
    'limit between 1 and 5',
    'limit in [1..5)',
    'limit in (1, 5, 9)',
    'limit in (< 3, >= 5)',
    'name + "的案件"',
    'if amount > 100 then "high" else "low"',
    'cases[days > limit].no',
    'cases[1].no',
    'cases[-1].no',
    'cases[10]',
    'cases.days',
    'cases[no = "A1"].tags[1]',
    'count(cases[days > 100])',
    'for c in cases return c.days * 2',
    'for i in 1..3, j in 1..2 return i * 10 + j',
    'for i in 5..1 return i',
    'some c in cases satisfies c.days > 10',
    'every c in cases satisfies c.days > 3',
    '{a: 1, b: a * 2}.b',
    '{a: 1, b: {c: 2}}',
    '(function(x) x + limit)(2)',
    'sum([1, 2, 3])',
    'sum(1, 2, 3)',
    'min(cases.days)',
    'max(3, 1, 2)',
    'mean([1, 2, 3, 4])',
    'median([8, 2, 5, 3, 4])',
    'all([true, true])',
    'any([false, true])',
    'sublist([1, 2, 3], 2)',
    'sublist([1, 2, 3], 1, 2)',
    'append([1], 2, 3)',
    'concatenate([1], [2, 3])',
    'insert before([1, 3], 1, 2)',
    'remove([1, 2, 3], 2)',
    'reverse([1, 2, 3])',
    'index of([1, 2, 3, 2], 2)',
    'union([1, 2], [2, 3])',
    'distinct values([1, 2, 1])',
    'flatten([[1, 2], [[3]], 4])',
    'list contains([1, 2, null], null)',
    'sort([3, 1, 2], function(x, y) x < y)',
    'substring("foobar", 3)',
    'substring("foobar", -2, 1)',
    'string length("foo")',
    'upper case("aBc4")',
    'lower case("aBc4")',
    'substring before("foobar", "bar")',
    'substring after("foobar", "ob")',
    'contains("foobar", "of")',
    'starts with("foobar", "fo")',
    'ends with("foobar", "r")',
    'split("John Doe", "\\s")',
    'matches("foobar", "^fo*b")',
    'replace("abcd", "(ab)|(a)", "[1=$1]")',
    'string join(["a", "b"], "-")',
    'floor(1.5)',
    'ceiling(-1.5)',
    'round up(5.125, 2)',
    'round half down(-5.5, 0)',
    'abs(-10)',
    'modulo(12, 5)',
    'sqrt(16)',
    'odd(5)',
    'even(5)',
    'number("1,000.5", ",", ".")',
    'string(1.1)',
    'get value({key1: "v"}, "key1")',
    'get entries({a: 1})',
    'context put({a: 1}, "b", 2)',
    'context merge([{a: 1}, {b: 2}])',
    'before(1, [2..3])',
    'overlaps([5..10], [1..6])',
    'includes([5..10], 6)',
    'duration("P1D") > duration("PT1H")',
    'date("2024-02-29") < date("2024-03-01")',
    'date("2024-02-28").month',
    '(date("2024-03-01") - date("2024-02-28")).days',
    'day of week(date("2019-09-17"))',
    'day of year(date("2019-09-17"))',
    'week of year(date("2005-01-01"))',
    'month of year(date("2019-09-17"))',
    '5 instance of number',
    '"a" instance of number',
  ])('on %s', (source) => {
    expect(ours(source)).toEqual(plain(feelin(source, variables)));
  });
});

/** feelin gives value and warnings. */
function plain(result: unknown): unknown {
  return typeof result === 'object' && result !== null && 'warnings' in result
    ? (result as { value?: unknown }).value
    : result;
}
