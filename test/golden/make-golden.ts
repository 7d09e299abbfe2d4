import { createHash } from 'node:crypto';
import { createStore, type Database } from '#persistence';
import { createRuntime, type Runtime, type RuntimeStore } from '#runtime';
import { perform, type GoldenWorld, type Step } from './golden-steps.js';
import { waitingActivities } from './waiting-activities.js';
import { waitingEvents } from './waiting-events.js';
import { waitingScopes } from './waiting-scopes.js';

/** What stands beside a golden database: whom it holds, and how each goes on to its end. */
export interface GoldenPlan {
  readonly release: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Variables that every instance was begun with and keeps, besides its `caseNo`, the id of its process. */
  readonly kept: Readonly<Record<string, unknown>>;
  readonly instances: readonly GoldenInstance[];
}

export interface GoldenInstance {
  readonly process: string;
  /** Absent: its start event waits. */
  readonly instanceKey?: string;
  readonly finish: readonly Step[];
  readonly end: string;
  readonly times: number;
}

/** A month that ends on the 31st, and no change of clocks. */
export const MADE_AT = Date.UTC(2026, 0, 31, 2);
/** Kept by every instance to its end. */
const KEPT = { text: '街道办事处', amount: 12.5, nested: { list: [1, null, true] } };

/** In the order in which they are finished. */
export const allWaiting = [...waitingActivities, ...waitingScopes, ...waitingEvents];
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A runtime on the database whose clock stands at the time given, until it is pinned elsewhere. */
export async function openWorld(database: Database, madeAt: number): Promise<GoldenWorld & { close(): Promise<void> }> {
  const store: RuntimeStore = createStore(database);
  const runtime: Runtime = createRuntime({ store, wallClock: () => madeAt, timeZone: 'Asia/Shanghai' });
  await runtime.start();
  const close = async () => {
    await runtime.stop();
    await store.close();
  };
  return { runtime, madeAt, rows: (sql) => database.reader.query(sql) as never, close };
}

/** Deploys all models and brings an instance of each to where it waits. */
export async function makeGolden(world: GoldenWorld, release: string): Promise<GoldenPlan> {
  const files = allWaiting.map(({ id, xml }) => ({ path: `${id}.bpmn`, content: xml, digest: digest(xml) }));
  const deployed = await world.runtime.deploy({ hash: digest(JSON.stringify(files)), source: 'api', files });
  if (!deployed.ok) throw new Error(deployed.rejection.message);
  const instances: GoldenInstance[] = [];
  for (const { id, isBegun, variables, before, finish, end, times } of allWaiting) {
    const begun = isBegun ? { instanceKey: await begin(world, id, variables) } : {};
    for (const step of before) await perform(world, { process: id, ...begun }, step);
    instances.push({ process: id, ...begun, finish, end, times });
  }
  return { release, madeAt: new Date(MADE_AT).toISOString(), kept: KEPT, instances };
}

async function begin({ runtime }: GoldenWorld, id: string, variables: object): Promise<string> {
  const given = { ...KEPT, ...variables, caseNo: id };
  const outcome = await runtime.createInstance({ bpmnProcessId: id, variables: given, by: 'clerk' });
  if (!outcome.ok) throw new Error(`${id}: ${outcome.rejection.message}`);
  await runtime.idle();
  return outcome.reply.processInstanceKey;
}

/** Does what is left for each instance; gives back a sentence for each that did not come to its end. */
export async function finishGolden(world: GoldenWorld, plan: GoldenPlan): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { finish, ...place } of plan.instances)
    for (const step of finish) await perform(world, place, step).catch((cause: Error) => faults.push(cause.message));
  for (const one of plan.instances)
    faults.push(...(await endFaults(world, one)), ...(await keptFaults(world, one, plan)));
  return faults;
}

async function endFaults({ rows }: GoldenWorld, { process, end, times }: GoldenInstance): Promise<readonly string[]> {
  const instances = `FROM process_instances WHERE bpmn_process_id = '${process}'`;
  const ends = await rows(
    `SELECT 1 FROM element_instances WHERE element_id = '${end}' AND state = 'COMPLETED' AND process_instance_key IN (SELECT "key" ${instances})`,
  );
  const others = await rows(`SELECT state ${instances} AND state <> 'COMPLETED'`);
  return [
    ...(ends.length === times ? [] : [`${process}: ${end} was reached ${ends.length} times, not ${times}`]),
    ...others.map(({ state }) => `${process}: an instance is ${String(state)}`),
  ];
}

async function keptFaults({ rows }: GoldenWorld, { process, instanceKey }: GoldenInstance, plan: GoldenPlan) {
  if (instanceKey === undefined) return [];
  const found = await rows(`SELECT name, value FROM variables WHERE scope_key = ${instanceKey}`);
  const stored = new Map(found.map(({ name, value }) => [String(name), String(value)]));
  return Object.entries({ ...plan.kept, caseNo: process })
    .filter(([name, value]) => stored.get(name) !== JSON.stringify(value))
    .map(([name]) => `${process}: variable ${name} is not what it was`);
}
