import type { Key } from '#engine';
import type { Row } from '#runtime';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';
import { asKey } from '../records.js';
import type { AuditHead } from './audit-log.js';

/** How far the chain of events of an instance had come. */
export interface InstanceHead {
  readonly processInstanceKey: Key;
  readonly position: number;
  readonly hash: string;
}

const PAGE = 2_000;
const PAIRS = 200;

export async function auditHead(database: Database): Promise<AuditHead> {
  const [row] = await readerQuery(database)('SELECT position, hash FROM audit_head WHERE id = 1', []);
  return { position: Number(row?.position), hash: String(row?.hash) };
}

/** Heads of all instances that run, or that ended at `since` (epoch ms) or later, by key. */
export async function* instanceHeads(database: Database, since: number): AsyncGenerator<InstanceHead> {
  const query = readerQuery(database);
  let after: Key = '0';
  for (;;) {
    const rows = await query(
      `SELECT "key", position, chain_head, state, end_at FROM process_instances WHERE "key" > ? ORDER BY "key" LIMIT ?`,
      [after, PAGE],
    );
    for (const row of rows) if (row.state === 'ACTIVE' || Number(row.end_at) >= since) yield headOf(row);
    if (rows.length < PAGE) return;
    after = asKey(rows.at(-1)!.key);
  }
}

const headOf = (row: Row): InstanceHead => ({
  processInstanceKey: asKey(row.key),
  position: Number(row.position),
  hash: String(row.chain_head),
});

/** Those whose event at that position is another one by now, or gone. */
export async function changedHeads(
  database: Database,
  heads: readonly InstanceHead[],
): Promise<readonly InstanceHead[]> {
  const query = readerQuery(database);
  const changed: InstanceHead[] = [];
  for (let at = 0; at < heads.length; at += PAIRS) {
    const some = heads.slice(at, at + PAIRS);
    const rows = await query(
      `SELECT process_instance_key, position, hash FROM event_log
       WHERE (process_instance_key, position) IN (VALUES ${some.map(() => '(CAST(? AS bigint), CAST(? AS bigint))').join(', ')})`,
      some.flatMap(({ processInstanceKey, position }) => [processInstanceKey, position]),
    );
    const found = new Map(rows.map((row) => [`${asKey(row.process_instance_key)} ${Number(row.position)}`, row.hash]));
    changed.push(...some.filter((head) => found.get(`${head.processInstanceKey} ${head.position}`) !== head.hash));
  }
  return changed;
}
