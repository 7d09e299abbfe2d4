import type { Key } from '#engine';
import type { Given, RuntimeStore } from '#runtime';
import type { Database } from '../database.js';
import { list, sqlDialect } from '../dialect.js';
import { FREE } from '../nodes/claims.js';
import { asKey, asTextOrNull } from '../records.js';
import { readerQuery } from '../reader-query.js';
import { instancesOf, type AlsoRead, type FollowedInstance } from './ledger-instances.js';
import { type FollowedRows, type LedgerMark, replacement } from './ledger-writes.js';

/** The writing side of ledgers and indicators. */
export interface LedgerStore {
  /** Takes marks for this node that no living node works on. Empty where the database does not answer. */
  claim(limit: number): Promise<readonly LedgerMark[]>;
  /** What the instances of these keys are now; one that is gone is left out. */
  instances(keys: readonly Key[], also?: AlsoRead): Promise<readonly FollowedInstance[]>;
  /**
   * Puts the rows in place of what was there and takes the marks away that were not raised meanwhile; all or nothing.
   *
   * @throws StoreUnavailable where the database takes no changes, and its own error where it refuses these rows.
   */
  put(followed: readonly FollowedRows[]): Promise<boolean>;
  /**
   * Marks what was not made by these declarations at the last revision, from one key on; gives the last key that it
   * looked at, undefined at the end.
   */
  markStale(hashes: ReadonlyMap<string, string>, afterKey: Key): Promise<Key | undefined>;
  /** Forgets by which declarations rows were made, so that `markStale` marks all. */
  forgetPositions(): Promise<void>;
  isPending(): Promise<boolean>;
  /** How many instances wait, 10,001 at most. */
  pending(): Promise<number>;
  /** First faults of formulas, by how many instances show them. */
  faults(limit: number): Promise<readonly { readonly fault: string; readonly instances: number }[]>;
}

/** Instances that are looked at in one transaction. */
const STALE_CHUNK = 2_000;
const COUNTED = 10_001;

/** Claims and writes go through the group commit, reads through the reader. */
export function createLedgerStore(database: Database, store: Pick<RuntimeStore, 'commit'>): LedgerStore {
  const query = readerQuery(database);
  const { skipLocked, keepInOrder } = sqlDialect(database.dialect);
  const within = async <T>(decide: (given: Given) => Promise<T>): Promise<T | undefined> => {
    const outcome = await store.commit<T>({
      kind: 'followLedgers',
      decide: async (given) => ({ ok: true, reply: await decide(given), changes: {} }),
    });
    return outcome.ok ? outcome.reply : undefined;
  };
  return {
    claim: async (limit) => (await within((given) => claimed(given, skipLocked, limit))) ?? [],
    instances: (keys, also = {}) => instancesOf(query, keys, also),
    put: async (followed) => {
      const [first] = followed;
      if (!first) return true;
      const outcome = await store.commit<null>({
        kind: 'followLedgers',
        claim: first.mark.claim,
        decide: async (given) => {
          const writes = replacement(await withoutRemoved(given, followed, keepInOrder), skipLocked);
          return { ok: true, reply: null, changes: { writes } };
        },
      });
      return outcome.ok;
    },
    markStale: (hashes, afterKey) => within((given) => markStale(given, hashes, afterKey)),
    forgetPositions: async () => {
      await store.commit<null>({
        decide: () => ({
          ok: true,
          reply: null,
          changes: { writes: [{ sql: `UPDATE ledger_positions SET declarations = ''`, params: [] }] },
        }),
      });
    },
    isPending: async () => (await query('SELECT 1 AS found FROM ledger_marks LIMIT 1', [])).length > 0,
    pending: async () => {
      const rows = await query(
        `SELECT COUNT(*) AS count FROM (SELECT 1 FROM ledger_marks LIMIT ${COUNTED}) AS found`,
        [],
      );
      return Number(rows[0]?.['count']);
    },
    faults: async (limit) => {
      const rows = await query(
        `SELECT fault, COUNT(*) AS count FROM ledger_positions WHERE fault IS NOT NULL GROUP BY fault ORDER BY 2 DESC LIMIT ?`,
        [limit],
      );
      return rows.map((row) => ({ fault: String(row['fault']), instances: Number(row['count']) }));
    },
  };
}

/** Marks that are this node's own still are taken again: it works on one batch at a time. */
async function claimed(given: Given, skipLocked: string, limit: number): Promise<readonly LedgerMark[]> {
  const rows = await given.query(
    `UPDATE ledger_marks SET claimed_by = ? WHERE process_instance_key IN (SELECT process_instance_key FROM ledger_marks
     WHERE ${FREE} OR claimed_by = ? ORDER BY process_instance_key LIMIT ? ${skipLocked})
     RETURNING process_instance_key, revision`,
    [given.epoch, given.epoch, limit],
  );
  return rows.map((row) => ({
    processInstanceKey: asKey(row['process_instance_key']),
    revision: Number(row['revision']),
    claim: given.epoch,
  }));
}

/** What was removed since its facts were read leaves nothing behind. */
async function withoutRemoved(
  given: Given,
  followed: readonly FollowedRows[],
  keepInOrder: string,
): Promise<readonly FollowedRows[]> {
  const keys = followed.map(({ mark }) => mark.processInstanceKey);
  const rows = await given.query(
    `SELECT "key" FROM process_instances WHERE "key" IN ${list(keys.length)} ${keepInOrder}`,
    keys,
  );
  const stored = new Set(rows.map((row) => asKey(row['key'])));
  return followed.map((one) =>
    stored.has(one.mark.processInstanceKey) ? one : { mark: one.mark, revision: 0, rows: [], cells: [], facts: [] },
  );
}

/** Instances of processes that nothing declares any more are marked too, so that their rows go. */
async function markStale(given: Given, hashes: ReadonlyMap<string, string>, afterKey: Key): Promise<Key | undefined> {
  const chunk = `SELECT "key", bpmn_process_id, revision FROM process_instances WHERE "key" > ? ORDER BY "key" LIMIT ${STALE_CHUNK}`;
  const [end] = await given.query(`SELECT MAX("key") AS last FROM (${chunk}) AS found`, [afterKey]);
  const last = asTextOrNull(end?.['last']);
  if (last === null) return undefined;
  const known = [...hashes];
  const current = known.map(() => '(p.bpmn_process_id = ? AND s.declarations = ?)').join(' OR ') || '1 = 0';
  const declared = known.length > 0 ? `p.bpmn_process_id IN ${list(known.length)}` : '1 = 0';
  await given.query(
    `INSERT INTO ledger_marks (process_instance_key, revision)
     SELECT p."key", 0 FROM (${chunk}) p LEFT JOIN ledger_positions s ON s.process_instance_key = p."key"
     WHERE (s.process_instance_key IS NULL AND ${declared})
        OR (s.process_instance_key IS NOT NULL AND (s.revision <> p.revision OR NOT (${current})))
     ORDER BY p."key" ON CONFLICT DO NOTHING`,
    [afterKey, ...known.map(([id]) => id), ...known.flat()],
  );
  return last;
}
