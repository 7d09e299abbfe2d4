import { evaluate } from 'feelin';

/** The JSON of what feelin gives; dates, times and durations as their text, what is no number as `NaN`. */
export function feelinValue(source: string, variables: Readonly<Record<string, unknown>>): unknown {
  try {
    return plain(evaluate(source, variables).value);
  } catch {
    return 'refused';
  }
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : 'NaN';
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return (value as { toString(): string }).toString();
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
}

/** Equal but for the noise of binary fractions in feelin. */
export function isClose(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' && typeof theirs === 'number')
    return Math.abs(ours - theirs) <= 1e-9 * Math.max(1, Math.abs(ours));
  if (Array.isArray(ours) && Array.isArray(theirs))
    return ours.length === theirs.length && ours.every((item, index) => isClose(item, theirs[index]));
  return JSON.stringify(ours) === JSON.stringify(theirs);
}
