import { replay, writeState } from '#engine';
import type { EngineEvent } from '#engine';
import { createRuntime } from '#runtime';
import type { JobResult, Row, Runtime, RuntimeOptions, RuntimeStore } from '#runtime';
import { createQueries } from '../queries/queries.js';
import { createStore } from '../store.js';
import {
  caseProcess,
  childProcess,
  decisionProcess,
  decisionTable,
  folderSet,
  form,
  messageProcess,
  messageStartProcess,
  parentProcess,
  signalProcess,
  taskProcess,
  throwProcess,
  timerProcess,
  timerStartProcess,
  titledProcess,
} from './models.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 2, 2, 1);

describe.each(testDatabases)('runtime on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  let now: number;

  const boot = async (options: Partial<RuntimeOptions> = {}): Promise<void> => {
    store = createStore(test.database);
    runtime = createRuntime({
      store,
      wallClock: () => now,
      unitOfRole: (role) => (role === 'clerk' ? 'reception' : undefined),
      ...options,
    });
    await runtime.start();
  };
  const shutDown = async (): Promise<void> => {
    await runtime.stop();
    await store.close();
  };
  const restart = async (): Promise<void> => {
    await shutDown();
    test = await test.reopen();
    await boot();
  };
  const deploy = async (...files: string[]) =>
    value(
      await runtime.deploy(
        folderSet({
          'forms/F01.form.json': form,
          ...Object.fromEntries(files.map((xml, index) => [`workflows/p${index}.bpmn`, xml])),
        }),
      ),
    );
  const begin = async (bpmnProcessId: string, variables = {}) =>
    value(await runtime.createInstance({ bpmnProcessId, variables, by: 'clerk1' }));
  const rows = (sql: string): Promise<Row[]> => test.database.reader.query(sql) as Promise<Row[]>;
  const openTasks = async () =>
    (await createQueries(test.database).search('userTasks', { filter: { state: 'CREATED' } })).items;
  const complete = async (userTaskKey: string, variables = {}) =>
    runtime.execute({ command: { type: 'completeUserTask', userTaskKey, variables, by: 'clerk1' } });
  const expectReplayLaw = async (key: string): Promise<void> => {
    const log = await createQueries(test.database).events(key);
    const stored = await rows(`SELECT position FROM process_instances WHERE "key" = ${key}`);
    expect(replay(log.map((entry): EngineEvent => entry.event)).position).toBe(Number(stored[0]?.position));
  };

  beforeEach(async () => {
    now = T0;
    test = await open();
    await boot();
  });

  afterEach(async () => {
    await shutDown();
    await test.drop();
  });

  it('creates a task, finds it after a restart and completes it once', async () => {
    await deploy(taskProcess);
    const { processInstanceKey } = await begin('order', { amount: 5 });
    await restart();
    const [task] = await openTasks();

    const first = await complete(task!.userTaskKey, { ok: true });
    const second = await complete(task!.userTaskKey);

    expect(task).toMatchObject({
      elementId: 'review',
      formId: 'F01',
      formVersion: 1,
      unit: 'office',
      candidateGroups: ['clerk@office'],
      processInstanceKey,
    });
    expect(first).toMatchObject({ ok: true, reply: { status: 'completed' } });
    expect(second).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(await createQueries(test.database).variablesOf(processInstanceKey)).toEqual({ amount: 5, ok: true });
    expect(await rows('SELECT 1 FROM user_task_candidates')).toEqual([]);
    await expectReplayLaw(processInstanceKey);
  });

  it('refuses what is not there', async () => {
    await deploy(taskProcess);

    const outcomes = [await complete('42'), await runtime.createInstance({ bpmnProcessId: 'nothing', variables: {} })];

    expect(outcomes).toMatchObject([{ rejection: { code: 'notFound' } }, { rejection: { code: 'notFound' } }]);
  });

  it('starts a hundred instances at once with case numbers that have no gap', async () => {
    await deploy(caseProcess);
    const one = await runtime.createInstance({
      bpmnProcessId: 'petition',
      variables: {},
      writes: () => [{ sql: 'UPDATE locks SET token = 1', params: [], expectRows: 1 }],
    });

    const started = await Promise.all(Array.from({ length: 100 }, () => begin('petition')));

    expect(one).toMatchObject({ ok: false, rejection: { code: 'conflict' } });
    expect(started.map((reply) => reply.caseNo).sort()).toEqual(
      Array.from({ length: 100 }, (_, index) => `XF-2026-${String(index + 1).padStart(5, '0')}`),
    );
    expect((await openTasks())[0]).toMatchObject({
      title: 'Case XF-2026-00001',
      caseNo: 'XF-2026-00001',
      unit: 'reception',
    });
  });

  it('leaves an instance the title that it had, when the step that ends it sets other variables', async () => {
    await deploy(titledProcess);
    await begin('titled', { kind: 'a report' });
    const [task] = await openTasks();

    await complete(task!.userTaskKey, { sentOn: '2026-03-02' });

    expect(await rows('SELECT title, state FROM process_instances')).toEqual([
      { title: 'a report', state: 'COMPLETED' },
    ]);
  });

  it('starts once for one idempotency key', async () => {
    await deploy(taskProcess);
    const request = { bpmnProcessId: 'order', variables: {}, by: 'clerk1', idempotencyKey: 'k' };

    const first = value(await runtime.createInstance(request));
    const second = value(await runtime.createInstance(request));

    expect(second).toEqual(first);
    expect((await openTasks()).length).toBe(1);
  });

  it('fires a timer that became due while the server was down, once', async () => {
    await deploy(timerProcess);
    await begin('wait');
    await shutDown();
    now = T0 + 2 * HOUR;
    test = await test.reopen();

    await boot();
    await runtime.idle();
    await runtime.idle();

    expect((await openTasks()).map((task) => task.elementId)).toEqual(['after']);
    expect(await rows('SELECT 1 FROM timers')).toEqual([]);
  });

  it('fires a timer when the clock is pinned past it and refuses to go back', async () => {
    await deploy(timerProcess);
    await begin('wait');

    const pinned = await runtime.pinClock(T0 + HOUR);
    await runtime.idle();
    const back = await runtime.pinClock(T0 + 1);

    expect(pinned.ok).toBe(true);
    expect((await openTasks())[0]).toMatchObject({ elementId: 'after', creationDate: T0 + HOUR });
    expect(back).toMatchObject({ ok: false, rejection: { code: 'invalidArgument' } });
  });

  it('correlates a message to the instance that waits with its key', async () => {
    await deploy(messageProcess);
    const waiting = await begin('listen', { caseNo: 'A' });
    await begin('listen', { caseNo: 'B' });
    await runtime.idle();

    const outcome = await runtime.correlateMessage({ name: 'answer', correlationKey: 'A', variables: { text: 'yes' } });
    const again = await runtime.correlateMessage({ name: 'answer', correlationKey: 'A', variables: {} });

    expect(outcome).toMatchObject({ ok: true, reply: { processInstanceKey: waiting.processInstanceKey } });
    expect(again).toMatchObject({ ok: false, rejection: { code: 'notFound' } });
    expect((await openTasks()).map((task) => task.processInstanceKey)).toEqual([waiting.processInstanceKey]);
  });

  it('keeps a message for a subscription that comes later and delivers it once', async () => {
    await deploy(messageProcess);
    await runtime.publishMessage({
      name: 'answer',
      correlationKey: 'A',
      timeToLiveMs: HOUR,
      messageId: 'm1',
      variables: { text: 'kept' },
    });
    const repeated = await runtime.publishMessage({
      name: 'answer',
      correlationKey: 'A',
      timeToLiveMs: HOUR,
      messageId: 'm1',
      variables: {},
    });

    const { processInstanceKey } = await begin('listen', { caseNo: 'A' });
    await begin('listen', { caseNo: 'A' });
    await runtime.idle();

    expect(repeated).toMatchObject({ ok: false, rejection: { code: 'alreadyExists' } });
    expect((await openTasks()).map((task) => task.processInstanceKey)).toEqual([processInstanceKey]);
    expect(await createQueries(test.database).variablesOf(processInstanceKey)).toMatchObject({ text: 'kept' });
  });

  it('starts one instance per running correlation key, and the next when it has ended', async () => {
    await deploy(messageStartProcess);
    const publish = () =>
      runtime.publishMessage({ name: 'begin', correlationKey: 'K', timeToLiveMs: HOUR, variables: {} });
    await publish();
    await publish();
    const [first] = await openTasks();

    await complete(first!.userTaskKey);
    await runtime.idle();

    expect((await rows('SELECT state FROM process_instances ORDER BY "key"')).map((row) => row.state)).toEqual([
      'COMPLETED',
      'ACTIVE',
    ]);
  });

  it('calls a process, runs its job here and goes on with its variables', async () => {
    runtime.registerJobHandler('test.work', () => ({ variables: { result: 7 } }));
    await deploy(parentProcess, childProcess);

    const { processInstanceKey } = await begin('parent');
    await runtime.idle();

    expect((await openTasks()).map((task) => [task.elementId, task.processInstanceKey])).toEqual([
      ['done', processInstanceKey],
    ]);
    expect(await createQueries(test.database).variablesOf(processInstanceKey)).toMatchObject({ result: 7 });
    expect(await rows('SELECT 1 FROM inbox')).toEqual([]);
    await expectReplayLaw(processInstanceKey);
  });

  it('gives an error of the called process to the caller', async () => {
    runtime.registerJobHandler('test.work', () => ({ bpmnError: { code: 'refused' } }));
    await deploy(parentProcess, childProcess);

    await begin('parent');
    await runtime.idle();

    expect((await openTasks()).map((task) => task.elementId)).toEqual(['repair']);
  });

  it('cancels the called process with its caller', async () => {
    await deploy(parentProcess, childProcess);
    const { processInstanceKey } = await begin('parent');
    await runtime.idle();

    await runtime.execute({ instanceKey: processInstanceKey, command: { type: 'cancelProcessInstance' } });
    await runtime.idle();

    expect((await rows('SELECT state FROM process_instances')).map((row) => row.state)).toEqual([
      'TERMINATED',
      'TERMINATED',
    ]);
    expect((await rows('SELECT state FROM jobs')).map((row) => row.state)).toEqual(['CANCELED']);
  });

  it('works off inbox rows that a crash left, once', async () => {
    await deploy(parentProcess, childProcess);
    await runtime.stop();
    const deaf = createRuntime({ store, wallClock: () => now });
    await deaf.stop();
    await deaf.createInstance({ bpmnProcessId: 'parent', variables: {} });
    const left = await rows('SELECT kind FROM inbox');
    await store.close();
    test = await test.reopen();

    await boot();
    await runtime.idle();
    await restart();
    await runtime.idle();

    expect(left).toEqual([{ kind: 'callProcess' }]);
    expect(
      (await rows('SELECT bpmn_process_id FROM process_instances ORDER BY "key"')).map((row) => row.bpmn_process_id),
    ).toEqual(['parent', 'child']);
  });

  it('gives a job to one worker at a time until its lease has run out', async () => {
    await deploy(childProcess);
    await begin('child');
    const request = { type: 'test.work', worker: 'w1', maxJobs: 10, timeoutMs: 5_000 };

    const first = await runtime.activateJobs(request);
    const second = await runtime.activateJobs({ ...request, worker: 'w2' });
    now += 6_000;
    const third = await runtime.activateJobs({ ...request, worker: 'w2' });

    expect([first.length, second.length, third.length]).toEqual([1, 0, 1]);
    expect(third[0]!.lease).toBeGreaterThan(first[0]!.lease);
  });

  it('raises an incident when a handler fails for good and goes on after it is resolved', async () => {
    let isBroken = true;
    runtime.registerJobHandler('test.work', (): JobResult =>
      isBroken ? { failure: { message: 'printer on fire', retries: 0 } } : {},
    );
    await deploy(childProcess);
    const { processInstanceKey } = await begin('child');
    await runtime.idle();
    const [incident] = (await createQueries(test.database).search('incidents', { filter: { state: 'ACTIVE' } })).items;

    isBroken = false;
    await runtime.execute({ command: { type: 'updateJobRetries', jobKey: incident!.jobKey!, retries: 1 } });
    await runtime.execute({ command: { type: 'resolveIncident', incidentKey: incident!.incidentKey } });
    await runtime.idle();

    expect(incident).toMatchObject({ errorType: 'JOB_NO_RETRIES', processInstanceKey });
    expect((await createQueries(test.database).instance(processInstanceKey))?.state).toBe('COMPLETED');
  });

  it('keeps running instances on their version and starts new ones on the next', async () => {
    await deploy(taskProcess);
    const old = await begin('order');
    const unchanged = await deploy(taskProcess);
    const changed = await deploy(taskProcess.replaceAll('review', 'legal'));

    const young = await begin('order');

    expect([unchanged.resources[0]!.isNew, changed.resources[0]!.version]).toEqual([false, 2]);
    expect([old.version, young.version]).toEqual([1, 2]);
    expect((await openTasks()).map((task) => task.elementId)).toEqual(['review', 'legal']);
  });

  it('decides with the table of the set that the instance began with', async () => {
    const files = {
      'workflows/decide.bpmn': decisionProcess,
      'workflows/d.dmn': decisionTable,
      'forms/F01.form.json': form,
    };
    await runtime.deploy(folderSet(files));
    await begin('decide', { people: 7 });
    const changed = value(
      await runtime.deploy(folderSet({ ...files, 'workflows/d.dmn': decisionTable.replace('"urgent"', '"at once"') })),
    );

    await begin('decide', { people: 7 });
    await runtime.execute({
      command: { type: 'completeUserTask', userTaskKey: (await openTasks())[0]!.userTaskKey, variables: {} },
    });

    expect(changed.resources.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'process 2',
      'decision 2',
      'form 1',
    ]);
    expect(
      (await rows(`SELECT value FROM variables WHERE name = 'urgency' ORDER BY scope_key`)).map((row) => row.value),
    ).toEqual(['"urgent"', '"at once"']);
    expect((await rows('SELECT matched_rules FROM decision_evaluations')).length).toBe(2);
  });

  it('starts by the clock as often as the cycle says', async () => {
    await deploy(timerStartProcess);

    await runtime.pinClock(T0 + HOUR);
    await runtime.idle();
    await runtime.pinClock(T0 + 5 * HOUR);
    await runtime.idle();

    expect((await openTasks()).map((task) => task.creationDate)).toEqual([T0 + HOUR, T0 + 5 * HOUR]);
    expect(await rows('SELECT due_at FROM start_subscriptions')).toEqual([{ due_at: null }]);
  });

  it('starts a process by a signal and reaches every instance that waits for it, once each', async () => {
    await deploy(signalProcess);

    value(await runtime.broadcastSignal({ name: 'alarm', variables: { place: 'gate' } }));
    await runtime.idle();
    value(await runtime.broadcastSignal({ name: 'alarm', variables: {} }));
    await runtime.idle();

    expect((await openTasks()).map(({ elementId }) => elementId).toSorted()).toEqual(['answer', 'answer', 'repeat']);
    expect((await rows(`SELECT value FROM variables WHERE name = 'place'`)).map((row) => row.value)).toEqual([
      '"gate"',
    ]);
    expect(await rows('SELECT 1 FROM inbox')).toEqual([]);
  });

  it('starts a process by a message that another one throws and keeps both in one case', async () => {
    await deploy(throwProcess, messageStartProcess);

    await runtime.createInstance({
      bpmnProcessId: 'thrower',
      variables: { topic: 'roof' },
      caseKey: '77',
      caseNo: 'XF-1',
    });
    await runtime.idle();

    expect((await openTasks()).map(({ elementId, caseKey, caseNo }) => [elementId, caseKey, caseNo])).toEqual([
      ['first', '77', 'XF-1'],
    ]);
    expect((await rows(`SELECT value FROM variables WHERE name = 'topic'`)).map((row) => row.value)).toContain(
      '"roof"',
    );
  });

  it('writes snapshots that equal the replay of all events', async () => {
    await deploy(taskProcess);
    const { processInstanceKey } = await begin('order');
    const grow = (index: number) =>
      runtime.execute({
        instanceKey: processInstanceKey,
        command: {
          type: 'setVariables',
          scopeKey: processInstanceKey,
          variables: { [`v${index}`]: 'x'.repeat(400) },
          local: true,
        },
      });
    await Promise.all(Array.from({ length: 40 }, (_, index) => grow(index)));
    await grow(40);
    await grow(41);

    const [snapshot] = await rows('SELECT position, state FROM instance_snapshots');
    const log = await createQueries(test.database).events(processInstanceKey);
    const upTo = log.filter((entry) => entry.position <= Number(snapshot?.position)).map((entry) => entry.event);

    expect(upTo.length).toBeLessThan(log.length);
    expect(String(snapshot?.state)).toBe(writeState(replay(upTo)));
  });

  it('writes them also where each batch reads the database after a step', async () => {
    await deploy(taskProcess);
    const { processInstanceKey } = await begin('order');
    const grow = (index: number) =>
      runtime.execute({
        instanceKey: processInstanceKey,
        command: {
          type: 'setVariables',
          scopeKey: processInstanceKey,
          variables: { [`v${index}`]: 'x'.repeat(3_000) },
          local: true,
        },
      });
    const read = () =>
      store.commit({
        decide: async ({ query }) => ({ ok: true, reply: await query('SELECT id FROM config_sets', []), changes: {} }),
      });

    for (const index of [1, 2, 3, 4, 5]) await Promise.all([grow(index), read()]);

    expect(await rows('SELECT process_instance_key FROM instance_snapshots')).toHaveLength(1);
  });

  it('tells what changed after the commit, without content', async () => {
    await deploy(taskProcess);
    const notices: unknown[] = [];
    runtime.on('committed', (notice) => notices.push(notice));

    const { processInstanceKey } = await begin('order', { secret: 'word' });

    expect(notices).toMatchObject([
      { instanceKeys: [processInstanceKey], tables: expect.arrayContaining(['user_tasks']) },
    ]);
    expect(JSON.stringify(notices)).not.toContain('word');
  });

  it('tells of rows that are written beside a command, without content', async () => {
    const notices: { readonly tables: readonly string[] }[] = [];
    runtime.on('committed', (notice) => notices.push(notice));
    const row = { notice_key: '1', recipient: 'clerk', text: 'word', process_instance_key: null, created_at: 1 };

    value(await runtime.write([{ insert: 'notices', rows: [row] }]));
    value(await runtime.write([{ sql: 'UPDATE accounts SET disabled = ? WHERE id = ?', params: [true, 'nobody'] }]));
    value(await runtime.write([{ sql: 'DELETE FROM account_posts WHERE account = ?', params: ['nobody'] }]));

    expect(notices.flatMap(({ tables }) => tables)).toEqual(['notices', 'accounts', 'account_posts']);
    expect(JSON.stringify(notices)).not.toContain('word');
  });
});

function value<T>(
  outcome:
    { readonly ok: true; readonly reply: T } | { readonly ok: false; readonly rejection: { readonly message: string } },
): T {
  if (!outcome.ok) throw new Error(outcome.rejection.message);
  return outcome.reply;
}
