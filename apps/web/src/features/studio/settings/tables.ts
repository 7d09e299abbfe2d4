import * as plain from './plain-tables.js';
import { roleTables, ruleTables } from './rule-tables.js';
import { EACH, type Row, type SettingsTable } from './table-types.js';

export type { CellKind, Column, Row, SettingsTable } from './table-types.js';

const tablesByFile: Readonly<Record<string, readonly SettingsTable[]>> = {
  organization: [plain.units, plain.posts],
  portfolios: [plain.portfolios],
  schedules: [plain.schedules],
  parameters: [plain.parameters],
  numbering: [plain.numbering],
  clauses: [plain.clauses],
  launchers: [plain.launchers],
  documents: [plain.documents],
  ledger: [plain.ledgerColumns, plain.readers, plain.ledgerFacts],
  indicator: [plain.indicatorFacts, plain.readers],
  ...ruleTables,
};

const SETTINGS = /^workflows\/(?:\w+\/)?([a-z-]+)\.json$/;
const LEDGER = /^workflows\/ledgers\/[\w-]+\.(ledger|indicator)\.json$/;

const dictionaryOf = (name: string): SettingsTable => ({
  id: `dictionary:${name}`,
  at: [name],
  isOrdered: true,
  columns: [
    { name: 'label', kind: 'text', isNeeded: true },
    { name: 'labelEn', kind: 'text', width: 240 },
    { name: 'value', kind: 'text', width: 200, isNeeded: true },
  ],
  fresh: { value: '', label: '' },
});

/** The tables that a settings file is shown as; none where its text alone shows it. */
export function tablesOf(path: string, value: unknown): readonly SettingsTable[] {
  const [, name] = LEDGER.exec(path) ?? SETTINGS.exec(path) ?? [];
  if (name === undefined || typeof value !== 'object' || value === null) return [];
  const tables = tablesNamed(name, value);
  return tables.every((table) => rowsOf(value, table)) ? tables : [];
}

function tablesNamed(name: string, value: object): readonly SettingsTable[] {
  if (name === 'dictionaries') return Object.keys(value).map(dictionaryOf);
  if (name === 'roles') return roleTables(value);
  return tablesByFile[name] ?? [];
}

export type PlacedRow = {
  place: (string | number)[];
  row: Row;
  /** What the row that holds it is called, where rows of many are one table. */
  of?: string;
};

/** Rows with the place of each; undefined where what stands there is no table. A list that is not there has no rows. */
export function rowsOf(value: unknown, { at, isOne }: SettingsTable): PlacedRow[] | undefined {
  if (at.includes(EACH)) return rowsOfEach(value, at);
  const found = at.reduce<unknown>((inner, name) => (isRow(inner) ? inner[name] : undefined), value);
  if (isOne) return isRow(found) ? [{ place: [...at], row: found }] : found === undefined ? [] : undefined;
  if (found === undefined && at.length > 0) return [];
  if (Array.isArray(found))
    return found.every(isRow) ? found.map((row, index) => ({ place: [...at, index], row })) : undefined;
  if (!isRow(found)) return undefined;
  const rows = Object.entries(found);
  return rows.every(([, row]) => isRow(row))
    ? rows.map(([key, row]) => ({ place: [...at, key], row: row as Row }))
    : undefined;
}

/** The rows that stand in the rows of another table, one after the other. */
function rowsOfEach(value: unknown, at: readonly string[]): PlacedRow[] | undefined {
  const split = at.indexOf(EACH);
  const holders = rowsOf(value, { id: '', columns: [], at: at.slice(0, split) });
  const lists = holders?.map(({ place, row }) =>
    rowsOf(row, { id: '', columns: [], at: at.slice(split + 1) })?.map((inner) => ({
      place: [...place, ...inner.place],
      row: inner.row,
      of: nameOfRow(row),
    })),
  );
  return lists?.every((list) => list !== undefined) ? lists.flat() : undefined;
}

/** What people call a row. */
export const nameOfRow = (row: Row): string => String(row.name ?? row.title ?? row.label ?? row.id ?? '');

/** What stands in a cell; the name of a column leads to it, from property to property (`of.process`). */
export const valueIn = (row: Row, name: string): unknown =>
  name.split('.').reduce<unknown>((inner, part) => (isRow(inner) ? inner[part] : undefined), row);

/** Whether a fault, named by a JSON pointer, lies in a row, and in which of its cells. */
export function faultOf(
  pointer: string | undefined,
  place: readonly (string | number)[],
): { cell?: string } | undefined {
  if (pointer === undefined) return undefined;
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (parts.length < place.length || place.some((part, index) => String(part) !== parts[index])) return undefined;
  const cell = parts.slice(place.length).join('.');
  return cell === '' ? {} : { cell };
}

/** Whether a cell is where a fault lies: its own property, or a part of that. */
export const isInCell = (cell: string, column: string): boolean => cell === column || cell.startsWith(`${column}.`);

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
