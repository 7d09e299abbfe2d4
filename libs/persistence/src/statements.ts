import type { Row } from '#runtime';
import { list } from './dialect.js';
import type { SqlDialect } from './dialect.js';
import type { TableChanges } from './row-buffer.js';
import { ShapedRows, boundOf } from './shaped-rows.js';
import type { TableMeta } from './table-meta.js';

export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Parameters that one statement may carry on both databases. */
const MAX_PARAMETERS = 30_000;
/** Texts of statements that are kept, so that neither they nor their hashes are made anew for each batch: on SQLite, which has few sizes. */
const TEXTS_KEPT = 500;

/** Writes the net changes of one table with as few statements as there are shapes of rows. */
export function tableStatements({ table, rows }: TableChanges, dialect: SqlDialect): readonly Statement[] {
  const [inserts, upserts, updates] = [new ShapedRows(), new ShapedRows(), new ShapedRows()];
  const [deletes, upserted]: [Row[], Row[]] = [[], []];
  for (const row of rows) {
    if (row.kind === 'insert') inserts.add(row.row);
    else if (row.kind === 'upsert') upserted.push(row.row);
    else if (row.kind === 'delete') deletes.push(row.key);
    else if (Object.keys(row.set).length > 0) updates.add(row.key, row.set);
  }
  for (const row of inKeyOrder(table, upserted)) upserts.add(row);
  const statements: Statement[] = [];
  for (const group of byShape(deletes)) statements.push(...deleteStatements(table, group, dialect));
  for (const shape of inserts.shapes) statements.push(...insertOf(table.name, shape, dialect));
  for (const shape of upserts.shapes)
    statements.push(...insertOf(table.name, shape, dialect, conflict(table, shape.columns)));
  for (const shape of updates.shapes) statements.push(...updateOf(table, shape, dialect));
  return statements;
}

/** Rows with one key in its order, so that nodes that write the same rows lock them one after the other. */
function inKeyOrder(table: TableMeta, rows: readonly Row[]): readonly Row[] {
  const [column, ...more] = table.primaryKey;
  if (column === undefined || more.length > 0 || rows.length < 2) return rows;
  return [...rows].sort((a, b) => Number(a[column]) - Number(b[column]));
}

/** Multi-row inserts of rows that may differ in their columns. */
export function insertStatements(table: string, rows: readonly Row[], dialect: SqlDialect): readonly Statement[] {
  const shaped = new ShapedRows();
  for (const row of rows) shaped.add(row);
  return shaped.shapes.flatMap((shape) => insertOf(table, shape, dialect));
}

/** Rows as one list of values, a row after the other; each row has the values of these columns. */
export interface Values {
  readonly columns: readonly string[];
  readonly params: readonly unknown[];
}

/** Multi-row inserts of values that are in order already. */
export function insertOf(table: string, values: Values, dialect: SqlDialect, suffix = ''): readonly Statement[] {
  const { columns } = values;
  const names = columns.join();
  return inChunks(values, dialect, (count) =>
    text(dialect, `insert ${table} ${names} ${count}${suffix}`, () => {
      const rows = Array.from({ length: count }, () => list(columns.length)).join(', ');
      return `INSERT INTO ${table} (${columns.map(quoted).join(', ')}) VALUES ${rows}${suffix}`;
    }),
  );
}

/** Rows in groups that have the same columns in the same order. */
function byShape(rows: readonly Row[]): readonly (readonly Row[])[] {
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

function conflict(table: TableMeta, columns: readonly string[]): string {
  const others = columns.filter((column) => !table.primaryKey.includes(column) && column !== 'key');
  const set = others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(', ');
  return ` ON CONFLICT (${table.primaryKey.map(quoted).join(', ')}) DO ${set ? `UPDATE SET ${set}` : 'NOTHING'}`;
}

function deleteStatements(table: TableMeta, keys: readonly Row[], dialect: SqlDialect): readonly Statement[] {
  const columns = Object.keys(keys[0]!);
  const params = keys.flatMap((key) => columns.map((column) => boundOf(key[column])));
  if (columns.length === 1)
    return inChunks({ columns, params }, dialect, (count) =>
      text(
        dialect,
        `delete ${table.name} ${columns[0]} ${count}`,
        () => `DELETE FROM ${table.name} WHERE ${quoted(columns[0]!)} IN ${list(count)}`,
      ),
    );
  const where = columns.map((column) => `${quoted(column)} = ?`).join(' AND ');
  return keys.map((_, index) => ({
    sql: `DELETE FROM ${table.name} WHERE ${where}`,
    params: params.slice(index * columns.length, (index + 1) * columns.length),
  }));
}

/** `UPDATE t SET c = v.column2 FROM (VALUES ...) AS v WHERE t.key = v.column1`, which both databases understand. */
function updateOf(
  table: TableMeta,
  values: Values & { readonly keys: number },
  dialect: SqlDialect,
): readonly Statement[] {
  const { columns, keys } = values;
  const names = `${columns.join()} ${keys}`;
  return inChunks(values, dialect, (count) =>
    text(dialect, `update ${table.name} ${names} ${count}`, () => {
      const set = columns.slice(keys).map((column, index) => `${quoted(column)} = v.column${keys + index + 1}`);
      const where = columns
        .slice(0, keys)
        .map((column, index) => `${table.name}.${quoted(column)} = v.column${index + 1}`);
      const first = `(${columns.map((column) => dialect.typed(table.typeOf(column))).join(', ')})`;
      const rows = [first, ...Array.from({ length: count - 1 }, () => list(columns.length))].join(', ');
      return `UPDATE ${table.name} SET ${set.join(', ')} FROM (VALUES ${rows}) AS v WHERE ${where.join(' AND ')}`;
    }),
  );
}

/** Cuts rows into chunks of the dialect's sizes, so that few statement texts exist. */
function inChunks({ columns, params }: Values, dialect: SqlDialect, sql: (count: number) => string): Statement[] {
  const width = columns.length;
  const most = Math.max(1, Math.floor(MAX_PARAMETERS / width));
  const statements: Statement[] = [];
  for (let start = 0; start < params.length;) {
    const left = (params.length - start) / width;
    const size =
      dialect.name === 'postgres'
        ? Math.min(left, most)
        : (dialect.chunkSizes.find((candidate) => candidate <= left) ?? 1);
    const end = start + size * width;
    statements.push({
      sql: sql(size),
      params: start === 0 && end === params.length ? params : params.slice(start, end),
    });
    start = end;
  }
  return statements;
}

const texts = new Map<string, string>();

function text(dialect: SqlDialect, id: string, make: () => string): string {
  if (dialect.name === 'postgres') return make();
  const known = texts.get(id);
  if (known !== undefined) return known;
  const made = make();
  texts.set(id, made);
  if (texts.size > TEXTS_KEPT) texts.delete(texts.keys().next().value!);
  return made;
}
