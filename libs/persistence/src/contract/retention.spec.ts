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
});
