import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createQueries, createStore, openDatabase, type Database } from '#persistence';
import { createRuntime, type Outcome, type Runtime } from '#runtime';
import { model } from '#testing';

/** A runtime on a SQLite file of its own, as a server has it. */
export interface BenchNode {
  readonly folder: string;
  readonly database: Database;
  readonly runtime: Runtime;
  close(): Promise<void>;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const FORM = '{"id":"form","title":"Form","schema":{"type":"object"}}';
const taskModel = model('task').start().userTask('review', { groups: 'clerk' }).end();

export async function openNode(): Promise<BenchNode> {
  const folder = mkdtempSync(join(tmpdir(), 'changtong-bench-'));
  const database = await openDatabase({ url: `sqlite:${join(folder, 'bench.sqlite')}` });
  await database.migrate();
  const store = createStore(database);
  const runtime = createRuntime({ store });
  await runtime.start();
  await deploy(runtime, 'task', taskModel.xml);
  return {
    folder,
    database,
    runtime,
    close: async () => {
      await runtime.stop();
      await store.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Adds a process, as a client does through the engine API. */
export async function deploy(runtime: Runtime, id: string, xml: string): Promise<void> {
  const files = [
    { path: `${id}.bpmn`, content: xml, digest: hash(xml) },
    { path: 'form.form.json', content: FORM, digest: hash(FORM) },
  ];
  taken(await runtime.deploy({ hash: hash(xml + FORM), source: 'api', files }));
}

export async function startTasks(runtime: Runtime, count: number): Promise<void> {
  const started = Array.from({ length: count }, () =>
    runtime.createInstance({ bpmnProcessId: 'task', variables: { n: 1 } }),
  );
  for (const outcome of await Promise.all(started)) taken(outcome);
}

export async function completeTasks(runtime: Runtime, keys: readonly string[]): Promise<void> {
  const commands = keys.map((userTaskKey) =>
    runtime.execute({ command: { type: 'completeUserTask', userTaskKey, variables: { done: true } } }),
  );
  for (const outcome of await Promise.all(commands)) taken(outcome);
}

/** Keys of the youngest open tasks. */
export async function openTaskKeys({ database }: BenchNode, limit: number): Promise<readonly string[]> {
  const { items } = await createQueries(database).search('userTasks', {
    filter: { state: 'CREATED' },
    sort: [{ field: 'userTaskKey', order: 'DESC' }],
    page: { limit },
  });
  return items.map(({ userTaskKey }) => userTaskKey);
}

export function taken<R>(outcome: Outcome<R>): R {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.reply;
}
