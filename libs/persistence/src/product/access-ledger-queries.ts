import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { type AccessRecord, ACCESS, toAccess } from './vault-queries.js';

/** A bound on one fact of an access; times are epoch ms, the upper one is left out. */
export interface AccessFilter {
  readonly fact: 'at' | 'caseNo' | 'reason';
  readonly equal?: readonly string[];
  readonly from?: number;
  readonly below?: number;
  readonly contains?: string;
}

export interface AccessScope {
  /** Cases that do not exist for the reader. */
  readonly hiddenCases: readonly string[];
  readonly filters: readonly AccessFilter[];
}

export interface AccessPage extends AccessScope {
  readonly isDescending: boolean;
  /** The last row of the page before. */
  readonly after?: { readonly at: number; readonly accessKey: string };
  readonly limit: number;
}

/** The record of accesses as a ledger reads it, along its index by time. */
export interface AccessLedgerQueries {
  page(request: AccessPage): Promise<readonly AccessRecord[]>;
  /** Counts up to `most`. */
  count(scope: AccessScope, most: number): Promise<number>;
}

type Sql = { readonly sql: string; readonly params: readonly unknown[] };

export function createAccessLedgerQueries(database: Database): AccessLedgerQueries {
  const query = readerQuery(database);
  return {
    page: async ({ isDescending, after, limit, ...scope }) => {
      const where = whereOf(scope);
      const [sign, direction] = isDescending ? ['<', 'DESC'] : ['>', 'ASC'];
      const start: Sql = after
        ? { sql: `AND (a.at, a.access_key) ${sign} (?, ?)`, params: [after.at, after.accessKey] }
        : { sql: '', params: [] };
      const rows = await query(
        `${ACCESS} WHERE ${where.sql} ${start.sql} ORDER BY a.at ${direction}, a.access_key ${direction} LIMIT ?`,
        [...where.params, ...start.params, limit],
      );
      return rows.map(toAccess);
    },
    count: async (scope, most) => {
      const { sql, params } = whereOf(scope);
      const rows = await query(
        `SELECT COUNT(*) AS count FROM (SELECT 1 FROM access_log a WHERE ${sql} LIMIT ?) AS found`,
        [...params, most],
      );
      return Number(rows[0]?.['count']);
    },
  };
}

function whereOf({ hiddenCases, filters }: AccessScope): Sql {
  const hidden: Sql =
    hiddenCases.length === 0
      ? { sql: '1 = 1', params: [] }
      : { sql: `a.case_key NOT IN ${list(hiddenCases.length)}`, params: hiddenCases };
  const parts = [hidden, ...filters.flatMap(filterSql)];
  return { sql: parts.map(({ sql }) => sql).join(' AND '), params: parts.flatMap(({ params }) => params) };
}

function filterSql({ fact, equal, from, below, contains }: AccessFilter): readonly Sql[] {
  const text = (condition: string, params: readonly unknown[]): Sql => ({
    sql:
      fact === 'caseNo'
        ? `a.case_key IN (SELECT p.case_key FROM process_instances p WHERE p.case_no ${condition})`
        : `a.reason ${condition}`,
    params,
  });
  return [
    ...(from === undefined ? [] : [{ sql: 'a.at >= ?', params: [from] }]),
    ...(below === undefined ? [] : [{ sql: 'a.at < ?', params: [below] }]),
    ...(equal === undefined ? [] : [text(`IN ${list(equal.length)}`, equal)]),
    ...(contains === undefined ? [] : [text(`LIKE ? ESCAPE '~'`, [`%${contains.replace(/[%_~]/g, '~$&')}%`])]),
  ];
}
