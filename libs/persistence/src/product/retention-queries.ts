import type { Row, RowWrite } from '#runtime';
import { commitmentOf } from '../chain.js';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { asNumberOrNull, asTextOrNull } from '../records.js';

/** A case whose time of keeping is over. */
export interface PastCase {
  readonly caseKey: string;
  readonly caseNo: string | null;
  readonly bpmnProcessId: string;
  /** Epoch ms: when the last of its instances ended. */
  readonly endedAt: number;
  /** Why it must be kept all the same; null where nothing stops it. */
  readonly heldFor: string | null;
}

/** What of a case is still there to be cleared: its key, a value of these classes, a code with a PIN, or a file. */
export type Remainder =
  | { readonly of: 'key' }
  | { readonly of: 'classes'; readonly classes: readonly string[] }
  | { readonly of: 'codes' }
  | { readonly of: 'files' };

interface Past {
  readonly processes: readonly string[];
  readonly remainder: Remainder;
  /** Epoch ms. */
  readonly endedBefore: number;
  /** Case key to go on behind, in numeric order of keys. */
  readonly after: string;
  readonly limit: number;
}

/** A look at protected content, with the entry of the audit log that tells of it. */
export interface PastAccess {
  readonly accessKey: string;
  readonly position: number;
  readonly payload: string;
  readonly salt: string;
  /** The look itself is older, too, and no legal hold is in force on its case. */
  readonly isFree: boolean;
}

export interface RetentionQueries {
  /** Cases that these processes opened, of which every instance ended before, and of which this is still there. */
  casesPast(past: Past): Promise<readonly PastCase[]>;
  /** Cases that were destroyed in the name of somebody. */
  destroyedBy(
    decidedBy: string,
  ): Promise<readonly { readonly caseKey: string; readonly caseNo: string | null; readonly bpmnProcessId: string }[]>;
  /** Drafts that were last saved before (epoch ms), of cases that are not held. */
  draftsPast(savedBefore: number): Promise<number>;
  /** Looks whose entry was written before (epoch ms), in the order of the audit log, behind a position. */
  accessesPast(past: {
    readonly before: number;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly PastAccess[]>;
  /** Ids of the files of a case whose bytes are there. */
  filesOf(caseKey: string): Promise<readonly string[]>;
}

const held = (caseKey: string): string =>
  `EXISTS (SELECT 1 FROM legal_holds h WHERE h.case_key = ${caseKey} AND h.lifted_at IS NULL)`;

export function createRetentionQueries(database: Database): RetentionQueries {
  const query = readerQuery(database);
  const casesHeld = async (cases: readonly string[]): Promise<ReadonlySet<string>> => {
    if (cases.length === 0) return new Set();
    const sql = `SELECT case_key FROM legal_holds WHERE lifted_at IS NULL AND case_key IN ${list(cases.length)}`;
    return new Set((await query(sql, cases)).map((row) => String(row['case_key'])));
  };
  return {
    casesPast: async ({ processes, remainder, endedBefore, after, limit }) => {
      if (processes.length === 0) return [];
      const left = leftOf(remainder);
      const rows = await query(
        `SELECT p.case_key, p.case_no, p.bpmn_process_id,
           (SELECT MAX(o.end_at) FROM process_instances o WHERE o.case_key = p.case_key) AS ended_at,
           (SELECT h.reason FROM legal_holds h WHERE h.case_key = p.case_key AND h.lifted_at IS NULL) AS held_for
         FROM process_instances p JOIN case_keys k ON k.case_key = p.case_key
         WHERE p.bpmn_process_id IN ${list(processes.length)} AND p.case_key = CAST(p."key" AS TEXT)
           AND p."key" > ? AND p.end_at < ? AND k.destroyed_at IS NULL${left.sql}
           AND NOT EXISTS (SELECT 1 FROM process_instances o WHERE o.case_key = p.case_key AND (o.end_at IS NULL OR o.end_at >= ?))
         ORDER BY p."key" LIMIT ?`,
        [...processes, after, endedBefore, ...left.params, endedBefore, limit],
      );
      return rows.map(toPastCase);
    },
    destroyedBy: async (decidedBy) => {
      const rows = await query(
        `SELECT d.case_key, d.case_no, p.bpmn_process_id FROM case_destructions d
         JOIN process_instances p ON CAST(p."key" AS TEXT) = d.case_key
         WHERE d.decided_by = ? AND d.state = 'destroyed' ORDER BY d.destruction_key`,
        [decidedBy],
      );
      return rows.map((row) => ({
        caseKey: String(row['case_key']),
        caseNo: asTextOrNull(row['case_no']),
        bpmnProcessId: String(row['bpmn_process_id']),
      }));
    },
    draftsPast: async (savedBefore) => {
      const sql = `SELECT COUNT(*) AS count FROM drafts WHERE saved_at < ? AND NOT ${held('drafts.case_key')}`;
      return Number((await query(sql, [savedBefore]))[0]?.['count'] ?? 0);
    },
    accessesPast: async ({ before, after, limit }) => {
      const rows = await query(
        `SELECT position, payload, salt FROM audit_log WHERE type = 'access_log.insert' AND position > ? AND at < ?
           AND salt IS NOT NULL ORDER BY position LIMIT ?`,
        [after, before, limit],
      );
      const looks = rows.map((row) => ({ row, facts: JSON.parse(String(row['payload'])) as Row }));
      const cases = [...new Set(looks.map(({ facts }) => String(facts['case_key'])))];
      const holding = await casesHeld(cases);
      return looks.map(({ row, facts }) => ({
        accessKey: String(facts['access_key']),
        position: Number(row['position']),
        payload: String(row['payload']),
        salt: String(row['salt']),
        isFree: Number(facts['at']) < before && !holding.has(String(facts['case_key'])),
      }));
    },
    filesOf: async (caseKey) => {
      const rows = await query('SELECT id FROM attachments WHERE case_key = ? AND removed_at IS NULL', [caseKey]);
      return rows.map((row) => String(row['id']));
    },
  };
}

function leftOf(remainder: Remainder): { readonly sql: string; readonly params: readonly string[] } {
  switch (remainder.of) {
    case 'key':
      return { sql: '', params: [] };
    case 'classes':
      return {
        sql: ` AND EXISTS (SELECT 1 FROM sealed_values v WHERE v.case_key = p.case_key AND v.ciphertext <> '' AND v.class IN ${list(remainder.classes.length)})`,
        params: remainder.classes,
      };
    case 'codes':
      return {
        sql: ' AND EXISTS (SELECT 1 FROM tracking_codes t WHERE t.case_key = p.case_key AND t.pin_hash IS NOT NULL)',
        params: [],
      };
    case 'files':
      return {
        sql: ' AND EXISTS (SELECT 1 FROM attachments a WHERE a.case_key = p.case_key AND a.removed_at IS NULL)',
        params: [],
      };
  }
}

/** Meets `conflict` where the case is held or an instance of it runs; its row lock keeps a hold from coming in between. */
export const requireFree = (caseKey: string): RowWrite => ({
  sql: `UPDATE case_keys SET destroyed_at = destroyed_at WHERE case_key = ? AND destroyed_at IS NULL
    AND NOT ${held('case_keys.case_key')}
    AND NOT EXISTS (SELECT 1 FROM process_instances p WHERE p.case_key = case_keys.case_key AND p.state = 'ACTIVE')`,
  params: [caseKey],
  expectRows: 1,
});

/** The code and PIN of a case lead nowhere any more. */
export const forgetTrackingCode = (caseKey: string): RowWrite => ({
  sql: 'DELETE FROM tracking_codes WHERE case_key = ?',
  params: [caseKey],
});

const FORGOTTEN = `removed_at = ?, sealed = NULL, name = '', digest = ''`;

/**
 * From then on the bytes of the files of a case are not read any more, and not even their names are left; they are removed
 * from the disk afterwards.
 */
export const forgetFiles = (caseKey: string, at: number): RowWrite => ({
  sql: `UPDATE attachments SET ${FORGOTTEN} WHERE case_key = ? AND removed_at IS NULL`,
  params: [at, caseKey],
});

/** The same of single files. */
export const forgetOriginals = (ids: readonly string[], at: number): readonly RowWrite[] =>
  ids.length === 0
    ? []
    : [
        {
          sql: `UPDATE attachments SET ${FORGOTTEN} WHERE removed_at IS NULL AND id IN ${list(ids.length)}`,
          params: [at, ...ids],
        },
      ];

export const dropDraftsPast = (savedBefore: number): RowWrite => ({
  sql: `DELETE FROM drafts WHERE saved_at < ? AND NOT ${held('drafts.case_key')}`,
  params: [savedBefore],
});

/** Removes the row of a look and empties its entry in the audit log, whose chain stays whole by the commitment. */
export const forgetAccess = ({ accessKey, position, payload, salt }: PastAccess): readonly RowWrite[] => [
  { sql: 'DELETE FROM access_log WHERE access_key = ?', params: [accessKey], expectRows: 1 },
  {
    sql: 'UPDATE audit_log SET payload = NULL, salt = NULL, commitment = ? WHERE position = ? AND salt = ?',
    params: [commitmentOf(salt, payload), position, salt],
    expectRows: 1,
  },
];

const toPastCase = (row: Row): PastCase => ({
  caseKey: String(row['case_key']),
  caseNo: asTextOrNull(row['case_no']),
  bpmnProcessId: String(row['bpmn_process_id']),
  endedAt: asNumberOrNull(row['ended_at']) ?? 0,
  heldFor: asTextOrNull(row['held_for']),
});
