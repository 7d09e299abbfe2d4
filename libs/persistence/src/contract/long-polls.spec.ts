import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRuntime, type Runtime, type RuntimeStore } from '#runtime';
import { model } from '#testing';
import { createStore } from '../store.js';
import { folderSet } from './models.js';
import { valueOf } from './node.js';
import { type TestDatabase, testDatabases } from './test-databases.js';

const { xml: working } = model('working').start().serviceTask('work', { type: 'test.work' }).end();
const request = { type: 'test.work', worker: 'w', maxJobs: 1, timeoutMs: 60_000 };
const hidden = (caseKey: number) => ({ sql: 'SELECT CAST(? AS text)', params: [String(caseKey)] });

describe.each(testDatabases)('workers that wait for jobs on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  /** How often somebody looked for jobs: as a transaction that locks some, or as a read for all types. */
  let looks: { locks: number; reads: number };

  beforeEach(async () => {
    test = await open();
    store = createStore(test.database);
    looks = { locks: 0, reads: 0 };
    runtime = createRuntime({ store: counting(store) });
    await runtime.start();
    valueOf(await runtime.deploy(folderSet({ 'workflows/p.bpmn': working })));
  });
  afterEach(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  const counting = (counted: RuntimeStore): RuntimeStore => ({
    ...counted,
    activateJobs: (...asked) => {
      looks.locks += 1;
      return counted.activateJobs(...asked);
    },
    reads: {
      ...counted.reads,
      jobTypesReady: (...asked) => {
        looks.reads += asked[0].length > 0 ? 1 : 0;
        return counted.reads.jobTypesReady(...asked);
      },
    },
  });
  const begin = async (more = {}) =>
    valueOf(await runtime.createInstance({ bpmnProcessId: 'working', variables: {}, ...more }));
  const wait = (count: number, requestTimeoutMs: number, more = {}) =>
    Array.from({ length: count }, () => runtime.activateJobs({ ...request, ...more, requestTimeoutMs }));
  const moment = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('look once for all of them, however many they are', async () => {
    const answers = await Promise.all(wait(100, 2_000));

    expect(answers.flat()).toEqual([]);
    expect(looks.locks).toBeLessThanOrEqual(2);
    expect(looks.reads).toBeLessThanOrEqual(8);
  });

  it('cost a job that comes one look for who gets it and one that finds no more', async () => {
    const waiting = wait(100, 3_000);
    await moment(200);
    looks.locks = 0;

    await begin();
    const [job] = await Promise.race(waiting);

    expect(job?.type).toBe('test.work');
    await moment(200);
    expect(looks.locks).toBeLessThanOrEqual(3);
    expect((await Promise.all(waiting)).flat()).toHaveLength(1);
  });

  it('get one job each where as many come', async () => {
    const waiting = wait(5, 5_000);
    await moment(100);

    await Promise.all(Array.from({ length: 5 }, () => begin()));

    const keys = (await Promise.all(waiting)).map(([job]) => job?.key);
    expect(new Set(keys).size).toBe(5);
  });

  it('do not keep from others what they may not have themselves', async () => {
    const [stranger] = wait(1, 1_500, { exceptCases: hidden(1) });
    const [insider] = wait(1, 3_000, { exceptCases: hidden(2) });
    await moment(100);

    await begin({ caseKey: '1' });

    expect((await insider)?.map(({ caseKey }) => caseKey)).toEqual(['1']);
    expect(await stranger).toEqual([]);
  });

  it('see a job whose time to wait has run out, without anybody telling', async () => {
    await begin();
    const [held] = await runtime.activateJobs({ ...request, timeoutMs: 700 });

    const [waiting] = wait(1, 5_000);
    const [again] = (await waiting) ?? [];

    expect(again?.key).toBe(held?.key);
  });
});
