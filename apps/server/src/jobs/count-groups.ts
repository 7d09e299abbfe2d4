import type { ConfigurationSet, LedgerColumn } from '#configuration';
import type { StoredLedgerRow } from '#persistence';
import type { ShownCell } from '../ledgers/shown-cells.js';
import { dayBegins } from '../iso-time.js';

/** Rows that have the same values in some columns. */
export interface Group {
  /** Values by column. */
  readonly keys: Readonly<Record<string, string | null>>;
  /** As people read them. */
  readonly label: string;
  count: number;
  /** Sums of columns with numbers. */
  readonly sums: Record<string, number>;
}

interface Counting {
  readonly by: readonly LedgerColumn[];
  /** Ids of columns with numbers. */
  readonly sum: readonly string[];
}

/** Counts a row into its group. */
export function countedIn(
  groups: Map<string, Group>,
  { by, sum }: Counting,
  { row, labels }: { readonly row: StoredLedgerRow; readonly labels: readonly ShownCell[] },
): void {
  const values = by.map(({ id }) => row.cells[id] ?? null);
  const id = JSON.stringify(values);
  const group = groups.get(id) ?? newGroup(by, values, labels);
  groups.set(id, group);
  group.count += 1;
  for (const name of sum) group.sums[name] = (group.sums[name] ?? 0) + numberIn(row.cells[name]);
}

function newGroup(by: readonly LedgerColumn[], values: readonly unknown[], labels: readonly ShownCell[]): Group {
  const keys = Object.fromEntries(by.map((column, place) => [column.id, textOf(values[place])]));
  const label = labels.map((one) => (one === null ? '未填' : String(one))).join(' · ');
  return { keys, label, count: 0, sums: {} };
}

/** Orders groups as dictionaries and the tree of units do, never by their counts: nobody is ranked by petitions. */
export function inOrderOf(
  by: readonly LedgerColumn[],
  set: Pick<ConfigurationSet, 'dictionaries' | 'organization'>,
): (one: Group, other: Group) => number {
  const orders = by.map(({ id, type, dictionary }) => {
    const values =
      type === 'dictionary'
        ? (set.dictionaries[dictionary ?? ''] ?? []).map(({ value }) => String(value))
        : set.organization.units.map((unit) => unit.id);
    const places = new Map(values.map((value, place) => [value, place]));
    const placeOf = ({ keys }: Group) => places.get(keys[id] ?? '') ?? values.length;
    return (one: Group, other: Group) => placeOf(one) - placeOf(other);
  });
  return (one, other) => {
    for (const order of orders) {
      const found = order(one, other);
      if (found !== 0) return found;
    }
    return one.label.localeCompare(other.label, 'zh');
  };
}

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** Epoch ms of a column with a date or time; null where it holds none. */
export function momentOfRow({ cells }: StoredLedgerRow, column: string): number | null {
  const value = cells[column] ?? null;
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? dayBegins(value) : null;
}
