import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { asBoolean, asKey, asNumberOrNull } from '../records.js';
import { readerQuery } from '../reader-query.js';
import { sortRef } from './ledger-writes.js';

/** A bound on one column: both ends are texts as the cells are stored (`sortText`), the upper one is left out. */
export interface LedgerFilter {
  readonly columnId: string;
  /** One of these exactly. */
  readonly equal?: readonly string[];
  readonly from?: string;
  readonly below?: string;
  /** Part of a text. */
  readonly contains?: string;
}

/** Rows that a reader may see. */
export interface LedgerScope {
  readonly ledgerId: string;
  /** Cases that do not exist for the reader. */
  readonly hiddenCases: readonly string[];
  /** Any of these must hold; empty: all rows. */
  readonly ownUnits: readonly { readonly columnId: string; readonly unit: string }[];
  readonly filters: readonly LedgerFilter[];
}

export interface LedgerPage extends LedgerScope {
  readonly order: { readonly columnId: string; readonly isDescending: boolean };
  /** Place of the last row of the page before. */
  readonly after?: LedgerPlace;
  readonly limit: number;
}

export interface LedgerPlace {
  readonly sortText: string;
  readonly rowKey: string;
}

export interface StoredLedgerRow extends LedgerPlace {
  readonly processInstanceKey: string;
  readonly drill: boolean;
  readonly endedAt: number | null;
  readonly cells: Readonly<Record<string, unknown>>;
}

export interface IndicatorScope {
  readonly indicatorId: string;
  readonly hiddenCases: readonly string[];
  /** Absent: of all units. */
  readonly unit?: string;
}

export interface IndicatorSum {
  /** Place in `bounds`. */
  readonly period: number;
  readonly group: number | null;
  readonly numerator: number;
  readonly denominator: number;
  /** Sum of the values. */
  readonly total: number;
}

/** The reading side of ledgers and indicators. */
export interface LedgerQueries {
  page(request: LedgerPage): Promise<readonly StoredLedgerRow[]>;
  /** Counts up to `most`. */
  count(scope: LedgerScope, most: number): Promise<number>;
  /** Sums by period; `bounds` are the beginnings of the periods and the end of the last, epoch ms, ascending. */
  sums(scope: IndicatorScope, bounds: readonly number[]): Promise<readonly IndicatorSum[]>;
  /** The value below which a share (0 to 1) of the values lies, by the nearest rank; undefined where there is none. */
  quantile(
    scope: IndicatorScope,
    period: { readonly from: number; readonly below: number },
    wanted: { readonly share: number; readonly count: number },
  ): Promise<number | undefined>;
  /** Instances that are counted in a period. */
  counted(
    scope: IndicatorScope,
    period: { readonly from: number; readonly below: number },
    limit: number,
  ): Promise<readonly CountedInstance[]>;
}

export interface CountedInstance {
  readonly processInstanceKey: string;
  readonly periodAt: number;
  readonly isNumerator: boolean;
  readonly group: number | null;
}

const VALUE_UNIT = 1_000_000;

type Sql = { readonly sql: string; readonly params: readonly unknown[] };

/** Queries over the reader, each along one index. */
export function createLedgerQueries(database: Database): LedgerQueries {
  const query = readerQuery(database);
  return {
    page: async ({ order, after, limit, ...scope }) => {
      const where = rowsWhere(scope);
      const [sign, direction] = order.isDescending ? ['<', 'DESC'] : ['>', 'ASC'];
      const start: Sql = after
        ? { sql: `AND (s.sort_text, s.row_key) ${sign} (?, ?)`, params: [after.sortText, after.rowKey] }
        : { sql: '', params: [] };
      const rows = await query(
        `SELECT r.*, s.sort_text FROM ledger_cells s JOIN ledger_rows r ON r.ledger_id = s.ledger_id AND r.row_key = s.row_key
         WHERE s.sort_ref = ? ${start.sql} AND ${where.sql}
         ORDER BY s.sort_text ${direction}, s.row_key ${direction} LIMIT ?`,
        [sortRef({ ledgerId: scope.ledgerId, columnId: order.columnId }), ...start.params, ...where.params, limit],
      );
      return rows.map((row) => ({
        rowKey: String(row['row_key']),
        sortText: String(row['sort_text']),
        processInstanceKey: asKey(row['process_instance_key']),
        drill: asBoolean(row['drill']),
        endedAt: asNumberOrNull(row['ended_at']),
        cells: JSON.parse(String(row['cells'])) as Record<string, unknown>,
      }));
    },
    count: async (scope, most) => {
      const where = rowsWhere(scope);
      const rows = await query(
        `SELECT COUNT(*) AS count FROM (SELECT 1 FROM ledger_rows r WHERE r.ledger_id = ? AND ${where.sql} LIMIT ?) AS found`,
        [scope.ledgerId, ...where.params, most],
      );
      return Number(rows[0]?.['count']);
    },
    sums: async (scope, bounds) => {
      const { sql, params } = factsWhere(scope, { from: bounds[0] ?? 0, below: bounds.at(-1) ?? 0 });
      const cases = bounds.slice(1, -1).map((_, index) => `WHEN period_at < ? THEN ${index}`);
      const period = cases.length === 0 ? '0' : `CASE ${cases.join(' ')} ELSE ${cases.length} END`;
      const rows = await query(
        `SELECT period, compared_group, COUNT(*) AS denominator, SUM(CASE WHEN is_numerator THEN 1 ELSE 0 END) AS numerator,
           SUM(COALESCE(value_millionths, 0)) AS total
         FROM (SELECT f.*, ${period} AS period FROM indicator_facts f WHERE ${sql}) AS counted
         GROUP BY period, compared_group`,
        [...bounds.slice(1, -1), ...params],
      );
      return rows.map((row) => ({
        period: Number(row['period']),
        group: asNumberOrNull(row['compared_group']),
        numerator: Number(row['numerator']),
        denominator: Number(row['denominator']),
        total: Number(row['total']) / VALUE_UNIT,
      }));
    },
    quantile: async (scope, within, { share, count }) => {
      const { sql, params } = factsWhere(scope, within);
      const rank = Math.max(1, Math.ceil(share * count)) - 1;
      const rows = await query(
        `SELECT value_millionths FROM indicator_facts f WHERE ${sql} ORDER BY value_millionths LIMIT 1 OFFSET ?`,
        [...params, rank],
      );
      const value = asNumberOrNull(rows[0]?.['value_millionths']);
      return value === null ? undefined : value / VALUE_UNIT;
    },
    counted: async (scope, within, limit) => {
      const { sql, params } = factsWhere(scope, within);
      const rows = await query(
        `SELECT process_instance_key, period_at, is_numerator, compared_group FROM indicator_facts f WHERE ${sql}
         ORDER BY period_at, row_key LIMIT ?`,
        [...params, limit],
      );
      return rows.map((row) => ({
        processInstanceKey: asKey(row['process_instance_key']),
        periodAt: Number(row['period_at']),
        isNumerator: asBoolean(row['is_numerator']),
        group: asNumberOrNull(row['compared_group']),
      }));
    },
  };
}

function rowsWhere({ hiddenCases, ownUnits, filters }: LedgerScope): Sql {
  const units = ownUnits.map(({ columnId, unit }) => cellWhere({ columnId, equal: [unit] }));
  return allOf([notHidden('r', hiddenCases), ...(units.length ? [anyOf(units)] : []), ...filters.map(cellWhere)]);
}

/**
 * A look at one cell by its key for each row that comes. A value and not EXISTS, which a planner without statistics turns
 * into a join of all with all.
 */
const CELL =
  '(SELECT f.sort_text FROM ledger_cells f WHERE f.ledger_id = r.ledger_id AND f.row_key = r.row_key AND f.column_id = ?)';

function cellWhere({ columnId, equal, from, below, contains }: LedgerFilter): Sql {
  const cell = (condition: string, ...params: readonly unknown[]): Sql => ({
    sql: `${CELL} ${condition}`,
    params: [columnId, ...params],
  });
  return allOf([
    ...(equal ? [cell(`IN ${list(equal.length)}`, ...equal)] : []),
    // Nothing sorts before everything, and is neither from nor up to anything.
    ...(from === undefined ? [] : [cell('>= ?', from)]),
    ...(below === undefined ? [] : [cell('< ?', below)]),
    ...(from === undefined && below === undefined ? [] : [cell("<> ''")]),
    ...(contains === undefined ? [] : [cell(`LIKE ? ESCAPE '~'`, `%${contains.replace(/[%_~]/g, '~$&')}%`)]),
  ]);
}

function factsWhere(
  { indicatorId, hiddenCases, unit }: IndicatorScope,
  { from, below }: { readonly from: number; readonly below: number },
): Sql {
  return allOf([
    { sql: 'f.indicator_id = ? AND f.period_at >= ? AND f.period_at < ?', params: [indicatorId, from, below] },
    notHidden('f', hiddenCases),
    ...(unit === undefined ? [] : [{ sql: 'f.unit = ?', params: [unit] }]),
  ]);
}

function notHidden(alias: string, cases: readonly string[]): Sql {
  if (cases.length === 0) return { sql: '1 = 1', params: [] };
  return { sql: `(${alias}.case_key IS NULL OR ${alias}.case_key NOT IN ${list(cases.length)})`, params: cases };
}

const allOf = (parts: readonly Sql[]): Sql => joined(parts, ' AND ', '1 = 1');
const anyOf = (parts: readonly Sql[]): Sql => joined(parts, ' OR ', '1 = 0');

function joined(parts: readonly Sql[], word: string, none: string): Sql {
  return {
    sql: parts.length === 0 ? none : parts.map(({ sql }) => `(${sql})`).join(word),
    params: parts.flatMap(({ params }) => params),
  };
}
