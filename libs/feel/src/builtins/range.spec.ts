import { type Row, valueOf } from '../../spec/value-of.js';

describe('before and after', () => {
  it.each<Row>([
    ['before(1, 10)', true],
    ['before(10, 1)', false],
    ['before(1, [1..10])', false],
    ['before(1, (1..10])', true],
    ['before(1, [5..10])', true],
    ['before([1..10], 10)', false],
    ['before([1..10), 10)', true],
    ['before([1..10], 15)', true],
    ['before([1..10], [15..20])', true],
    ['before([1..10], [10..20])', false],
    ['before([1..10), [10..20])', true],
    ['before([1..10], (10..20])', true],
    ['after(10, 5)', true],
    ['after(12, [1..10])', true],
    ['after(10, [1..10))', true],
    ['after(10, [1..10])', false],
    ['after([11..20], 12)', false],
    ['after([11..20], 10)', true],
    ['after((11..20], 11)', true],
    ['after([11..20], [1..10])', true],
    ['after([1..10], [11..20])', false],
    ['after([11..20], [1..11))', true],
    ['after((11..20], [1..11])', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('meets and overlaps', () => {
  it.each<Row>([
    ['meets([1..5], [5..10])', true],
    ['meets([1..5), [5..10])', false],
    ['meets([1..5], (5..10])', false],
    ['meets([1..5], [6..10])', false],
    ['met by([5..10], [1..5])', true],
    ['met by([5..10], [1..5))', false],
    ['overlaps([1..5], [3..8])', true],
    ['overlaps([3..8], [1..5])', true],
    ['overlaps([1..8], [3..5])', true],
    ['overlaps([1..5], [6..8])', false],
    ['overlaps([1..5], [5..8])', true],
    ['overlaps([1..5], (5..8])', false],
    ['overlaps([1..5), [5..8])', false],
    ['overlaps before([1..5], [3..8])', true],
    ['overlaps before([1..5], [6..8])', false],
    ['overlaps before([1..5], [5..8])', true],
    ['overlaps before([1..5], (5..8])', false],
    ['overlaps before([1..5), (1..5])', true],
    ['overlaps before([1..5], (1..5])', true],
    ['overlaps before([1..5), [1..5])', false],
    ['overlaps before([1..5], [1..5])', false],
    ['overlaps after([3..8], [1..5])', true],
    ['overlaps after([6..8], [1..5])', false],
    ['overlaps after([5..8], [1..5])', true],
    ['overlaps after((5..8], [1..5])', false],
    ['overlaps after((1..5], [1..5))', true],
    ['overlaps after((1..5], [1..5])', true],
    ['overlaps after([1..5], [1..5))', false],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('finishes, includes, during, starts and coincides', () => {
  it.each<Row>([
    ['finishes(10, [1..10])', true],
    ['finishes(10, [1..10))', false],
    ['finishes([5..10], [1..10])', true],
    ['finishes([5..10), [1..10])', false],
    ['finishes([5..10), [1..10))', true],
    ['finishes([1..10], [1..10])', true],
    ['finishes((1..10], [1..10])', true],
    ['finished by([1..10], 10)', true],
    ['finished by([1..10), 10)', false],
    ['finished by([1..10], [5..10])', true],
    ['finished by([1..10], [5..10))', false],
    ['includes([1..10], 5)', true],
    ['includes([1..10], 12)', false],
    ['includes([1..10], 1)', true],
    ['includes((1..10], 1)', false],
    ['includes([1..10), 10)', false],
    ['includes([1..10], [4..6])', true],
    ['includes([1..10], [1..10))', true],
    ['includes([1..10], (1..10])', true],
    ['includes((1..10], [1..10])', false],
    ['includes([1..10], [1..10])', true],
    ['during(5, [1..10])', true],
    ['during(12, [1..10])', false],
    ['during([4..6], [1..10])', true],
    ['during([1..10], (1..10])', false],
    ['starts(1, [1..10])', true],
    ['starts(1, (1..10])', false],
    ['starts([1..5], [1..10])', true],
    ['starts((1..5], [1..10])', false],
    ['starts((1..5], (1..10])', true],
    ['starts([1..10], [1..10])', true],
    ['starts([1..10), [1..10])', true],
    ['started by([1..10], 1)', true],
    ['started by((1..10], 1)', false],
    ['started by([1..10], [1..5])', true],
    ['started by([1..10], (1..5])', false],
    ['coincides(5, 5)', true],
    ['coincides(3, 4)', false],
    ['coincides([1..5], [1..5])', true],
    ['coincides((1..5), [1..5])', false],
    ['coincides([1..5], [2..6])', false],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('interval functions with other arguments', () => {
  it.each<Row>([
    ['before(null, 1)', null],
    ['before(1, null)', null],
    ['before(1, "a")', null],
    ['before(1, [@"2026-01-01"..@"2026-02-01"])', null],
    ['before(@"2026-01-01", [@"2026-01-02"..@"2026-02-01"])', true],
    ['before()', null],
    ['meets(1, [1..5])', null],
    ['before(point1: 1, point2: 10)', true],
    ['before(point: 1, range: [5..10])', true],
    ['before(range: [1..4], point: 5)', true],
    ['before(range1: [1..4], range2: [5..6])', true],
    ['before(range2: [1..4], range1: [5..6])', false],
    ['after(point1: 10, point2: 1)', true],
    ['meets(range1: [1..5], range2: [5..10])', true],
    ['starts(point: 1, range: [1..5])', true],
    ['during(point: 1, range: [1..5])', true],
    ['includes(range1: [1..5], range2: [2..3])', true],
    ['coincides(point1: 1, point2: 1)', true],
    ['coincides(range1: [1..2], range2: [1..2])', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('interval functions without limit on one side', () => {
  it.each<Row>([
    ['before((< 5), (> 5))', true],
    ['before((<= 5), (>= 5))', false],
    ['before((< 5), 5)', true],
    ['before(4, (>= 5))', true],
    ['after((> 5), (< 5))', true],
    ['after((> 5), 5)', true],
    ['overlaps((< 5), (> 3))', true],
    ['overlaps((< 5), (> 5))', false],
    ['includes((> 5), 6)', true],
    ['includes((> 5), 5)', false],
    ['includes((> 5), (> 6))', true],
    ['includes((> 6), (> 5))', false],
    ['includes((> 5), [6..7])', true],
    ['during([6..7], (> 5))', true],
    ['meets((<= 5), (>= 5))', true],
    ['met by((>= 5), (<= 5))', true],
    ['finishes(5, (<= 5))', true],
    ['finishes([1..5], (<= 5))', true],
    ['starts(5, (>= 5))', true],
    ['starts([5..7], (>= 5))', true],
    ['started by((>= 5), 5)', true],
    ['coincides((< 5), (< 5))', true],
    ['coincides((< 5), (<= 5))', false],
    ['overlaps before((< 5), (> 3))', true],
    ['overlaps after((> 3), (< 5))', true],
    ['starts((> 5), (> 5))', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('intervals as values', () => {
  it.each<Row>([
    ['[1..10].start', 1],
    ['[1..10].end', 10],
    ['(1..10].start included', false],
    ['(1..10].end included', true],
    ['[1..10].foo', null],
    ['(> 5).start', 5],
    ['(> 5).end', null],
    ['(> 5).start included', false],
    ['(>= 5).start included', true],
    ['(< 5).end', 5],
    ['(< 5).start', null],
    ['(<= 5).end included', true],
    ['(< 5).start included', false],
    ['(= 5).start', 5],
    ['(= 5).end', 5],
    ['(= 5).start included', true],
    ['[1..3] = [1..3]', true],
    ['[1..3] = [1..3)', false],
    ['[1..3] = (1..3]', false],
    ['[1..3] != [1..4]', true],
    ['(< 5) = (< 5)', true],
    ['(< 5) = (<= 5)', false],
    ['(< 5) = 5', null],
    ['[1..3] = 1', null],
    ['[1..3] = null', false],
    ['(= 5) = [5..5]', true],
    ['[3..1]', null],
    ['[1.."a"]', null],
    ['[null..1]', null],
    ['[1..1] = [1..1]', true],
    ['(1..1)', '(1..1)'],
    ['["a".."z"]', '[a..z]'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('range', () => {
  it.each<Row>([
    ['range("[1..3]") = [1..3]', true],
    ['range("[18..21)") = [18..21)', true],
    ['range("(..5]") = (<= 5)', true],
    ['range("[5..)") = (>= 5)', true],
    ['range("[\\"a\\"..\\"c\\"]") = ["a".."c"]', true],
    ['range("[@\\"2026-01-01\\"..@\\"2026-02-01\\"]").start', '2026-01-01'],
    ['range("[date(\\"2026-01-01\\")..date(\\"2026-02-01\\")]").end', '2026-02-01'],
    ['range("[duration(\\"P1D\\")..duration(\\"P2D\\")]").end', 'P2D'],
    ['range("")', null],
    ['range(null)', null],
    ['range("[1..2+3]")', null],
    ['range("[a..b]")', null],
    ['range(from: "[1..3]") = [1..3]', true],
    ['range("[..]")', null],
    ['range("]1..3[") = (1..3)', true],
    ['range("[-3..-1]").start', -3],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('in', () => {
  it.each<Row>([
    ['5 in [1..10]', true],
    ['1 in (1..10]', false],
    ['10 in [1..10)', false],
    ['5 in ]1..10[', true],
    ['5 in (1..5]', true],
    ['"b" in ["a".."c"]', true],
    ['@"2026-01-15" in [@"2026-01-01"..@"2026-02-01"]', true],
    ['5 in "a"', null],
    ['5 in 5', true],
    ['5 in [5]', true],
    ['5 in [1,2,3]', false],
    ['5 in (1,5)', true],
    ['5 in (1,2)', false],
    ['5 in < 6', true],
    ['5 in (< 6)', true],
    ['5 in (< 3, > 4)', true],
    ['5 in [< 3, > 4]', true],
    ['5 in ([1..3], [4..6])', true],
    ['5 in [[1..3],[4..6]]', true],
    ['[1,2] in [[1,2],[3]]', true],
    ['[1] in [1]', true],
    ['[1,2,3] in [1,2,3]', true],
    ['[1,2,3] in ([1,2,3], [4])', true],
    ['null in [1..3]', null],
    ['null in null', true],
    ['null in (1, null)', true],
    ['1 in null', false],
    ['1 in []', false],
    ['1 in [null]', false],
    ['"a" in [1..3]', null],
    ['1 in [null..3]', null],
    ['{a: 1} in {a: 1}', true],
    ['{a: 1} in [{a: 1}, {a: 2}]', true],
    ['5 in (> 4, < 2)', true],
    ['5 in != 6', true],
    ['5 in (= 5)', true],
    ['5 in (not(4))', false],
    ['1 in (? > 0)', true],
    ['5 in [function(x) x > 3]', false],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
