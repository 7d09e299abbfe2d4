import { type Row, valueOf } from '../../spec/value-of.js';

describe('contexts', () => {
  it.each<Row>([
    ['{a: 1, b: a + 1}', { a: 1, b: 2 }],
    ['{"a b": 1, c: 2}.c', 2],
    ['{a b: 1}.a b', 1],
    ['{a: {b: 1}}.a.b', 1],
    ['{a: 1}.b', null],
    ['{a: 1, a: 2}', 'refused'],
    ['{}', {}],
    ['{"": 1}', { '': 1 }],
    ['{f: function(x) x + 1, y: f(1)}.y', 2],
    ['{fact: function(n) if n < 2 then 1 else n * fact(n - 1), r: fact(5)}.r', 120],
    ['{a: 1, b: {a: 2, c: a}}.b.c', 2],
    ['{a: 1, b: {c: a}}.b.c', 1],
    ['{if: 1}', { if: 1 }],
    ['null.a', null],
    ['(null).a', null],
    ['[{a:1}].a', [1]],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('functions', () => {
  it.each<Row>([
    ['(function(x, y) x + y)(1, 2)', 3],
    ['(function(x, y) x + y)(y: 1, x: 2)', 3],
    ['(function(x, y) x + y)(1)', null],
    ['(function(x, y) x + y)(1, 2, 3)', null],
    ['(function(x: number) x)(1)', 1],
    ['(function(x: number) x)("a")', null],
    ['(function(x: number) x)([1])', 1],
    ['(function(x: list<number>) x)(1)', [1]],
    ['(function(x: string) x)(null)', null],
    ['(function(x: date and time) x)(@"2026-01-01")', '2026-01-01T00:00:00Z'],
    ['(function(x: foo) x)(1)', 1],
    ['(function() 5)()', 5],
    ['(function(x) function(y) x + y)(1)(2)', 3],
    ['{adder: function(x) function(y) x + y, r: adder(1)(2)}.r', 3],
    ['function(x) external {java: {class: "a", method signature: "b"}}', 'refused'],
    ['{f: function(a) external {java: {}}, r: 1}.r', 'refused'],
    ['{f: function(a: list<number>, b: context<c: string>) b.c, r: f([1], {c: "x"})}.r', 'x'],
    ['{f: function(g: function<number> -> number) g(2), r: f(function(x) x * 2)}.r', 4],
    ['(function(x, x) x)(1, 2)', 'refused'],
    ['count', null],
    ['{f: count, r: f([1,2])}.r', 2],
    ['unknown(1)', null],
    ['1(2)', null],
    ['"a"()', null],
    ['sum(list: [1], foo: 2)', null],
    ['sum(a: 1, 2)', 'refused'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('instance of', () => {
  it.each<Row>([
    ['1 instance of number', true],
    ['"a" instance of string', true],
    ['true instance of boolean', true],
    ['null instance of Null', true],
    ['null instance of Any', false],
    ['1 instance of Any', true],
    ['null instance of number', false],
    ['[1] instance of list', true],
    ['[1,"a"] instance of list<number>', false],
    ['[1,2] instance of list<number>', true],
    ['[] instance of list<number>', true],
    ['[1] instance of list<Any>', true],
    ['[[1]] instance of list<list<number>>', true],
    ['{a: 1} instance of context', true],
    ['{a: 1} instance of context<a: number>', true],
    ['{a: "1"} instance of context<a: number>', false],
    ['{a: 1, b: 2} instance of context<a: number>', true],
    ['{b: 2} instance of context<a: number>', false],
    ['{} instance of context', true],
    ['[1..2] instance of range<number>', true],
    ['["a".."b"] instance of range<number>', false],
    ['[1..2] instance of range<Any>', true],
    ['(< 5) instance of range<number>', true],
    ['(function(x) x) instance of function', true],
    ['(function(x: number) x) instance of function<number> -> number', true],
    ['(function(x: number) x) instance of function<string> -> number', false],
    ['(function(x) x) instance of function<Any, Any> -> Any', false],
    ['(function() 1) instance of function<> -> number', true],
    ['count instance of function<list> -> number', true],
    ['@"2026-01-01" instance of date', true],
    ['@"10:00:00" instance of time', true],
    ['@"2026-01-01T10:00:00" instance of date and time', true],
    ['@"2026-01-01T10:00:00" instance of date', false],
    ['@"P1D" instance of days and time duration', true],
    ['@"P1Y" instance of years and months duration', true],
    ['@"P1D" instance of years and months duration', false],
    ['1 instance of foo', null],
    ['1 + 1 instance of number', null],
    ['(1 + 1) instance of number', true],
    ['1 instance of number and true', true],
    ['not(1 instance of string)', true],
    ['a instance of number', true, { a: 1 }],
    ['a[1].b instance of number', true, { a: [{ b: 1 }] }],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
