import type { Row } from '#runtime';
import { list } from './dialect.js';
import type { SqlDialect } from './dialect.js';
import type { PendingRow, TableChanges } from './row-buffer.js';
import type { TableMeta } from './table-meta.js';

export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Parameters that one statement may carry on both databases. */
const MAX_PARAMETERS = 30_000;

/** Writes the net changes of one table with as few statements as there are shapes of rows. */
export function tableStatements(changes: TableChanges, dialect: SqlDialect): readonly Statement[] {
  const { table, rows } = changes;
  return [
    ...grouped(rows, 'delete', (row) => row.key).flatMap((group) => deletes(table, group, dialect)),
    ...grouped(rows, 'insert', (row) => row.row).flatMap((group) => insertStatements(table.name, group, dialect)),
    ...grouped(rows, 'upsert', (row) => row.row).flatMap((group) =>
      insertStatements(table.name, inKeyOrder(table, group), dialect, conflict(table, group[0]!)),
    ),
    ...updateGroups(rows).flatMap((group) => updates(table, group, dialect)),
  ];
}

/** Rows with one key in its order, so that nodes that write the same rows lock them one after the other. */
function inKeyOrder(table: TableMeta, rows: readonly Row[]): readonly Row[] {
  const [column, ...more] = table.primaryKey;
  if (column === undefined || more.length > 0 || rows.length < 2) return rows;
  return [...rows].sort((a, b) => Number(a[column]) - Number(b[column]));
}

/** Multi-row inserts of rows that have the same columns. */
export function insertStatements(
  table: string,
  rows: readonly Row[],
  dialect: SqlDialect,
  suffix = '',
): readonly Statement[] {
  const columns = Object.keys(rows[0]!);
  const one = list(columns.length);
  return chunks(rows, columns.length, dialect).map((chunk) => ({
    sql: `INSERT INTO ${table} (${columns.map(quoted).join(', ')}) VALUES ${chunk.map(() => one).join(', ')}${suffix}`,
    params: chunk.flatMap((row) => columns.map((column) => bound(row[column]))),
  }));
}

/** Rows in groups that have the same columns in the same order. */
export function byShape(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const shape = Object.keys(row).join();
    const group = groups.get(shape);
    if (group) group.push(row);
    else groups.set(shape, [row]);
  }
  return [...groups.values()];
}

/** Column names such as `interval` and `key` are words of SQL. */
export const quoted = (column: string): string => `"${column}"`;

const bound = (value: unknown): unknown => (value === undefined ? null : value);

function grouped<K extends PendingRow['kind']>(
  rows: readonly PendingRow[],
  kind: K,
  pick: (row: Extract<PendingRow, { kind: K }>) => Row,
): readonly (readonly Row[])[] {
  const chosen = rows.filter((row): row is Extract<PendingRow, { kind: K }> => row.kind === kind);
  return byShape(chosen.map(pick));
}

function conflict(table: TableMeta, sample: Row): string {
  const others = Object.keys(sample).filter((column) => !table.primaryKey.includes(column) && column !== 'key');
  const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
  return ` ON CONFLICT (${table.primaryKey.map(quoted).join(', ')}) DO ${set ? `UPDATE SET ${set}` : 'NOTHING'}`;
}

function deletes(table: TableMeta, keys: readonly Row[], dialect: SqlDialect): readonly Statement[] {
  const columns = Object.keys(keys[0]!);
  if (columns.length === 1) {
    return chunks(keys, 1, dialect).map((chunk) => ({
      sql: `DELETE FROM ${table.name} WHERE ${quoted(columns[0]!)} IN ${list(chunk.length)}`,
      params: chunk.map((key) => key[columns[0]!]),
    }));
  }
  const where = columns.map((column) => `${quoted(column)} = ?`).join(' AND ');
  return keys.map((key) => ({
    sql: `DELETE FROM ${table.name} WHERE ${where}`,
    params: columns.map((column) => key[column]),
  }));
}

type Update = Extract<PendingRow, { kind: 'update' }>;

function updateGroups(rows: readonly PendingRow[]): readonly (readonly Update[])[] {
  const groups = new Map<string, Update[]>();
  for (const row of rows) {
    if (row.kind !== 'update' || Object.keys(row.set).length === 0) continue;
    const shape = [...Object.keys(row.key), '|', ...Object.keys(row.set)].join();
    groups.set(shape, [...(groups.get(shape) ?? []), row]);
  }
  return [...groups.values()];
}

/** `UPDATE t SET c = v.column2 FROM (VALUES ...) AS v WHERE t.key = v.column1`, which both databases understand. */
function updates(table: TableMeta, rows: readonly Update[], dialect: SqlDialect): readonly Statement[] {
  const keys = Object.keys(rows[0]!.key);
  const columns = [...keys, ...Object.keys(rows[0]!.set)];
  const set = columns
    .slice(keys.length)
    .map((column, index) => `${quoted(column)} = v.column${keys.length + index + 1}`);
  const where = keys.map((column, index) => `${table.name}.${quoted(column)} = v.column${index + 1}`);
  const first = `(${columns.map((column) => dialect.typed(table.typeOf(column))).join(', ')})`;
  const other = list(columns.length);
  return chunks(rows, columns.length, dialect).map((chunk) => ({
    sql: `UPDATE ${table.name} SET ${set.join(', ')} FROM (VALUES ${chunk.map((_, index) => (index ? other : first)).join(', ')}) AS v WHERE ${where.join(' AND ')}`,
    params: chunk.flatMap((row) => [...Object.values(row.key), ...Object.values(row.set)].map(bound)),
  }));
}

/** Cuts rows into chunks of the dialect's sizes, so that few statement texts exist. */
function chunks<T>(rows: readonly T[], columns: number, dialect: SqlDialect): readonly (readonly T[])[] {
  if (dialect.name === 'postgres') return cut(rows, Math.max(1, Math.floor(MAX_PARAMETERS / columns)));
  const result: (readonly T[])[] = [];
  let start = 0;
  while (start < rows.length) {
    const left = rows.length - start;
    const size = dialect.chunkSizes.find((candidate) => candidate <= left) ?? 1;
    result.push(rows.slice(start, start + size));
    start += size;
  }
  return result;
}

function cut<T>(rows: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
