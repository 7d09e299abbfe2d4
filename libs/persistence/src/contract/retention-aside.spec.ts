import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRuntime, type Runtime, type RuntimeStore } from '#runtime';
import { createStore } from '../store.js';
import { bpmn, end, flow, folderSet, start, timerEvent } from './models.js';
import { valueOf } from './node.js';
import { testDatabases, type TestDatabase } from './test-databases.js';

const waiting = bpmn(
  'waiting',
  start() +
    `<bpmn:intermediateCatchEvent id="pause">${timerEvent('PT1H')}</bpmn:intermediateCatchEvent>` +
    end() +
    flow('start', 'pause') +
    flow('pause', 'end'),
);
const HOUR = 3_600_000;

describe.each(testDatabases)('retention that takes long on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  let now = Date.UTC(2026, 2, 2, 1);
  let isOver = (): void => undefined;
  let hasBegun = false;

  beforeEach(async () => {
    test = await open();
    hasBegun = false;
    store = createStore(test.database);
    const over = new Promise<void>((resolve) => (isOver = resolve));
    const definitionsNaming = async (text: string) => {
      hasBegun = true;
      await over;
      return store.reads.definitionsNaming(text);
    };
    const slow = { ...store, reads: { ...store.reads, definitionsNaming } };
    runtime = createRuntime({ store: slow, wallClock: () => now });
    await runtime.start();
    valueOf(await runtime.deploy(folderSet({ 'workflows/waiting.bpmn': waiting })));
    await until(() => hasBegun);
  });
  afterEach(async () => {
    isOver();
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  const timers = async () => (await test.database.reader.query('SELECT "key" FROM timers')) as unknown[];

  it('holds up no timer', async () => {
    valueOf(await runtime.createInstance({ bpmnProcessId: 'waiting', variables: {} }));

    now += HOUR + 1_000;
    await until(async () => (await timers()).length === 0);

    expect(await timers()).toEqual([]);
  });

  it('is waited for at the end of the node', async () => {
    let hasStopped = false;
    const stopping = runtime.stop().then(() => (hasStopped = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = hasStopped;
    isOver();
    await stopping;

    expect([before, hasStopped]).toEqual([false, true]);
  });
});

/** At most ten seconds. */
async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let round = 0; round < 100 && !(await holds()); round += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
