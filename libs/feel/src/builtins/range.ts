import { compareValues, rangeIncludes } from '../values/compare.js';
import { FeelRange } from '../values/range.js';
import { define, type Call } from './define.js';

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

type Relation = (a: FeelRange, b: FeelRange) => boolean | null;

/** A point is an interval of one value. */
function asRange(value: unknown): FeelRange {
  return value instanceof FeelRange ? value : new FeelRange(value, value, true, true);
}

function relation(name: string, holds: Relation, signature = 'range1:range, range2:range') {
  return define(name, [signature, (_: Call, a: unknown, b: unknown) => holds(asRange(a), asRange(b))]);
}

const swapped =
  (holds: Relation): Relation =>
  (a, b) =>
    holds(b, a);
const POINTS = 'point1:value, point2:value';

/** Interval functions (DMN 1.3, table 78). */
export const rangeFunctions = [
  relation('before', before, POINTS),
  relation('after', swapped(before), POINTS),
  relation('meets', meets),
  relation('met by', swapped(meets)),
  relation('overlaps', overlaps),
  relation('overlaps before', overlapsBefore),
  relation('overlaps after', swapped(overlapsBefore)),
  relation('finishes', finishes, 'point:value, range:range'),
  relation('finished by', swapped(finishes), 'range:range, point:value'),
  define('includes', [
    'range:range, point:value',
    (_: Call, range: FeelRange, point: unknown) =>
      point instanceof FeelRange ? includes(range, point) : rangeIncludes(range, point),
  ]),
  define('during', [
    'point:value, range:range',
    (_: Call, point: unknown, range: FeelRange) =>
      point instanceof FeelRange ? includes(range, point) : rangeIncludes(range, point),
  ]),
  relation('starts', starts, 'point:value, range:range'),
  relation('started by', swapped(starts), 'range:range, point:value'),
  relation('coincides', coincides, POINTS),
];
