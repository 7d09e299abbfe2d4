import type { Key } from '#engine';
import type { Given, Row, RowWrite, RuntimeStore } from '#runtime';
import type { Database } from '../database.js';
import { list, sqlDialect } from '../dialect.js';
import { FREE } from '../nodes/claims.js';
import { readerQuery } from '../reader-query.js';
import { asKey, asNumberOrNull, asTextOrNull } from '../records.js';
import { toDeadline } from './deadline-rows.js';
import type { StoredDeadline } from './deadline-writes.js';

/** A deadline whose next mark is due, taken by this node in the name of an epoch. */
export interface ClaimedMark {
  readonly deadline: StoredDeadline & { readonly nextMark: string; readonly nextAt: number };
  readonly claim: number;
}

/** What stands in the row once the mark is performed. */
export interface AfterMark {
  readonly performed: string;
  readonly nextMark: string | null;
  readonly nextAt: number | null;
  readonly fault: string | null;
}

export interface PublicationCounts {
  readonly earlier: number;
  readonly later: number;
  readonly kept: number;
}

/** The performing side of deadlines. */
export interface DeadlineStore {
  /** Takes due marks that no living node works on, the longest due first. Empty where the database does not answer. */
  claim(now: number, limit: number): Promise<readonly ClaimedMark[]>;
  /** Gives back what could not be performed now. */
  release(marks: readonly ClaimedMark[]): Promise<void>;
  /**
   * Moves the row past its mark; to be committed with the act. Met by no row, which refuses the act, where the mark is no
   * longer this node's, was performed, or the instance has gone on since the deadline was worked out.
   */
  performed(mark: ClaimedMark, after: AfterMark): RowWrite;
  /** Candidates of open tasks, users and groups. */
  candidates(userTaskKeys: readonly Key[]): Promise<ReadonlyMap<Key, readonly string[]>>;
  /** Epoch ms of the next mark of all. */
  nextMarkAt(): Promise<number | undefined>;
  /** The latest set of the folder with this content. */
  setOf(hash: string): Promise<{ readonly id: number; readonly by: string | null } | undefined>;
  /** What a set has moved, where it moved something and that was not yet told as done. */
  untold(setId: number): Promise<PublicationCounts | undefined>;
}

export function createDeadlineStore(database: Database, store: Pick<RuntimeStore, 'commit'>): DeadlineStore {
  const query = readerQuery(database);
  const { skipLocked, name } = sqlDialect(database.dialect);
  const locked = name === 'postgres' ? 'FOR SHARE OF p' : '';
  const within = async <T>(decide: (given: Given) => Promise<T>): Promise<T | undefined> => {
    const outcome = await store.commit<T>({
      kind: 'claimDeadlines',
      decide: async (given) => ({ ok: true, reply: await decide(given), changes: {} }),
    });
    return outcome.ok ? outcome.reply : undefined;
  };
  return {
    claim: async (now, limit) => (await within((given) => claimed(given, { skipLocked, now, limit }))) ?? [],
    release: async (marks) => {
      if (marks.length === 0) return;
      const ids = marks.map(({ deadline }) => deadline.id);
      const sql = `UPDATE deadlines SET claimed_by = NULL WHERE id IN ${list(ids.length)} AND claimed_by = ?`;
      await within((given) => given.query(`${sql} RETURNING id`, [...ids, marks[0]?.claim]));
    },
    performed: ({ deadline, claim }, after) => ({
      sql: `UPDATE deadlines SET performed = ?, next_mark = ?, next_at = ?, fault = ?, claimed_by = NULL
            WHERE id = ? AND claimed_by = ? AND next_mark = ? AND next_at = ? AND state = 'OPEN'
            AND process_instance_key IN (SELECT p."key" FROM process_instances p JOIN ledger_positions s
              ON s.process_instance_key = p."key" AND s.revision = p.revision WHERE p."key" = ? ${locked})
            AND NOT EXISTS (SELECT 1 FROM ledger_marks m WHERE m.process_instance_key = deadlines.process_instance_key)`,
      params: [
        after.performed,
        after.nextMark,
        after.nextAt,
        after.fault,
        deadline.id,
        claim,
        deadline.nextMark,
        deadline.nextAt,
        deadline.processInstanceKey,
      ],
      expectRows: 1,
    }),
    candidates: async (keys) => {
      if (keys.length === 0) return new Map();
      const rows = await query(
        `SELECT user_task_key, value FROM user_task_candidates WHERE user_task_key IN ${list(keys.length)} ORDER BY user_task_key, kind, value`,
        keys,
      );
      const found = new Map<Key, string[]>(keys.map((key) => [key, []]));
      for (const row of rows) found.get(asKey(row.user_task_key))?.push(String(row.value));
      return found;
    },
    nextMarkAt: async () => {
      const [row] = await query('SELECT next_at FROM deadlines WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1', []);
      return asNumberOrNull(row?.next_at) ?? undefined;
    },
    setOf: async (hash) => {
      const [row] = await query(
        `SELECT id, published_by FROM config_sets WHERE hash = ? AND source = 'folder' ORDER BY id DESC LIMIT 1`,
        [hash],
      );
      return row && { id: Number(row.id), by: asTextOrNull(row.published_by) };
    },
    untold: async (setId) => {
      const [row] = await query(COUNTED, [setId, setId]);
      return row && Number(row.all_moves) > 0
        ? { earlier: Number(row.earlier), later: Number(row.later), kept: Number(row.kept) }
        : undefined;
    },
  };
}

const COUNTED = `SELECT COUNT(*) AS all_moves, ${[
  ['kept', 'is_kept = 1'],
  ['later', 'is_kept = 0 AND to_due > from_due'],
  ['earlier', 'is_kept = 0 AND to_due < from_due'],
]
  .map(([name, condition]) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS ${name}`)
  .join(', ')} FROM deadline_moves WHERE set_id = ?
  AND NOT EXISTS (SELECT 1 FROM deadline_publications WHERE set_id = ?)`;

interface Wanted {
  readonly skipLocked: string;
  readonly now: number;
  readonly limit: number;
}

/** What is this node's own still is taken again: it works on one batch at a time. An instance that is behind is left. */
async function claimed(given: Given, { skipLocked, now, limit }: Wanted): Promise<readonly ClaimedMark[]> {
  const rows = await given.query(
    `UPDATE deadlines SET claimed_by = ? WHERE id IN (SELECT d.id FROM deadlines d
     WHERE next_at <= ? AND (${FREE} OR claimed_by = ?)
     AND NOT EXISTS (SELECT 1 FROM ledger_marks m WHERE m.process_instance_key = d.process_instance_key)
     AND EXISTS (SELECT 1 FROM process_instances p JOIN ledger_positions s ON s.process_instance_key = p."key"
       AND s.revision = p.revision WHERE p."key" = d.process_instance_key)
     ORDER BY next_at, id LIMIT ? ${skipLocked}) RETURNING *`,
    [given.epoch, now, given.epoch, limit],
  );
  return rows
    .map((row: Row) => ({ deadline: toDeadline(row) as ClaimedMark['deadline'], claim: given.epoch }))
    .toSorted((a, b) => a.deadline.nextAt - b.deadline.nextAt || (a.deadline.id < b.deadline.id ? -1 : 1));
}
