import { replay } from '#engine';
import { createRuntime } from '#runtime';
import type { Outcome, Row, Runtime, RuntimeOptions, RuntimeStore } from '#runtime';
import { createQueries } from '../queries/queries.js';
import { createStore } from '../store.js';
import { folderSet, form } from './models.js';
import type { TestDatabase, TestDatabaseKind } from './test-databases.js';

/** One node on a fresh database, whose clock stands where the spec puts it. */
export interface TestNode {
  now: number;
  readonly runtime: Runtime;
  readonly database: TestDatabase['database'];
  deploy(...files: readonly string[]): Promise<void>;
  begin(bpmnProcessId: string, variables?: object): Promise<string>;
  openTask(processInstanceKey: string): Promise<string>;
  rows(sql: string): Promise<Row[]>;
  /** Position by replay of the whole log, and as it is stored: equal where the law holds. */
  positions(processInstanceKey: string): Promise<readonly [number, number]>;
  /** Ends the node as a restart of the server would, and starts it again on the same database. */
  restart(): Promise<void>;
  drop(): Promise<void>;
}

export async function startNode(
  open: TestDatabaseKind['open'],
  now: number,
  options: Partial<RuntimeOptions> = {},
): Promise<TestNode> {
  let test = await open();
  let store: RuntimeStore;
  let runtime: Runtime;

  const boot = async () => {
    store = createStore(test.database);
    runtime = createRuntime({ store, wallClock: () => node.now, ...options });
    await runtime.start();
  };
  const shutDown = async () => {
    await runtime.stop();
    await store.close();
  };
  const rows = (sql: string) => test.database.reader.query(sql) as Promise<Row[]>;
  const node: TestNode = {
    now,
    get runtime() {
      return runtime;
    },
    get database() {
      return test.database;
    },
    deploy: async (...files) => {
      const named = Object.fromEntries(files.map((xml, index) => [`workflows/p${index}.bpmn`, xml]));
      valueOf(await runtime.deploy(folderSet({ 'forms/F01.form.json': form, ...named })));
    },
    begin: async (bpmnProcessId, variables = {}) =>
      valueOf(await runtime.createInstance({ bpmnProcessId, variables: { ...variables }, by: 'clerk1' }))
        .processInstanceKey,
    openTask: async (processInstanceKey) => {
      const filter = { processInstanceKey, state: 'CREATED' };
      return (await createQueries(test.database).search('userTasks', { filter })).items[0]!.userTaskKey;
    },
    rows,
    positions: async (key) => {
      const log = await createQueries(test.database).events(key);
      const [stored] = await rows(`SELECT position FROM process_instances WHERE "key" = ${key}`);
      return [replay(log.map(({ event }) => event)).position, Number(stored?.position)];
    },
    restart: async () => {
      await shutDown();
      test = await test.reopen();
      await boot();
    },
    drop: async () => {
      await shutDown();
      await test.drop();
    },
  };
  await boot();
  return node;
}

/** The reply of an outcome; a rejection fails the spec with its message. */
export function valueOf<R>(outcome: Outcome<R>): R {
  if (outcome.ok) return outcome.reply;
  throw new Error(outcome.rejection.message);
}
