import { FeelDaysDuration, FeelYearsDuration } from './duration.js';
import { type FeelContext, kindOf } from './kinds.js';
import { compareNumbers, isNumber } from './number.js';
import { FeelRange } from './range.js';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.js';

/** Pays for the parts that a comparison visits: two values may share parts, so that there are more of them than memory holds. */
export interface Payer {
  charge(steps: number): void;
}

const CHARACTERS_PER_STEP = 512;

/** What two texts have in common may be long. */
function payForTexts(a: string, b: string, payer: Payer | undefined): void {
  const length = Math.min(a.length, b.length);
  if (length >= CHARACTERS_PER_STEP) payer?.charge(Math.floor(length / CHARACTERS_PER_STEP));
}

/** FEEL `=` (DMN 1.5, 10.3.2.15): null when the two cannot be compared. `payer` is charged for each part of a list or context, and for long texts. */
export function equalValues(a: unknown, b: unknown, payer?: Payer): boolean | null {
  const kind = partedKind(a);
  if (kind === undefined) return equalSimple(a, b, payer);
  if (kind !== partedKind(b)) return b === null || b === undefined ? false : null;
  return equalParts(a as Parted, b as Parted, payer);
}

function equalSimple(a: unknown, b: unknown, payer?: Payer): boolean | null {
  if (a === null || a === undefined || b === null || b === undefined) return (a ?? null) === (b ?? null);
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  if (typeof a === 'string' && typeof b === 'string') return equalTexts(a, b, payer);
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return null;
  if (kind === 'range') return equalRanges(a as FeelRange, b as FeelRange);
  if (kind === 'boolean' || kind === 'function' || kind === 'unknown') return a === b;
  if (kind === 'years and months duration') return (a as FeelYearsDuration).months === (b as FeelYearsDuration).months;
  const order = compareValues(a, b);
  return order === null ? (hasZone(a) === hasZone(b) ? null : false) : order === 0;
}

function equalTexts(a: string, b: string, payer: Payer | undefined): boolean {
  if (a.length !== b.length) return false;
  payForTexts(a, b, payer);
  return a === b;
}

function hasZone(value: unknown): boolean {
  return (value instanceof FeelDateTime || value instanceof FeelTime) && value.zone !== undefined;
}

/** A value with parts, which are equal where all their parts are. */
type Parted = readonly unknown[] | FeelContext;
type Pair = readonly [Parted, Parted];

function partedKind(value: unknown): 'list' | 'context' | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const kind = kindOf(value);
  return kind === 'list' || kind === 'context' ? kind : undefined;
}

/** Goes through the parts without recursion: a value from outside may be deeper than the stack. */
function equalParts(a: Parted, b: Parted, payer?: Payer): boolean {
  const open: Pair[] = [[a, b]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    const keys = commonKeys(left, right);
    if (!keys) return false;
    payer?.charge(1 + Math.ceil(keys.length / 4));
    for (const key of keys) {
      const [one, other] = [left[key as never] as unknown, right[key as never] as unknown];
      const kind = partedKind(one);
      if (kind === undefined ? equalSimple(one, other, payer) !== true : kind !== partedKind(other)) return false;
      if (kind !== undefined) open.push([one as Parted, other as Parted]);
    }
  }
  return true;
}

/** What names the parts of both; undefined where one has a part that the other has not. */
function commonKeys(a: Parted, b: Parted): readonly (string | number)[] | undefined {
  if (Array.isArray(a)) return a.length === (b as readonly unknown[]).length ? [...a.keys()] : undefined;
  const keys = Object.keys(a);
  const isCommon = keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key));
  return isCommon ? keys : undefined;
}

function equalRanges(a: FeelRange, b: FeelRange): boolean | null {
  if (a.startIncluded !== b.startIncluded || a.endIncluded !== b.endIncluded) return false;
  return allEqual([equalValues(a.start, b.start), equalValues(a.end, b.end)]);
}

function allEqual(results: readonly (boolean | null)[]): boolean {
  return results.every((result) => result === true);
}

/** Order of two values of one kind: negative, 0 or positive; null when they have no order. `payer` is charged for long texts. */
export function compareValues(a: unknown, b: unknown, payer?: Payer): number | null {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b, payer);
  if (a instanceof FeelDateTime && b instanceof FeelDateTime) return compareInstants(a, b);
  if (a instanceof FeelDate && b instanceof FeelDate) return a.dayNumber - b.dayNumber;
  if (a instanceof FeelTime && b instanceof FeelTime)
    return (a.zone === undefined) === (b.zone === undefined) ? sign(a.utcNanos, b.utcNanos) : null;
  if (a instanceof FeelDaysDuration && b instanceof FeelDaysDuration) return sign(a.nanos, b.nanos);
  return a instanceof FeelYearsDuration && b instanceof FeelYearsDuration ? a.months - b.months : null;
}

function compareInstants(a: FeelDateTime, b: FeelDateTime): number | null {
  return (a.zone === undefined) === (b.zone === undefined) ? sign(a.epochNanos, b.epochNanos) : null;
}

/** By code points, so that the order is the same everywhere; halves of a pair stand above all other units. */
function compareText(a: string, b: string, payer: Payer | undefined): number {
  payForTexts(a, b, payer);
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let index = 0;
  while (index < length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  if (index === length) return a.length - b.length;
  return rankOf(a.charCodeAt(index)) - rankOf(b.charCodeAt(index));
}

function rankOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function sign(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Says whether a value lies in an interval; null when it cannot be compared with an end. */
export function rangeIncludes(range: FeelRange, value: unknown, payer?: Payer): boolean | null {
  const above = range.start === null ? (range.startIncluded ? null : 1) : compareValues(value, range.start, payer);
  const below = range.end === null ? (range.endIncluded ? null : -1) : compareValues(value, range.end, payer);
  if (above === null || below === null || (range.start === null && range.end === null)) return null;
  return (above > 0 || (above === 0 && range.startIncluded)) && (below < 0 || (below === 0 && range.endIncluded));
}
