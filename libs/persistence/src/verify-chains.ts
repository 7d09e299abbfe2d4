import type { Key } from '#engine';
import type { Row, RowWrite } from '#runtime';
import { chainStart, commitmentOf, linkOf } from './chain.js';
import type { Database } from './database.js';
import type { RunQuery } from './instance-cache.js';
import { readerQuery } from './reader-query.js';
import { asKey } from './records.js';

/** Where the chain of an instance does not hold. */
export interface BrokenLink {
  readonly processInstanceKey: Key;
  readonly position: number;
  /** Expected ... but found ... */
  readonly message: string;
}

export interface ChainReport {
  readonly instances: number;
  readonly events: number;
  /** Events whose content was destroyed; their links hold. */
  readonly destroyed: number;
  /** Events that were there before the chain and were chained when it was introduced. */
  readonly chainedAfterwards: number;
  /** The first broken link of each instance. */
  readonly broken: readonly BrokenLink[];
}

const INSTANCES_AT_ONCE = 200;
const EVENTS_AT_ONCE = 2_000;

interface Walk {
  readonly key: Key;
  readonly head: Row;
  position: number;
  link: string;
  broken?: BrokenLink;
}

/** Reads all events in order and follows the chain of each instance from its start to its head (ADR 17). */
export async function verifyChains(database: Database): Promise<ChainReport> {
  const query = readerQuery(database);
  const sum = { instances: 0, events: 0, destroyed: 0, chainedAfterwards: 0, broken: [] as BrokenLink[] };
  let after: Key = '0';
  for (;;) {
    const heads = await query(
      'SELECT "key", position, chain_head, chained_after FROM process_instances WHERE "key" > ? ORDER BY "key" LIMIT ?',
      [after, INSTANCES_AT_ONCE],
    );
    if (heads.length === 0) return sum;
    after = asKey(heads.at(-1)!.key);
    const walks = new Map(heads.map((head) => [asKey(head.key), startOf(head)]));
    for await (const row of eventsBetween(query, asKey(heads[0]!.key), after)) {
      const walk = walks.get(asKey(row.process_instance_key));
      if (walk && !walk.broken) follow(walk, row);
      sum.events += 1;
      if (row.salt === null) sum.destroyed += 1;
    }
    sum.instances += heads.length;
    sum.chainedAfterwards += heads.reduce((total, head) => total + Number(head.chained_after ?? 0), 0);
    for (const walk of walks.values()) sum.broken.push(...brokenOf(walk));
  }
}

const startOf = (head: Row): Walk => {
  const key = asKey(head.key);
  return { key, head, position: 0, link: chainStart(key) };
};

async function* eventsBetween(query: RunQuery, first: Key, last: Key): AsyncGenerator<Row> {
  let [key, position] = [first, 0];
  for (;;) {
    const rows = await query(
      `SELECT process_instance_key, position, type, version, at, payload, salt, hash, commitment FROM event_log
       WHERE (process_instance_key, position) > (?, ?) AND process_instance_key <= ? ORDER BY process_instance_key, position LIMIT ?`,
      [key, position, last, EVENTS_AT_ONCE],
    );
    yield* rows;
    if (rows.length < EVENTS_AT_ONCE) return;
    [key, position] = [asKey(rows.at(-1)!.process_instance_key), Number(rows.at(-1)!.position)];
  }
}

function follow(walk: Walk, row: Row): void {
  const position = Number(row.position);
  const expected = walk.position + 1;
  if (position !== expected)
    return breakAt(walk, expected, `Expected an event at position ${expected} but the next one has ${position}.`);
  const commitment = row.salt === null ? String(row.commitment) : commitmentOf(String(row.salt), String(row.payload));
  const event = { position, type: String(row.type), version: Number(row.version), at: Number(row.at) };
  const link = linkOf(walk.link, event, commitment);
  if (link !== row.hash)
    return breakAt(
      walk,
      position,
      `Expected event ${position} as it was written but it, or one before it, was changed.`,
    );
  Object.assign(walk, { position, link });
  if (position === Number(walk.head.position) && link !== walk.head.chain_head)
    breakAt(
      walk,
      position,
      `Expected the head of the chain to be event ${position} but the instance has another head.`,
    );
}

function breakAt(walk: Walk, position: number, message: string): void {
  walk.broken = { processInstanceKey: walk.key, position, message };
}

/** An event that was written after the head was read is no fault; one that is missing before it is. */
function brokenOf(walk: Walk): readonly BrokenLink[] {
  const last = Number(walk.head.position);
  if (!walk.broken && walk.position < last)
    breakAt(walk, walk.position + 1, `Expected ${last} events but the log ends after ${walk.position}.`);
  return walk.broken ? [walk.broken] : [];
}

/**
 * Writes that destroy the content of all events of an instance that has ended and keep its chain whole: payload and salt
 * go, the commitment stays and says nothing. Commit them with what records the destruction.
 */
export async function contentDestruction(database: Database, processInstanceKey: Key): Promise<readonly RowWrite[]> {
  const rows = await readerQuery(database)(
    `SELECT e.position, e.type, e.version, e.payload, e.salt FROM event_log e JOIN process_instances p ON p."key" = e.process_instance_key
     WHERE e.process_instance_key = ? AND e.salt IS NOT NULL AND p.state <> 'ACTIVE'`,
    [processInstanceKey],
  );
  return rows.map((row) => ({
    sql: 'UPDATE event_log SET payload = ?, salt = NULL, commitment = ? WHERE process_instance_key = ? AND position = ? AND salt = ?',
    params: [
      JSON.stringify({ version: Number(row.version), type: row.type, destroyed: true }),
      commitmentOf(String(row.salt), String(row.payload)),
      processInstanceKey,
      Number(row.position),
      row.salt,
    ],
    expectRows: 1,
  }));
}
