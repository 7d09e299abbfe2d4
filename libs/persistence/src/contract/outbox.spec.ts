import { createRuntime } from '#runtime';
import type { Delivery, DeliveryResult, Runtime, RuntimeStore, Unit } from '#runtime';
import { observeEdges, type Edge } from '../edges.js';
import { createQueries } from '../queries/queries.js';
import { createStore } from '../store.js';
import { bpmn, end, flow, folderSet, serviceTask, start } from './models.js';
import { valueOf } from './node.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

const T0 = Date.UTC(2026, 2, 2, 1);
const DAY = 24 * 3_600_000;
const tellProcess = bpmn(
  'tell',
  start() + serviceTask('send', 'test.send') + end() + flow('start', 'send') + flow('send', 'end'),
);
const request = { kind: 'test', name: 'the ledger', idempotencyKey: 'key-1', payload: { amount: 5 } };
const refused = { ok: false, message: 'it answered 400', isFinal: true } as const;
const busy = { ok: false, message: 'it answered 503' } as const;

describe.each(testDatabases)('outbox on $kind', ({ open }) => {
  let now: number;
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  let seen: Delivery[];
  let answers: DeliveryResult[];

  /** A node whose receiver gives the answers one after the other, then takes everything. */
  const boot = async (change: (store: RuntimeStore) => RuntimeStore = (same) => same) => {
    store = createStore(test.database);
    runtime = createRuntime({ store: change(store), wallClock: () => now, random: () => 1 });
    runtime.registerJobHandler('test.send', () => ({ deliveries: [request] }));
    runtime.registerDeliveryHandler('test', async (delivery) => {
      seen.push(delivery);
      return answers.shift() ?? { ok: true };
    });
    await runtime.start();
  };
  const shutDown = async () => {
    await runtime.stop();
    await store.close();
  };
  const rows = () => test.database.reader.query('SELECT * FROM outbox') as Promise<Record<string, unknown>[]>;
  const ask = async () => {
    valueOf(await runtime.deploy(folderSet({ 'workflows/tell.bpmn': tellProcess })));
    const { processInstanceKey } = valueOf(await runtime.createInstance({ bpmnProcessId: 'tell', variables: {} }));
    await runtime.idle();
    return processInstanceKey;
  };
  const passTime = async (ms: number) => {
    now += ms;
    await runtime.idle();
  };

  beforeEach(async () => {
    [now, seen, answers] = [T0, [], []];
    test = await open();
    await boot();
  });

  afterEach(async () => {
    observeEdges(undefined);
    await shutDown();
    await test.drop();
  });

  it('delivers once what a command asked for, and keeps nothing of it', async () => {
    const processInstanceKey = await ask();
    await passTime(DAY);

    expect(seen).toEqual([expect.objectContaining({ ...request, processInstanceKey, attempt: 1 })]);
    const [row] = await rows();
    expect(row).toMatchObject({ state: 'DELIVERED', payload: '{}', claimed_by: null });
  });

  it('writes it with the command or not at all', async () => {
    const byHand = tellProcess.replace('test.send', 'test.other');
    valueOf(await runtime.deploy(folderSet({ 'workflows/tell.bpmn': byHand })));
    valueOf(await runtime.createInstance({ bpmnProcessId: 'tell', variables: {} }));
    const [job] = await runtime.activateJobs({ type: 'test.other', worker: 'li', maxJobs: 1, timeoutMs: 60_000 });
    const command = { type: 'completeJob', jobKey: job!.key, variables: {} } as const;
    const deliveries = [request];
    const unmet = { sql: 'DELETE FROM timers WHERE "key" = ?', params: ['1'], expectRows: 1 };

    const rolledBack = await runtime.execute({ command, deliveries, writes: [unmet] });
    const before = await rows();
    const committed = await runtime.execute({ command, deliveries });
    const refusedCommand = await runtime.execute({ command, deliveries: [{ ...request, idempotencyKey: 'key-2' }] });
    await runtime.idle();

    expect([rolledBack.ok, committed.ok, refusedCommand.ok]).toEqual([false, true, false]);
    expect(before).toEqual([]);
    expect((await rows()).map((row) => row['idempotency_key'])).toEqual(['key-1']);
  });

  it('lets no kind whose receiver is slow hold up another', async () => {
    let letSlowGo: (result: DeliveryResult) => void = () => undefined;
    const slow = new Promise<DeliveryResult>((resolve) => (letSlowGo = resolve));
    runtime.registerDeliveryHandler('slow', () => slow);
    const quick = new Promise<string>((resolve) => {
      runtime.registerDeliveryHandler('quick', async ({ name }) => {
        resolve(name);
        return { ok: true };
      });
    });
    const many = Array.from({ length: 60 }, (_, i) => ({ ...request, kind: 'slow', idempotencyKey: `slow-${i}` }));
    runtime.registerJobHandler('test.send', () => ({ deliveries: [...many, { ...request, kind: 'quick' }] }));
    valueOf(await runtime.deploy(folderSet({ 'workflows/tell.bpmn': tellProcess })));
    valueOf(await runtime.createInstance({ bpmnProcessId: 'tell', variables: {} }));

    const name = await quick;
    letSlowGo({ ok: true });
    await runtime.idle();

    expect(name).toBe('the ledger');
    expect((await rows()).map(({ state }) => state)).toEqual(Array.from({ length: 61 }, () => 'DELIVERED'));
  });

  it('delivers again under the same key after a death between delivery and acknowledgment', async () => {
    answers = [busy];
    await ask();
    await shutDown();
    store = createStore(test.database);
    await store.join();
    now += DAY;
    const [taken] = await store.claims.deliveries(['test'], now, 10);
    const nobodyElse = await store.claims.deliveries(['test'], now, 10);
    await store.close();
    test = await test.reopen();

    await boot();
    await runtime.idle();

    expect(nobodyElse).toEqual([]);
    expect(seen.map(({ idempotencyKey, attempt }) => [idempotencyKey, attempt])).toEqual([
      ['key-1', 1],
      ['key-1', 3],
    ]);
    expect(taken).toMatchObject({ idempotencyKey: 'key-1', attempt: 2 });
  });

  it('delivers again under the same key when the acknowledgment was lost', async () => {
    let losses = 1;
    const losing = (whole: RuntimeStore): RuntimeStore => ({
      ...whole,
      commit: <R>(unit: Unit<R>) =>
        unit.kind === 'acknowledgeDelivery' && losses-- > 0
          ? Promise.reject(new Error('the database is away'))
          : whole.commit(unit),
    });
    await shutDown();
    test = await test.reopen();
    await boot(losing);

    await ask();
    await until(async () => (await rows())[0]?.['state'] === 'DELIVERED');

    expect(seen.map(({ idempotencyKey }) => idempotencyKey)).toEqual(['key-1', 'key-1']);
  });

  it('waits longer after each failure', async () => {
    answers = [busy, busy, busy];
    await ask();

    await passTime(1_999);
    const tooEarly = seen.length;
    await passTime(1);
    await passTime(3_999);
    const tooEarlyAgain = seen.length;
    await passTime(1);
    await passTime(8_000);

    expect([tooEarly, tooEarlyAgain, seen.length]).toEqual([1, 2, 4]);
    expect((await rows())[0]).toMatchObject({ state: 'DELIVERED', error_message: null });
  });

  it('gives up after 16 attempts, and delivers when a person asks for it again', async () => {
    answers = Array.from({ length: 16 }, () => busy);
    await ask();
    for (const _ of answers.slice()) await passTime(3_600_000);
    const [letter] = await createQueries(test.database).deadLetters(10);

    const outcome = await runtime.retryDelivery(letter!.key);
    await runtime.idle();

    expect(letter).toMatchObject({ name: 'the ledger', attempts: 16, errorMessage: 'it answered 503' });
    expect(outcome.ok).toBe(true);
    expect([seen.length, seen[16]?.idempotencyKey, seen[16]?.payload]).toEqual([17, 'key-1', request.payload]);
    expect(await createQueries(test.database).deadLetters(10)).toEqual([]);
  });

  it('gives up at once what another try does not mend', async () => {
    answers = [refused];

    await ask();
    await passTime(DAY);

    expect(seen).toHaveLength(1);
    expect(await createQueries(test.database).counts()).toMatchObject({ pendingOutbox: 0, deadLetters: 1 });
  });

  it('lets a person give up a dead letter for good, and forgets what it held', async () => {
    answers = [refused];
    await ask();
    const [letter] = await createQueries(test.database).deadLetters(10);

    const outcome = await runtime.discardDelivery(letter!.key);
    const again = [await runtime.discardDelivery(letter!.key), await runtime.retryDelivery(letter!.key)];
    await passTime(DAY);

    expect(outcome).toEqual({ ok: true, reply: null });
    expect(again.map((one) => one.ok || one.rejection.code)).toEqual(['invalidState', 'invalidState']);
    expect(seen).toHaveLength(1);
    expect((await rows())[0]).toMatchObject({ state: 'DISCARDED', payload: '{}' });
    expect(await createQueries(test.database).counts()).toMatchObject({ pendingOutbox: 0, deadLetters: 0 });
  });

  it('keeps the history of an instance with a dead letter until a person has decided on it', async () => {
    answers = [refused];
    const processInstanceKey = await ask();
    const [{ key } = {}] = await rows();

    const early = await runtime.deleteInstance(processInstanceKey);
    valueOf(await runtime.discardDelivery(String(key)));
    const late = await runtime.deleteInstance(processInstanceKey);

    expect(early).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(!early.ok && early.rejection.message).toContain('delivered');
    expect(late.ok).toBe(true);
  });

  it('refuses another try for what is not given up or not there', async () => {
    await ask();

    const delivered = await runtime.retryDelivery(seen[0]!.key);
    const unknown = await runtime.retryDelivery('424242');

    expect(delivered).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(unknown).toMatchObject({ ok: false, rejection: { code: 'notFound' } });
  });

  it('passes a named edge before delivery and on both sides of the acknowledgment', async () => {
    const passed: Edge[] = [];
    observeEdges((edge) => passed.push(edge));

    await ask();

    expect(passed.filter((edge) => edge.includes('Delivery'))).toEqual([
      'beforeDelivery',
      'beforeDeliveryAcknowledgment',
      'afterDeliveryAcknowledgment',
    ]);
  });

  it('removes what was delivered after seven days, and never what was given up', async () => {
    await ask();
    now += 8 * DAY;
    await shutDown();
    test = await test.reopen();
    await boot();
    await until(async () => (await rows()).length === 0);

    answers = [refused];
    await ask();
    now += 30 * DAY;
    await shutDown();
    test = await test.reopen();
    await boot();
    await runtime.idle();

    expect(await rows()).toEqual([expect.objectContaining({ state: 'FAILED' })]);
  });
});

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 500) throw new Error('It did not come about.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
