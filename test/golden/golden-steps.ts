import { currentTurn, replay } from '#engine';
import type { EngineEvent, Variables } from '#engine';
import type { Runtime } from '#runtime';

/** What somebody does to an instance, by the ids of its model, so that it can stand in a file. */
export type Step =
  | { readonly complete: string; readonly variables?: Variables }
  /** Somebody is to sign after it. */
  | { readonly sign: string; readonly by: string }
  | { readonly agree: string; readonly by: string }
  | { readonly work: string; readonly variables?: Variables }
  | { readonly fail: string }
  | { readonly throwError: string; readonly code: string }
  | { readonly message: string; readonly timeToLiveMs?: number }
  | { readonly signal: string }
  /** Asks the conditional start events what is true of these variables. */
  | { readonly evaluate: Variables }
  /** Hours after the making of the database. */
  | { readonly clock: number }
  | { readonly set: Variables }
  | { readonly resolve: string; readonly retries?: number }
  | { readonly choose: string; readonly elements: readonly string[] }
  | { readonly operate: 'suspendProcessInstance' | 'resumeProcessInstance' };

export interface GoldenWorld {
  readonly runtime: Runtime;
  readonly rows: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** When the database was made, epoch ms. */
  readonly madeAt: number;
}

export interface Place {
  readonly process: string;
  /** Absent: what the process has started last. */
  readonly instanceKey?: string;
}

/** Does one step and waits until nothing moves; a refusal throws. */
export async function perform(world: GoldenWorld, place: Place, step: Step): Promise<void> {
  const outcome = await ask(world, place, step);
  if (!outcome.ok) throw new Error(`${place.process} ${JSON.stringify(step)}: ${outcome.rejection.message}`);
  await world.runtime.idle();
}

async function ask(world: GoldenWorld, { process, instanceKey: known }: Place, step: Step) {
  const { runtime, madeAt } = world;
  if ('message' in step) {
    const request = { name: step.message, correlationKey: process, variables: {} };
    return step.timeToLiveMs === undefined && known !== undefined
      ? runtime.correlateMessage(request)
      : runtime.publishMessage({ ...request, timeToLiveMs: step.timeToLiveMs ?? 0 });
  }
  if ('signal' in step) return runtime.broadcastSignal({ name: step.signal, variables: {} });
  if ('evaluate' in step) return runtime.evaluateConditions({ variables: step.evaluate });
  if ('clock' in step) return runtime.pinClock(madeAt + step.clock * 3_600_000);
  const instanceKey = known ?? (await lastOf(world, process));
  const keyOf = async (table: string, id: string) =>
    keyIn(world, instanceKey, `${table}: ${id}`, `FROM ${table} t WHERE t.element_id = '${id}' AND ${open[table]!}`);
  const { variables = {} } = step as { readonly variables?: Variables };
  if ('complete' in step) {
    const userTaskKey = await keyOf('user_tasks', step.complete);
    return runtime.execute({ command: { type: 'completeUserTask', userTaskKey, variables, by: 'clerk' } });
  }
  if ('sign' in step) {
    const userTaskKey = await keyOf('user_tasks', step.sign);
    const turns = [{ account: step.by, kind: 'signAfter' as const }];
    return runtime.execute({ command: { type: 'addTaskTurns', userTaskKey, turns, by: 'clerk' } });
  }
  if ('agree' in step) {
    const userTaskKey = await keyOf('user_tasks', step.agree);
    const turnId = await openTurn(world, instanceKey, userTaskKey);
    return runtime.execute({
      command: { type: 'endTaskTurn', userTaskKey, turnId, outcome: 'agreed', by: step.by },
    });
  }
  if ('work' in step)
    return runtime.execute({
      command: { type: 'completeJob', jobKey: await keyOf('jobs', step.work), variables },
    });
  if ('fail' in step) {
    const jobKey = await keyOf('jobs', step.fail);
    return runtime.execute({ command: { type: 'failJob', jobKey, retries: 0, errorMessage: 'printer on fire' } });
  }
  if ('throwError' in step) {
    const jobKey = await keyOf('jobs', step.throwError);
    return runtime.execute({ command: { type: 'throwJobError', jobKey, errorCode: step.code } });
  }
  if ('resolve' in step) {
    const incidentKey = await keyOf('incidents', step.resolve);
    const retries = step.retries === undefined ? {} : { retries: step.retries };
    return runtime.execute({ command: { type: 'resolveIncident', incidentKey, ...retries } });
  }
  if ('choose' in step) {
    const elementInstanceKey = await keyOf('element_instances', step.choose);
    const elements = step.elements.map((elementId) => ({ elementId }));
    return runtime.execute({ instanceKey, command: { type: 'activateAdHocElements', elementInstanceKey, elements } });
  }
  if ('set' in step)
    return runtime.execute({
      instanceKey,
      command: { type: 'setVariables', scopeKey: instanceKey, variables: step.set, local: true },
    });
  return runtime.execute({ instanceKey, command: { type: step.operate } });
}

const open: Readonly<Record<string, string>> = {
  user_tasks: `t.state = 'CREATED'`,
  jobs: `t.state NOT IN ('COMPLETED', 'CANCELED', 'ERROR_THROWN')`,
  incidents: `t.state = 'ACTIVE'`,
  element_instances: `t.state = 'ACTIVE'`,
};

async function openTurn({ rows }: GoldenWorld, instanceKey: string, userTaskKey: string): Promise<string> {
  const log = await rows(`SELECT payload FROM event_log WHERE process_instance_key = ${instanceKey} ORDER BY position`);
  const state = replay(log.map(({ payload }) => JSON.parse(String(payload)) as EngineEvent));
  const task = state.userTasks.get(userTaskKey);
  const turn = task && currentTurn(task);
  if (!turn) throw new Error(`Expected an open turn in user task ${userTaskKey} but there is none.`);
  return turn.id;
}

/** The oldest of the instance or of one that it called. */
async function keyIn({ rows }: GoldenWorld, instanceKey: string, what: string, from: string): Promise<string> {
  const [row] = await rows(
    `SELECT t."key" AS found ${from} AND t.process_instance_key IN
     (SELECT "key" FROM process_instances WHERE "key" = ${instanceKey} OR parent_instance_key = ${instanceKey}) ORDER BY t."key" LIMIT 1`,
  );
  if (!row) throw new Error(`Expected an open row in ${what} of instance ${instanceKey} but there is none.`);
  return String(row['found']);
}

async function lastOf({ rows }: GoldenWorld, process: string): Promise<string> {
  const [row] = await rows(
    `SELECT "key" AS found FROM process_instances WHERE bpmn_process_id = '${process}' AND state = 'ACTIVE' ORDER BY "key" LIMIT 1`,
  );
  if (!row) throw new Error(`Expected a running instance of ${process} but there is none.`);
  return String(row['found']);
}
