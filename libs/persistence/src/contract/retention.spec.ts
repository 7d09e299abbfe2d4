import { model } from '#testing';
import { bpmn, end, flow, properties, start, taskProcess, userTask } from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const DAY = 24 * 3_600_000;
const T0 = Date.UTC(2026, 2, 2, 1);
const shortLived = bpmn(
  'short',
  properties({ 'ct.historyTimeToLive': 'P1D' }) +
    start() +
    userTask('review') +
    end() +
    flow('start', 'review') +
    flow('review', 'end'),
);

describe.each(testDatabases)('retention on $kind', ({ open }) => {
  let node: TestNode;
  const cancel = async (instanceKey: string) =>
    valueOf(await node.runtime.execute({ instanceKey, command: { type: 'cancelProcessInstance' } }));
  /** Lets days pass and the next poll run. */
  const pass = async (days: number) => {
    node.now += days * DAY;
    await node.restart();
    await node.runtime.idle();
  };
  const left = async () =>
    (await node.rows('SELECT "key" FROM process_instances ORDER BY "key"')).map((row) => String(row.key));

  afterEach(async () => {
    await node.drop();
  });

  it('removes the history of ended instances after the time that their process names', async () => {
    node = await startNode(open, T0);
    await node.deploy(taskProcess, shortLived);
    const [gone, running, kept] = [await node.begin('short'), await node.begin('short'), await node.begin('order')];
    await cancel(gone);
    await cancel(kept);

    await pass(0.5);
    const early = await left();
    await pass(1);

    expect(early).toEqual([gone, running, kept]);
    expect(await left()).toEqual([running, kept]);
    expect(await node.rows(`SELECT 1 FROM event_log WHERE process_instance_key = ${gone}`)).toEqual([]);
  });

  it('forgets events that were to start an instance together, where the others have not come for 90 days', async () => {
    node = await startNode(open, T0);
    const all = [{ message: { name: 'ordered' } }, { message: { name: 'paid' } }];
    await node.deploy(model('ship').start('both', { all, parallelMultiple: true }).userTask('pack').end().xml);
    const publish = (name: string) => node.runtime.publishMessage({ name, correlationKey: 'k', variables: {} });
    const sets = async () => (await node.rows('SELECT 1 FROM start_sets')).length;
    valueOf(await publish('ordered'));
    await node.runtime.idle();

    await pass(89);
    const early = await sets();
    await pass(2);
    valueOf(await publish('paid'));
    await node.runtime.idle();

    expect(early).toBe(1);
    expect(await left()).toEqual([]);
    expect(await sets()).toBe(1);
  });

  it('removes messages, sessions and idempotency keys that have run out', async () => {
    node = await startNode(open, T0);
    const message = { name: 'answer', correlationKey: 'k', variables: {}, idempotencyKey: 'once', by: 'li' };
    valueOf(await node.runtime.publishMessage({ ...message, timeToLiveMs: 2 * DAY }));
    const session = { token_hash: 'h', account: 'li', created_at: T0, expires_at: T0 + DAY };
    valueOf(await node.runtime.write([{ insert: 'sessions', rows: [session] }]));
    const counts = async () =>
      (
        await node.rows(
          'SELECT (SELECT COUNT(*) FROM messages) AS m, (SELECT COUNT(*) FROM sessions) AS s, (SELECT COUNT(*) FROM idempotency_keys) AS i',
        )
      ).map(({ m, s, i }) => [Number(m), Number(s), Number(i)])[0];

    await pass(1.5);
    const between = await counts();
    await pass(30);

    expect(between).toEqual([1, 0, 1]);
    expect((await counts())?.[0]).toBe(0);
  });

  it('removes the keys of commands after a week, however many there are, and keeps the newer ones', async () => {
    node = await startNode(open, T0);
    const keys = (days: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ key: `${days}-${index}`, account: 'li', at: T0 - days * DAY }));
    const rows = [...keys(7.1, 650), ...keys(6.9, 3)];
    const replies = rows.map((row) => ({ ...row, response: '{}' }));
    const requests = rows.map((row) => ({ ...row, fingerprint: 'f', status: 200, body: '{}' }));
    valueOf(
      await node.runtime.write([
        { insert: 'idempotency_keys', rows: replies },
        { insert: 'client_requests', rows: requests },
      ]),
    );

    await pass(0);

    const kept = ['6.9-0', '6.9-1', '6.9-2'].map((key) => ({ key }));
    expect(await node.rows('SELECT "key" FROM idempotency_keys ORDER BY "key"')).toEqual(kept);
    expect(await node.rows('SELECT "key" FROM client_requests ORDER BY "key"')).toEqual(kept);
  });

  it('removes batch operations with their items a month after their end, and keeps the newer and those not ended', async () => {
    node = await startNode(open, T0);
    const batch = (key: string, state: string, endAt: number | null) => ({
      key,
      type: 'CANCEL_PROCESS_INSTANCE',
      state,
      plan: '{"type":"CANCEL_PROCESS_INSTANCE"}',
      filter: '{}',
      cursor: null,
      is_collected: true,
      created_by: 'li',
      error_message: null,
      start_at: T0 - 90 * DAY,
      end_at: endAt,
    });
    const item = (batchKey: string, key: string) => ({
      batch_operation_key: batchKey,
      item_key: key,
      process_instance_key: '1',
      state: 'COMPLETED',
      error_message: null,
      processed_at: T0,
    });
    const rows = [
      batch('1', 'COMPLETED', T0 - 31 * DAY),
      batch('2', 'CANCELED', T0 - 29 * DAY),
      batch('3', 'SUSPENDED', null),
    ];
    const items = Array.from({ length: 450 }, (_, index) => item('1', String(index)));
    valueOf(
      await node.runtime.write([
        { insert: 'batch_operations', rows },
        { insert: 'batch_operation_items', rows: [...items, item('2', '1'), item('3', '1')] },
      ]),
    );

    await pass(0);

    const left = async (sql: string) => (await node.rows(sql)).map(({ key }) => String(key));
    expect(await left('SELECT "key" FROM batch_operations ORDER BY "key"')).toEqual(['2', '3']);
    expect(await left('SELECT batch_operation_key AS "key" FROM batch_operation_items ORDER BY 1')).toEqual(['2', '3']);
  });
});
