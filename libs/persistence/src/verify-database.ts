import { isDeepStrictEqual } from 'node:util';
import {
  type EngineEvent,
  type InstanceState,
  type Key,
  readState,
  replay,
  type StoredState,
  writeState,
} from '#engine';
import type { InstanceRecord, Row } from '#runtime';
import type { Database } from './database.js';
import { list } from './dialect.js';
import type { RunQuery } from './instance-cache.js';
import { migrations } from './migrations/index.js';
import { readerQuery } from './reader-query.js';
import { asKey, toEvent, toInstanceRecord } from './records.js';

export interface Verification {
  /** Instances whose whole history was replayed. */
  readonly instances: number;
  readonly events: number;
  /** What does not fit, one sentence each; the first hundred. */
  readonly faults: readonly string[];
}

export interface VerifyOptions {
  /** Replays at most so many instances, spread over all; default: every one. */
  readonly sample?: number;
}

const CHUNK = 100;
const MOST_FAULTS = 100;

/**
 * Whether a database is what this program can go on with: its migrations are known here, and the history of each instance
 * replays to the state that is stored, down to open tasks, timers and incidents; one whose content was destroyed has no gap.
 * Changes nothing.
 */
export async function verifyDatabase(database: Database, { sample }: VerifyOptions = {}): Promise<Verification> {
  const query = readerQuery(database);
  const faults = [...(await unknownMigrations(query))];
  let events = 0;
  const keys = await chosenKeys(query, sample);
  for (let at = 0; at < keys.length && faults.length < MOST_FAULTS; at += CHUNK) {
    const checked = await checkInstances(query, keys.slice(at, at + CHUNK));
    faults.push(...checked.faults);
    events += checked.events;
  }
  return { instances: keys.length, events, faults: faults.slice(0, MOST_FAULTS) };
}

/** Names of migrations that ran on the database, of a newer program perhaps. */
async function unknownMigrations(query: RunQuery): Promise<readonly string[]> {
  const known = new Set(migrations.map((migration) => migration.name));
  const rows = await query('SELECT name FROM migrations ORDER BY id', []);
  return rows
    .map((row) => String(row.name))
    .filter((name) => !known.has(name))
    .map(
      (name) =>
        `Expected a database of this program or an older one but it has the migration ${name}. Use the newer program.`,
    );
}

async function chosenKeys(query: RunQuery, sample: number | undefined): Promise<readonly Key[]> {
  const keys = (await query('SELECT "key" FROM process_instances ORDER BY "key"', [])).map((row) => asKey(row.key));
  if (sample === undefined || sample >= keys.length) return keys;
  const step = keys.length / sample;
  return Array.from({ length: sample }, (_, index) => keys[Math.floor(index * step)]!);
}

/** Keys of rows that stand as long as something waits, by instance. */
type Waiting = ReadonlyMap<Key, readonly Key[]>;

async function checkInstances(query: RunQuery, keys: readonly Key[]) {
  const where = `process_instance_key IN ${list(keys.length)}`;
  const records = (await query(`SELECT * FROM process_instances WHERE "key" IN ${list(keys.length)}`, keys)).map(
    toInstanceRecord,
  );
  const log = grouped(
    await query(
      `SELECT process_instance_key, position, payload, salt FROM event_log WHERE ${where} ORDER BY process_instance_key, position`,
      keys,
    ),
  );
  const snapshots = grouped(
    await query(`SELECT process_instance_key, position, state FROM instance_snapshots WHERE ${where}`, keys),
  );
  const waiting = {
    userTasks: await waitingRows(
      query,
      `SELECT process_instance_key, "key" FROM user_tasks WHERE ${where} AND state = 'CREATED'`,
      keys,
    ),
    timers: await waitingRows(query, `SELECT process_instance_key, "key" FROM timers WHERE ${where}`, keys),
    incidents: await waitingRows(
      query,
      `SELECT process_instance_key, "key" FROM incidents WHERE ${where} AND state = 'ACTIVE'`,
      keys,
    ),
  };
  const faults = records.flatMap((record) =>
    faultsOf(record, log.get(record.key) ?? [], snapshots.get(record.key)?.[0], waiting),
  );
  return { faults, events: [...log.values()].reduce((sum, rows) => sum + rows.length, 0) };
}

function grouped(rows: readonly Row[]): ReadonlyMap<Key, readonly Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = asKey(row.process_instance_key);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

async function waitingRows(query: RunQuery, sql: string, keys: readonly Key[]): Promise<Waiting> {
  const rows = grouped(await query(sql, keys));
  return new Map([...rows].map(([key, own]) => [key, own.map((row) => asKey(row.key)).toSorted()]));
}

function faultsOf(
  record: InstanceRecord,
  rows: readonly Row[],
  snapshot: Row | undefined,
  waiting: Readonly<Record<'userTasks' | 'timers' | 'incidents', Waiting>>,
): readonly string[] {
  const name = `Expected process instance ${record.key} to`;
  const gap = rows.findIndex((row, index) => Number(row.position) !== index + 1);
  if (gap >= 0 || rows.length !== record.position)
    return [
      `${name} have the events 1 to ${record.position} but found ${rows.length}${gap >= 0 ? ` with a gap at ${gap + 1}` : ''}.`,
    ];
  if (rows.some(({ salt }) => salt === null)) return faultsOfDestroyed(record, name);
  const state = attempt(() => replay(rows.map((row): EngineEvent => toEvent(row))));
  if (!state) return [`${name} replay from its events but they do not fit each other.`];
  if (state.status.toUpperCase() !== record.state)
    return [`${name} be ${record.state} but its events say ${state.status}.`];
  if (record.state !== 'ACTIVE') return [];
  return [
    ...(snapshot && !fits(snapshot, rows, state)
      ? [`${name} have the state that its events give but its snapshot differs.`]
      : []),
    ...(['userTasks', 'timers', 'incidents'] as const)
      .filter((kind) => !(kind === 'timers' && state.suspension))
      .filter((kind) => !isDeepStrictEqual(state[kind].keys().toSorted(), waiting[kind].get(record.key) ?? []))
      .map((kind) => `${name} have the open ${kind} that its events give but other rows are stored.`),
  ];
}

/** What is destroyed cannot be replayed: the chain of events alone shows that nothing else was changed (`verifyChains`). */
const faultsOfDestroyed = ({ state }: InstanceRecord, name: string): readonly string[] =>
  state === 'ACTIVE' ? [`${name} have its content to go on but some of it was destroyed.`] : [];

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** The snapshot with the events after it is the state. */
function fits(snapshot: Row, rows: readonly Row[], state: InstanceState): boolean {
  const plain = (given: InstanceState) => JSON.parse(writeState(given)) as unknown;
  return (
    attempt(() => {
      const stored = readState(JSON.parse(String(snapshot.state)) as StoredState);
      const tail = rows.slice(Number(snapshot.position)).map((row): EngineEvent => toEvent(row));
      return isDeepStrictEqual(plain(replay(tail, stored)), plain(state));
    }) ?? false
  );
}
