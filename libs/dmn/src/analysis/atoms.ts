import { compareValues, compileExpression, kindOf, scopeOf } from '#feel';
import type { Cell } from './cell.js';

/**
 * The smallest sets of values that no cell of a column parts: the values that cells name and the gaps between them, each with a value
 * that stands for it. `value` is a sample for a gap.
 */
export interface Atom {
  readonly value: unknown;
  /** Place among the ends of the column: 2i + 1 is the ith end itself, 2i the gap before it. */
  readonly place: number;
}

export interface Atoms {
  /** Ends of the column in order. */
  readonly ends: readonly unknown[];
  /** By place. */
  readonly atoms: readonly Atom[];
}

/** Place of null, behind all others. */
export const NULL_PLACE = Number.MAX_SAFE_INTEGER;

/** Stands for all values of a column that names none. */
const ANY_VALUE: Atom = { value: undefined, place: 0 };

/** Atoms of a column by its cells; undefined where its values have no common kind and order. */
export function atomsOf(cells: readonly Cell[]): Atoms | undefined {
  const parts = cells.flatMap((cell) => (cell.kind === 'tests' ? cell.parts : []));
  const named = parts.flatMap(({ low, high }) => [low, high].flatMap((bound) => (bound ? [bound.value] : [])));
  const values = named.filter((value) => value !== null);
  const kinds = new Set(values.map(kindOf));
  if (kinds.size > 1) return undefined;
  const isOrdered = parts.some(({ kind }) => kind === 'between');
  if (named.length === 0) return { ends: [], atoms: [] };
  const found = values.length === 0 ? { ends: [], atoms: [ANY_VALUE] } : atomsOfKind(values, isOrdered);
  if (!found || values.length === named.length) return found;
  return { ends: found.ends, atoms: [...found.atoms, { value: null, place: NULL_PLACE }] };
}

function atomsOfKind(values: readonly unknown[], isOrdered: boolean): Atoms | undefined {
  const [first] = values;
  if (typeof first === 'boolean') return isOrdered ? undefined : booleans();
  if (values.some((value) => compareValues(first, value) === null)) return undefined;
  const ends = distinct([...values].sort((a, b) => compareValues(a, b) ?? 0));
  return { ends, atoms: typeof first === 'string' && !isOrdered ? listedTexts(ends) : orderedAtoms(ends) };
}

function booleans(): Atoms {
  return { ends: [false, true], atoms: [false, true].map((value, index) => ({ value, place: 2 * index + 1 })) };
}

function distinct(sorted: readonly unknown[]): unknown[] {
  return sorted.filter((value, index) => index === 0 || compareValues(value, sorted[index - 1]) !== 0);
}

/** All texts that no cell names are alike. */
function listedTexts(ends: readonly unknown[]): Atom[] {
  return [{ value: otherText(ends), place: 0 }, ...ends.map((value, index) => ({ value, place: 2 * index + 1 }))];
}

function otherText(texts: readonly unknown[]): string {
  const known = new Set(texts);
  const candidates = Array.from({ length: texts.length + 1 }, (_, index) => (index === 0 ? 'other' : `other ${index}`));
  return candidates.find((text) => !known.has(text)) as string;
}

/** Gaps that hold no value are left out: there is no day between two days that follow each other. */
function orderedAtoms(ends: readonly unknown[]): Atom[] {
  return Array.from({ length: ends.length * 2 + 1 }, (_, place) => place).flatMap((place) => {
    if (place % 2 === 1) return [{ value: ends[(place - 1) / 2], place }];
    const [low, high] = [ends[place / 2 - 1], ends[place / 2]];
    const value = sampleBetween(low, high);
    const isAbove = low === undefined || (compareValues(value, low) ?? 0) > 0;
    const isBelow = high === undefined || (compareValues(value, high) ?? 0) < 0;
    return value !== null && isAbove && isBelow ? [{ value, place }] : [];
  });
}

function sampleBetween(low: unknown, high: unknown): unknown {
  if (typeof low === 'string' || typeof high === 'string') return low === undefined ? '' : `${low as string} `;
  if (typeof low === 'number' || typeof high === 'number') return numberBetween(low as number, high as number);
  const kind = kindOf(low ?? high);
  if (low === undefined) return STEP_DOWN({ a: high, step: STEPS[kind] });
  return high === undefined ? STEP_UP({ a: low, step: STEPS[kind] }) : MIDDLE({ a: low, b: high });
}

function numberBetween(low: number | undefined, high: number | undefined): number {
  if (low === undefined) return Math.ceil((high as number) - 1);
  const next = Math.floor(low) + 1;
  return high === undefined || next < high ? next : (low + high) / 2;
}

type Calculation = (variables: Readonly<Record<string, unknown>>) => unknown;

const STEPS: Readonly<Record<string, unknown>> = {
  date: calculation('duration("P1D")')({}),
  time: calculation('duration("PT1S")')({}),
  'date and time': calculation('duration("P1D")')({}),
  'days and time duration': calculation('duration("P1D")')({}),
  'years and months duration': calculation('duration("P1M")')({}),
};
const STEP_DOWN = calculation('a - step');
const STEP_UP = calculation('a + step');
const MIDDLE = calculation('a + (b - a) / 2');

function calculation(source: string): Calculation {
  const compiled = compileExpression(source);
  if (!compiled.ok) throw new Error(`Expected "${source}" to compile.`);
  return (variables) => compiled.expression.evaluate(scopeOf(variables), { now: 0, timeZone: 'UTC' }).value;
}

const CONSTRUCTORS: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  'date and time': 'date and time',
  'days and time duration': 'duration',
  'years and months duration': 'duration',
};

/** A value as a FEEL literal. */
export function literalOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const constructor = CONSTRUCTORS[kindOf(value)];
  return constructor === undefined ? String(value) : `${constructor}("${String(value)}")`;
}
