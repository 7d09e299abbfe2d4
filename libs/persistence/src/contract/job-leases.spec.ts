import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Command } from '#engine';
import { createRuntime } from '#runtime';
import { model } from '#testing';
import { createStore } from '../store.js';
import { folderSet } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { type TestDatabase, testDatabases } from './test-databases.js';

const { xml: working } = model('working').start().serviceTask('work', { type: 'test.work' }).end();
const request = { type: 'test.work', worker: 'w', maxJobs: 1, timeoutMs: 60_000 };

describe.each(testDatabases)('leases of jobs on $kind', ({ open }) => {
  let node: TestNode;

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
    await node.deploy(working);
  });
  afterEach(() => node.drop());

  const take = async (): Promise<string> => {
    await node.begin('working');
    const [job] = await node.runtime.activateJobs(request);
    return job!.key;
  };
  const execute = async (command: Command) => valueOf(await node.runtime.execute({ command }));

  it('are extended by who holds them, and not after the job has ended', async () => {
    const jobKey = await take();

    const extended = await node.runtime.extendJob(jobKey, 120_000);
    const [{ deadline } = {}] = await node.rows('SELECT deadline FROM jobs');
    await execute({ type: 'completeJob', jobKey, variables: {} });
    const late = await node.runtime.extendJob(jobKey, 120_000);

    expect([extended.ok, Number(deadline) - node.now]).toEqual([true, 120_000]);
    expect(late).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
  });

  it('tell a job that nobody holds from one that does not exist', async () => {
    await node.begin('working');
    const [job] = await node.rows('SELECT "key" FROM jobs');

    const free = await node.runtime.extendJob(String(job!['key']), 1_000);
    const unknown = await node.runtime.extendJob('1', 1_000);

    expect([free, unknown]).toMatchObject([
      { ok: false, rejection: { code: 'invalidState' } },
      { ok: false, rejection: { code: 'notFound' } },
    ]);
  });

  it('that are extended while the job fails do not hold its next attempt back', async () => {
    const jobKey = await take();

    await Promise.all([
      execute({ type: 'failJob', jobKey, retries: 1, errorMessage: 'again' }),
      node.runtime.extendJob(jobKey, 600_000),
    ]);
    const again = await node.runtime.activateJobs(request);

    expect(again.map(({ key }) => key)).toEqual([jobKey]);
  });
});

/** A node whose machine's clock is so many milliseconds ahead. */
async function nodeAhead({ database }: TestDatabase, ms: number) {
  const clock = () => Date.now() + ms;
  const store = createStore(database, { clock });
  const runtime = createRuntime({ store, wallClock: clock });
  await runtime.start({ work: false });
  const end = async () => {
    await runtime.stop();
    await store.close();
  };
  return { runtime, end };
}

const shared = testDatabases.filter(({ kind }) => kind === 'PostgreSQL');
const itOnShared = shared.length > 0 ? it : it.skip;

describe('leases of jobs on nodes whose clocks differ by an hour', () => {
  itOnShared('end at the same moment for all', async () => {
    const test = await shared[0]!.open();
    const [exact, fast] = [await nodeAhead(test, 0), await nodeAhead(test, 3_600_000)];
    valueOf(await exact.runtime.deploy(folderSet({ 'workflows/p.bpmn': working })));
    await exact.runtime.createInstance({ bpmnProcessId: 'working', variables: {} });

    const [held] = await exact.runtime.activateJobs(request);
    const early = await fast.runtime.activateJobs(request);
    valueOf(await fast.runtime.extendJob(held!.key, 1));
    await new Promise((done) => setTimeout(done, 300));
    const late = await exact.runtime.activateJobs(request);

    expect([early.length, late.length]).toEqual([0, 1]);
    await exact.end();
    await fast.end();
    await test.drop();
  });
});
