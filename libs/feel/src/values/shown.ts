import { kindOf } from './kinds.js';
import { decimalOf, isNumber, plainNumber, type FeelNumber } from './number.js';

const MAX_SHOWN = 40;

/** How a warning shows a value: a number and the beginning of a text as they are, all else by its kind. */
export function shown(value: unknown): string {
  if (isNumber(value)) return shownNumber(value);
  if (typeof value !== 'string') return kindOf(value);
  return value.length > MAX_SHOWN ? `"${value.slice(0, MAX_SHOWN)}…"` : `"${value}"`;
}

/** The nearest JS number, or where there is none the number with its exponent. */
function shownNumber(value: FeelNumber): string {
  const plain = plainNumber(value);
  return Number.isFinite(plain) ? String(plain) : decimalOf(value).toExponential(15);
}

/** The kinds of values, as a warning lists them. */
export function shownKinds(values: readonly unknown[]): string {
  return values.map((value) => kindOf(value)).join(', ');
}

/** The kinds of two values that do not go together, or the kind of a value that goes with none. */
export function shownPair(a: unknown, b: unknown): string {
  return a === b ? kindOf(a) : `${kindOf(a)} and ${kindOf(b)}`;
}
