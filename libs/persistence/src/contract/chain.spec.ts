import { createRuntime } from '#runtime';
import type { Row, Runtime } from '#runtime';
import { migrations } from '../migrations/index.js';
import { createStore } from '../store.js';
import type { Store } from '../store.js';
import { contentDestruction, verifyChains } from '../verify-chains.js';
import { folderSet, form, taskProcess } from './models.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

describe.each(testDatabases)('chain of events on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: Store;
  let runtime: Runtime;
  let key: string;

  const change = (sql: string): Promise<unknown> => test.database.writer.query(sql);
  const rows = (sql: string): Promise<Row[]> => test.database.reader.query(sql) as Promise<Row[]>;
  const begin = async (): Promise<string> => {
    const outcome = await runtime.createInstance({ bpmnProcessId: 'order', variables: { n: 1 } });
    return outcome.ok ? outcome.reply.processInstanceKey : '';
  };
  const cancel = (instanceKey: string) => runtime.execute({ instanceKey, command: { type: 'cancelProcessInstance' } });

  beforeEach(async () => {
    test = await open();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    await runtime.start();
    await runtime.deploy(folderSet({ 'forms/F01.form.json': form, 'workflows/p.bpmn': taskProcess }));
    key = await begin();
  });

  afterEach(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  it('holds from the first event on, over several commands', async () => {
    await cancel(key);
    await begin();

    const report = await verifyChains(test.database);

    expect(report).toMatchObject({ instances: 2, destroyed: 0, chainedAfterwards: 0, broken: [] });
    expect(report.events).toBeGreaterThan(8);
  });

  it('tells the event whose content was changed', async () => {
    await change(`UPDATE event_log SET payload = '{"version":1}' WHERE process_instance_key = ${key} AND position = 3`);

    const { broken } = await verifyChains(test.database);

    expect(broken).toEqual([expect.objectContaining({ processInstanceKey: key, position: 3 })]);
  });

  it('tells a removed event', async () => {
    await change(`DELETE FROM event_log WHERE process_instance_key = ${key} AND position = 2`);

    const { broken } = await verifyChains(test.database);

    expect(broken).toEqual([expect.objectContaining({ position: 2, message: expect.stringContaining('position 2') })]);
  });

  it('tells removed events at the end', async () => {
    const [last] = await rows(`SELECT MAX(position) AS n FROM event_log`);
    await change(`DELETE FROM event_log WHERE position = ${Number(last?.n)}`);

    const { broken } = await verifyChains(test.database);

    expect(broken).toEqual([expect.objectContaining({ position: Number(last?.n) })]);
  });

  it('tells swapped events', async () => {
    await change(`UPDATE event_log SET position = 100 WHERE position = 2`);
    await change(`UPDATE event_log SET position = 2 WHERE position = 3`);
    await change(`UPDATE event_log SET position = 3 WHERE position = 100`);

    const { broken } = await verifyChains(test.database);

    expect(broken).toEqual([expect.objectContaining({ position: 2 })]);
  });

  it('stays whole when the content of an ended instance is destroyed, of which nothing is left', async () => {
    await cancel(key);

    await runtime.write(await contentDestruction(test.database, key));

    const report = await verifyChains(test.database);
    expect(report.broken).toEqual([]);
    expect(report.destroyed).toBe(report.events);
    expect(await rows(`SELECT 1 FROM event_log WHERE payload LIKE '%"n"%' OR salt IS NOT NULL`)).toEqual([]);
  });

  it('tells content that was put in place of destroyed content', async () => {
    await cancel(key);
    await runtime.write(await contentDestruction(test.database, key));
    await change(`UPDATE event_log SET commitment = 'other' WHERE position = 4`);

    const { broken } = await verifyChains(test.database);

    expect(broken).toEqual([expect.objectContaining({ position: 4 })]);
  });

  it('leaves the content of a running instance, which needs it', async () => {
    expect(await contentDestruction(test.database, key)).toEqual([]);
  });

  it('begins for events of older databases at their migration and goes on from there', async () => {
    const migration = new (migrations.find((one) => one.name.startsWith('Reliability'))!)();
    const runner = test.database.writer.createQueryRunner();
    await store.close();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    await runtime.start();
    const before = await rows('SELECT position FROM event_log');
    await cancel(key);

    const report = await verifyChains(test.database);

    expect(report).toMatchObject({ broken: [], chainedAfterwards: before.length });
    expect(report.events).toBeGreaterThan(before.length);
  });
});
