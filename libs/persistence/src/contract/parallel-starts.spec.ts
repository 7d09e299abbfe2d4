import { createRuntime } from '#runtime';
import type { Row } from '#runtime';
import { model, type EventOptions } from '#testing';
import { createStore } from '../store.js';
import { folderSet } from './models.js';
import { startNode, type TestNode } from './node.js';
import { runOn, value, type RunningOn } from './run-on.js';
import { testDatabases } from './test-databases.js';

const HOUR = 3_600_000;
const ordered = { message: { name: 'ordered' } };
const paid = { message: { name: 'paid' } };
const started = (...all: readonly EventOptions[]) =>
  model('ship').start('both', { all, parallelMultiple: true }).userTask('pack').end();

describe.each(testDatabases)('parallel multiple start events on $kind', ({ open }) => {
  let on: RunningOn;
  const publish = async (name: string, correlationKey: string, variables = {}, timeToLiveMs = 0) => {
    value(await on.runtime.publishMessage({ name, correlationKey, variables, timeToLiveMs }));
    await on.runtime.idle();
  };
  const signal = async (name: string, variables = {}) => {
    value(await on.runtime.broadcastSignal({ name, variables }));
    await on.runtime.idle();
  };
  const count = async () => (await on.instances()).length;
  const variables = async () =>
    (await on.rows('SELECT name, value FROM variables ORDER BY process_instance_key, name')).map(
      (row) => `${String(row.name)}=${String(row.value)}`,
    );

  beforeEach(async () => {
    on = await runOn(await open());
  });
  afterEach(() => on.end());

  it('start one instance, with the variables of all, when all have happened', async () => {
    await on.deploy(started(ordered, paid));

    await publish('paid', 'a', { sum: 5, place: 'till' });
    const before = await count();
    await publish('ordered', 'a', { goods: 'pump', place: 'shop' });

    expect(before).toBe(0);
    expect(await on.instances()).toEqual([['ship', 'ACTIVE', ['pack']]]);
    expect(await variables()).toEqual(['goods="pump"', 'place="shop"', 'sum=5']);
    expect(await on.rows('SELECT 1 FROM start_sets')).toEqual([]);
    expect(await on.rows('SELECT 1 FROM inbox')).toEqual([]);
  });

  it('join messages of the same correlation key only', async () => {
    await on.deploy(started(ordered, paid));

    await publish('ordered', 'a');
    await publish('paid', 'b');
    const before = await count();
    await publish('paid', 'a');

    expect(before).toBe(0);
    expect(await on.rows('SELECT start_correlation_key AS k FROM process_instances')).toEqual([{ k: 'a' }]);
    expect(await on.rows('SELECT correlation_key AS k FROM start_sets')).toEqual([{ k: 'b' }]);
  });

  it('start one instance of a key where all messages come at once', async () => {
    await on.deploy(started(ordered, paid));
    const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);

    await Promise.all(
      keys.flatMap((correlationKey) =>
        ['paid', 'ordered', 'paid'].map((name) =>
          on.runtime.publishMessage({ name, correlationKey, variables: {}, timeToLiveMs: 0 }),
        ),
      ),
    );
    await on.runtime.idle();

    expect(await count()).toBe(keys.length);
    expect(await on.rows('SELECT 1 FROM start_sets')).toEqual([]);
  });

  it('hold the key for all messages until the instance has ended, and go on with those that are kept', async () => {
    await on.deploy(started(ordered, paid));
    await publish('ordered', 'a');
    await publish('paid', 'a');

    await publish('paid', 'a', { sum: 2 }, HOUR);
    await publish('ordered', 'a', { sum: 3 }, HOUR);
    const before = [await count(), (await on.rows('SELECT 1 FROM start_sets')).length];
    const [first] = await on.rows('SELECT "key" FROM process_instances');
    value(await on.runtime.execute({ instanceKey: String(first!.key), command: { type: 'cancelProcessInstance' } }));
    await on.runtime.idle();

    expect(before).toEqual([1, 0]);
    expect((await on.instances()).map(([, state]) => state)).toEqual(['TERMINATED', 'ACTIVE']);
  });

  it('keep a message that happens again before the others for the next instance', async () => {
    await on.deploy(started(ordered, paid));
    await publish('paid', 'a', {}, HOUR);
    await publish('paid', 'a', {}, HOUR);
    await publish('ordered', 'a');
    const [first] = await on.rows('SELECT "key" FROM process_instances');
    value(await on.runtime.execute({ instanceKey: String(first!.key), command: { type: 'cancelProcessInstance' } }));
    await on.runtime.idle();
    await publish('ordered', 'a');

    expect((await on.instances()).map(([, state]) => state)).toEqual(['TERMINATED', 'ACTIVE']);
  });

  it('count a signal for every set that is open and lacks it, and a second one not again', async () => {
    await on.deploy(started(ordered, { signal: 'opened' }));
    await publish('ordered', 'a');
    await publish('ordered', 'b');

    await signal('opened');
    const afterOne = await count();
    await signal('opened', { late: 1 });
    await signal('opened', { late: 2 });
    await publish('ordered', 'c');
    await publish('ordered', 'd');

    expect(afterOne).toBe(2);
    expect(await count()).toBe(3);
    expect(await variables()).toEqual(['late=1']);
  });

  it('count each of two conditions, and tell of no instance before all hold', async () => {
    await on.deploy(started({ conditional: '=level > 5' }, { conditional: '=wind > 5' }));

    const one = value(await on.runtime.evaluateConditions({ variables: { level: 6 } }));
    await on.runtime.idle();
    const before = await count();
    value(await on.runtime.evaluateConditions({ variables: { wind: 6 } }));
    await on.runtime.idle();

    expect(one).toMatchObject({ started: [], faults: [] });
    expect(before).toBe(0);
    expect(await variables()).toEqual(['level=6', 'wind=6']);
  });

  it('forget what has happened when a new version of the process comes', async () => {
    await on.deploy(started(ordered, paid));
    await publish('ordered', 'a');
    await on.deploy(started(ordered, paid, { signal: 'opened' }));
    await publish('paid', 'a');
    await signal('opened');

    expect(await count()).toBe(0);
  });

  it('are not begun by one of their messages alone', async () => {
    await on.deploy(started(ordered, paid));

    const alone = await on.runtime.createInstance({ bpmnProcessId: 'ship', startMessage: 'paid', variables: {} });
    const correlated = value(await on.runtime.correlateMessage({ name: 'paid', correlationKey: 'a', variables: {} }));

    expect(alone.ok).toBe(false);
    expect(correlated.processInstanceKey).toBeNull();
  });
});

describe.each(testDatabases)('a timer of a parallel multiple start event on $kind', ({ open }) => {
  let node: TestNode;
  const count = async () => (await node.rows('SELECT 1 FROM process_instances')).length;
  const at = async (time: number) => {
    value(await node.runtime.pinClock(time));
    await node.runtime.idle();
  };

  beforeEach(async () => {
    node = await startNode(open, Date.UTC(2026, 2, 2, 1));
  });
  afterEach(() => node.drop());

  it('counts once however often it fires, until the message has come', async () => {
    await node.deploy(started(ordered, { timer: { cycle: 'R/PT1H' } }).xml);
    await at(Date.UTC(2026, 2, 2, 2, 30));
    await at(Date.UTC(2026, 2, 2, 3, 30));
    const before = await count();

    value(await node.runtime.publishMessage({ name: 'ordered', correlationKey: 'a', variables: {} }));
    value(await node.runtime.publishMessage({ name: 'ordered', correlationKey: 'b', variables: {} }));
    await node.runtime.idle();

    expect(before).toBe(0);
    expect(await count()).toBe(1);
  });
});

const onPostgres = testDatabases.length > 1 ? describe : describe.skip;

onPostgres('two nodes on PostgreSQL that get the messages of one start event', () => {
  it('start one instance of each correlation key', async () => {
    const test = await testDatabases[1]!.open();
    const stores = [createStore(test.database), createStore(test.database)];
    const nodes = stores.map((store) => createRuntime({ store }));
    for (const node of nodes) await node.start();
    value(await nodes[0]!.deploy(folderSet({ 'workflows/ship.bpmn': started(ordered, paid).xml })));
    const keys = Array.from({ length: 300 }, (_, n) => `k${n}`);
    const publish = (name: string, index: number, correlationKey: string) =>
      nodes[index]!.publishMessage({ name, correlationKey, variables: {}, timeToLiveMs: 0 });

    await Promise.all(keys.flatMap((key) => [publish('paid', 0, key), publish('ordered', 1, key)]));
    await Promise.all(nodes.map((node) => node.idle()));

    const found = (await test.database.writer.query(
      'SELECT start_correlation_key AS k, COUNT(*) AS n FROM process_instances GROUP BY start_correlation_key',
    )) as Row[];
    await Promise.all(nodes.map((node) => node.stop()));
    await Promise.all(stores.map((store) => store.close()));
    await test.drop();
    expect(found).toHaveLength(keys.length);
    expect(found.filter(({ n }) => Number(n) !== 1)).toEqual([]);
  });
});
