import { compareValues } from '#feel';
import { atomsOf, literalOf, NULL_PLACE, type Atom, type Atoms } from './atoms.js';
import { cellOf, type Cell, type Part } from './cell.js';

/** Atoms from one index up to another, both included. */
export type Range = readonly [from: number, to: number];

/** An input column as sets of atoms. */
export interface Column {
  readonly size: number;
  /** Atoms of each rule's cell, in order and apart from each other. */
  readonly cells: readonly (readonly Range[])[];
  /** A value of the atom as FEEL literal; undefined where no value is known. */
  sample(atom: number): string | undefined;
}

export interface InputColumn {
  /** Takes cells that cannot be read for such that hold for every value: what matches no rule here matches none at all. */
  readonly widest: Column;
  /** Takes cells that cannot be read for such that meet their own text only: what meets here may meet. */
  readonly narrowest: Column;
}

/** Reads a column. Values that break one of `domains` (allowed values as unary tests) do not occur in it. */
export function columnOf(
  texts: readonly string[],
  domains: readonly string[],
  sample: string | undefined,
): InputColumn {
  const read = new Map([...texts, ...domains].map((text) => [text, cellOf(text)]));
  const cellsOf = (list: readonly string[]) => list.map((text) => read.get(text) as Cell);
  const [cells, allowed] = [cellsOf(texts), cellsOf(domains)];
  const atoms = allowed.some(({ kind }) => kind === 'open') ? undefined : atomsOf([...read.values()]);
  if (!atoms || atoms.atoms.length === 0) return unreadColumn(texts, cells, sample);
  const widest = columnFrom(cells, withinDomains(atoms, allowed), sample);
  return { widest, narrowest: cells.some(({ kind }) => kind === 'open') ? textColumn(texts, cells, sample) : widest };
}

/** Null is in every domain: it conforms to all types. */
function withinDomains(atoms: Atoms, allowed: readonly Cell[]): Atoms {
  const domains = allowed.map((cell) => placesOf(cell, atoms.ends));
  const isAllowed = ({ place }: Atom) =>
    place === NULL_PLACE || domains.every((ranges) => ranges.some(([from, to]) => place >= from && place <= to));
  return { ends: atoms.ends, atoms: atoms.atoms.filter(isAllowed) };
}

function columnFrom(cells: readonly Cell[], { ends, atoms }: Atoms, sample: string | undefined): Column {
  const known = new Map<Cell, readonly Range[]>();
  const places = atoms.map(({ place }) => place);
  for (const cell of new Set(cells)) known.set(cell, indexRanges(placesOf(cell, ends), places));
  return {
    size: atoms.length,
    cells: cells.map((cell) => known.get(cell) as readonly Range[]),
    sample: (index) => (atoms[index]?.value === undefined ? sample : literalOf(atoms[index].value)),
  };
}

/** Ranges of places as ranges of indexes. */
function indexRanges(ranges: readonly Range[], places: readonly number[]): Range[] {
  const found = ranges.map(([from, to]): Range => [firstFrom(from, places), firstFrom(to + 1, places) - 1]);
  return merged(found.filter(([from, to]) => from <= to));
}

/** Index of the first place that is not below; the number of places if all are. */
function firstFrom(place: number, places: readonly number[]): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = result.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

const LAST_PLACE = NULL_PLACE - 2;
const NULL_RANGE: Range = [NULL_PLACE, NULL_PLACE];

/** A test gives true, false or null; `not(...)` makes true of false alone (DMN 1.5, 10.3.2.7). */
function placesOf(cell: Cell, ends: readonly unknown[]): Range[] {
  if (cell.kind !== 'tests') return [[0, LAST_PLACE], NULL_RANGE];
  const values = merged(cell.parts.flatMap((part) => valuePlaces(part, ends) ?? []));
  const onNull = cell.parts.map(nullMeets);
  const [isNullMet, isNullUnknown] = [onNull.includes(true), onNull.includes(null)];
  if (!cell.negated) return isNullMet ? [...values, NULL_RANGE] : values;
  const isUnknown = cell.parts.some((part) => valuePlaces(part, ends) === undefined);
  return [...(isUnknown ? [] : complement(values)), ...(isNullMet || isNullUnknown ? [] : [NULL_RANGE])];
}

function complement(ranges: readonly Range[]): Range[] {
  const starts = [0, ...ranges.map(([, to]) => to + 1)];
  return starts
    .map((from, index): Range => [from, (ranges[index]?.[0] ?? LAST_PLACE + 1) - 1])
    .filter(([from, to]) => from <= to);
}

function nullMeets({ kind, low }: Part): boolean | null {
  if (kind === 'between') return null;
  return (low?.value === null) === (kind === 'equal');
}

/** Places of the values that pass; undefined where the test gives null for all of them. */
function valuePlaces({ kind, low, high }: Part, ends: readonly unknown[]): Range[] | undefined {
  if (kind !== 'between') {
    const place = low?.value === null ? undefined : placeOf(low?.value, ends);
    const found: Range[] = place === undefined ? [] : [[place, place]];
    return kind === 'equal' ? found : complement(found);
  }
  if ([low, high].some((bound) => bound?.value === null)) return undefined;
  if (low && high && (compareValues(low.value, high.value) ?? 1) > 0) return undefined;
  const from = low ? placeOf(low.value, ends) + (low.included ? 0 : 1) : 0;
  const to = high ? placeOf(high.value, ends) - (high.included ? 0 : 1) : LAST_PLACE;
  return from <= to ? [[from, to]] : [];
}

/** Place of an end of the column. */
function placeOf(value: unknown, ends: readonly unknown[]): number {
  if (typeof value === 'boolean') return 2 * Number(value) + 1;
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((compareValues(value, ends[middle]) ?? 0) > 0) low = middle + 1;
    else high = middle;
  }
  return 2 * low + 1;
}

function unreadColumn(texts: readonly string[], cells: readonly Cell[], sample: string | undefined): InputColumn {
  const widest: Column = { size: 1, cells: texts.map(() => [[0, 0]]), sample: () => sample };
  return { widest, narrowest: textColumn(texts, cells, sample) };
}

/** One atom for each text, one more for all other values. */
function textColumn(texts: readonly string[], cells: readonly Cell[], sample: string | undefined): Column {
  const distinct = [...new Set(texts.filter((_, index) => cells[index]?.kind !== 'any'))];
  const all: Range[] = [[0, distinct.length]];
  const places = new Map(distinct.map((text, index) => [text, index]));
  return {
    size: distinct.length + 1,
    cells: texts.map((text, index) => {
      const place = cells[index]?.kind === 'any' ? undefined : places.get(text);
      return place === undefined ? all : [[place, place]];
    }),
    sample: (index) => distinct[index] ?? sample,
  };
}
