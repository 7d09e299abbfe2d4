import { compareValues } from '../values/compare.js';
import { FeelRange } from '../values/range.js';
import { shown, shownPair } from '../values/shown.js';
import { define, type Call } from './define.js';
import { parseRange } from './range-literal.js';

/** An end of an interval on the number line: `null` lies beyond every value, on the side that `outside` names. */
function order(a: unknown, b: unknown, outside: readonly [number, number]): number {
  const [first, second] = [a === null ? outside[0] : 0, b === null ? outside[1] : 0];
  return first !== 0 || second !== 0 ? first - second : (compareValues(a, b) ?? Number.NaN);
}

/** Negative when a begins earlier than b. */
function startOrder(a: FeelRange, b: FeelRange): number {
  return order(a.start, b.start, [-1, -1]) || Number(b.startIncluded) - Number(a.startIncluded);
}

/** Negative when a ends earlier than b. */
function endOrder(a: FeelRange, b: FeelRange): number {
  return order(a.end, b.end, [1, 1]) || Number(a.endIncluded) - Number(b.endIncluded);
}

function before(a: FeelRange, b: FeelRange): boolean {
  const ends = order(a.end, b.start, [1, -1]);
  return ends < 0 || (ends === 0 && (!a.endIncluded || !b.startIncluded));
}

function meets(a: FeelRange, b: FeelRange): boolean {
  return a.endIncluded && b.startIncluded && order(a.end, b.start, [1, -1]) === 0;
}

function overlaps(a: FeelRange, b: FeelRange): boolean {
  return !before(a, b) && !before(b, a);
}

/** a begins earlier than b and ends inside of it. */
function overlapsBefore(a: FeelRange, b: FeelRange): boolean {
  return overlaps(a, b) && startOrder(a, b) < 0 && endOrder(a, b) <= 0;
}

function finishes(a: FeelRange, b: FeelRange): boolean {
  return endOrder(a, b) === 0 && startOrder(a, b) >= 0;
}

function starts(a: FeelRange, b: FeelRange): boolean {
  return startOrder(a, b) === 0 && endOrder(a, b) <= 0;
}

function includes(a: FeelRange, b: FeelRange): boolean {
  return startOrder(a, b) <= 0 && endOrder(a, b) >= 0;
}

function coincides(a: FeelRange, b: FeelRange): boolean {
  return startOrder(a, b) === 0 && endOrder(a, b) === 0;
}

function rangeFromText(call: Call, text: string): FeelRange | null {
  return parseRange(text) ?? call.fail('the text of an interval such as "[1..5)" or "(..@"2026-01-31"]"', shown(text));
}

type Relation = (a: FeelRange, b: FeelRange) => boolean;

/** Null when the ends cannot be compared with each other. */
function related(call: Call, holds: Relation, [a, b]: readonly [FeelRange, FeelRange]): boolean | null {
  const ends = [a.start, a.end, b.start, b.end].filter((end) => end !== null);
  const other = ends.find((end) => compareValues(ends[0], end) === null);
  return other === undefined ? holds(a, b) : call.fail('values that can be compared', shownPair(ends[0], other));
}

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
  const test = (call: Call, a: unknown, b: unknown) => related(call, holds, [asRange(a), asRange(b)]);
  return define(name, ...signatures.map((signature) => [signature, test] as const));
}

const swapped =
  (holds: Relation): Relation =>
  (a, b) =>
    holds(b, a);

/** Interval functions (DMN 1.5, 10.3.4.7) and `range` (DMN 1.5, 10.3.4.1). */
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
  relation('includes', includes, RANGE_OF, RANGES),
  relation('during', swapped(includes), POINT_IN, RANGES),
  relation('starts', starts, POINT_IN, RANGES),
  relation('started by', swapped(starts), RANGE_OF, RANGES),
  relation('coincides', coincides, POINTS, RANGES),
];
