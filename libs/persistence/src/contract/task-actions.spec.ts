import { model } from '#testing';
import { createTaskActionQueries, urgeOnce } from '../product/index.js';
import { createQueries } from '../queries/queries.js';
import { runOn, type RunningOn } from './run-on.js';
import { testDatabases, type TestDatabase } from './test-databases.js';

const signed = model('signed').start().userTask('work', { form: '', assignee: 'ann' }).end();

describe.each(testDatabases)('actions on tasks on $kind', ({ open }) => {
  let test: TestDatabase;
  let on: RunningOn;
  let task: { readonly userTaskKey: string; readonly processInstanceKey: string };

  beforeEach(async () => {
    test = await open();
    on = await runOn(test);
    await on.deploy(signed);
    await on.begin('signed');
    const [row] = await on.rows('SELECT "key", process_instance_key FROM user_tasks');
    task = { userTaskKey: String(row!['key']), processInstanceKey: String(row!['process_instance_key']) };
  });
  afterEach(() => on.end());

  const note = async (more: Readonly<Record<string, unknown>>) => ({
    note_key: await on.runtime.nextKey(),
    user_task_key: task.userTaskKey,
    process_instance_key: task.processInstanceKey,
    account: 'ann',
    sealed_key: null,
    at: 10_000,
    ...more,
  });

  it('show whose turn it is and whose task, to both', async () => {
    const queries = createQueries(test.database);
    const turns = [
      { account: 'bob', kind: 'signBefore' },
      { account: 'cid', kind: 'signAfter' },
    ] as const;
    await on.runtime.execute({ command: { type: 'addTaskTurns', userTaskKey: task.userTaskKey, turns, by: 'ann' } });
    const seen = await Promise.all(
      ['ann', 'bob', 'cid'].map(async (user) => {
        const found = await queries.search('userTasks', { visibleTo: { user, groups: [] } });
        return found.items.some(({ userTaskKey }) => userTaskKey === task.userTaskKey);
      }),
    );
    const shown = await queries.get('userTasks', task.userTaskKey);
    const turnId = shown?.turnId ?? '';
    await on.runtime.execute({
      command: { type: 'endTaskTurn', userTaskKey: task.userTaskKey, turnId, outcome: 'agreed', by: 'bob' },
    });

    expect(seen).toEqual([true, true, false]);
    expect(shown).toMatchObject({ assignee: 'bob', owner: 'ann' });
    expect(await queries.get('userTasks', task.userTaskKey)).toMatchObject({
      assignee: 'ann',
      owner: null,
      turnId: null,
    });
    expect(await createTaskActionQueries(test.database).turnsOf([task.userTaskKey])).toMatchObject([
      { account: 'bob', state: 'agreed', askedBy: 'ann' },
      { account: 'cid', state: 'open' },
    ]);
  });

  it('let an account urge once in a time, also twice at the same moment', async () => {
    const urge = async (at: number, account = 'ann') =>
      (await on.runtime.write([urgeOnce(await note({ at, account }), 1_000)])).ok;

    const atOnce = await Promise.all([urge(10_000), urge(10_000)]);

    expect(atOnce.toSorted()).toEqual([false, true]);
    expect([await urge(10_999), await urge(10_999, 'bob'), await urge(11_000)]).toEqual([false, true, true]);
  });

  it('list copies to their recipient, newest first, with those not read yet', async () => {
    const queries = createTaskActionQueries(test.database);
    const copy = { kind: 'copy', recipient: 'bob', sealed_key: '7', read_at: null };
    const rows = [
      await note(copy),
      await note({ ...copy, read_at: 11_000 }),
      await note({ ...copy, recipient: 'cid' }),
    ];
    await on.runtime.write([{ insert: 'task_notes', rows }]);

    const page = await queries.copiesTo('bob', { limit: 1, excludedCases: [] });
    const rest = await queries.copiesTo('bob', { limit: 5, before: page.items[0]!.noteKey, excludedCases: ['1'] });

    expect([page.unread, page.items[0]]).toMatchObject([1, { noteKey: rows[1]!.note_key, taskName: 'work' }]);
    expect(rest.items.map(({ noteKey }) => noteKey)).toEqual([rows[0]!.note_key]);
    expect(await queries.areSentTo('bob', task.processInstanceKey, ['7', '7'])).toBe(true);
    expect(await queries.areSentTo('bob', task.processInstanceKey, ['7', '8'])).toBe(false);
    expect(await queries.hasDrafts([task.userTaskKey])).toBe(false);
  });
});
