import type { RowWrite } from '#runtime';
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

interface Past {
  readonly processes: readonly string[];
  /** Epoch ms. */
  readonly endedBefore: number;
  /** Case key to go on behind, in numeric order of keys. */
  readonly after: string;
  readonly limit: number;
}

export interface RetentionQueries {
  /** Cases that these processes opened, of which every instance ended before, and whose content can still be read. */
  casesPast(past: Past): Promise<readonly PastCase[]>;
  /** Cases that were destroyed in the name of somebody. */
  destroyedBy(
    decidedBy: string,
  ): Promise<readonly { readonly caseNo: string | null; readonly bpmnProcessId: string }[]>;
}

export function createRetentionQueries(database: Database): RetentionQueries {
  const query = readerQuery(database);
  return {
    casesPast: async ({ processes, endedBefore, after, limit }) => {
      if (processes.length === 0) return [];
      const rows = await query(
        `SELECT p.case_key, p.case_no, p.bpmn_process_id,
           (SELECT MAX(o.end_at) FROM process_instances o WHERE o.case_key = p.case_key) AS ended_at,
           (SELECT h.reason FROM legal_holds h WHERE h.case_key = p.case_key AND h.lifted_at IS NULL) AS held_for
         FROM process_instances p JOIN case_keys k ON k.case_key = p.case_key
         WHERE p.bpmn_process_id IN ${list(processes.length)} AND p.case_key = CAST(p."key" AS TEXT)
           AND p."key" > ? AND p.end_at < ? AND k.destroyed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM process_instances o WHERE o.case_key = p.case_key AND (o.end_at IS NULL OR o.end_at >= ?))
         ORDER BY p."key" LIMIT ?`,
        [...processes, after, endedBefore, endedBefore, limit],
      );
      return rows.map((row) => ({
        caseKey: String(row['case_key']),
        caseNo: asTextOrNull(row['case_no']),
        bpmnProcessId: String(row['bpmn_process_id']),
        endedAt: asNumberOrNull(row['ended_at']) ?? 0,
        heldFor: asTextOrNull(row['held_for']),
      }));
    },
    destroyedBy: async (decidedBy) => {
      const rows = await query(
        `SELECT d.case_no, p.bpmn_process_id FROM case_destructions d
         JOIN process_instances p ON CAST(p."key" AS TEXT) = d.case_key
         WHERE d.decided_by = ? AND d.state = 'destroyed' ORDER BY d.destruction_key`,
        [decidedBy],
      );
      return rows.map((row) => ({
        caseNo: asTextOrNull(row['case_no']),
        bpmnProcessId: String(row['bpmn_process_id']),
      }));
    },
  };
}

/** The code and PIN of a case lead nowhere any more. */
export const forgetTrackingCode = (caseKey: string): RowWrite => ({
  sql: 'DELETE FROM tracking_codes WHERE case_key = ?',
  params: [caseKey],
});
