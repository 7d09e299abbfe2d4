import { createRuntime } from '#runtime';
import type { Runtime } from '#runtime';
import { createStore } from '../store.js';
import type { Store } from '../store.js';
import { FairQueue } from '../fair-queue.js';
import { bpmn, flow, folderSet, form, start, taskProcess } from './models.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

const endless = bpmn(
  'endless',
  start() +
    `<bpmn:exclusiveGateway id="again" /><bpmn:scriptTask id="work"><bpmn:extensionElements><zeebe:script expression="=sum(for i in 1..200 return i * 2)" resultVariable="n" /></bpmn:extensionElements></bpmn:scriptTask>` +
    flow('start', 'again') +
    flow('again', 'work') +
    flow('work', 'turn') +
    `<bpmn:exclusiveGateway id="turn" default="turn_again" /><bpmn:endEvent id="never" />` +
    `<bpmn:sequenceFlow id="out" sourceRef="turn" targetRef="never"><bpmn:conditionExpression>=n &lt; 0</bpmn:conditionExpression></bpmn:sequenceFlow>` +
    flow('turn', 'again'),
);
const LOOPS = 2;
const COMMANDS = 3;

describe('a process that never ends', () => {
  let test: TestDatabase;
  let store: Store;
  let runtime: Runtime;

  beforeEach(async () => {
    test = await testDatabases[0]!.open();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    await runtime.start();
    await runtime.deploy(
      folderSet({ 'forms/F01.form.json': form, 'workflows/a.bpmn': taskProcess, 'workflows/b.bpmn': endless }),
    );
  });

  afterEach(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  it('leaves the others their turn: a simple command waits for few of its steps', async () => {
    let steps = 0;
    store.onMeasured(({ units }) => (steps += units.filter(({ kind }) => kind === 'continueProcessInstance').length));
    const waited: { readonly steps: number; readonly ms: number }[] = [];
    const looping = Array.from({ length: LOOPS }, () =>
      runtime.createInstance({ bpmnProcessId: 'endless', variables: {} }),
    );
    await Promise.all(looping);

    for (const _ of Array.from({ length: COMMANDS })) {
      const [before, startedAt] = [steps, performance.now()];
      await runtime.createInstance({ bpmnProcessId: 'order', variables: {} });
      waited.push({ steps: steps - before, ms: performance.now() - startedAt });
    }

    const most = Math.max(...waited.map((one) => one.steps));
    process.stderr.write(
      `beside ${LOOPS} endless loops: ${JSON.stringify({ most, ms: Math.round(Math.max(...waited.map((one) => one.ms))) })}\n`,
    );
    expect(steps).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2 * LOOPS);
  }, 300_000);
});

describe('fair queue', () => {
  const item = (lane: string, n = 0) => ({ lane, n });

  it('keeps the order of arrival within a lane', () => {
    const queue = new FairQueue<{ lane: string; n: number }>(10);
    [1, 2, 3].forEach((n) => queue.push(item('a', n)));

    expect(queue.take(10, 100).map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it('lets an expensive lane wait for its own', () => {
    const queue = new FairQueue<{ lane: string; n: number }>(100);
    Array.from({ length: 10 }, () => queue.push(item('slow')));
    queue.take(1, 100);
    queue.charge('slow', 500);
    Array.from({ length: 3 }, () => queue.push(item('quick')));

    expect(
      queue
        .take(4, 1)
        .map(({ lane }) => lane)
        .slice(0, 3),
    ).toEqual(['quick', 'quick', 'quick']);
  });

  it('takes no more than fits the time of a batch', () => {
    const queue = new FairQueue<{ lane: string; n: number }>(100);
    Array.from({ length: 10 }, () => queue.push(item('slow')));
    queue.charge('slow', 1_000);

    expect(queue.take(10, 30)).toHaveLength(1);
  });

  it('keeps half of its room free of any one lane', () => {
    const queue = new FairQueue<{ lane: string; n: number }>(10);

    const flood = Array.from({ length: 10 }, () => queue.push(item('flood')));

    expect(flood.filter(Boolean)).toHaveLength(5);
    expect(queue.push(item('other'))).toBe(true);
  });

  it('puts back what was not worked on before the rest of its lane', () => {
    const queue = new FairQueue<{ lane: string; n: number }>(10);
    [1, 2, 3].forEach((n) => queue.push(item('a', n)));
    const [, second] = queue.take(2, 100);

    queue.putBack([second!]);

    expect(queue.take(10, 100).map(({ n }) => n)).toEqual([2, 3]);
    expect(queue.size).toBe(0);
  });
});
