import { createRuntime } from '#runtime';
import type { Row, Runtime, RuntimeStore } from '#runtime';
import { createStore } from '../store.js';
import {
  bpmn,
  end,
  flow,
  folderSet,
  form,
  message,
  messageEvent,
  messageStartProcess,
  start,
  userTask,
} from './models.js';
import { valueOf } from './node.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

const HOUR = 3_600_000;
const files = { 'forms/F01.form.json': form, 'workflows/started.bpmn': messageStartProcess };

/** What its message starts gathers what the same message tells while it goes on. */
const sheetProcess = bpmn(
  'sheet',
  start(messageEvent('raise')) +
    userTask('review') +
    end() +
    flow('start', 'review') +
    flow('review', 'end') +
    `<bpmn:subProcess id="raising" triggeredByEvent="true"><bpmn:startEvent id="again" isInterrupting="false">${messageEvent('raise')}</bpmn:startEvent><bpmn:endEvent id="noted" />${flow('again', 'noted')}</bpmn:subProcess>`,
  message('raise', '=&quot;a&quot;'),
);

interface Node {
  readonly store: RuntimeStore;
  readonly runtime: Runtime;
}

describe.each(testDatabases)('instances that a message with a correlation key starts, on $kind', ({ open }) => {
  let test: TestDatabase;
  let nodes: Node[];
  const rows = (sql: string): Promise<Row[]> => test.database.writer.query(sql) as Promise<Row[]>;
  const boot = async (store: RuntimeStore, work: boolean): Promise<Runtime> => {
    const runtime = createRuntime({ store });
    await runtime.start({ work });
    nodes.push({ store, runtime });
    return runtime;
  };
  const begin = (correlationKey: string, timeToLiveMs: number) => ({
    name: 'begin',
    correlationKey,
    timeToLiveMs,
    variables: {},
  });
  const startedAs = async (state: string) =>
    (await rows(`SELECT 1 FROM process_instances WHERE state = '${state}'`)).length;

  beforeEach(async () => {
    nodes = [];
    test = await open();
  });

  afterEach(async () => {
    await Promise.all(nodes.map(({ runtime }) => runtime.stop()));
    await Promise.all([...new Set(nodes.map(({ store }) => store))].map((store) => store.close()));
    await test.drop();
  });

  it('are one per key, also where the second message comes before the first has started its instance', async () => {
    const store = createStore(test.database);
    const api = await boot(store, false);
    valueOf(await api.deploy(folderSet(files)));

    await Promise.all([api.publishMessage(begin('a', 0)), api.publishMessage(begin('a', 0))]);
    await api.publishMessage(begin('a', 0));
    await api.publishMessage(begin('b', 0));

    expect(await rows(`SELECT 1 FROM inbox WHERE kind = 'startProcess'`)).toHaveLength(2);
  });

  it('are started one after the other by the messages that are kept', async () => {
    const store = createStore(test.database);
    const runtime = await boot(store, true);
    valueOf(await runtime.deploy(folderSet(files)));
    await Promise.all([runtime.publishMessage(begin('a', HOUR)), runtime.publishMessage(begin('a', HOUR))]);
    await runtime.idle();
    const before = [await startedAs('ACTIVE'), await startedAs('TERMINATED')];
    const [first] = await rows('SELECT "key" FROM process_instances');

    valueOf(await runtime.execute({ instanceKey: String(first!.key), command: { type: 'cancelProcessInstance' } }));
    await runtime.idle();

    expect(before).toEqual([1, 0]);
    expect([await startedAs('ACTIVE'), await startedAs('TERMINATED')]).toEqual([1, 1]);
  });

  it('are started by a kept message that reached the one before when it had just ended', async () => {
    const store = createStore(test.database);
    const first = await boot(store, true);
    valueOf(await first.deploy(folderSet({ ...files, 'workflows/sheet.bpmn': sheetProcess })));
    await first.publishMessage({ ...begin('a', HOUR), name: 'raise' });
    await first.idle();
    await first.stop();
    const [sheet] = await rows('SELECT "key" FROM process_instances');
    const api = await boot(store, false);
    await api.publishMessage({ ...begin('a', HOUR), name: 'raise' });
    valueOf(await api.execute({ instanceKey: String(sheet!.key), command: { type: 'cancelProcessInstance' } }));
    // The end looked for what starts the next one while the message was still on its way to the one that ended.
    await rows(`DELETE FROM inbox WHERE kind = 'matchStartMessages'`);
    await api.stop();

    const worker = await boot(store, true);
    await worker.idle();

    expect([await startedAs('TERMINATED'), await startedAs('ACTIVE')]).toEqual([1, 1]);
    expect(await rows('SELECT 1 FROM inbox')).toEqual([]);
  });

  it('leave their key free when they have ended, and when they could not be started', async () => {
    const store = createStore(test.database);
    const api = await boot(store, false);
    valueOf(await api.deploy(folderSet(files)));
    await api.publishMessage(begin('a', 0));
    await rows(`DELETE FROM process_definitions`);
    await api.stop();

    const worker = await boot(store, true);
    await worker.idle();

    expect(await rows('SELECT 1 FROM inbox')).toEqual([]);
    expect(await rows('SELECT 1 FROM message_starts')).toEqual([]);
  });
});

const onPostgres = testDatabases.length > 1 ? describe : describe.skip;

onPostgres('two nodes on PostgreSQL to which one start message is published', () => {
  it('start one instance of each correlation key', async () => {
    const test = await testDatabases[1]!.open();
    const stores = [createStore(test.database), createStore(test.database)];
    const [a, b] = stores.map((store) => createRuntime({ store })) as [Runtime, Runtime];
    await a.start();
    await b.start();
    valueOf(await a.deploy(folderSet(files)));
    const keys = Array.from({ length: 40 }, (_, index) => `case-${index}`);
    const publish = (node: Runtime) => (correlationKey: string) =>
      node.publishMessage({ name: 'begin', correlationKey, timeToLiveMs: 0, variables: {} });

    await Promise.all([...keys.map(publish(a)), ...keys.map(publish(b))]);
    await Promise.all([a.idle(), b.idle()]);

    const started = (await test.database.writer.query(
      'SELECT start_correlation_key AS k, COUNT(*) AS n FROM process_instances GROUP BY start_correlation_key',
    )) as Row[];
    await Promise.all([a.stop(), b.stop()]);
    await Promise.all(stores.map((store) => store.close()));
    await test.drop();
    expect(started).toHaveLength(keys.length);
    expect(started.filter(({ n }) => Number(n) !== 1)).toEqual([]);
  });
});
