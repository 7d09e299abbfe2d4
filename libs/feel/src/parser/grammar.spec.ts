import { type Row, valueOf } from '../../spec/value-of.js';

describe('names', () => {
  it.each<Row>([
    ['a-b', 1, { 'a-b': 1 }],
    ['a-b', 1, { 'a-b': 1, a: 5, b: 3 }],
    ['a-b', 2, { a: 5, b: 3 }],
    ['a - b', 1, { 'a - b': 1 }],
    ['a+b + 1', 2, { 'a+b': 1 }],
    ['a*b', 1, { 'a*b': 1 }],
    ['a/b', 1, { 'a/b': 1 }],
    ['a.b', 1, { 'a.b': 1 }],
    ["it's + 1", 2, { "it's": 1 }],
    ['full name', 'x', { 'full name': 'x' }],
    ['date and time', 1, { 'date and time': 1 }],
    ['for each', 1, { 'for each': 1 }],
    ['if only + 1', 2, { 'if only': 1 }],
    ['in stock', 1, { 'in stock': 1 }],
    ['a and b', 1, { 'a and b': 1 }],
    ['not good', 1, { 'not good': 1 }],
    ['order', 1, { order: 1 }],
    ['android', 1, { android: 1 }],
    ['信访 事项 + 1', 2, { '信访 事项': 1 }],
    ['信访事项.编号', 'A', { 信访事项: { 编号: 'A' } }],
    ['a.b c', { 'd-e': 1 }, { a: { 'b c': { 'd-e': 1 } } }],
    ['😀', 1, { '😀': 1 }],
    ['? + 1', 6, { '?': 5 }],
    ['_a1', 1, { _a1: 1 }],
    ['a1 b2', 3, { 'a1 b2': 3 }],
    ['a 2', 3, { 'a 2': 3 }],
    ['`a b`', null],
    ['`a b`', 1, { 'a b': 1 }],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('comments and escapes', () => {
  it.each<Row>([
    ['// c', 'refused'],
    ['1 // c', 1],
    ['1 /* c */ + /* d */ 2', 3],
    ['1 /* c', 'refused'],
    ['"// no"', '// no'],
    ['"\\u0041"', 'A'],
    ['"\\U000041"', 'A'],
    ['"\\U01F40E"', '🐎'],
    ['"a\\tb"', 'a\tb'],
    ['"unclosed', 'refused'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('what is refused', () => {
  it.each<Row>([
    ["'a'", 'refused'],
    ['', 'refused'],
    ['1 2', 'refused'],
    ['(1', 'refused'],
    ['1)', 'refused'],
    ['[1,]', 'refused'],
    ['[,1]', 'refused'],
    ['{a: 1,}', 'refused'],
    ['{a}', 'refused'],
    ['f(1,)', 'refused'],
    ['(1,2)', 'refused'],
    ['1 +', 'refused'],
    ['* 1', 'refused'],
    ['1 == 1', 'refused'],
    ['a => b', 'refused'],
    ['a & b', 'refused'],
    ['1 .. 2', 'refused'],
    ['if then else', 'refused'],
    ['for i return i', 'refused'],
    ['some x satisfies x', 'refused'],
    ['a.1', 'refused'],
    ['a..b', 'refused'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('mixed accesses', () => {
  it.each<Row>([
    ['@"2026-01-01".year + 1', 2027],
    ['date("2026-01-01").year', 2026],
    ['[1,2,3][2] * 2', 4],
    ['-[1,2][1]', -1],
    ['(-1)', -1],
    ['2 * -3', -6],
    ['-2 instance of number', true],
    ['-(2) instance of number', null],
    ['5 -2', 3],
    ['-2 ** 2', 4],
    ['- -2', 2],
    ['-0', 0],
    ['-2[item < 0]', [-2]],
    ['not true', 'refused'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
