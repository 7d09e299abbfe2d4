import { createRuntime } from '#runtime';
import type { Row } from '#runtime';
import { model } from '#testing';
import { createStore } from '../store.js';
import { folderSet } from './models.js';
import { runOn, value, type RunningOn } from './run-on.js';
import { testDatabases } from './test-databases.js';

const order = () =>
  model('order')
    .eventBasedGateway('first', ['a', 'b'], { instantiate: true, eventGatewayType: 'Parallel' })
    .branch('a')
    .catchEvent('onOrdered', { message: { name: 'ordered', key: '=no' } })
    .userTask('pack')
    .end('e1')
    .branch('b')
    .catchEvent('onPaid', { message: { name: 'paid', key: '=no' } })
    .userTask('book')
    .end('e2');

describe.each(testDatabases)('a parallel event-based gateway that starts instances on $kind', ({ open }) => {
  let on: RunningOn;
  const publish = (name: string, correlationKey: string, timeToLiveMs = 0) =>
    on.runtime.publishMessage({ name, correlationKey, variables: { no: correlationKey }, timeToLiveMs });
  const tasks = async () => (await on.instances()).map(([, , ids]) => [...(ids as string[])].toSorted());

  beforeEach(async () => {
    on = await runOn(await open());
    await on.deploy(order());
  });
  afterEach(() => on.end());

  it('begins one instance with the first message, which waits for the other', async () => {
    value(await publish('paid', 'a'));
    await on.runtime.idle();
    const before = await tasks();
    value(await publish('ordered', 'a'));
    await on.runtime.idle();

    expect(before).toEqual([['book', 'onOrdered']]);
    expect(await tasks()).toEqual([['book', 'pack']]);
  });

  it('begins one instance for messages that come at once, and another for another key', async () => {
    await Promise.all([publish('paid', 'a'), publish('ordered', 'a'), publish('ordered', 'b')]);
    await on.runtime.idle();

    expect((await tasks()).toSorted()).toEqual(
      [
        ['book', 'pack'],
        ['onPaid', 'pack'],
      ].toSorted(),
    );
    expect(await on.rows('SELECT 1 FROM inbox')).toEqual([]);
  });

  it('takes a message that comes five times once, whichever comes first', async () => {
    await Promise.all(['paid', 'paid', 'ordered', 'paid', 'ordered', 'paid'].map((name) => publish(name, 'a')));
    await on.runtime.idle();

    expect(await tasks()).toEqual([['book', 'pack']]);
  });

  it('begins the next instance with messages that were kept, when the one of their key has ended', async () => {
    value(await publish('paid', 'a'));
    value(await publish('ordered', 'a'));
    await on.runtime.idle();
    value(await publish('paid', 'a', 3_600_000));
    await on.runtime.idle();
    const before = await tasks();

    for (const { key } of await on.rows(`SELECT "key" FROM user_tasks WHERE state = 'CREATED'`))
      value(
        await on.runtime.execute({ command: { type: 'completeUserTask', userTaskKey: String(key), variables: {} } }),
      );
    await on.runtime.idle();

    expect(before).toEqual([['book', 'pack']]);
    expect((await tasks()).at(-1)).toEqual(['book', 'onOrdered']);
  });
});

const onPostgres = testDatabases.length > 1 ? describe : describe.skip;

onPostgres('two nodes on PostgreSQL that get the messages of one gateway', () => {
  it('begin one instance of each correlation key, which has both', async () => {
    const test = await testDatabases[1]!.open();
    const stores = [createStore(test.database), createStore(test.database)];
    const nodes = stores.map((store) => createRuntime({ store }));
    for (const node of nodes) await node.start();
    value(await nodes[0]!.deploy(folderSet({ 'workflows/order.bpmn': order().xml })));
    const keys = Array.from({ length: 200 }, (_, n) => `k${n}`);
    const publish = (name: string, index: number, correlationKey: string) =>
      nodes[index]!.publishMessage({ name, correlationKey, variables: { no: correlationKey }, timeToLiveMs: 0 });

    await Promise.all(keys.flatMap((key) => [publish('paid', 0, key), publish('ordered', 1, key)]));
    for (const node of [...nodes, ...nodes]) await node.idle();

    const query = async (sql: string) => (await test.database.writer.query(sql)) as Row[];
    const found = await query(
      'SELECT start_correlation_key AS k, COUNT(*) AS n FROM process_instances GROUP BY start_correlation_key',
    );
    const [open] = await query(`SELECT COUNT(*) AS n FROM user_tasks WHERE state = 'CREATED'`);
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(stores.map((store) => store.close()));
    await test.drop();
    expect(found).toHaveLength(keys.length);
    expect(found.filter(({ n }) => Number(n) !== 1)).toEqual([]);
    expect(Number(open?.n)).toBe(2 * keys.length);
  });
});
