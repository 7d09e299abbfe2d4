import type { StepBudget } from '#feel';
import type { Column } from './column.js';
import { firstCommon, type Point } from './cover.js';

export interface Pair {
  readonly first: number;
  readonly second: number;
  readonly point: Point;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly isComplete: boolean;
  /** True if there are more than were wanted. */
  readonly hasMore: boolean;
}

/** An input that both rules take; undefined if there is none. */
export function meetingPoint(columns: readonly Column[], first: number, second: number): Point | undefined {
  const point: number[] = [];
  for (const { cells } of columns) {
    const atom = firstCommon(cells[first] ?? [], cells[second] ?? []);
    if (atom === undefined) return undefined;
    point.push(atom);
  }
  return point;
}

/** Pairs of rules that some input meets both, by a sweep over the column in which the fewest rules lie side by side. */
export function meetingPairs(
  columns: readonly Column[],
  isWanted: (first: number, second: number) => boolean,
  { budget, wanted }: { readonly budget: StepBudget; readonly wanted: number },
): Pairs {
  const pairs: Pair[] = [];
  const seen = new Set<number>();
  const best = columns.reduce((a, b) => (sideBySide(b) < sideBySide(a) ? b : a), columns[0] as Column);
  for (const [first, second] of neighbours(best)) {
    if (!budget.take(1)) return { pairs, isComplete: false, hasMore: false };
    const key = first * best.cells.length + second;
    if (seen.has(key)) continue;
    if ((best.cells[first]?.length ?? 0) > 1 || (best.cells[second]?.length ?? 0) > 1) seen.add(key);
    const point = isWanted(first, second) ? meetingPoint(columns, first, second) : undefined;
    if (!point) continue;
    if (pairs.length >= wanted) return { pairs, isComplete: true, hasMore: true };
    pairs.push({ first, second, point });
  }
  return { pairs, isComplete: true, hasMore: false };
}

interface Start {
  readonly rule: number;
  readonly from: number;
  readonly to: number;
}

function startsOf({ cells }: Column): Start[] {
  return cells
    .flatMap((ranges, rule) => ranges.map(([from, to]) => ({ rule, from, to })))
    .sort((a, b) => a.from - b.from || a.rule - b.rule);
}

/** Number of pairs that the sweep over a column gives. */
function sideBySide(column: Column): number {
  const starts = startsOf(column);
  const ends = starts.map(({ to }) => to).sort((a, b) => a - b);
  let ended = 0;
  return starts.reduce((sum, { from }, index) => {
    while ((ends[ended] ?? Infinity) < from) ended++;
    return sum + index - ended;
  }, 0);
}

/** Pairs of rules (lower number first) whose cells of a column share an atom. */
function* neighbours(column: Column): Iterable<readonly [number, number]> {
  let active: Start[] = [];
  for (const start of startsOf(column)) {
    active = active.filter(({ to }) => to >= start.from);
    for (const { rule } of active)
      if (rule !== start.rule) yield [Math.min(rule, start.rule), Math.max(rule, start.rule)];
    active.push(start);
  }
}
