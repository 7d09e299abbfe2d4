import type { Key } from '#engine';
import type { Given, Row, RuntimeStore } from '#runtime';
import type { Database } from '../database.js';
import { list, sqlDialect } from '../dialect.js';
import { FREE } from '../nodes/claims.js';
import { asBoolean, asKey, asNumberOrNull, asTextOrNull } from '../records.js';
import { readerQuery } from '../reader-query.js';
import { toDeadline } from './deadline-rows.js';
import type { StoredDeadline } from './deadline-writes.js';
import { type FollowedRows, type LedgerMark, replacement } from './ledger-writes.js';

/** What is known of an instance; the same shape as the facts that formulas read. */
export interface FollowedInstance {
  readonly key: Key;
  readonly processId: string;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly state: string;
  readonly publicState: string | null;
  readonly drill: boolean;
  readonly startAt: number;
  readonly endAt: number | null;
  readonly revision: number;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly steps: readonly FollowedStep[];
  readonly tasks: readonly FollowedTask[];
  /** Of the elements asked for, each time that they were active. */
  readonly runs: readonly FollowedRun[];
  readonly deadlines: readonly StoredDeadline[];
  /** Of the processes asked for, the other instances of its case, oldest first. */
  readonly related: readonly RelatedInstance[];
  /** What its rows were made of; absent where there are none yet. */
  readonly position?: { readonly revision: number; readonly declarations: string };
}

export type RelatedInstance = Omit<FollowedInstance, 'steps' | 'tasks' | 'runs' | 'deadlines' | 'related' | 'position'>;

/** What is read of instances besides what they are now. */
export interface AlsoRead {
  /** Elements whose runs are read. */
  readonly pausing?: readonly string[];
  /** Processes whose instances in the same case are read. */
  readonly related?: readonly string[];
}

export interface FollowedTask {
  readonly userTaskKey: Key;
  readonly elementId: string;
  readonly name: string;
  readonly assignee: string | null;
  readonly unit: string | null;
  readonly isOpen: boolean;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly dueAt: number | null;
  readonly nearAt: number | null;
  readonly urgentAt: number | null;
}

export interface FollowedRun {
  readonly elementId: string;
  readonly from: number;
  readonly to: number | null;
}

export interface FollowedStep {
  readonly elementId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly count: number;
  readonly dueAt: number | null;
}

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
    instances: async (keys, { pausing = [], related = [] } = {}) => {
      if (keys.length === 0) return [];
      const some = list(keys.length);
      // The revision first: what is read after it is as new or newer, and newer facts have a mark of their own.
      const instances = await query(`SELECT * FROM process_instances WHERE "key" IN ${some}`, keys);
      const variables = await query(`SELECT scope_key, name, value FROM variables WHERE scope_key IN ${some}`, keys);
      const elements = await query(ELEMENTS(some), keys);
      const tasks = await query(`SELECT * FROM user_tasks WHERE process_instance_key IN ${some} ORDER BY "key"`, keys);
      const runs = pausing.length === 0 ? [] : await query(RUNS(some, list(pausing.length)), [...keys, ...pausing]);
      const deadlines = await query(`SELECT * FROM deadlines WHERE process_instance_key IN ${some} ORDER BY id`, keys);
      const positions = await query(`SELECT * FROM ledger_positions WHERE process_instance_key IN ${some}`, keys);
      const others = await relatedTo(query, instances, related);
      return instances.map((row) =>
        toInstance(row, { variables, elements, tasks, runs, deadlines, positions, others }),
      );
    },
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

const ELEMENTS = (some: string): string =>
  `SELECT process_instance_key, element_id, MIN(start_at) AS started_at,
     MAX(CASE WHEN state = 'COMPLETED' THEN end_at END) AS ended_at,
     SUM(CASE WHEN state = 'COMPLETED' THEN 1 ELSE 0 END) AS times
   FROM element_instances WHERE process_instance_key IN ${some} GROUP BY process_instance_key, element_id`;

const RUNS = (some: string, elements: string): string =>
  `SELECT process_instance_key, element_id, start_at, end_at FROM element_instances
   WHERE process_instance_key IN ${some} AND element_id IN ${elements} ORDER BY "key"`;

interface FactRows {
  readonly variables: readonly Row[];
  readonly elements: readonly Row[];
  readonly tasks: readonly Row[];
  readonly runs: readonly Row[];
  readonly deadlines: readonly Row[];
  readonly positions: readonly Row[];
  readonly others: readonly RelatedInstance[];
}

async function relatedTo(
  query: ReturnType<typeof readerQuery>,
  instances: readonly Row[],
  processes: readonly string[],
): Promise<readonly RelatedInstance[]> {
  const cases = [...new Set(instances.map((row) => asTextOrNull(row['case_key'])).filter((key) => key !== null))];
  if (processes.length === 0 || cases.length === 0) return [];
  const found = await query(
    `SELECT * FROM process_instances WHERE case_key IN ${list(cases.length)}
     AND bpmn_process_id IN ${list(processes.length)} ORDER BY "key"`,
    [...cases, ...processes],
  );
  const keys = found.map((row) => asKey(row['key']));
  if (keys.length === 0) return [];
  const variables = await query(
    `SELECT scope_key, name, value FROM variables WHERE scope_key IN ${list(keys.length)}`,
    keys,
  );
  return found.map((row) => plainInstance(row, variables));
}

function plainInstance(row: Row, variables: readonly Row[]): RelatedInstance {
  const key = asKey(row['key']);
  const own = variables.filter((one) => asKey(one['scope_key']) === key);
  return {
    key,
    processId: String(row['bpmn_process_id']),
    caseKey: asTextOrNull(row['case_key']),
    caseNo: asTextOrNull(row['case_no']),
    state: String(row['state']),
    publicState: asTextOrNull(row['public_state']),
    drill: asBoolean(row['drill']),
    startAt: Number(row['start_at']),
    endAt: asNumberOrNull(row['end_at']),
    revision: Number(row['revision']),
    variables: Object.fromEntries(own.map((one) => [String(one['name']), JSON.parse(String(one['value'])) as unknown])),
  };
}

function toInstance(row: Row, rows: FactRows): FollowedInstance {
  const { variables, elements, tasks, runs, deadlines, positions, others } = rows;
  const key = asKey(row['key']);
  const isOwn = (one: Row) => asKey(one['process_instance_key']) === key;
  const position = positions.find(isOwn);
  const due = new Map(tasks.filter(isOwn).map((task) => [String(task['element_id']), asNumberOrNull(task['due_at'])]));
  const plain = plainInstance(row, variables);
  return {
    ...plain,
    related: others.filter((other) => other.caseKey === plain.caseKey && other.key !== key),
    steps: elements.filter(isOwn).map((element) => ({
      elementId: String(element['element_id']),
      startedAt: Number(element['started_at']),
      endedAt: asNumberOrNull(element['ended_at']),
      count: Number(element['times']),
      dueAt: due.get(String(element['element_id'])) ?? null,
    })),
    tasks: tasks.filter(isOwn).map(toTask),
    runs: runs.filter(isOwn).map((run) => ({
      elementId: String(run['element_id']),
      from: Number(run['start_at']),
      to: asNumberOrNull(run['end_at']),
    })),
    deadlines: deadlines.filter(isOwn).map(toDeadline),
    ...(position && {
      position: { revision: Number(position['revision']), declarations: String(position['declarations']) },
    }),
  };
}

const toTask = (row: Row): FollowedTask => ({
  userTaskKey: asKey(row['key']),
  elementId: String(row['element_id']),
  name: String(row['name']),
  assignee: asTextOrNull(row['assignee']),
  unit: asTextOrNull(row['unit']),
  isOpen: row['state'] === 'CREATED',
  createdAt: Number(row['created_at']),
  endedAt: asNumberOrNull(row['completed_at']),
  dueAt: asNumberOrNull(row['due_at']),
  nearAt: asNumberOrNull(row['near_at']),
  urgentAt: asNumberOrNull(row['urgent_at']),
});

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
