import type { ConfigurationSet, LedgerColumn } from '#configuration';
import type { StoredLedgerRow } from '#persistence';
import { maskOf } from '#vault';
import { dayBegins, isoTime } from '../iso-time.js';
import { evenMoments, lampOf, type Lamp } from '../tasks/task-rows.js';

/** A cell as people read it. Times are ISO texts; lists are joined; a sealed value is its mask. */
export type ShownCell = string | number | boolean | null;

const DAY_MS = 24 * 3_600_000;
const MASK = maskOf('text');

type Labels = Pick<ConfigurationSet, 'dictionaries' | 'organization' | 'portal'>;

/** The cells of a row in the order of the columns, as they are at a moment (epoch ms). */
export function shownCells(
  row: StoredLedgerRow,
  columns: readonly LedgerColumn[],
  { labels, now }: { readonly labels: Labels; readonly now: number },
): readonly ShownCell[] {
  return columns.map((column) => shownCell(row, column, labels, now));
}

/** The same for a process: values of dictionaries, units and states stay what they are, so that conditions can read them. */
export function plainCells(
  row: StoredLedgerRow,
  columns: readonly LedgerColumn[],
  { labels, now }: { readonly labels: Labels; readonly now: number },
): readonly ShownCell[] {
  return columns.map((column) => {
    const isCoded = ['dictionary', 'unit', 'state'].includes(column.type);
    return isCoded ? labelled(row.cells[column.id], () => undefined) : shownCell(row, column, labels, now);
  });
}

function shownCell(row: StoredLedgerRow, column: LedgerColumn, labels: Labels, now: number): ShownCell {
  const value = row.cells[column.id] ?? null;
  switch (column.type) {
    case 'lamp':
      return lampOfRow(row, column, now);
    case 'overdueDays':
      return daysOverdue(row, column, now);
    case 'sealed':
      return isSealed(value) && value.sealed.length > 0 ? MASK : null;
    case 'dateTime':
    case 'deadline':
      return typeof value === 'number' ? isoTime(value) : null;
    case 'dictionary':
      return labelled(value, (one) => labelIn(labels, column.dictionary ?? '', one));
    case 'unit':
      return labelled(value, (one) => labels.organization.units.find(({ id }) => id === one)?.name);
    case 'state':
      return labelled(value, (one) => stateLabel(labels, String(one)));
    default:
      return labelled(value, () => undefined);
  }
}

/** The public state as it stands in the record: not in the words that are spoken to who follows the case. */
function stateLabel({ portal }: Labels, id: string): string | undefined {
  const state = portal?.tracking?.states[id];
  return state?.recordLabel ?? state?.label;
}

function labelled(value: unknown, label: (one: unknown) => string | undefined): ShownCell {
  if (Array.isArray(value)) return value.map((one: unknown) => label(one) ?? String(one)).join('、');
  if (typeof value === 'boolean' || typeof value === 'number') return label(value) ?? value;
  return typeof value === 'string' ? (label(value) ?? value) : null;
}

function labelIn({ dictionaries }: Labels, dictionary: string, value: unknown): string | undefined {
  const entries = Object.hasOwn(dictionaries, dictionary) ? dictionaries[dictionary] : undefined;
  return entries?.find((entry) => String(entry.value) === String(value))?.label;
}

function isSealed(value: unknown): value is { readonly sealed: readonly string[] } {
  return typeof value === 'object' && value !== null && 'sealed' in value && Array.isArray(value.sealed);
}

/** Nothing before there is a deadline. What is done, or has ended, shows how it ended. */
function lampOfRow(row: StoredLedgerRow, { from, due, done }: LedgerColumn, now: number): Lamp | null {
  const dueAt = momentIn(row, due);
  if (dueAt === null) return null;
  const at = momentIn(row, done) ?? row.endedAt ?? now;
  return lampOf(evenMoments(momentIn(row, from) ?? dueAt - 1, dueAt), at);
}

/** Whole days begun since the deadline; nothing where it was kept or has not come. */
function daysOverdue(row: StoredLedgerRow, { due, done }: LedgerColumn, now: number): number | null {
  const dueAt = momentIn(row, due);
  const at = momentIn(row, done) ?? row.endedAt ?? now;
  return dueAt === null || at <= dueAt ? null : Math.ceil((at - dueAt) / DAY_MS);
}

/** A moment, or the end of a day. */
function momentIn(row: StoredLedgerRow, column: string | undefined): number | null {
  const value = column === undefined ? null : row.cells[column];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? dayBegins(value) + DAY_MS : null;
}
