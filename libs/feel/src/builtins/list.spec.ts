import { type Row, valueOf } from '../../spec/value-of.js';

describe('list contains and list replace', () => {
  it.each<Row>([
    ['list contains([1,2,3], 2)', true],
    ['list contains([1,2,null], null)', true],
    ['list contains([1,2], null)', false],
    ['list contains([], null)', false],
    ['list contains(null, 1)', null],
    ['list contains(1, 1)', true],
    ['list contains([1,"a"], "b")', false],
    ['list contains([[1],[2]], [1])', true],
    ['list contains(list: [1], element: 1)', true],
    ['list contains([{a: 1}], {a: 1})', true],
    ['list replace([2,4,7,8], 3, 6)', [2, 4, 6, 8]],
    ['list replace([2,4,7,8], -1, 6)', [2, 4, 7, 6]],
    ['list replace([2,4,7,8], 0, 6)', null],
    ['list replace([2,4,7,8], 5, 6)', null],
    ['list replace([2,4,7,8], function(item, newItem) item < newItem, 5)', [5, 5, 7, 8]],
    ['list replace(list: [2,4], position: 1, newItem: 6)', [6, 4]],
    ['list replace(list: [2,4], match: function(item, newItem) item = 4, newItem: 6)', [2, 6]],
    ['list replace([2,4], function(item, newItem) "x", 5)', null],
    ['list replace([2,4], function(item) true, 5)', null],
    ['list replace(null, 1, 5)', null],
    ['list replace([1,2], 1, null)', [null, 2]],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('parts of a list and changes', () => {
  it.each<Row>([
    ['sublist([4,5,6], 1, 2)', [4, 5]],
    ['sublist([4,5,6], 2)', [5, 6]],
    ['sublist([4,5,6], -1)', [6]],
    ['sublist([4,5,6], -2, 1)', [5]],
    ['sublist([4,5,6], 0)', null],
    ['sublist([4,5,6], 4)', null],
    ['sublist([4,5,6], 1, 4)', null],
    ['sublist(list: [4,5,6], start position: 2, length: 1)', [5]],
    ['sublist(null, 1)', null],
    ['sublist([1,2,3], 1.8)', null],
    ['append([1], 2, 3)', [1, 2, 3]],
    ['append([], 1)', [1]],
    ['append(1, 2)', [1, 2]],
    ['append(null, 1)', null],
    ['append([1], [2,3])', [1, [2, 3]]],
    ['append([1])', [1]],
    ['append([1], null)', [1, null]],
    ['append(list: [1], item: 2)', [1, 2]],
    ['append(list: [1], items: 2)', null],
    ['concatenate([1],[2,3])', [1, 2, 3]],
    ['concatenate([1])', [1]],
    ['concatenate([1],[[2]])', [1, [2]]],
    ['concatenate([1], null)', null],
    ['concatenate(1, [2])', [1, 2]],
    ['concatenate()', null],
    ['insert before([1,3], 1, 2)', [2, 1, 3]],
    ['insert before([1,3], -1, 2)', [1, 2, 3]],
    ['insert before([1,3], 3, 2)', null],
    ['insert before([1,3], 0, 2)', null],
    ['insert before([], 1, 2)', null],
    ['insert before([1,3], 1, null)', [null, 1, 3]],
    ['insert before(list: [1,3], position: 2, newItem: 2)', [1, 2, 3]],
    ['remove([1,2,3], 2)', [1, 3]],
    ['remove([1,2,3], -1)', [1, 2]],
    ['remove([1], 2)', null],
    ['remove([1], 0)', null],
    ['remove(list: [1,2], position: 1)', [2]],
    ['remove(null, 1)', null],
    ['reverse([1,2,3])', [3, 2, 1]],
    ['reverse([])', []],
    ['reverse(1)', [1]],
    ['reverse(null)', null],
    ['reverse(list: [1,2])', [2, 1]],
    ['index of([1,2,3,2], 2)', [2, 4]],
    ['index of([1], 5)', []],
    ['index of([1,null], null)', [2]],
    ['index of(null, 1)', null],
    ['index of([], 1)', []],
    ['index of(list: [1], match: 1)', [1]],
    ['index of([1])', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('sets of items', () => {
  it.each<Row>([
    ['union([1,2],[2,3])', [1, 2, 3]],
    ['union([1,2],[2,3],3)', [1, 2, 3]],
    ['union([1, null], [null])', [1, null]],
    ['union(null)', null],
    ['union([1,1])', [1]],
    ['union()', null],
    ['distinct values([1,2,3,2,1])', [1, 2, 3]],
    ['distinct values([1,null,null])', [1, null]],
    ['distinct values([])', []],
    ['distinct values(1)', [1]],
    ['distinct values(null)', null],
    ['distinct values([[1],[1]])', [[1]]],
    ['distinct values([{a:1},{a:1.0}])', [{ a: 1 }]],
    ['distinct values([@"2026-01-01",@"2026-01-01"])', ['2026-01-01']],
    ['distinct values(list: [1,1])', [1]],
    ['duplicate values([1,2,3,2,1])', [1, 2]],
    ['duplicate values([])', []],
    ['duplicate values(null)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('sort and the list functions of Camunda', () => {
  it.each<Row>([
    ['sort([3,1,2], function(x,y) x < y)', [1, 2, 3]],
    ['sort(list: [3,1,2], precedes: function(x,y) x > y)', [3, 2, 1]],
    ['sort([3,1,2])', [1, 2, 3]],
    ['sort(["b","a"])', ['a', 'b']],
    ['sort([])', []],
    ['sort(null, function(x,y) x < y)', null],
    ['sort([3,1,2], null)', null],
    ['sort([1,"a"], function(x,y) x < y)', null],
    [
      'sort([{a:2,b:1},{a:1,b:2},{a:2,b:3}], function(x,y) x.a < y.a)',
      [
        { a: 1, b: 2 },
        { a: 2, b: 1 },
        { a: 2, b: 3 },
      ],
    ],
    ['sort(list: ["b","a"], precedes: function(x: string, y: string) x < y)', ['a', 'b']],
    ['sort([3,1,2], function(x) true)', null],
    ['sort(5, function(x,y) x<y)', [5]],
    ['partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['partition([1], 0)', null],
    ['partition([], 2)', []],
    ['is empty([])', true],
    ['is empty([1])', false],
    ['is empty(null)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
