/** How a cell is edited; the names of units, posts, roles and processes are chosen from what there is. */
export type CellKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'date'
  | 'tags'
  | 'categories'
  | 'formula'
  | 'columnType'
  | 'dictionary'
  | 'unit'
  | 'units'
  | 'post'
  | 'role'
  | 'roles'
  | 'process'
  | 'parameter'
  | 'limits'
  | 'when'
  | 'dayOff'
  | 'shown';

export type Column = {
  /** Property of the row. */
  name: string;
  kind: CellKind;
  /** Pixels. */
  width?: number;
  /** An empty cell stays as an empty text instead of being taken away. */
  isNeeded?: boolean;
};

export type Row = Record<string, unknown>;

export type SettingsTable = {
  /** Names its words in the catalogue. */
  id: string;
  /** Where its rows stand in the file. */
  at: readonly string[];
  columns: readonly Column[];
  /** The file itself is the only row. */
  isOne?: boolean;
  /** The order of rows is seen by people, so that they can be moved. */
  isOrdered?: boolean;
  /** What a new row begins with; absent where rows only come with what uses them. */
  fresh?: Row;
};

const idColumn: Column = { name: 'id', kind: 'text', width: 170, isNeeded: true };
const nameColumn: Column = { name: 'name', kind: 'text', isNeeded: true };

const units: SettingsTable = {
  id: 'units',
  at: ['units'],
  columns: [
    nameColumn,
    { name: 'parent', kind: 'unit', width: 220 },
    { name: 'external', kind: 'flag', width: 90 },
    idColumn,
  ],
  fresh: { id: '', name: '' },
};
const posts: SettingsTable = {
  id: 'posts',
  at: ['posts'],
  columns: [
    nameColumn,
    { name: 'unit', kind: 'unit', width: 200, isNeeded: true },
    { name: 'roles', kind: 'roles', width: 240, isNeeded: true },
    idColumn,
  ],
  fresh: { id: '', name: '', unit: '', roles: [] },
};
const portfolios: SettingsTable = {
  id: 'portfolios',
  at: [],
  columns: [
    { ...nameColumn, width: 140 },
    { name: 'post', kind: 'post', width: 180, isNeeded: true },
    { name: 'deputy', kind: 'post', width: 180 },
    { name: 'categories', kind: 'categories', width: 300 },
    { name: 'units', kind: 'units', width: 260 },
    { name: 'from', kind: 'date', width: 150 },
    { name: 'until', kind: 'date', width: 150 },
    { name: 'field', kind: 'text', width: 140, isNeeded: true },
  ],
  fresh: { field: '', name: '', post: '' },
};
const schedules: SettingsTable = {
  id: 'schedules',
  at: [],
  columns: [
    { name: 'title', kind: 'text', width: 180, isNeeded: true },
    { name: 'processId', kind: 'process', width: 200, isNeeded: true },
    { name: 'when', kind: 'when', width: 230 },
    { name: 'onDayOff', kind: 'dayOff', width: 140 },
    { name: 'clause', kind: 'text', width: 120 },
    { ...idColumn, width: 100 },
  ],
  fresh: { id: '', title: '', processId: '', cron: '0 9 1 * *', onDayOff: 'next' },
};
const parameters: SettingsTable = {
  id: 'parameters',
  at: [],
  columns: [
    { name: 'name', kind: 'shown' },
    { name: 'value', kind: 'parameter', width: 200 },
    { name: 'unit', kind: 'shown', width: 90 },
    { name: 'limits', kind: 'limits', width: 170 },
    { name: 'clause', kind: 'shown', width: 140 },
  ],
};
const numbering: SettingsTable = {
  id: 'numbering',
  at: [],
  columns: [nameColumn, { name: 'pattern', kind: 'text', width: 260, isNeeded: true }],
};
const clauses: SettingsTable = {
  id: 'clauses',
  at: [],
  columns: [
    { name: 'title', kind: 'text', width: 240, isNeeded: true },
    { name: 'ids', kind: 'tags', isNeeded: true },
  ],
  fresh: { title: '', ids: [] },
};

const ledgerFacts: SettingsTable = {
  id: 'facts',
  at: [],
  isOne: true,
  columns: [
    { name: 'title', kind: 'text', width: 180, isNeeded: true },
    { name: 'where', kind: 'formula', width: 240 },
    { name: 'exports', kind: 'roles', width: 200 },
    { name: 'description', kind: 'formula', width: 180 },
  ],
};
const ledgerColumns: SettingsTable = {
  id: 'columns',
  at: ['columns'],
  isOrdered: true,
  columns: [
    { name: 'title', kind: 'text', width: 160, isNeeded: true },
    { name: 'type', kind: 'columnType', width: 120, isNeeded: true },
    { name: 'value', kind: 'formula', width: 280 },
    { name: 'dictionary', kind: 'dictionary', width: 160 },
    { name: 'sort', kind: 'flag', width: 60 },
    { name: 'filter', kind: 'flag', width: 60 },
    { name: 'hidden', kind: 'flag', width: 60 },
    { name: 'roles', kind: 'roles', width: 200 },
    { ...idColumn, width: 140 },
  ],
  fresh: { id: '', title: '', type: 'text', value: '=' },
};
const readers: SettingsTable = {
  id: 'readers',
  at: ['readers'],
  columns: [
    { name: 'roles', kind: 'roles', isNeeded: true },
    { name: 'ownUnit', kind: 'text', width: 220 },
  ],
  fresh: { roles: [] },
};
const indicatorFacts: SettingsTable = {
  id: 'facts',
  at: [],
  isOne: true,
  columns: [
    { name: 'title', kind: 'text', width: 180, isNeeded: true },
    { name: 'where', kind: 'formula', width: 220 },
    { name: 'numerator', kind: 'formula', width: 220 },
    { name: 'denominator', kind: 'formula', width: 220 },
    { name: 'value', kind: 'formula', width: 220 },
    { name: 'measure', kind: 'text', width: 80 },
    { name: 'description', kind: 'formula', width: 220 },
  ],
};
const documents: SettingsTable = {
  id: 'documents',
  at: [],
  columns: [
    { name: 'title', kind: 'text', width: 220, isNeeded: true },
    { name: 'roles', kind: 'roles', width: 260 },
    { name: 'portal', kind: 'flag', width: 90 },
    { name: 'receipt', kind: 'flag', width: 90 },
    { name: 'word', kind: 'flag', width: 90 },
    { name: 'template', kind: 'text', width: 160, isNeeded: true },
    { ...idColumn, width: 110 },
  ],
  fresh: { id: '', title: '', template: 'documents/.hbs' },
};
const launchers: SettingsTable = {
  id: 'launchers',
  at: [],
  isOrdered: true,
  columns: [
    { name: 'title', kind: 'text', width: 180, isNeeded: true },
    { name: 'next', kind: 'formula', width: 260 },
    { name: 'roles', kind: 'roles', width: 260, isNeeded: true },
    { name: 'processId', kind: 'process', width: 180, isNeeded: true },
    { ...idColumn, width: 120 },
  ],
};

const tablesByFile: Readonly<Record<string, readonly SettingsTable[]>> = {
  organization: [units, posts],
  portfolios: [portfolios],
  schedules: [schedules],
  parameters: [parameters],
  numbering: [numbering],
  clauses: [clauses],
  launchers: [launchers],
  documents: [documents],
  ledger: [ledgerColumns, readers, ledgerFacts],
  indicator: [indicatorFacts, readers],
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
  const tables = name === 'dictionaries' ? Object.keys(value).map(dictionaryOf) : (tablesByFile[name] ?? []);
  return tables.every((table) => rowsOf(value, table)) ? tables : [];
}

export type PlacedRow = { place: (string | number)[]; row: Row };

/** Rows with the place of each; undefined where what stands there is no table. A list that is not there has no rows. */
export function rowsOf(value: unknown, { at, isOne }: SettingsTable): PlacedRow[] | undefined {
  if (isOne) return isRow(value) ? [{ place: [], row: value }] : undefined;
  const found = at.reduce<unknown>((inner, name) => (isRow(inner) ? inner[name] : undefined), value);
  if (found === undefined && at.length > 0) return [];
  if (Array.isArray(found))
    return found.every(isRow) ? found.map((row, index) => ({ place: [...at, index], row })) : undefined;
  if (!isRow(found)) return undefined;
  const rows = Object.entries(found);
  return rows.every(([, row]) => isRow(row))
    ? rows.map(([key, row]) => ({ place: [...at, key], row: row as Row }))
    : undefined;
}

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
  const cell = parts[place.length];
  return cell === undefined ? {} : { cell };
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
