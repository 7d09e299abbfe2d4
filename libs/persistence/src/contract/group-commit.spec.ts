import type { EngineEvent, InstanceState } from '#engine';
import type { Changes, InstanceRecord, Row, RuntimeStore, Unit } from '#runtime';
import { engineEntities } from '../entities/index.js';
import { createStore } from '../store.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

describe.each(testDatabases)('group commit on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;

  beforeEach(async () => {
    test = await open();
    store = createStore(test.database);
    await store.reserveKeys();
  });

  afterEach(async () => {
    await store.close();
    await test.drop();
  });

  const rows = (sql: string): Promise<Row[]> => test.database.reader.query(sql) as Promise<Row[]>;

  it('agrees with the entities after the migrations ran', async () => {
    const tables = engineEntities.map((entity) => test.database.writer.getMetadata(entity).tableName);

    const { upQueries } = await test.database.writer.driver.createSchemaBuilder().log();

    expect(
      upQueries.map(({ query }) => query).filter((query) => tables.some((table) => query.includes(table))),
    ).toEqual([]);
  });

  it('gives keys that grow from 2251799813685249 and never repeats one after a restart', async () => {
    const first = store.nextKey();
    await store.close();
    test = await test.reopen();
    store = createStore(test.database);
    await store.reserveKeys();
    const second = store.nextKey();

    expect(first).toBe('2251799813685249');
    expect(Number(second)).toBeGreaterThan(Number(first));
  });

  it('steps units of one instance in arrival order on the previous result', async () => {
    await store.commit(create('100'));

    const replies = await Promise.all(Array.from({ length: 50 }, () => store.commit(step('100'))));

    expect(replies.map((outcome) => outcome.ok && outcome.reply)).toEqual(
      Array.from({ length: 50 }, (_, index) => index + 2),
    );
    expect(await rows('SELECT revision, position FROM process_instances')).toEqual([{ revision: 51, position: 51 }]);
  });

  it('writes a hundred commands that arrive at once and gives the state back after a restart', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, index) => store.commit(create(String(1000 + index)))));

    await store.close();
    test = await test.reopen();
    store = createStore(test.database);
    const outcome = await store.commit(step('1042'));

    expect(outcome).toEqual({ ok: true, reply: 2 });
  });

  it('rolls a failing unit back and keeps its neighbours', async () => {
    const failing: Unit<null> = {
      decide: () => ({
        ok: true,
        reply: null,
        changes: { writes: [{ sql: 'UPDATE no_such_table SET a = 1', params: [] }] },
      }),
    };

    const results = await Promise.allSettled([
      store.commit(create('1')),
      store.commit(failing),
      store.commit(create('2')),
    ]);

    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await rows('SELECT COUNT(*) AS n FROM process_instances')).toMatchObject([{ n: expect.anything() }]);
    expect((await rows('SELECT 1 FROM process_instances')).length).toBe(2);
  });

  it('refuses a unit whose write meets other rows than expected and writes nothing of it', async () => {
    const outcome = await store.commit(
      create('1', { writes: [{ sql: 'UPDATE locks SET token = 2 WHERE name = ?', params: ['none'], expectRows: 1 }] }),
    );

    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
    expect(await rows('SELECT 1 FROM process_instances')).toEqual([]);
  });

  it('runs a unit again on the newest state when another node was faster', async () => {
    await store.commit(create('7'));
    const other = createStore(test.database);
    await other.commit(step('7'));

    const outcome = await store.commit(step('7'));

    expect(outcome).toEqual({ ok: true, reply: 3 });
    await other.close();
  });

  it('runs a unit with an idempotency key once', async () => {
    const idempotency = { key: 'k1', account: 'xf_clerk' };
    await store.commit(create('5'));

    const replies = await Promise.all([
      store.commit({ ...step('5'), idempotency }),
      store.commit({ ...step('5'), idempotency }),
    ]);
    const later = await store.commit({ ...step('5'), idempotency });

    expect([...replies, later]).toEqual([
      { ok: true, reply: 2 },
      { ok: true, reply: 2 },
      { ok: true, reply: 2 },
    ]);
  });

  it('draws numbers without gaps, also past refused units', async () => {
    const refused: Unit<number> = {
      series,
      decide: (given) => {
        given.draw('XF', 2026);
        return { ok: false, rejection: { code: 'invalidArgument', message: 'no' } };
      },
    };

    const outcomes = await Promise.all(
      [
        store.commit(draw),
        store.commit(refused),
        store.commit(draw),
        store.commit(failingDraw),
        store.commit(draw),
      ].map((one) => one.catch(() => null)),
    );

    expect(outcomes.filter((outcome) => outcome?.ok).map((outcome) => outcome?.ok && outcome.reply)).toEqual([1, 2, 3]);
  });

  it('refuses units beyond the bounded queue', async () => {
    const small = createStore(test.database, { maxQueue: 1 });

    const outcomes = await Promise.all([small.commit(draw), small.commit(draw)]);

    expect(outcomes[1]).toMatchObject({ ok: false, rejection: { code: 'overloaded' } });
    await small.close();
  });

  it('lets others have their turn, and read, while a long transaction is under way', async () => {
    const seen: { hasTurned: boolean; committed: number }[] = [];
    let hasTurned = false;
    const long = (key: string): Unit<number> => ({
      ...create(key),
      decide: async (given) => {
        if (seen.length === 0) setImmediate(() => (hasTurned = true));
        seen.push({ hasTurned, committed: (await rows('SELECT 1 FROM process_instances')).length });
        for (const end = performance.now() + 15; performance.now() < end;);
        return create(key).decide(given);
      },
    });

    await Promise.all(['20', '21', '22'].map((key) => store.commit(long(key))));

    expect(seen.map(({ committed }) => committed)).toEqual([0, 0, 0]);
    expect(seen.at(-1)!.hasTurned).toBe(true);
  });

  it('writes a snapshot only when the events since the last one outweigh a part of it', async () => {
    await store.commit(create('9'));
    await Promise.all(Array.from({ length: 300 }, () => store.commit(step('9'))));
    await store.close();

    const snapshots = await rows('SELECT position FROM instance_snapshots');
    store = createStore(test.database);
    const outcome = await store.commit(step('9'));

    expect(snapshots.length).toBe(1);
    expect(outcome).toEqual({ ok: true, reply: 302 });
  });
});

const series = [{ series: 'XF', year: 2026 }];
const draw: Unit<number> = { series, decide: (given) => ({ ok: true, reply: given.draw('XF', 2026), changes: {} }) };
const failingDraw: Unit<number> = {
  series,
  decide: (given) => ({
    ok: true,
    reply: given.draw('XF', 2026),
    changes: { writes: [{ sql: 'no sql', params: [] }] },
  }),
};

const record = (key: string, position: number): InstanceRecord => ({
  key,
  processDefinitionKey: '1',
  bpmnProcessId: 'p',
  version: 1,
  setId: 1,
  caseKey: null,
  caseNo: null,
  title: null,
  publicState: null,
  drill: false,
  hasIncident: false,
  state: 'ACTIVE',
  revision: position,
  position,
  parentInstanceKey: null,
  parentElementInstanceKey: null,
  rootInstanceKey: key,
  startMessageName: null,
  startCorrelationKey: null,
  startedBy: null,
  startAt: 1,
  endAt: null,
});

const paused: EngineEvent = { version: 1, type: 'processInstancePaused' };
const stateAt = (position: number): InstanceState =>
  ({ schema: 2, elements: {}, position, padding: 'x'.repeat(500) }) as unknown as InstanceState;

const moved = (key: string, position: number): Changes => ({
  instance: { record: record(key, position), state: stateAt(position), events: [paused], at: 1 },
});
const create = (key: string, more: Changes = {}): Unit<number> => ({
  instanceKey: key,
  decide: () => ({ ok: true, reply: 1, changes: { ...moved(key, 1), ...more } }),
});

/** Position from snapshot and tail, as a replay would give it. */
const step = (key: string): Unit<number> => ({
  instanceKey: key,
  decide: ({ instance }) => {
    const position = (instance?.snapshot?.position ?? 0) + (instance?.tail.length ?? 0) + 1;
    return { ok: true, reply: position, changes: moved(key, position) };
  },
});
