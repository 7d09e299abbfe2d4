import { createQueries } from '../queries/queries.js';
import {
  bpmn,
  caseProcess,
  end,
  flow,
  message,
  messageEvent,
  serviceTask,
  start,
  taskProcess,
  timerEvent,
  timerProcess,
  userTask,
} from './models.js';
import { startNode, valueOf, type TestNode } from './node.js';
import { testDatabases } from './test-databases.js';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 2, 2, 1);

/** Waits for a person, a worker, an hour and a message, all at once. */
const waiting = bpmn(
  'waiting',
  start() +
    `<bpmn:parallelGateway id="fork" />` +
    userTask('review') +
    serviceTask('work', 'test.outside') +
    `<bpmn:intermediateCatchEvent id="pause">${timerEvent('PT1H')}</bpmn:intermediateCatchEvent>` +
    `<bpmn:intermediateCatchEvent id="catch">${messageEvent('answer')}</bpmn:intermediateCatchEvent>` +
    flow('start', 'fork') +
    flow('fork', 'review') +
    flow('fork', 'work') +
    flow('fork', 'pause') +
    flow('fork', 'catch'),
  message('answer', '=id'),
);

/** The next version of `order`: the task has another id and form binding, and a second task follows. */
const nextOrder = bpmn(
  'order',
  start() +
    userTask('verify', 'clerk@office') +
    userTask('approve') +
    end() +
    flow('start', 'verify') +
    flow('verify', 'approve') +
    flow('approve', 'end') +
    `<bpmn:boundaryEvent id="late" attachedToRef="verify" cancelActivity="false">${timerEvent('PT2H')}</bpmn:boundaryEvent>` +
    userTask('reminded') +
    flow('late', 'reminded'),
);

describe.each(testDatabases)('operations on $kind', ({ open }) => {
  let node: TestNode;
  const act = (
    instanceKey: string,
    type: 'suspendProcessInstance' | 'resumeProcessInstance' | 'cancelProcessInstance',
  ) => node.runtime.execute({ instanceKey, command: { type, by: 'operator' } });
  const activate = () =>
    node.runtime.activateJobs({ type: 'test.outside', worker: 'spec', maxJobs: 10, timeoutMs: 60_000 });
  const ended = async (key: string) =>
    (
      await node.rows(
        `SELECT element_id FROM element_instances WHERE process_instance_key = ${key} AND state = 'COMPLETED' ORDER BY element_id`,
      )
    ).map((row) => row.element_id);

  beforeEach(async () => {
    node = await startNode(open, T0);
  });

  afterEach(async () => {
    await node.drop();
  });

  it('lets nothing happen to a suspended instance, and all that is due once when it is resumed', async () => {
    await node.deploy(waiting);
    const key = await node.begin('waiting', { id: 'A1' });
    const task = await node.openTask(key);
    valueOf(await act(key, 'suspendProcessInstance'));

    node.now += 2 * HOUR;
    await node.runtime.publishMessage({ name: 'answer', correlationKey: 'A1', variables: { text: 'yes' } });
    const jobs = await activate();
    const refused = await node.runtime.execute({
      command: { type: 'completeUserTask', userTaskKey: task, variables: {} },
    });
    await node.restart();
    await node.runtime.idle();
    const before = await ended(key);
    const [row] = await node.rows(`SELECT suspended_at FROM process_instances WHERE "key" = ${key}`);
    valueOf(await act(key, 'resumeProcessInstance'));
    await node.runtime.idle();

    expect(jobs).toEqual([]);
    expect(refused).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(before).toEqual(['fork', 'start']);
    expect(Number(row?.suspended_at)).toBe(T0);
    expect(await ended(key)).toEqual(['catch', 'fork', 'pause', 'start']);
    expect(await createQueries(node.database).variablesOf(key)).toMatchObject({ text: 'yes' });
    expect(await activate()).toHaveLength(1);
    const [replayed, stored] = await node.positions(key);
    expect(replayed).toBe(stored);
  });

  it('gives a suspended instance one message and keeps the next for others', async () => {
    await node.deploy(waiting);
    const key = await node.begin('waiting', { id: 'A1' });
    valueOf(await act(key, 'suspendProcessInstance'));
    const publish = (text: string) =>
      node.runtime.publishMessage({ name: 'answer', correlationKey: 'A1', timeToLiveMs: HOUR, variables: { text } });

    await publish('first');
    await publish('second');
    const other = await node.begin('waiting', { id: 'A1' });
    await node.runtime.idle();
    valueOf(await act(key, 'resumeProcessInstance'));
    await node.runtime.idle();

    const queries = createQueries(node.database);
    expect(await queries.variablesOf(key)).toMatchObject({ text: 'first' });
    expect(await queries.variablesOf(other)).toMatchObject({ text: 'second' });
  });

  it('takes an instance to the next version with its task, and goes on there after a restart', async () => {
    await node.deploy(taskProcess);
    const key = await node.begin('order', { amount: 5 });
    const task = await node.openTask(key);
    await node.deploy(nextOrder);
    const target = await createQueries(node.database).search('processDefinitions', { filter: { version: 2 } });
    const targetDefinitionKey = target.items[0]!.processDefinitionKey;

    const missing = await node.runtime.migrateInstance({ instanceKey: key, targetDefinitionKey, mappings: [] });
    valueOf(
      await node.runtime.migrateInstance({
        instanceKey: key,
        targetDefinitionKey,
        mappings: [{ sourceElementId: 'review', targetElementId: 'verify' }],
        by: 'operator',
      }),
    );
    await node.restart();
    const [moved] = await node.rows(`SELECT * FROM user_tasks WHERE "key" = ${task}`);
    node.now += 2 * HOUR;
    await node.runtime.idle();
    valueOf(await node.runtime.execute({ command: { type: 'completeUserTask', userTaskKey: task, variables: {} } }));

    expect(missing).toMatchObject({ ok: false, rejection: { code: 'invalidState' } });
    expect(moved).toMatchObject({ element_id: 'verify', process_version: 2, form_version: 1 });
    const instance = await createQueries(node.database).instance(key);
    expect(instance).toMatchObject({ version: 2, processDefinitionKey: targetDefinitionKey, state: 'ACTIVE' });
    const open = await node.rows(`SELECT element_id FROM user_tasks WHERE state = 'CREATED' ORDER BY element_id`);
    expect(open.map((row) => row.element_id)).toEqual(['approve', 'reminded']);
    const [replayed, stored] = await node.positions(key);
    expect(replayed).toBe(stored);
  });

  it('removes what has ended with all its rows, and nothing that is needed', async () => {
    await node.deploy(taskProcess, caseProcess);
    const running = await node.begin('order');
    const key = await node.begin('order');
    valueOf(await act(key, 'cancelProcessInstance'));
    const first = await node.begin('petition');
    const [petition] = await node.rows(`SELECT case_key FROM process_instances WHERE "key" = ${first}`);
    valueOf(await act(first, 'cancelProcessInstance'));
    await node.runtime.write([
      {
        insert: 'case_keys',
        rows: [{ case_key: petition?.case_key, key_version: 1, wrapped_key: 'k', created_at: 0, destroyed_at: null }],
      },
    ]);

    const kept = [await node.runtime.deleteInstance(running), await node.runtime.deleteInstance(first)];
    valueOf(await node.runtime.deleteInstance(key));
    const again = await node.runtime.deleteInstance(key);

    expect(kept).toMatchObject([{ rejection: { code: 'invalidState' } }, { rejection: { code: 'invalidState' } }]);
    expect(again).toMatchObject({ rejection: { code: 'notFound' } });
    const left = await node.rows('SELECT DISTINCT process_instance_key FROM event_log ORDER BY process_instance_key');
    expect(left.map((row) => String(row.process_instance_key))).toEqual([running, first]);
    expect(await node.rows(`SELECT 1 FROM user_tasks WHERE process_instance_key = ${key}`)).toEqual([]);
  });

  it('does not forget a timer that was set while the instance was suspended', async () => {
    await node.deploy(timerProcess);
    const key = await node.begin('wait');
    valueOf(await act(key, 'suspendProcessInstance'));

    const move = [{ sourceElementId: 'pause', targetElementId: 'pause' }];
    valueOf(await node.runtime.execute({ instanceKey: key, command: { type: 'modifyProcessInstance', move } }));
    node.now += 2 * HOUR;
    await node.runtime.idle();
    valueOf(await act(key, 'resumeProcessInstance'));
    node.now += HOUR;
    await node.runtime.idle();

    expect(await ended(key)).toEqual(['pause', 'start']);
  });
});
