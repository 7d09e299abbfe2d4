import { compareValues, rangeIncludes } from '../values/compare.js';
import { FeelRange } from '../values/range.js';
import { define, type Call } from './define.js';
import { parseRange } from './range-literal.js';

/** Order of two ends; undefined bounds lie outside of everything, so -Infinity and Infinity stand in. */
function order(a: unknown, b: unknown): number {
  return compareValues(a, b) ?? Number.NaN;
}

function before(a: FeelRange, b: FeelRange): boolean | null {
  const ends = order(a.end, b.start);
  return Number.isNaN(ends) ? null : ends < 0 || (ends === 0 && (!a.endIncluded || !b.startIncluded));
}

function meets(a: FeelRange, b: FeelRange): boolean | null {
  const ends = order(a.end, b.start);
  return Number.isNaN(ends) ? null : a.endIncluded && b.startIncluded && ends === 0;
}

function overlaps(a: FeelRange, b: FeelRange): boolean | null {
  const first = before(a, b);
  const second = before(b, a);
  return first === null || second === null ? null : !first && !second;
}

/** a begins earlier than b and ends inside of it. */
function overlapsBefore(a: FeelRange, b: FeelRange): boolean | null {
  const starts = startOrder(a, b);
  const ends = endOrder(a, b);
  if (Number.isNaN(starts) || Number.isNaN(ends)) return null;
  return overlaps(a, b) === true && starts < 0 && ends <= 0;
}

function startOrder(a: FeelRange, b: FeelRange): number {
  return order(a.start, b.start) || Number(b.startIncluded) - Number(a.startIncluded);
}

function endOrder(a: FeelRange, b: FeelRange): number {
  return order(a.end, b.end) || Number(a.endIncluded) - Number(b.endIncluded);
}

function finishes(a: FeelRange, b: FeelRange): boolean | null {
  const starts = startOrder(a, b);
  return Number.isNaN(starts) ? null : endOrder(a, b) === 0 && starts >= 0;
}

function starts(a: FeelRange, b: FeelRange): boolean | null {
  const ends = endOrder(a, b);
  return Number.isNaN(ends) ? null : startOrder(a, b) === 0 && ends <= 0;
}

function includes(a: FeelRange, b: FeelRange): boolean | null {
  const [first, last] = [startOrder(a, b), endOrder(a, b)];
  return Number.isNaN(first) || Number.isNaN(last) ? null : first <= 0 && last >= 0;
}

function coincides(a: FeelRange, b: FeelRange): boolean | null {
  const [first, last] = [startOrder(a, b), endOrder(a, b)];
  return Number.isNaN(first) || Number.isNaN(last) ? null : first === 0 && last === 0;
}

function rangeFromText(call: Call, text: string): FeelRange | null {
  return parseRange(text) ?? call.fail('expected the text of an interval such as "[1..5)" or "(..@"2026-01-31"]".');
}

type Relation = (a: FeelRange, b: FeelRange) => boolean | null;

/** A point is an interval of one value. */
function asRange(value: unknown): FeelRange {
  return value instanceof FeelRange ? value : new FeelRange(value, value, true, true);
}

const RANGES = 'range1:range, range2:range';
const POINTS = 'point1:value, point2:value';
const POINT_IN = 'point:value, range:range';
const RANGE_OF = 'range:range, point:value';

/** The first signature that fits is taken; the names of all of them may be used. */
function relation(name: string, holds: Relation, ...signatures: readonly string[]) {
  const test = (_: Call, a: unknown, b: unknown) => holds(asRange(a), asRange(b));
  return define(name, ...signatures.map((signature) => [signature, test] as const));
}

const swapped =
  (holds: Relation): Relation =>
  (a, b) =>
    holds(b, a);

/** A point lies in an interval, or one interval in another. */
function inside(range: FeelRange, point: unknown): boolean | null {
  return point instanceof FeelRange ? includes(range, point) : rangeIncludes(range, point);
}

const containsPoint = (_: Call, range: FeelRange, point: unknown) => inside(range, point);
const liesIn = (_: Call, point: unknown, range: FeelRange) => inside(range, point);

/** Interval functions (DMN 1.3, table 78) and `range` (DMN 1.4, table 73). */
export const rangeFunctions = [
  define('range', ['from:string', rangeFromText]),
  relation('before', before, POINTS, POINT_IN, RANGE_OF, RANGES),
  relation('after', swapped(before), POINTS, POINT_IN, RANGE_OF, RANGES),
  relation('meets', meets, RANGES),
  relation('met by', swapped(meets), RANGES),
  relation('overlaps', overlaps, RANGES),
  relation('overlaps before', overlapsBefore, RANGES),
  relation('overlaps after', swapped(overlapsBefore), RANGES),
  relation('finishes', finishes, POINT_IN, RANGES),
  relation('finished by', swapped(finishes), RANGE_OF, RANGES),
  define('includes', [RANGE_OF, containsPoint], [RANGES, containsPoint]),
  define('during', [POINT_IN, liesIn], [RANGES, liesIn]),
  relation('starts', starts, POINT_IN, RANGES),
  relation('started by', swapped(starts), RANGE_OF, RANGES),
  relation('coincides', coincides, POINTS, RANGES),
];
