import { readState, type EngineEvent, type InstanceState, type Key, type StoredState } from '#engine';
import type { InstanceRecord, Row } from '#runtime';
import { list } from './dialect.js';
import { asKey, toEvent, toInstanceRecord } from './records.js';

/** An instance in memory, with what decides when its snapshot is written anew. */
export interface HotInstance {
  readonly record: InstanceRecord;
  readonly snapshot?: InstanceState;
  readonly tail: readonly EngineEvent[];
  /** Hash of the last event. */
  readonly head: string;
  /** Bytes of the stored snapshot and of the events after it. */
  readonly snapshotBytes: number;
  readonly tailBytes: number;
}

/** A snapshot is written when the events since the last one weigh more than this part of it. */
const TAIL_FRACTION = 0.5;
/** ... and at least this many bytes. */
const MIN_TAIL_BYTES = 8_192;

/** Amortised: each byte of state is rewritten at most once for every two bytes of events. */
export const snapshotIsDue = (snapshotBytes: number, tailBytes: number): boolean =>
  tailBytes > Math.max(MIN_TAIL_BYTES, snapshotBytes * TAIL_FRACTION);

/** Bounded, least recently used goes first. All of it may be lost at any time. */
export class InstanceCache {
  private readonly entries = new Map<Key, HotInstance>();

  constructor(private readonly capacity: number) {}

  get(key: Key): HotInstance | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, entry);
    return entry;
  }

  set(key: Key, entry: HotInstance): void {
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (this.entries.size > this.capacity) this.entries.delete(this.entries.keys().next().value!);
  }

  delete(key: Key): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}

export type RunQuery = (sql: string, params: readonly unknown[]) => Promise<readonly Row[]>;

/** Loads instances: the head row, the snapshot and the events after it. An instance that has ended comes without state. */
export async function loadInstances(query: RunQuery, keys: readonly Key[]): Promise<ReadonlyMap<Key, HotInstance>> {
  if (keys.length === 0) return new Map();
  const rows = await query(`SELECT * FROM process_instances WHERE "key" IN ${list(keys.length)}`, keys);
  const heads = new Map(rows.map((row) => [asKey(row.key), String(row.chain_head)]));
  const records = rows.map(toInstanceRecord);
  const active = records.filter((record) => record.state === 'ACTIVE').map((record) => record.key);
  const [snapshots, tails] = active.length
    ? [await loadSnapshots(query, active), await loadTails(query, active)]
    : [new Map(), new Map()];
  return new Map(
    records.map((record) => [
      record.key,
      {
        record,
        tail: [],
        head: heads.get(record.key)!,
        snapshotBytes: 0,
        tailBytes: 0,
        ...snapshots.get(record.key),
        ...tails.get(record.key),
      },
    ]),
  );
}

async function loadSnapshots(
  query: RunQuery,
  keys: readonly Key[],
): Promise<Map<Key, Pick<HotInstance, 'snapshot' | 'snapshotBytes'>>> {
  const rows = await query(
    `SELECT process_instance_key, state FROM instance_snapshots WHERE process_instance_key IN ${list(keys.length)}`,
    keys,
  );
  return new Map(
    rows.map((row) => [
      asKey(row.process_instance_key),
      { snapshot: readState(JSON.parse(String(row.state)) as StoredState), snapshotBytes: String(row.state).length },
    ]),
  );
}

async function loadTails(
  query: RunQuery,
  keys: readonly Key[],
): Promise<Map<Key, Pick<HotInstance, 'tail' | 'tailBytes'>>> {
  const rows = await query(
    `SELECT e.process_instance_key, e.payload FROM event_log e LEFT JOIN instance_snapshots s ON s.process_instance_key = e.process_instance_key
     WHERE e.process_instance_key IN ${list(keys.length)} AND e.position > COALESCE(s.position, 0) ORDER BY e.process_instance_key, e.position`,
    keys,
  );
  const tails = new Map<Key, { tail: EngineEvent[]; tailBytes: number }>();
  for (const row of rows) {
    const key = asKey(row.process_instance_key);
    const entry = tails.get(key) ?? { tail: [], tailBytes: 0 };
    tails.set(key, entry);
    entry.tail.push(toEvent(row));
    entry.tailBytes += String(row.payload).length;
  }
  return tails;
}
