import { createRuntime } from '#runtime';
import type { DeploymentReply, Outcome, Row, Runtime, RuntimeOptions, RuntimeStore, StartReply } from '#runtime';
import { createStore } from '../store.js';
import { folderSet } from './models.js';
import type { TestDatabase } from './test-databases.js';

/** A runtime on a database of its own, with what specs ask of it. */
export interface RunningOn {
  readonly runtime: Runtime;
  readonly store: RuntimeStore;
  /** One set of the configuration folder. */
  deploy(...models: readonly { readonly xml: string }[]): Promise<DeploymentReply>;
  /** Starts an instance and waits until nothing goes on by itself. */
  begin(bpmnProcessId: string, variables?: Readonly<Record<string, unknown>>): Promise<StartReply>;
  rows(sql: string): Promise<readonly Row[]>;
  /** By process, in the order of their start: its state and the elements that are active in it. */
  instances(): Promise<readonly (readonly [process: string, state: string, active: readonly string[]])[]>;
  /** Process, element and kind of what is stuck. */
  incidents(): Promise<readonly string[]>;
  /** Ends the runtime and drops the database. */
  end(): Promise<void>;
}

/** Starts a runtime whose clock stands still. */
export async function runOn(test: TestDatabase, options: Pick<RuntimeOptions, 'maxCascade'> = {}): Promise<RunningOn> {
  const store = createStore(test.database);
  const runtime = createRuntime({ store, wallClock: () => Date.UTC(2026, 2, 2, 1), ...options });
  await runtime.start();
  const rows = (sql: string) => test.database.reader.query(sql) as Promise<readonly Row[]>;
  return {
    runtime,
    store,
    deploy: async (...models) =>
      value(
        await runtime.deploy(folderSet(Object.fromEntries(models.map(({ xml }, n) => [`workflows/p${n}.bpmn`, xml])))),
      ),
    begin: async (bpmnProcessId, variables = {}) => {
      const reply = value(await runtime.createInstance({ bpmnProcessId, variables, by: 'clerk1' }));
      await runtime.idle();
      return reply;
    },
    rows,
    instances: () => instancesIn(rows),
    incidents: async () =>
      (
        await rows(
          `SELECT p.bpmn_process_id, i.element_id, i.error_type FROM incidents i JOIN process_instances p ON p."key" = i.process_instance_key WHERE i.state = 'ACTIVE' ORDER BY i."key"`,
        )
      ).map((row) => `${String(row.bpmn_process_id)} ${String(row.element_id)} ${String(row.error_type)}`),
    end: async () => {
      await runtime.stop();
      await store.close();
      await test.drop();
    },
  };
}

async function instancesIn(rows: RunningOn['rows']): ReturnType<RunningOn['instances']> {
  const instances = await rows('SELECT "key", bpmn_process_id, state FROM process_instances ORDER BY "key"');
  const elements = await rows(
    `SELECT process_instance_key, element_id FROM element_instances WHERE state = 'ACTIVE' AND element_type <> 'process' ORDER BY "key"`,
  );
  return instances.map(({ key, bpmn_process_id: process, state }) => [
    String(process),
    String(state),
    elements.filter((row) => String(row.process_instance_key) === String(key)).map((row) => String(row.element_id)),
  ]);
}

/** What was answered, or a failed spec. */
export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.reply;
}
