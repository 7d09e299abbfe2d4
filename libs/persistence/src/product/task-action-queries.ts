import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { asKey, asNumberOrNull, asTextOrNull } from '../records.js';

export type TurnState = 'open' | 'done' | 'agreed' | 'disagreed' | 'removed';

export interface TaskTurnView {
  readonly turnId: string;
  readonly userTaskKey: string;
  readonly account: string;
  readonly kind: 'delegate' | 'signBefore' | 'signAfter';
  readonly askedBy: string;
  /** Key of the sealed text. */
  readonly reason: string | null;
  readonly state: TurnState;
  /** Key of the sealed text. */
  readonly comment: string | null;
  readonly createdAt: number;
  readonly endedAt: number | null;
}

export type NoteKind = 'comment' | 'attachment' | 'urge' | 'copy';

export interface TaskNoteView {
  readonly noteKey: string;
  readonly userTaskKey: string;
  readonly processInstanceKey: string;
  readonly kind: NoteKind;
  readonly account: string;
  /** Of a copy. */
  readonly recipient: string | null;
  readonly sealedKey: string | null;
  readonly at: number;
  readonly readAt: number | null;
}

/** A copy as its recipient sees it: nothing of the case but its number and the name of the step. */
export interface CopyView extends TaskNoteView {
  readonly taskName: string;
  readonly caseNo: string | null;
  readonly caseKey: string | null;
}

export interface CopiesPage {
  readonly items: readonly CopyView[];
  readonly unread: number;
}

/** Reads of turns and of what people add to tasks. */
export interface TaskActionQueries {
  /** Oldest first. */
  turnsOf(userTaskKeys: readonly string[]): Promise<readonly TaskTurnView[]>;
  /** Oldest first. */
  notesOf(instanceKeys: readonly string[]): Promise<readonly TaskNoteView[]>;
  /** Newest first, without those of some cases; `before` is the key of the last one of an earlier page. */
  copiesTo(
    recipient: string,
    page: { readonly limit: number; readonly before?: string; readonly excludedCases: readonly string[] },
  ): Promise<CopiesPage>;
  /** Whether each of these sealed values came with a copy to this person. */
  areSentTo(recipient: string, instanceKey: string, sealedKeys: readonly string[]): Promise<boolean>;
  /** Whether somebody has begun to fill in one of these tasks. */
  hasDrafts(userTaskKeys: readonly string[]): Promise<boolean>;
}

type Row = Readonly<Record<string, unknown>>;

export function createTaskActionQueries(database: Database): TaskActionQueries {
  const query = readerQuery(database);
  return {
    turnsOf: async (keys) =>
      keys.length === 0
        ? []
        : (
            await query(`SELECT * FROM task_turns WHERE user_task_key IN ${list(keys.length)} ORDER BY turn_id`, keys)
          ).map(toTurn),
    notesOf: async (keys) =>
      keys.length === 0
        ? []
        : (
            await query(
              `SELECT * FROM task_notes WHERE process_instance_key IN ${list(keys.length)} ORDER BY note_key`,
              keys,
            )
          ).map(toNote),
    async copiesTo(recipient, { limit, before, excludedCases }) {
      const from = `FROM task_notes n JOIN user_tasks t ON t."key" = n.user_task_key
        WHERE n.recipient = ? AND n.kind = 'copy'${excludedCases.length === 0 ? '' : ` AND (t.case_key IS NULL OR t.case_key NOT IN ${list(excludedCases.length)})`}`;
      const params = [recipient, ...excludedCases];
      const rows = await query(
        `SELECT n.*, t.name AS task_name, t.case_no, t.case_key ${from}${before === undefined ? '' : ' AND n.note_key < ?'} ORDER BY n.note_key DESC LIMIT ?`,
        [...params, ...(before === undefined ? [] : [before]), limit],
      );
      const [unread] = await query(`SELECT COUNT(*) AS total ${from} AND n.read_at IS NULL`, params);
      return { items: rows.map(toCopy), unread: Number(unread?.['total'] ?? 0) };
    },
    async areSentTo(recipient, instanceKey, sealedKeys) {
      if (sealedKeys.length === 0) return false;
      const rows = await query(
        `SELECT DISTINCT sealed_key FROM task_notes WHERE recipient = ? AND kind = 'copy' AND process_instance_key = ? AND sealed_key IN ${list(sealedKeys.length)}`,
        [recipient, instanceKey, ...sealedKeys],
      );
      return rows.length === new Set(sealedKeys).size;
    },
    hasDrafts: async (keys) =>
      keys.length > 0 &&
      (await query(`SELECT 1 AS found FROM drafts WHERE user_task_key IN ${list(keys.length)} LIMIT 1`, keys)).length >
        0,
  };
}

const toTurn = (row: Row): TaskTurnView => ({
  turnId: asKey(row['turn_id']),
  userTaskKey: asKey(row['user_task_key']),
  account: String(row['account']),
  kind: row['kind'] as TaskTurnView['kind'],
  askedBy: String(row['asked_by']),
  reason: asTextOrNull(row['reason']),
  state: row['state'] as TurnState,
  comment: asTextOrNull(row['comment']),
  createdAt: Number(row['created_at']),
  endedAt: asNumberOrNull(row['ended_at']),
});

const toNote = (row: Row): TaskNoteView => ({
  noteKey: asKey(row['note_key']),
  userTaskKey: asKey(row['user_task_key']),
  processInstanceKey: asKey(row['process_instance_key']),
  kind: row['kind'] as NoteKind,
  account: String(row['account']),
  recipient: asTextOrNull(row['recipient']),
  sealedKey: asTextOrNull(row['sealed_key']),
  at: Number(row['at']),
  readAt: asNumberOrNull(row['read_at']),
});

const toCopy = (row: Row): CopyView => ({
  ...toNote(row),
  taskName: String(row['task_name']),
  caseNo: asTextOrNull(row['case_no']),
  caseKey: asTextOrNull(row['case_key']),
});
