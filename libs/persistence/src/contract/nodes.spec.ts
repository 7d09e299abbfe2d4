import { DataSource } from 'typeorm';
import { createRuntime } from '#runtime';
import type { Given, Row, Runtime, RuntimeStore, Unit } from '#runtime';
import { DatabaseInUse } from '../nodes/membership.js';
import { createStore } from '../store.js';
import { childProcess, folderSet, form, messageProcess, parentProcess, timerProcess } from './models.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

const HOUR = 3_600_000;
const insertTimer = (key: string, dueAt: number): Unit<null> => ({
  decide: () => ({
    ok: true,
    reply: null,
    changes: {
      rows: [
        {
          insert: 'timers',
          row: { key, process_instance_key: '1', element_instance_key: '1', element_id: 'pause', due_at: dueAt },
        },
      ],
    },
  }),
});
const insertInbox = (key: string): Unit<null> => ({
  decide: () => {
    const row = {
      key,
      source_instance: '1',
      source_position: Number(key),
      target: '1',
      kind: 'continueProcessInstance',
      target_instance_key: '1',
      payload: '{}',
      created_at: 0,
      attempts: 0,
      done_at: null,
    };
    return { ok: true, reply: null, changes: { rows: [{ insert: 'inbox', row }] } };
  },
});
const claimed = (claim: number): Unit<string> => ({ claim, decide: () => ({ ok: true, reply: 'done', changes: {} }) });

describe.each(testDatabases)('claims on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;

  beforeEach(async () => {
    test = await open();
    store = createStore(test.database);
    await store.join();
  });

  afterEach(async () => {
    await store.close();
    await test.drop();
  });

  it('gives due timers once, oldest first, and again when they were given back', async () => {
    for (const [key, dueAt] of [
      ['1', 30],
      ['2', 10],
      ['3', 20],
      ['4', 99],
    ] as const)
      await store.commit(insertTimer(key, dueAt));

    const first = await store.claims.timers(50, 2);
    const second = await store.claims.timers(50, 10);
    await store.claims.release([{ table: 'timers', key: '2', claim: first[0]!.claim }]);
    const third = await store.claims.timers(50, 10);

    expect(first.map(({ key }) => key)).toEqual(['2', '3']);
    expect(second.map(({ key }) => key)).toEqual(['1']);
    expect(third.map(({ key }) => key)).toEqual(['2']);
  });

  it('gives inbox rows in the order in which they were caused, however they are stored', async () => {
    for (const key of ['300', '1000', '20', '4']) await store.commit(insertInbox(key));

    const first = await store.claims.inbox(3);
    const rest = await store.claims.inbox(3);

    expect(first.map(({ key }) => key)).toEqual(['4', '20', '300']);
    expect(rest.map(({ key }) => key)).toEqual(['1000']);
  });

  it('does not wait for timers that are claimed', async () => {
    await store.commit(insertTimer('1', 10));
    await store.commit(insertTimer('2', 70));

    await store.claims.timers(50, 10);

    expect(await store.reads.nextTimerAt()).toBe(70);
  });

  it('takes a new epoch at each start and frees what the one before had claimed', async () => {
    await store.commit(insertTimer('1', 10));
    const [before] = await store.claims.timers(50, 10);
    await store.close();
    store = createStore(test.database);
    await store.join();

    const [after] = await store.claims.timers(50, 10);

    expect(after?.key).toBe('1');
    expect(after!.claim).toBeGreaterThan(before!.claim);
  });

  it('refuses a unit that works in the name of another epoch', async () => {
    await store.commit(insertTimer('1', 10));
    const [timer] = await store.claims.timers(50, 10);

    const mine = await store.commit(claimed(timer!.claim));
    const stale = await store.commit(claimed(timer!.claim - 1));

    expect(mine).toEqual({ ok: true, reply: 'done' });
    expect(stale).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
  });
});

describe.each(testDatabases)('nodes that have ended, on $kind', ({ open }) => {
  it('are looked for while timers keep the scheduler busy', async () => {
    const test = await open();
    const store = createStore(test.database);
    let looks = 0;
    let letGo = (): void => undefined;
    const endless = new Promise<readonly never[]>((resolve) => (letGo = () => resolve([])));
    const runtime = createRuntime({
      store: {
        ...store,
        removeDeadNodes: async () => (looks++, 0),
        reads: { ...store.reads, nextTimerAt: async () => 0 },
        claims: { ...store.claims, timers: () => endless },
      },
    });
    await runtime.start();
    const atStart = looks;

    await new Promise((resolve) => setTimeout(resolve, 2_500));

    const sinceThen = looks - atStart;
    const stopped = runtime.stop();
    letGo();
    await stopped;
    await store.close();
    await test.drop();
    expect(sinceThen).toBeGreaterThan(0);
  });
});

describe.each(testDatabases)('calls between nodes on $kind', ({ open }) => {
  it('start no process whose call was canceled, also where the cancellation is worked off first', async () => {
    const test = await open();
    const rows = (sql: string): Promise<Row[]> => test.database.writer.query(sql) as Promise<Row[]>;
    const store = createStore(test.database);
    const api = createRuntime({ store });
    await api.start({ work: false });
    await api.deploy(
      folderSet({
        'forms/F01.form.json': form,
        'workflows/parent.bpmn': parentProcess,
        'workflows/child.bpmn': childProcess,
      }),
    );
    await api.createInstance({ bpmnProcessId: 'parent', variables: {} });
    const [parent] = await rows('SELECT "key" FROM process_instances');
    await api.execute({ instanceKey: String(parent!.key), command: { type: 'cancelProcessInstance' } });
    await rows(`UPDATE inbox SET "key" = 1 WHERE kind = 'cancelCalledProcess'`);
    await api.stop();

    const worker = createRuntime({ store });
    await worker.start();
    await worker.idle();

    expect(await rows('SELECT bpmn_process_id, state FROM process_instances')).toEqual([
      { bpmn_process_id: 'parent', state: 'TERMINATED' },
    ]);
    expect(await rows('SELECT 1 FROM inbox')).toEqual([]);
    await worker.stop();
    await store.close();
    await test.drop();
  });
});

const [sqlite, ...others] = testDatabases;

describe('a SQLite file', () => {
  it('has one node', async () => {
    const [sqlite] = testDatabases;
    const test = await sqlite!.open();
    const store = createStore(test.database);
    await store.join();

    expect(store.liveNodes()).toBe(1);

    await store.close();
    await test.drop();
  });

  it('is served by one process', async () => {
    const test = await sqlite!.open();
    const first = createStore(test.database);
    const second = createStore(test.database);
    await first.join();

    await expect(second.join()).rejects.toThrow(DatabaseInUse);

    await first.close();
    await second.join();
    await second.close();
    await test.drop();
  });
});

/** Empty where no PostgreSQL answers; `describe.each` takes no empty table. */
const onPostgres = others.length > 0 ? describe : describe.skip;

onPostgres('two nodes on PostgreSQL', () => {
  let test: TestDatabase;
  let one: RuntimeStore;
  let two: RuntimeStore;
  const rows = (sql: string): Promise<Row[]> => test.database.writer.query(sql) as Promise<Row[]>;
  const loseLease = (epoch: number) => rows(`UPDATE nodes SET lease_until = 0 WHERE epoch = ${epoch}`);
  const epochOf = async (store: RuntimeStore): Promise<number> => {
    const outcome = await store.commit({ decide: ({ epoch }) => ({ ok: true, reply: epoch, changes: {} }) });
    return outcome.ok ? outcome.reply : 0;
  };

  beforeEach(async () => {
    test = await others[0]!.open();
    one = createStore(test.database);
    two = createStore(test.database);
    await one.join();
    await two.join();
  });

  afterEach(async () => {
    await one.close();
    await two.close();
    await test.drop();
  });

  const cutOff = () =>
    rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  const terminateOwn = async (given: Given) => {
    await given.query('SELECT 1', []);
    await cutOff();
    // The database ends what it was told to end in its own time.
    await new Promise((resolve) => setTimeout(resolve, 100));
  };

  it('know how many they are, and soon when one of them is gone', async () => {
    const quick = createStore(test.database, { leaseSeconds: 1 });
    await quick.join();
    const together = quick.liveNodes();

    await two.close();
    await new Promise((resolve) => setTimeout(resolve, 800));
    const left = quick.liveNodes();
    await quick.close();

    expect([together, left]).toEqual([3, 2]);
  });

  it('go on with a new connection after the database cut off an idle one', async () => {
    await one.commit(insertTimer('1', 10));
    await cutOff();

    const outcome = await one.commit(insertTimer('2', 10));

    expect(outcome).toEqual({ ok: true, reply: null });
  });

  it('decide again after the database cut off a transaction, and refuse while it goes on doing so', async () => {
    let cuts = 1;
    const cut = (key: string): Unit<null> => ({
      decide: async (given) => {
        if (cuts-- > 0) await terminateOwn(given);
        return insertTimer(key, 10).decide(given);
      },
    });

    const mended = await one.commit(cut('1'));
    cuts = Number.POSITIVE_INFINITY;
    const refused = one.commit(cut('2'));
    await expect(refused).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'unreachable' });
    cuts = 0;
    const later = await one.commit(cut('3'));

    expect(mended).toEqual({ ok: true, reply: null });
    expect(later).toEqual({ ok: true, reply: null });
    expect(await rows('SELECT "key" FROM timers ORDER BY "key"')).toEqual([{ key: '1' }, { key: '3' }]);
  });

  it('commit again when a database that took no connections takes them', async () => {
    const name = new URL(test.url).pathname.slice(1);
    const url = new URL(test.url);
    url.pathname = '/postgres';
    const operator = await new DataSource({ type: 'postgres', url: url.href }).initialize();
    await operator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await operator.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);

    await one.commit(insertTimer('1', 10)).catch(() => undefined);
    await operator.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await operator.destroy();
    const outcome = await one.commit(insertTimer('2', 10));

    expect(outcome).toEqual({ ok: true, reply: null });
  });

  it('share due timers', async () => {
    for (let key = 1; key <= 20; key += 1) await one.commit(insertTimer(String(key), key));

    const [mine, theirs] = await Promise.all([one.claims.timers(50, 10), two.claims.timers(50, 10)]);

    expect(new Set([...mine, ...theirs].map(({ key }) => key)).size).toBe(20);
  });

  it('roll back what a node commits after its lease ran out, and let it decide again in a new epoch', async () => {
    const before = await epochOf(one);
    await loseLease(before);
    const epochs: number[] = [];

    const outcome = await one.commit({
      decide: (given) => {
        epochs.push(given.epoch);
        return insertTimer('1', 10).decide(given);
      },
    });

    expect(outcome).toEqual({ ok: true, reply: null });
    expect(epochs).toEqual([before, await epochOf(one)]);
    expect(epochs[1]).toBeGreaterThan(before);
    expect(await rows('SELECT "key" FROM timers')).toEqual([{ key: '1' }]);
  });

  it('refuse for now what a node cannot commit within its lease again and again', async () => {
    const refused = one.commit({
      decide: async (given) => {
        await loseLease(given.epoch);
        return insertTimer('1', 10).decide(given);
      },
    });

    await expect(refused).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'unreachable' });
    expect(await rows('SELECT 1 FROM timers')).toEqual([]);
  });

  it('refuse work that was claimed before the lease ran out', async () => {
    await one.commit(insertTimer('1', 10));
    const [timer] = await one.claims.timers(50, 10);
    await loseLease(timer!.claim);

    const outcome = await one.commit({ ...insertTimer('2', 10), claim: timer!.claim });

    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
    expect(await rows('SELECT "key" FROM timers')).toEqual([{ key: '1' }]);
  });

  it('take over what a dead node had claimed, and nothing before', async () => {
    await one.commit(insertTimer('1', 10));
    const [timer] = await one.claims.timers(50, 10);

    const early = await two.claims.timers(50, 10);
    await loseLease(timer!.claim);
    const dead = await two.removeDeadNodes();
    const late = await two.claims.timers(50, 10);

    expect([early.length, dead, late.map(({ key }) => key)]).toEqual([0, 1, ['1']]);
  });

  it('cannot declare a node dead while it commits', async () => {
    const epoch = await epochOf(one);
    const runner = test.database.writer.createQueryRunner();
    await runner.connect();
    await runner.query('BEGIN');
    await runner.query(`SELECT 1 FROM nodes WHERE epoch = ${epoch} FOR KEY SHARE`);
    await loseLease(epoch);

    const whileCommitting = await two.removeDeadNodes();
    await runner.query('COMMIT');
    await runner.release();
    const afterwards = await two.removeDeadNodes();

    expect([whileCommitting, afterwards]).toEqual([0, 1]);
  });
});

onPostgres('two runtimes on PostgreSQL', () => {
  let test: TestDatabase;
  let nodes: { readonly store: RuntimeStore; readonly runtime: Runtime }[];
  const rows = (sql: string): Promise<Row[]> => test.database.writer.query(sql) as Promise<Row[]>;

  const boot = async (work: boolean) => {
    const store = createStore(test.database);
    const runtime = createRuntime({ store });
    await runtime.start({ work });
    nodes.push({ store, runtime });
    return runtime;
  };
  const until = async (holds: () => Promise<boolean> | boolean, deadline = Date.now() + 20_000): Promise<void> => {
    if ((await holds()) || Date.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
    await until(holds, deadline);
  };

  beforeEach(async () => {
    nodes = [];
    test = await others[0]!.open();
  });

  afterEach(async () => {
    await Promise.all(nodes.map(({ runtime }) => runtime.stop()));
    await Promise.all(nodes.map(({ store }) => store.close()));
    await test.drop();
  });

  it('wake each other: what an api node starts, a worker fires and both are told', async () => {
    const api = await boot(false);
    const worker = await boot(true);
    const heard: string[] = [];
    api.on('committed', ({ tables }) => heard.push(...tables));
    await api.deploy(folderSet({ 'forms/F01.form.json': form, 'workflows/wait.bpmn': timerProcess }));
    await api.createInstance({ bpmnProcessId: 'wait', variables: {} });

    await api.pinClock(Date.now() + 2 * HOUR);
    await until(async () => (await rows('SELECT 1 FROM user_tasks')).length === 1);
    await until(() => heard.includes('user_tasks'));

    expect(await rows('SELECT element_id FROM user_tasks')).toEqual([{ element_id: 'after' }]);
    expect(heard).toContain('user_tasks');
    expect(worker.now()).toBe(api.now());
  });

  it('never lose a message that is published on one while the other begins to wait for it', async () => {
    const [a, b] = [await boot(true), await boot(true)];
    await a.deploy(folderSet({ 'forms/F01.form.json': form, 'workflows/listen.bpmn': messageProcess }));
    const orders = Array.from({ length: 40 }, (_, index) => `case-${index}`);

    await Promise.all(
      orders.flatMap((caseNo) => [
        a.createInstance({ bpmnProcessId: 'listen', variables: { caseNo } }),
        b.publishMessage({ name: 'answer', correlationKey: caseNo, timeToLiveMs: HOUR, variables: {} }),
      ]),
    );
    await until(async () => (await rows('SELECT 1 FROM user_tasks')).length === orders.length);

    expect((await rows('SELECT 1 FROM user_tasks')).length).toBe(orders.length);
    expect(await rows('SELECT 1 FROM message_subscriptions')).toEqual([]);
  });
});
