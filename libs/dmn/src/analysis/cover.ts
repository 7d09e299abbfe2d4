import { StepBudget } from '#feel';
import type { Column, Range } from './column.js';

/** One atom for each column. */
export type Point = readonly number[];

/** The part of the input space that is looked at: ranges for each column. */
export type Box = readonly (readonly Range[])[];

export interface Found {
  readonly points: readonly Point[];
  /** False if the steps ran out: there may be more. */
  readonly isComplete: boolean;
}

/** All of the input space. */
export function wholeBox(columns: readonly Column[]): Box {
  return columns.map(({ size }) => (size === 0 ? [] : [[0, size - 1]]));
}

/** Says whether the cell of a rule takes an atom. */
export function takes(ranges: readonly Range[], atom: number): boolean {
  return ranges.some(([from, to]) => atom >= from && atom <= to);
}

/** Says whether two cells have an atom in common, and which is the first. */
export function firstCommon(a: readonly Range[], b: readonly Range[]): number | undefined {
  for (const [fromA, toA] of a)
    for (const [fromB, toB] of b) if (fromA <= toB && fromB <= toA) return Math.max(fromA, fromB);
  return undefined;
}

interface Segment {
  readonly atom: number;
  readonly rules: readonly number[];
}

/**
 * Looks for inputs that no rule of a table takes, by a sweep over one column after the other: within a segment of a column the same
 * rules go on to the next one. Rules that leave all further columns open end the search below them, and so does a set of rules that
 * was met before, so that the cost follows the number of different sets and not the size of the space.
 */
export class CoverSearch {
  private readonly covered = new Set<string>();
  private readonly points: Point[] = [];
  private isComplete = true;

  constructor(
    private readonly columns: readonly Column[],
    private readonly box: Box,
    private readonly budget: StepBudget,
    private readonly wanted: number,
  ) {}

  /** Points of the box that none of the rules takes, as many as are wanted at most; one for each set of rules around. */
  uncovered(rules: readonly number[]): Found {
    this.visit([], rules);
    return { points: this.points, isComplete: this.isComplete };
  }

  private visit(path: Point, rules: readonly number[]): void {
    const at = path.length;
    if (rules.length === 0) return void this.points.push(this.completed(path));
    if (at === this.columns.length || rules.some((rule) => this.isOpenFrom(rule, at))) return;
    const seen = new Set<string>();
    for (const { atom, rules: taking } of this.segments(at, rules)) {
      if (this.points.length >= this.wanted || !this.isComplete) return;
      // One unit of text for each rule: of 20,000 elements there are at most some thousand rules.
      const key = `${at} ${String.fromCharCode(...taking)}`;
      if (seen.has(key) || this.covered.has(key)) continue;
      seen.add(key);
      const before = this.points.length;
      this.visit([...path, atom], taking);
      if (this.points.length === before && this.isComplete) this.covered.add(key);
    }
  }

  private charge(steps: number): void {
    if (!this.budget.take(steps)) this.isComplete = false;
  }

  private completed(path: Point): Point {
    return this.box.map((ranges, index) => path[index] ?? ranges[0]?.[0] ?? 0);
  }

  private isOpenFrom(rule: number, column: number): boolean {
    for (let index = column; index < this.columns.length; index++) {
      const { cells, size } = this.columns[index] as Column;
      const [first, second] = cells[rule] ?? [];
      if (second || !first || first[0] > 0 || first[1] < size - 1) return false;
    }
    return true;
  }

  /** Where the set of rules changes along a column, within the box. */
  private *segments(at: number, rules: readonly number[]): Iterable<Segment> {
    const { cells } = this.columns[at] as Column;
    const ranges = this.box[at] as readonly Range[];
    this.charge(rules.length);
    const events = new Map<number, { readonly rule: number; readonly enters: boolean }[]>();
    const note = (atom: number, rule: number, enters: boolean) => {
      const others = events.get(atom);
      if (others) others.push({ rule, enters });
      else events.set(atom, [{ rule, enters }]);
    };
    for (const rule of rules)
      for (const [from, to] of cells[rule] as readonly Range[]) {
        note(from, rule, true);
        note(to + 1, rule, false);
      }
    const cuts = [...new Set([...events.keys(), ...ranges.flatMap(([from, to]) => [from, to + 1])])].sort(
      (a, b) => a - b,
    );
    const active: number[] = [];
    for (const cut of cuts) {
      const changes = events.get(cut) ?? [];
      for (const { rule, enters } of changes) if (!enters) active.splice(placeIn(active, rule), 1);
      for (const { rule, enters } of changes) if (enters) active.splice(placeIn(active, rule), 0, rule);
      if (!takes(ranges, cut)) continue;
      this.charge(active.length + 1);
      if (!this.isComplete) return;
      yield { atom: cut, rules: active.slice() };
    }
  }
}

/** Where a rule stands, or would stand, among rules in order. */
function placeIn(rules: readonly number[], rule: number): number {
  let [low, high] = [0, rules.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rules[middle] as number) < rule) low = middle + 1;
    else high = middle;
  }
  return low;
}
