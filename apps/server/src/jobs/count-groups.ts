import type { LedgerColumn } from '#configuration';
import type { StoredLedgerRow } from '#persistence';
import type { ShownCell } from '../ledgers/shown-cells.js';

/** Rows that have the same values in some columns. */
export interface Group {
  /** Values by column. */
  readonly keys: Readonly<Record<string, string | null>>;
  /** As people read them. */
  readonly label: string;
  count: number;
}

/** Counts a row into its group. */
export function countedIn(
  groups: Map<string, Group>,
  columns: readonly LedgerColumn[],
  row: StoredLedgerRow,
  labels: readonly ShownCell[],
): void {
  const values = columns.map(({ id }) => row.cells[id] ?? null);
  const id = JSON.stringify(values);
  const found = groups.get(id);
  if (found) {
    found.count += 1;
    return;
  }
  const keys = Object.fromEntries(columns.map((column, place) => [column.id, textOf(values[place])]));
  groups.set(id, {
    keys,
    label: labels.map((label) => (label === null ? '未填' : String(label))).join(' · '),
    count: 1,
  });
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** Epoch ms of a column with a date or time; null where it holds none. */
export function momentOfRow({ cells }: StoredLedgerRow, column: string | undefined): number | null {
  const value = column === undefined ? null : (cells[column] ?? null);
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(`${value}T00:00:00+08:00`) : null;
}
