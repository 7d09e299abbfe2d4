import { compileExpression, scopeOf, toJson } from '../index.js';

function value(source: string) {
  const result = compileExpression(source);
  if (!result.ok) throw new Error(`${source}: ${result.problems[0]?.message}`);
  return toJson(result.expression.evaluate(scopeOf({}), { now: 0, timeZone: 'Asia/Shanghai' }).value);
}

describe('built-in functions at their edges', () => {
  it.each([
    ['3 in range("[1..3]")', true],
    ['3 in range("[1..3)")', false],
    ['date("2026-02-01") in range("(..date(\\"2026-03-01\\")]")', true],
    ['range("[1..a]")', null],
    ['range("[3..1]")', null],
    ['before(point1: 1, point2: 2)', true],
    ['before(point: 1, range: [2..3])', true],
    ['during(range1: [2..3], range2: [1..4])', true],
    ['includes(range: [1..4], point: 2)', true],
    ['sublist([1, 2, 3], 2, 0)', null],
    ['sublist([1, 2, 3], 2, 2)', [2, 3]],
    ['sort([2, 1], function(a, b) "no")', null],
    ['sort([3, 1, 2], function(a, b) a < b)', [1, 2, 3]],
    ['split("a;b;;c", ";")', ['a', 'b', '', 'c']],
    ['append(list: [1], item: 2)', [1, 2]],
    ['concatenate([1], [2])', [1, 2]],
    ['is empty([])', true],
    ['to base64("信访")', '5L+h6K6/'],
    ['fromAi(5)', 5],
    ['count()', null],
  ])('%s is %j', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });
});
