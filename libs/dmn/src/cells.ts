/**
 * A cell of a decision table as a set that can be compared exactly: atoms of its column. The atoms of a column are points and the gaps
 * between them (numbers), listed values and "any other" (strings), or true and false.
 */
export interface Column {
  /** Names of the atoms, for messages. */
  readonly atoms: readonly string[];
  /** By rule: the atoms that the cell takes. */
  readonly cells: readonly ReadonlySet<number>[];
}

interface Interval {
  readonly low: number;
  readonly high: number;
  readonly lowIncluded: boolean;
  readonly highIncluded: boolean;
}

type Simple =
  | { readonly kind: 'any' }
  | { readonly kind: 'numbers'; readonly intervals: readonly Interval[] }
  | { readonly kind: 'values'; readonly values: readonly string[]; readonly negated: boolean };

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const COMPARISON = new RegExp(`^(<=?|>=?|=)?\\s*(${NUMBER})$`);
const INTERVAL = new RegExp(`^([[(\\]])\\s*(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})\\s*([\\])[])$`);
const NEGATION = /^not\s*\((.*)\)$/s;
const LITERAL = /^(?:"[^"\\]*"|true|false)$/;

/** The column as sets of atoms; undefined if a cell is not one of the simple forms. */
export function columnOf(texts: readonly string[], allowedValues?: string): Column | undefined {
  const cells = texts.map(simpleCell);
  if (cells.includes(undefined)) return undefined;
  const known = cells as Simple[];
  const kinds = new Set(known.map(({ kind }) => kind).filter((kind) => kind !== 'any'));
  if (kinds.size > 1) return undefined;
  if (kinds.has('numbers')) return numberColumn(known);
  return kinds.has('values') ? valueColumn(known, allowedValues) : anyColumn(known);
}

function simpleCell(text: string): Simple | undefined {
  const trimmed = text.trim();
  if (trimmed === '-' || trimmed === '') return { kind: 'any' };
  const negation = NEGATION.exec(trimmed);
  const parts = splitParts(negation ? (negation[1] as string) : trimmed);
  if (parts.every((part) => LITERAL.test(part))) return { kind: 'values', values: parts, negated: negation !== null };
  if (negation) return undefined;
  const intervals = parts.map(intervalOf);
  return intervals.includes(undefined) ? undefined : { kind: 'numbers', intervals: intervals as Interval[] };
}

/** Splits at commas outside of quotes. */
function splitParts(text: string): string[] {
  return (text.match(/(?:"[^"]*"|[^",])+/g) ?? []).map((part) => part.trim());
}

function intervalOf(text: string): Interval | undefined {
  const interval = INTERVAL.exec(text);
  if (interval) {
    return {
      low: Number(interval[2]),
      high: Number(interval[3]),
      lowIncluded: interval[1] === '[',
      highIncluded: interval[4] === ']',
    };
  }
  const comparison = COMPARISON.exec(text);
  if (!comparison) return undefined;
  const [sign = '=', bound] = [comparison[1], Number(comparison[2])];
  if (sign.startsWith('<')) return { low: -Infinity, high: bound, lowIncluded: false, highIncluded: sign === '<=' };
  if (sign.startsWith('>')) return { low: bound, high: Infinity, lowIncluded: sign === '>=', highIncluded: false };
  return { low: bound, high: bound, lowIncluded: true, highIncluded: true };
}

/** Atom 2i is the gap before point i, atom 2i + 1 is point i itself; the last is the gap behind the last point. */
function numberColumn(cells: readonly Simple[]): Column {
  const ends = cells.flatMap((cell) =>
    cell.kind === 'numbers' ? cell.intervals.flatMap(({ low, high }) => [low, high]) : [],
  );
  const points = [...new Set(ends.filter(Number.isFinite))].sort((a, b) => a - b);
  const atoms = Array.from({ length: points.length * 2 + 1 }, (_, index) => numberAtom(points, index));
  const takes = (index: number, { low, high, lowIncluded, highIncluded }: Interval): boolean => {
    const point = points[(index - 1) / 2];
    if (point !== undefined)
      return (point > low || (point === low && lowIncluded)) && (point < high || (point === high && highIncluded));
    return (points[index / 2 - 1] ?? -Infinity) >= low && (points[index / 2] ?? Infinity) <= high;
  };
  return {
    atoms,
    cells: cells.map(
      (cell) =>
        new Set(
          [...atoms.keys()].filter(
            (index) => cell.kind !== 'numbers' || cell.intervals.some((each) => takes(index, each)),
          ),
        ),
    ),
  };
}

function numberAtom(points: readonly number[], index: number): string {
  if (index % 2 === 1) return `${points[(index - 1) / 2]}`;
  const [low, high] = [points[index / 2 - 1], points[index / 2]];
  if (low === undefined) return `< ${high}`;
  return high === undefined ? `> ${low}` : `(${low}..${high})`;
}

/** Boolean columns have no "any other"; string columns have one unless the values are listed. */
function valueColumn(cells: readonly Simple[], allowedValues: string | undefined): Column {
  const mentioned = new Set(cells.flatMap((cell) => (cell.kind === 'values' ? cell.values : [])));
  const isBoolean = [...mentioned].every((value) => value === 'true' || value === 'false');
  const listed = isBoolean ? ['true', 'false'] : splitParts(allowedValues ?? '').filter((part) => LITERAL.test(part));
  const isClosed = listed.length > 0 && [...mentioned].every((value) => listed.includes(value));
  const atoms = isClosed ? listed : [...mentioned, 'any other value'];
  const takes = (cell: Simple, atom: string): boolean =>
    cell.kind !== 'values' || cell.values.includes(atom) !== cell.negated;
  return {
    atoms,
    cells: cells.map((cell) => new Set([...atoms.keys()].filter((index) => takes(cell, atoms[index] as string)))),
  };
}

function anyColumn(cells: readonly Simple[]): Column {
  return { atoms: ['any value'], cells: cells.map(() => new Set([0])) };
}
