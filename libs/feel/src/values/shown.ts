import { kindOf } from './kinds.js';
import { isNumber, plainNumber } from './number.js';

const MAX_SHOWN = 40;

/** How a warning shows a value: a number and the beginning of a text as they are, all else by its kind. */
export function shown(value: unknown): string {
  if (isNumber(value)) return String(plainNumber(value));
  if (typeof value !== 'string') return kindOf(value);
  return value.length > MAX_SHOWN ? `"${value.slice(0, MAX_SHOWN)}…"` : `"${value}"`;
}

/** The kinds of values, as a warning lists them. */
export function shownKinds(values: readonly unknown[]): string {
  return values.map((value) => kindOf(value)).join(', ');
}

/** The kinds of two values that do not go together, or the kind of a value that goes with none. */
export function shownPair(a: unknown, b: unknown): string {
  return a === b ? kindOf(a) : `${kindOf(a)} and ${kindOf(b)}`;
}
