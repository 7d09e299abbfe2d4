import { readState, replay, writeState, type EngineEvent, type InstanceState, type StoredState } from '#engine';
import { verifyChains, type Database } from '#persistence';

import { ledgerFaults } from './ledger-invariants.js';

type Row = Readonly<Record<string, unknown>>;
type Query = (sql: string) => Promise<readonly Row[]>;

/** What a database at rest may break; each breach is one sentence. `known` remembers revisions, so that a check looks at what changed. */
export async function brokenInvariants(database: Database, known = new Map<string, number>()): Promise<string[]> {
  const query: Query = (sql) => database.reader.query(sql) as Promise<Row[]>;
  const faults = [
    ...(await structureFaults(database, query)),
    ...(await orphanFaults(query)),
    ...(await ledgerFaults(database)),
  ];
  const instances = await query('SELECT "key", revision, position, state FROM process_instances ORDER BY "key"');
  const changed = instances.filter((row) => known.get(String(row['key'])) !== Number(row['revision']));
  for (const row of changed) {
    faults.push(...(await instanceFaults(query, row)));
    known.set(String(row['key']), Number(row['revision']));
  }
  const { broken } = await verifyChains(database);
  return [...faults, ...broken.map((link) => `chain of ${link.processInstanceKey}: ${link.message}`)];
}

async function structureFaults({ dialect }: Database, query: Query): Promise<string[]> {
  const doubled = await query(
    'SELECT bpmn_process_id, version FROM process_definitions GROUP BY bpmn_process_id, version HAVING COUNT(*) > 1',
  );
  const faults = doubled.map((row) => `two definitions of ${JSON.stringify(row)}`);
  if (dialect !== 'sqlite') return faults;
  const integrity = await query('PRAGMA integrity_check');
  const foreign = await query('PRAGMA foreign_key_check');
  if (String(integrity[0]?.['integrity_check']) !== 'ok') faults.push(`integrity_check: ${JSON.stringify(integrity)}`);
  if (foreign.length > 0) faults.push(`foreign_key_check: ${JSON.stringify(foreign)}`);
  return faults;
}

const OWNED = [
  'event_log',
  'instance_snapshots',
  'element_instances',
  'variables',
  'user_tasks',
  'jobs',
  'timers',
  'message_subscriptions',
  'signal_subscriptions',
  'incidents',
  'outbox',
  'ledger_marks',
  'ledger_rows',
  'ledger_cells',
  'indicator_facts',
];

/** Rows that belong to nobody, and content handles that name nothing. */
async function orphanFaults(query: Query): Promise<string[]> {
  const faults: string[] = [];
  for (const table of OWNED) {
    const rows = await query(
      `SELECT COUNT(*) AS n FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM process_instances p WHERE p."key" = t.process_instance_key)`,
    );
    if (Number(rows[0]?.['n']) > 0) faults.push(`${String(rows[0]?.['n'])} rows of ${table} without an instance`);
  }
  const handles = await query(`SELECT value FROM variables WHERE value LIKE '{"$sealed"%'`);
  const sealed = new Set((await query('SELECT sealed_key FROM sealed_values')).map((row) => String(row['sealed_key'])));
  const lost = handles.filter((row) => !sealed.has(String((JSON.parse(String(row['value'])) as Row)['$sealed'])));
  if (lost.length > 0) faults.push(`${lost.length} handles that name no stored value`);
  const candidates = await query(
    'SELECT COUNT(*) AS n FROM user_task_candidates c WHERE NOT EXISTS (SELECT 1 FROM user_tasks t WHERE t."key" = c.user_task_key)',
  );
  if (Number(candidates[0]?.['n']) > 0) faults.push('candidates without a user task');
  return faults;
}

/** History replays to the stored state, and the state equals the rows. */
async function instanceFaults(query: Query, row: Row): Promise<string[]> {
  const key = String(row['key']);
  const log = await query(
    `SELECT position, payload FROM event_log WHERE process_instance_key = ${key} ORDER BY position`,
  );
  const isDense = log.every(({ position }, index) => Number(position) === index + 1);
  if (!isDense || log.length !== Number(row['position']))
    return [`instance ${key}: ${log.length} events but position ${String(row['position'])}`];
  const events = log.map(({ payload }) => JSON.parse(String(payload)) as EngineEvent);
  const state = replay(events);
  const faults: string[] = [];
  if (state.status.toUpperCase() !== row['state'])
    faults.push(`state is ${String(row['state'])}, log: ${state.status}`);
  const rebuilt = await fromSnapshot(query, key, events);
  if (rebuilt && writeState(rebuilt) !== writeState(state))
    faults.push('snapshot and tail give another state than the log');
  faults.push(...(await rowFaults(query, key, state)));
  return faults.map((fault) => `instance ${key}: ${fault}`);
}

async function fromSnapshot(
  query: Query,
  key: string,
  events: readonly EngineEvent[],
): Promise<InstanceState | undefined> {
  const [snapshot] = await query(`SELECT position, state FROM instance_snapshots WHERE process_instance_key = ${key}`);
  if (!snapshot) return undefined;
  const start = readState(JSON.parse(String(snapshot['state'])) as StoredState);
  return replay(events.slice(Number(snapshot['position'])), start);
}

async function rowFaults(query: Query, key: string, state: InstanceState): Promise<string[]> {
  const keys = async (table: string, condition = '1 = 1') =>
    (await query(`SELECT "key" FROM ${table} WHERE process_instance_key = ${key} AND ${condition}`)).map((row) =>
      String(row['key']),
    );
  const subscriptions = [...(await keys('message_subscriptions')), ...(await keys('signal_subscriptions'))];
  const [jobs, ended] = [state.jobs.keys(), `('COMPLETED', 'CANCELED')`];
  return [
    ...differs('user tasks', state.userTasks.keys(), await keys('user_tasks', `state = 'CREATED'`)),
    ...differs('timers', state.timers.keys(), await keys('timers')),
    ...differs('subscriptions', state.subscriptions.keys(), subscriptions),
    ...differs('incidents', state.incidents.keys(), await keys('incidents', `state = 'ACTIVE'`)),
    ...differs('elements', state.elements.keys(), await keys('element_instances', `state = 'ACTIVE'`)),
    ...missing('jobs', jobs, await keys('jobs', `state NOT IN ${ended}`)),
    ...missing('job rows', await keys('jobs', `state NOT IN ('COMPLETED', 'CANCELED', 'ERROR_THROWN')`), jobs),
    ...(await variableFaults(query, key, state)),
  ];
}

async function variableFaults(query: Query, key: string, state: InstanceState): Promise<string[]> {
  const rows = await query(`SELECT scope_key, name, value FROM variables WHERE process_instance_key = ${key}`);
  const stored = new Map(
    rows.map((row) => [`${String(row['scope_key'])} ${String(row['name'])}`, String(row['value'])]),
  );
  const faults: string[] = [];
  for (const [scope, variables] of state.variables)
    for (const [name, value] of Object.entries(variables))
      if (stored.get(`${scope} ${name}`) !== JSON.stringify(value ?? null))
        faults.push(`variable ${name} of ${scope} differs`);
  return faults;
}

function differs(what: string, state: readonly string[], rows: readonly string[]): string[] {
  return [...missing(`rows of ${what}`, state, rows), ...missing(`state of ${what}`, rows, state)];
}

function missing(where: string, wanted: readonly string[], present: readonly string[]): string[] {
  const there = new Set(present);
  return wanted.filter((key) => !there.has(key)).map((key) => `${key} is not in the ${where}`);
}
