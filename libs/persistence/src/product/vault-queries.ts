import type { CaseKeyRow, SealedValueRow, VaultStore } from '#vault';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { withDescendants, withOrigins } from './case-origins.js';

/** One look at one protected value. */
export interface AccessRecord {
  readonly accessKey: string;
  readonly at: number;
  readonly account: string;
  readonly role: string;
  readonly class: string;
  readonly field: string;
  readonly caseKey: string;
  readonly caseNo: string | null;
  readonly reason: string;
  readonly purpose: string;
}

/** A class that a process let a group see in one case. */
export interface SightGrant {
  readonly class: string;
  /** Candidate group, such as `unit_handler@hr`. */
  readonly recipient: string;
  /** Epoch ms at which it ends. */
  readonly untilAt: number;
}

/** What screens ask of the sealed store; nothing here yields a value. */
export interface VaultQueries extends VaultStore {
  /** Newest first; `cursor` is the access key of the last row of the page before. */
  accessLog(request: { readonly cursor?: string; readonly limit: number }): Promise<readonly AccessRecord[]>;
  accessesOfCase(caseKey: string): Promise<readonly AccessRecord[]>;
  /** What was granted in the case and has not ended at `now` (epoch ms). */
  grantsOf(caseKey: string, now: number): Promise<readonly SightGrant[]>;
  draft(userTaskKey: string, account: string): Promise<Readonly<Record<string, unknown>> | undefined>;
}

type Row = Readonly<Record<string, unknown>>;

/** Accesses with the number of their case. */
export const ACCESS = `SELECT a.*, (SELECT MIN(p.case_no) FROM process_instances p WHERE p.case_key = a.case_key) AS case_no FROM access_log a`;

/** The reads that the vault itself needs. */
export const createVaultStore = (database: Database): VaultStore => createVaultQueries(database);

/** The vault's reads and what screens ask of it, over the reader. */
export function createVaultQueries(database: Database): VaultQueries {
  const query = readerQuery(database);
  return {
    loadMeta: async (name) =>
      textOrUndefined((await query('SELECT value FROM vault_meta WHERE name = ?', [name]))[0]?.['value']),
    loadCaseKey: async (caseKey) => {
      const row = (await query('SELECT * FROM case_keys WHERE case_key = ?', [caseKey]))[0];
      return row && toCaseKey(row);
    },
    loadCaseKeys: async (keys) =>
      keys.length === 0
        ? []
        : (await query(`SELECT * FROM case_keys WHERE case_key IN ${list(keys.length)}`, keys)).map(toCaseKey),
    loadFields: async (keys, { fields, classes }) => {
      if (keys.length === 0 || fields.length === 0 || classes.length === 0) return [];
      const sql = `SELECT * FROM sealed_values WHERE case_key IN ${list(keys.length)}
        AND field IN ${list(fields.length)} AND class IN ${list(classes.length)} AND ciphertext <> ''`;
      return (await query(sql, [...keys, ...fields, ...classes])).map(toSealed);
    },
    loadSealed: async (keys) =>
      keys.length === 0
        ? []
        : (await query(`SELECT * FROM sealed_values WHERE sealed_key IN ${list(keys.length)}`, keys)).map(toSealed),
    loadFiles: async (caseKey, classes) =>
      classes.length === 0
        ? []
        : (
            await query(
              `SELECT * FROM sealed_values WHERE case_key = ? AND kind = 'file' AND ciphertext <> ''
                AND class IN ${list(classes.length)}`,
              [caseKey, ...classes],
            )
          ).map(toSealed),
    hasClass: async (caseKey, className) => {
      const sql = "SELECT 1 FROM sealed_values WHERE case_key = ? AND class = ? AND ciphertext <> '' LIMIT 1";
      return (await query(sql, [caseKey, className])).length > 0;
    },
    loadMatchHashes: async (caseKey, kind) =>
      (await query('SELECT hash FROM sealed_matches WHERE case_key = ? AND kind = ?', [caseKey, kind])).map((row) =>
        String(row['hash']),
      ),
    findCasesByMatch: async (kind, hash) =>
      (await query('SELECT DISTINCT case_key FROM sealed_matches WHERE kind = ? AND hash = ?', [kind, hash])).map(
        (row) => String(row['case_key']),
      ),
    loadInheritedHashes: async (caseKey, kind) => {
      const line = withOrigins([caseKey]);
      const sql = `SELECT DISTINCT m.hash FROM (${line.sql}) line JOIN sealed_matches m ON m.case_key = line.case_key WHERE m.kind = ?`;
      return (await query(sql, [...line.params, kind])).map((row) => String(row['hash']));
    },
    findInheritingCases: async (kind, hash) => {
      const seeds = { sql: 'SELECT case_key FROM sealed_matches WHERE kind = ? AND hash = ?', params: [kind, hash] };
      const { sql, params } = withDescendants(seeds);
      return (await query(sql, [...params])).map((row) => String(row['case_key']));
    },
    accessLog: async ({ cursor, limit }) => {
      const after =
        cursor === undefined
          ? ''
          : 'WHERE (a.at, a.access_key) < (SELECT at, access_key FROM access_log WHERE access_key = ?)';
      const rows = await query(
        `${ACCESS} ${after} ORDER BY a.at DESC, a.access_key DESC LIMIT ?`,
        cursor === undefined ? [limit] : [cursor, limit],
      );
      return rows.map(toAccess);
    },
    accessesOfCase: async (caseKey) =>
      (await query(`${ACCESS} WHERE a.case_key = ? ORDER BY a.at, a.access_key LIMIT 5000`, [caseKey])).map(toAccess),
    grantsOf: async (caseKey, now) => {
      const sql = 'SELECT * FROM sight_grants WHERE case_key = ? AND until_at > ? ORDER BY grant_key';
      return (await query(sql, [caseKey, now])).map((row) => ({
        class: String(row['class']),
        recipient: String(row['recipient']),
        untilAt: Number(row['until_at']),
      }));
    },
    draft: async (userTaskKey, account) =>
      (await query('SELECT * FROM drafts WHERE user_task_key = ? AND account = ?', [userTaskKey, account]))[0],
  };
}

const textOrUndefined = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);
const textOrNull = (value: unknown): string | null => textOrUndefined(value) ?? null;

const toCaseKey = (row: Row): CaseKeyRow => ({
  case_key: String(row['case_key']),
  key_version: Number(row['key_version']),
  wrapped_key: textOrNull(row['wrapped_key']),
  created_at: Number(row['created_at']),
  destroyed_at: row['destroyed_at'] === null ? null : Number(row['destroyed_at']),
});

const toSealed = (row: Row): SealedValueRow => ({
  sealed_key: String(row['sealed_key']),
  case_key: String(row['case_key']),
  field: String(row['field']),
  class: String(row['class']),
  kind: String(row['kind']) as SealedValueRow['kind'],
  key_version: Number(row['key_version']),
  iv: String(row['iv']),
  ciphertext: String(row['ciphertext']),
  tag: String(row['tag']),
  written_by: String(row['written_by']),
  written_at: Number(row['written_at']),
  user_task_key: textOrNull(row['user_task_key']),
});

export const toAccess = (row: Row): AccessRecord => ({
  accessKey: String(row['access_key']),
  at: Number(row['at']),
  account: String(row['account']),
  role: String(row['role']),
  class: String(row['class']),
  field: String(row['field']),
  caseKey: String(row['case_key']),
  caseNo: textOrNull(row['case_no']),
  reason: String(row['reason']),
  purpose: String(row['purpose']),
});
