import type { BatchPlan } from '#runtime';
import { createQueries } from '../queries/queries.js';
import { bpmn, end, flow, serviceTask, start, taskProcess, userTask } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const T0 = Date.UTC(2026, 2, 2, 1);
const many = Array.from({ length: 130 }, (_, index) => index);
const jobProcess = bpmn(
  'worked',
  start() + serviceTask('work', 'test.work') + end() + flow('start', 'work') + flow('work', 'end'),
);

/** The next readings that begin so find no database; gives how many did. */
function refuseReads({ database }: TestNode, times: number, beginning: string): () => number {
  const { reader } = database;
  const read = reader.query.bind(reader) as (sql: string, params?: unknown[]) => Promise<unknown>;
  let refused = 0;
  const refuse = (sql: string, params?: unknown[]) => {
    if (refused === times || !sql.startsWith(beginning)) return read(sql, params);
    refused += 1;
    return Promise.reject(Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' }));
  };
  reader.query = refuse as typeof reader.query;
  return () => refused;
}

describe.each(testDatabases)('batch operations on $kind', ({ open }) => {
  let node: TestNode;
  const queries = () => createQueries(node.database);
  const begin = async () => {
    await Promise.all(many.map(() => node.begin('order')));
  };
  const create = async (plan: BatchPlan, filter: object = { processDefinitionId: 'order', state: 'ACTIVE' }) =>
    valueOf(await node.runtime.batches.create({ plan, filter: { ...filter }, by: 'operator' })).batchOperationKey;
  const view = async (key: string) => (await queries().get('batchOperations', key))!;
  const itemsOf = async (batchOperationKey: string, state: string) =>
    (await queries().search('batchOperationItems', { filter: { batchOperationKey, state } })).totalItems;
  const states = async () => {
    const rows = await node.rows(
      'SELECT state, COUNT(*) AS total FROM process_instances GROUP BY state ORDER BY state',
    );
    return rows.map((row) => [row.state, Number(row.total)]);
  };

  beforeEach(async () => {
    node = await startNode(open, T0);
    await node.deploy(taskProcess, jobProcess);
  });

  afterEach(async () => {
    await node.drop();
  });

  it('does the same to all that the filter finds, each once, and says how far it is', async () => {
    await begin();
    const other = await node.begin('worked');

    const key = await create({ type: 'CANCEL_PROCESS_INSTANCE' });
    await node.runtime.idle();

    expect(await view(key)).toMatchObject({
      operationType: 'CANCEL_PROCESS_INSTANCE',
      state: 'COMPLETED',
      operationsTotalCount: 130,
      operationsCompletedCount: 130,
      operationsFailedCount: 0,
      endDate: T0,
    });
    expect(await states()).toEqual([
      ['ACTIVE', 1],
      ['TERMINATED', 130],
    ]);
    const terminated = await node.rows(`SELECT 1 FROM event_log WHERE type = 'processInstanceTerminated'`);
    expect(terminated).toHaveLength(130);
    expect((await queries().instance(other))?.state).toBe('ACTIVE');
  });

  it('goes on after a restart where it stopped', async () => {
    await begin();

    const key = await create({ type: 'SUSPEND_PROCESS_INSTANCE' });
    await node.restart();
    await node.runtime.idle();

    expect(await view(key)).toMatchObject({ state: 'COMPLETED', operationsCompletedCount: 130 });
    const suspended = await node.rows(`SELECT 1 FROM event_log WHERE type = 'processInstanceSuspended'`);
    expect(suspended).toHaveLength(130);
  });

  it('keeps the reason of each item that could not be done', async () => {
    const running = await node.begin('order');
    const stopped = await node.begin('order');
    await node.runtime.execute({ instanceKey: stopped, command: { type: 'suspendProcessInstance' } });

    const key = await create({ type: 'SUSPEND_PROCESS_INSTANCE' });
    await node.runtime.idle();

    expect(await view(key)).toMatchObject({
      state: 'COMPLETED',
      operationsCompletedCount: 1,
      operationsFailedCount: 1,
    });
    const failed = await queries().search('batchOperationItems', {
      filter: { batchOperationKey: key, state: 'FAILED' },
    });
    expect(failed.items[0]).toMatchObject({
      processInstanceKey: stopped,
      errorMessage: `Expected process instance ${stopped} to be active but it is suspended. Resume it first.`,
    });
    expect(
      Number((await node.rows(`SELECT suspended_at FROM process_instances WHERE "key" = ${running}`))[0]?.suspended_at),
    ).toBe(T0);
  });

  it('holds, goes on and ends on command', async () => {
    await begin();
    const key = await create({ type: 'CANCEL_PROCESS_INSTANCE' });
    valueOf(await node.runtime.batches.suspend(key));
    await node.runtime.idle();
    const held = await view(key);
    const before = await states();

    valueOf(await node.runtime.batches.resume(key));
    const twice = await node.runtime.batches.resume(key);
    await node.runtime.idle();

    const [[, active] = []] = before;
    expect(held.state).toBe('SUSPENDED');
    expect(active).toBeGreaterThan(0);
    expect(twice).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(await view(key)).toMatchObject({ state: 'COMPLETED', operationsCompletedCount: 130 });
    expect(await states()).toEqual([['TERMINATED', 130]]);
  });

  it('leaves alone what was not begun when it is cancelled', async () => {
    await begin();
    const key = await create({ type: 'CANCEL_PROCESS_INSTANCE' });
    valueOf(await node.runtime.batches.suspend(key));
    await node.runtime.idle();
    const done = (await view(key)).operationsCompletedCount;

    valueOf(await node.runtime.batches.cancel(key));
    await node.runtime.idle();

    expect(await view(key)).toMatchObject({ state: 'CANCELED', operationsCompletedCount: done });
    expect(await itemsOf(key, 'ACTIVE')).toBe(0);
    expect((await states())[0]).toEqual(['ACTIVE', 130 - done]);
  });

  it('resolves incidents and gives their jobs another try', async () => {
    const key = await node.begin('worked');
    const [job] = await node.runtime.activateJobs({ type: 'test.work', worker: 's', maxJobs: 1, timeoutMs: 1000 });
    await node.runtime.execute({ command: { type: 'failJob', jobKey: job!.key, retries: 0, errorMessage: 'broken' } });

    const batch = await create({ type: 'RESOLVE_INCIDENT' }, { processInstanceKey: key });
    await node.runtime.idle();

    expect(await view(batch)).toMatchObject({ state: 'COMPLETED', operationsCompletedCount: 1 });
    expect((await queries().instance(key))?.hasIncident).toBe(false);
    expect(
      await node.runtime.activateJobs({ type: 'test.work', worker: 's', maxJobs: 1, timeoutMs: 1000 }),
    ).toHaveLength(1);
  });

  it('moves tokens, migrates and removes', async () => {
    const first = await node.begin('order');
    await node.deploy(
      bpmn(
        'order',
        start() +
          userTask('review') +
          userTask('more') +
          end() +
          flow('start', 'review') +
          flow('review', 'more') +
          flow('more', 'end'),
      ),
      jobProcess,
    );
    const { items } = await queries().search('processDefinitions', {
      filter: { processDefinitionId: 'order', version: 2 },
    });
    const mappings = [{ sourceElementId: 'review', targetElementId: 'review' }];

    await create({ type: 'MIGRATE_PROCESS_INSTANCE', targetDefinitionKey: items[0]!.processDefinitionKey, mappings });
    await node.runtime.idle();
    await create({ type: 'MODIFY_PROCESS_INSTANCE', move: [{ sourceElementId: 'review', targetElementId: 'more' }] });
    await node.runtime.idle();
    const [task] = (await queries().search('userTasks', { filter: { processInstanceKey: first, state: 'CREATED' } }))
      .items;
    await create({ type: 'CANCEL_PROCESS_INSTANCE' });
    await node.runtime.idle();
    await create({ type: 'DELETE_PROCESS_INSTANCE' }, { processDefinitionId: 'order' });
    await node.runtime.idle();

    expect(task).toMatchObject({ elementId: 'more', processDefinitionVersion: 2 });
    expect(await queries().instance(first)).toBeUndefined();
  });

  it('fails no item because the database does not answer for a while', async () => {
    await begin();
    await node.restart();
    const refused = refuseReads(node, 60, 'SELECT * FROM process_instances WHERE "key" =');

    const key = await create({ type: 'CANCEL_PROCESS_INSTANCE' });
    await node.runtime.idle();

    expect(refused()).toBe(60);
    expect(await view(key)).toMatchObject({
      state: 'COMPLETED',
      operationsCompletedCount: 130,
      operationsFailedCount: 0,
    });
  });

  it('fails where the filter is not one', async () => {
    const key = await create({ type: 'CANCEL_PROCESS_INSTANCE' }, { nothing: 1 });
    await node.runtime.idle();

    expect(await view(key)).toMatchObject({
      state: 'FAILED',
      errorMessage: expect.stringMatching(/^Expected one of the/),
    });
  });
});
