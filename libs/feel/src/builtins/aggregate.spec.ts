import { type Row, valueOf } from '../../spec/value-of.js';

describe('count, min, max, sum and mean', () => {
  it.each<Row>([
    ['count([1,2,3])', 3],
    ['count([])', 0],
    ['count([1,[2,3]])', 2],
    ['count(null)', null],
    ['count(1)', 1],
    ['count(list: [1])', 1],
    ['count([null])', 1],
    ['count(1, 2, 3)', 3],
    ['min([1,2,3])', 1],
    ['min(1,2,3)', 1],
    ['min([])', null],
    ['min(1)', 1],
    ['min([1,null])', null],
    ['min(1,"a")', null],
    ['min("b","a")', 'a'],
    ['min(@"2026-01-01", @"2025-01-01")', '2025-01-01'],
    ['min(list: [1,2])', 1],
    ['max([1,2,3])', 3],
    ['max(3,1)', 3],
    ['max([])', null],
    ['max(null)', null],
    ['max([@"PT1H",@"PT2H"])', 'PT2H'],
    ['max()', null],
    ['min([[1,2]])', null],
    ['max(list: 5)', 5],
    ['sum([1,2,3])', 6],
    ['sum(1,2,3)', 6],
    ['sum([])', null],
    ['sum(1)', 1],
    ['sum([1,null])', null],
    ['sum(["a"])', null],
    ['sum([0.1,0.2])', 0.3],
    ['sum([@"PT1H",@"PT2H"])', 'PT3H'],
    ['sum([@"P1Y",@"P1M"])', 'P1Y1M'],
    ['sum(list: [1,2])', 3],
    ['sum(null)', null],
    ['mean([1,2,3])', 2],
    ['mean(1,2)', 1.5],
    ['mean([])', null],
    ['mean(["a"])', null],
    ['mean([1,null])', null],
    ['mean([@"PT1H",@"PT3H"])', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('all and any', () => {
  it.each<Row>([
    ['all([true,true])', true],
    ['all([false,null,true])', false],
    ['all([])', true],
    ['all(true)', true],
    ['all([0])', null],
    ['all(0)', null],
    ['all([true,null])', null],
    ['all(null)', null],
    ['all(true, false)', false],
    ['all(list: [true])', true],
    ['all([false, 1])', false],
    ['all()', null],
    ['any([false,true])', true],
    ['any([])', false],
    ['any([false,null])', null],
    ['any(0)', null],
    ['any([true, 1])', true],
    ['any(null)', null],
    ['any(false, true)', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('flatten, product and statistics', () => {
  it.each<Row>([
    ['flatten([[1,2],[[3]],4])', [1, 2, 3, 4]],
    ['flatten([])', []],
    ['flatten(1)', [1]],
    ['flatten(null)', null],
    ['flatten([[]])', []],
    ['flatten([1,null])', [1, null]],
    ['flatten(list: [[1]])', [1]],
    ['product([2,3,4])', 24],
    ['product(2,3)', 6],
    ['product([])', null],
    ['product(null)', null],
    ['product(["a"])', null],
    ['median([8,2,5,3,4])', 4],
    ['median([6,1,2,3])', 2.5],
    ['median(8,2,5)', 5],
    ['median([])', null],
    ['median([1,null])', null],
    ['stddev([2,4,7,5])', 2.0816659994661326],
    ['stddev([47])', null],
    ['stddev(47)', null],
    ['stddev([])', null],
    ['stddev(1,2) = 0.7071067811865475244008443621048490', true],
    ['mode([6,3,9,6,6])', [6]],
    ['mode([6,1,9,6,1])', [1, 6]],
    ['mode(6,3,9,6,6)', [6]],
    ['mode([])', []],
    ['mode([1,null])', null],
    ['mode(null)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
