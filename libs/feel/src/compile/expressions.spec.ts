import { type Row, valueOf } from '../../spec/value-of.js';

describe('logic of three values', () => {
  it.each<Row>([
    ['true and true', true],
    ['true and false', false],
    ['true and null', null],
    ['false and null', false],
    ['null and null', null],
    ['null and false', false],
    ['true and 1', null],
    ['false and 1', false],
    ['1 and false', false],
    ['"a" and true', null],
    ['true or null', true],
    ['null or true', true],
    ['false or null', null],
    ['false or 1', null],
    ['1 or true', true],
    ['null or null', null],
    ['true or false and false', true],
    ['not(true)', false],
    ['not(null)', null],
    ['not(1)', null],
    ['not(negand: false)', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('equality and order', () => {
  it.each<Row>([
    ['1 = 1.0', true],
    ['1 = "1"', null],
    ['1 != "1"', null],
    ['null = null', true],
    ['null != null', false],
    ['1 = null', false],
    ['null = 1', false],
    ['1 != null', true],
    ['null < 1', null],
    ['1 < null', null],
    ['true < false', null],
    ['[1] < [2]', null],
    ['true = true', true],
    ['true = 1', null],
    ['[1,2] = [1,2]', true],
    ['[1,2] = [2,1]', false],
    ['[1,2] = [1]', false],
    ['[] = []', true],
    ['[1] = 1', null],
    ['1 = [1]', null],
    ['[null] = [null]', true],
    ['[[1]] = [[1]]', true],
    ['{a: 1} = {a: 1}', true],
    ['{a: 1, b: 2} = {b: 2, a: 1}', true],
    ['{a: 1} = {a: 2}', false],
    ['{a: 1} = {b: 1}', false],
    ['{} = {}', true],
    ['{} = null', false],
    ['{a: null} = {}', false],
    ['[[1, null], 2] = [[1, null], 2]', true],
    ['[{a: [1]}, 2] = [{a: [1]}, 3]', false],
    ['{a: [1, {b: 2}]} = {a: [1, {b: 3}]}', false],
    ['[[1]] = [{a: 1}]', false],
    ['{a: {b: 1}} = {a: null}', false],
    ['1 < 2 < 3', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });

  it.each([
    ['x = y', 2_000, 'bottom', true],
    ['x = y', 20_000, 'bottom', true],
    ['x = y', 20_000, 'ground', false],
    ['list contains([y], x)', 20_000, 'bottom', true],
  ])('%s of values nested %d deep that end in "bottom" and "%s" is %j', (source, depth, end, expected) => {
    expect(valueOf(source, { x: nested(depth, 'bottom'), y: nested(depth, end) })).toBe(expected);
  });
});

/** `{"next": [{"next": ... }]}` */
function nested(depth: number, end: string): unknown {
  let value: unknown = end;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? { next: value } : [value];
  return value;
}

describe('between', () => {
  it.each<Row>([
    ['5 between 1 and 10', true],
    ['1 between 1 and 10', true],
    ['10 between 1 and 10', true],
    ['11 between 1 and 10', false],
    ['null between 1 and 10', null],
    ['5 between null and 10', null],
    ['5 between 1 and null', null],
    ['5 between "a" and 10', null],
    ['"b" between "a" and "c"', true],
    ['5 between 1 and 10 and true', true],
    ['5 + 5 between 1 and 10', true],
    ['@"2026-01-15" between @"2026-01-01" and @"2026-02-01"', true],
    ['11 between 1 and null', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('if', () => {
  it.each<Row>([
    ['if true then 1 else 2', 1],
    ['if false then 1 else 2', 2],
    ['if null then 1 else 2', 2],
    ['if 1 then 1 else 2', 2],
    ['if "true" then 1 else 2', 2],
    ['if true then if false then 1 else 2 else 3', 2],
    ['if (1 < 2) then "a" else "b"', 'a'],
    ['if true then 1', 'refused'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('for', () => {
  it.each<Row>([
    ['for i in [1,2,3] return i * 2', [2, 4, 6]],
    ['for i in 1..3 return i', [1, 2, 3]],
    ['for i in 3..1 return i', [3, 2, 1]],
    ['for i in 1..1 return i', [1]],
    ['for i in -1..1 return i', [-1, 0, 1]],
    ['for i in 1..-1 return i', [1, 0, -1]],
    ['for i in [1..3] return i', [1, 2, 3]],
    ['for i in (1..3) return i', [2]],
    ['for i in (1..3] return i', [2, 3]],
    ['for i in [1..3) return i', [1, 2]],
    ['for i in [3..1] return i', null],
    ['for i in @"2026-01-30"..@"2026-02-01" return string(i)', ['2026-01-30', '2026-01-31', '2026-02-01']],
    ['for i in @"2026-02-01"..@"2026-01-30" return string(i)', ['2026-02-01', '2026-01-31', '2026-01-30']],
    ['for i in [@"2026-01-30"..@"2026-02-01") return string(i)', ['2026-01-30', '2026-01-31']],
    ['for i in 1..2, j in 1..2 return i * 10 + j', [11, 12, 21, 22]],
    ['for i in [1,2], j in [i, i * 10] return j', [1, 10, 2, 20]],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', [1, 1, 2, 6, 24]],
    ['for i in 1..3 return count(partial)', [0, 1, 2]],
    ['for i in [] return i', []],
    ['for i in null return i', null],
    ['for i in 5 return i', [5]],
    ['for i in 1..null return i', null],
    ['for i in 1.5..3 return i', null],
    ['for i in "a".."c" return i', null],
    ['for x in [[1,2],[3]] return for y in x return y * 2', [[2, 4], [6]]],
    ['for my item in [1,2] return my item + 1', [2, 3]],
    ['for item in [1,2] return item', [1, 2]],
    [
      'for i in 1..2 return {a: i, b: a + 1}',
      [
        { a: 1, b: 2 },
        { a: 2, b: 3 },
      ],
    ],
    ['(for i in [1,2,3] return i)[item > 1]', [2, 3]],
    ['for i in [1,null,3] return i', [1, null, 3]],
    ['for i in 1..3 return i > 1', [false, true, true]],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('some and every', () => {
  it.each<Row>([
    ['some x in [1,2] satisfies x > 1', true],
    ['some x in [1,2] satisfies x > 2', false],
    ['some x in [] satisfies true', false],
    ['every x in [] satisfies false', true],
    ['every x in [1,2] satisfies x > 0', true],
    ['every x in [1,null] satisfies x > 0', null],
    ['every x in [1,null] satisfies x > 1', false],
    ['some x in [1,null] satisfies x > 0', true],
    ['some x in [0,null] satisfies x > 0', null],
    ['some x in [1,2], y in [2,3] satisfies x = y', true],
    ['every x in [1,2], y in [x+1] satisfies y > x', true],
    ['some x in 1..5 satisfies x = 3', true],
    ['every x in null satisfies true', null],
    ['some x in [1] satisfies 1', null],
    ['some x in 5 satisfies x = 5', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('filters', () => {
  it.each<Row>([
    ['[1,2,3][1]', 1],
    ['[1,2,3][-3]', 1],
    ['[1,2,3][4]', null],
    ['[1,2,3][0]', null],
    ['[1,2,3][1.5]', null],
    ['[1,2,3][item > 1]', [2, 3]],
    ['[1,2,3][item = 5]', []],
    ['[1,2,3][true]', [1, 2, 3]],
    ['[1,2,3][false]', []],
    ['[1,2,3][null]', []],
    ['[1,2,3]["a"]', []],
    ['1[1]', 1],
    ['1[2]', null],
    ['1[true]', [1]],
    ['1[false]', []],
    ['1[item = 1]', [1]],
    ['"a"[item = "a"]', ['a']],
    ['null[1]', null],
    ['null[true]', []],
    ['{a:1}[a=1]', [{ a: 1 }]],
    ['{a:1}[1]', { a: 1 }],
    ['[{x:1,y:2},{x:2,y:3}][x=1]', [{ x: 1, y: 2 }]],
    ['[{x:1,y:2},{x:2,y:3}][x=1].y', [2]],
    ['[{x:1,y:2},{x:null,y:3}][x < 2]', [{ x: 1, y: 2 }]],
    ['[{x:1,y:2},{y:3}][x < 2]', [{ x: 1, y: 2 }]],
    ['[{x:1},{y:3}][x = null]', [{ y: 3 }]],
    ['[{a:[1,2]},{a:[3]}].a', [[1, 2], [3]]],
    ['[{a:1},{b:2}].a', [1, null]],
    ['[1,2].a', [null, null]],
    ['[[1,2],[3]][1][2]', 2],
    ['[1,2,3,4][item > 1][item < 4][1]', 2],
    ['[{item: 1}, {item: 5}][item > 2]', [{ item: 5 }]],
    ['[1,2,3][some x in [1,2] satisfies x = item]', [1, 2]],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
