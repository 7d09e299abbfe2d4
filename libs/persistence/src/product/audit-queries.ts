import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';
import { asTextOrNull } from '../records.js';

/** One entry of the audit log. Times are epoch ms. */
export interface AuditEntry {
  readonly position: number;
  readonly at: number;
  /** Table and change, such as `access_log.insert`. */
  readonly type: string;
  /** What the row says; null where the content was destroyed. */
  readonly facts: Readonly<Record<string, string | null>> | null;
  readonly hash: string;
}

/** That the heads of all chains were written outside the database. */
export interface AuditSeal {
  /** Calendar day, `2026-11-26`. */
  readonly day: string;
  readonly sealedAt: number;
  /** Of the last entry at that time. */
  readonly position: number;
  readonly hash: string;
  /** Instances whose heads were written. */
  readonly instances: number;
  /** SHA-256 of the seal's line, base64url. */
  readonly digest: string;
  readonly node: string;
}

export interface AuditQueries {
  /** Newest first; `before`: position of the last entry of the page before. */
  entries(request: {
    readonly table?: string;
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly AuditEntry[]>;
  seals(limit: number): Promise<readonly AuditSeal[]>;
}

export function createAuditQueries(database: Database): AuditQueries {
  const query = readerQuery(database);
  return {
    entries: async ({ table, before, limit }) => {
      const conditions = [
        ...(table === undefined ? [] : [`type IN (?, ?, ?)`]),
        ...(before === undefined ? [] : ['position < ?']),
      ];
      const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
      const types = table === undefined ? [] : [`${table}.insert`, `${table}.update`, `${table}.delete`];
      const rows = await query(`SELECT * FROM audit_log ${where} ORDER BY position DESC LIMIT ?`, [
        ...types,
        ...(before === undefined ? [] : [before]),
        limit,
      ]);
      return rows.map(toEntry);
    },
    seals: async (limit) => (await query('SELECT * FROM audit_seals ORDER BY day DESC LIMIT ?', [limit])).map(toSeal),
  };
}

/** The newest seal of a day stands for it. */
export const recordSeal = (seal: AuditSeal): RowWrite[] => [
  {
    sql: `INSERT INTO audit_seals (day, sealed_at, position, hash, instances, digest, node) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (day) DO UPDATE SET sealed_at = excluded.sealed_at, position = excluded.position,
          hash = excluded.hash, instances = excluded.instances, digest = excluded.digest, node = excluded.node`,
    params: [seal.day, seal.sealedAt, seal.position, seal.hash, seal.instances, seal.digest, seal.node],
  },
];

const toEntry = (row: Row): AuditEntry => {
  const payload = asTextOrNull(row['salt']) === null ? null : asTextOrNull(row['payload']);
  return {
    position: Number(row['position']),
    at: Number(row['at']),
    type: String(row['type']),
    facts: payload === null ? null : (JSON.parse(payload) as Record<string, string | null>),
    hash: String(row['hash']),
  };
};

const toSeal = (row: Row): AuditSeal => ({
  day: String(row['day']),
  sealedAt: Number(row['sealed_at']),
  position: Number(row['position']),
  hash: String(row['hash']),
  instances: Number(row['instances']),
  digest: String(row['digest']),
  node: String(row['node']),
});
