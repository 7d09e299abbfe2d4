import type { Key } from '#engine';
import type { Row } from '#runtime';
import { list } from '../dialect.js';
import { asBoolean, asKey, asNumberOrNull, asTextOrNull } from '../records.js';
import type { readerQuery } from '../reader-query.js';
import { toDeadline } from './deadline-rows.js';
import type { StoredDeadline } from './deadline-writes.js';

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
  /** Of the processes asked for, the instances of cases that name its case, oldest first; drills only of a drill. */
  readonly naming: readonly RelatedInstance[];
  /** What its rows were made of; absent where there are none yet. */
  readonly position?: { readonly revision: number; readonly declarations: string };
}

export type RelatedInstance = Omit<
  FollowedInstance,
  'steps' | 'tasks' | 'runs' | 'deadlines' | 'related' | 'naming' | 'position'
>;

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

/** What is read of instances besides what they are now. */
export interface AlsoRead {
  /** Elements whose runs are read. */
  readonly pausing?: readonly string[];
  /** Processes whose instances in the same case are read. */
  readonly related?: readonly string[];
  /** Processes whose instances in cases that name the same case are read. */
  readonly naming?: readonly string[];
}

type Query = ReturnType<typeof readerQuery>;

/** What the instances of these keys are now; one that is gone is left out. */
export async function instancesOf(
  query: Query,
  keys: readonly Key[],
  { pausing = [], related = [], naming = [] }: AlsoRead,
): Promise<readonly FollowedInstance[]> {
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
  const namers = await namersOf(query, instances, naming);
  const rows = { variables, elements, tasks, runs, deadlines, positions, others, namers };
  return instances.map((row) => toInstance(row, rows));
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
  readonly namers: readonly Namer[];
}

/** An instance, and the case that its own names. */
interface Namer {
  readonly named: string;
  readonly instance: RelatedInstance;
}

const casesOf = (instances: readonly Row[]): readonly string[] => [
  ...new Set(instances.map((row) => asTextOrNull(row['case_key'])).filter((key) => key !== null)),
];

async function relatedTo(
  query: Query,
  instances: readonly Row[],
  processes: readonly string[],
): Promise<readonly RelatedInstance[]> {
  const cases = casesOf(instances);
  if (processes.length === 0 || cases.length === 0) return [];
  const found = await query(
    `SELECT * FROM process_instances WHERE case_key IN ${list(cases.length)}
     AND bpmn_process_id IN ${list(processes.length)} ORDER BY "key"`,
    [...cases, ...processes],
  );
  return withVariables(query, found);
}

async function namersOf(
  query: Query,
  instances: readonly Row[],
  processes: readonly string[],
): Promise<readonly Namer[]> {
  const cases = casesOf(instances);
  if (processes.length === 0 || cases.length === 0) return [];
  const found = await query(
    `SELECT o.origin_key AS named, p.* FROM case_origins o JOIN process_instances p ON p.case_key = o.case_key
     WHERE o.link = 'named' AND o.origin_key IN ${list(cases.length)}
     AND p.bpmn_process_id IN ${list(processes.length)} ORDER BY p."key"`,
    [...cases, ...processes],
  );
  const plain = await withVariables(query, found);
  return found.flatMap((row, index) => {
    const instance = plain[index];
    return instance ? [{ named: String(row['named']), instance }] : [];
  });
}

async function withVariables(query: Query, found: readonly Row[]): Promise<readonly RelatedInstance[]> {
  const keys = [...new Set(found.map((row) => asKey(row['key'])))];
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
  const { variables, elements, tasks, runs, deadlines, positions, others, namers } = rows;
  const key = asKey(row['key']);
  const isOwn = (one: Row) => asKey(one['process_instance_key']) === key;
  const position = positions.find(isOwn);
  const due = new Map(tasks.filter(isOwn).map((task) => [String(task['element_id']), asNumberOrNull(task['due_at'])]));
  const plain = plainInstance(row, variables);
  return {
    ...plain,
    related: others.filter((other) => other.caseKey === plain.caseKey && other.key !== key),
    naming: namers
      .filter(({ named, instance }) => named === plain.caseKey && instance.drill === plain.drill)
      .map(({ instance }) => instance),
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
