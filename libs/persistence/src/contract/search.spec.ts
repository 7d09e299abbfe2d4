import { createRuntime } from '#runtime';
import type { Runtime, RuntimeStore } from '#runtime';
import { createQueries } from '../queries/queries.js';
import type { Queries } from '../queries/queries-types.js';
import { SearchError } from '../queries/search-types.js';
import type { Filter, TaskReader } from '../queries/search-types.js';
import { createStore } from '../store.js';
import { folderSet, form, taskProcess } from './models.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

describe.each(testDatabases)('search on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  let queries: Queries;
  let taskKeys: readonly string[];

  beforeAll(async () => {
    test = await open();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    queries = createQueries(test.database);
    await runtime.deploy(folderSet({ 'workflows/order.bpmn': taskProcess, 'forms/F01.form.json': form }));
    await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((name) => runtime.createInstance({ bpmnProcessId: 'order', variables: { name } })),
    );
    taskKeys = (await queries.search('userTasks', {})).items.map((task) => task.userTaskKey);
    await runtime.execute({ command: { type: 'assignUserTask', userTaskKey: taskKeys[1]!, assignee: 'li' } });
    await runtime.execute({
      command: { type: 'updateUserTask', userTaskKey: taskKeys[2]!, changes: { dueAt: 5_000, priority: 80 } },
    });
    await runtime.execute({
      command: { type: 'completeUserTask', userTaskKey: taskKeys[3]!, variables: {}, by: 'wang' },
    });
  });

  afterAll(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  const anyState = { state: { $neq: 'NONE' } };
  const keysOf = async (request: Parameters<Queries['search']>[1]) =>
    (await queries.search('userTasks', request)).items.map((task) => taskKeys.indexOf(task.userTaskKey));

  it('filters with all operators', async () => {
    expect(await keysOf({ filter: { state: 'CREATED', assignee: { $exists: false } } })).toEqual([0, 2, 4]);
    expect(await keysOf({ filter: { assignee: { $in: ['li', 'wu'] } } })).toEqual([1]);
    expect(await keysOf({ filter: { state: 'CREATED', priority: { $gt: 50, $lte: 80 } } })).toEqual([2]);
    expect(await keysOf({ filter: { state: { $neq: 'CREATED' } } })).toEqual([3]);
    expect(await keysOf({ filter: { name: { $like: 'rev?e*' }, userTaskKey: taskKeys[4] } })).toEqual([4]);
  });

  it('filters by candidates, and by variables as JSON text', async () => {
    expect(await keysOf({ filter: { ...anyState, candidateGroup: { $like: 'clerk*' } } })).toEqual([0, 1, 2, 4]);
    expect(await keysOf({ filter: { ...anyState, candidateGroup: { $neq: 'clerk@office' } } })).toEqual([3]);
    expect(await keysOf({ filter: { ...anyState, candidateUser: { $exists: false } } })).toEqual([0, 1, 2, 3, 4]);
    const named = await queries.search('userTasks', { variables: [{ name: 'name', value: '"b"' }] });
    expect(await Promise.all(named.items.map((task) => queries.variablesOf(task.processInstanceKey)))).toEqual([
      expect.objectContaining({ name: 'b' }),
    ]);
    expect(await keysOf({ filter: anyState, localVariables: [{ name: 'name', value: { $like: '*' } }] })).toEqual([]);
  });

  it('finds what fulfils the filter and one of the alternatives', async () => {
    const anyOf = [{ assignee: 'li' }, { priority: 80 }, { state: 'COMPLETED' }];

    expect(await keysOf({ filter: { state: 'CREATED' }, anyOf })).toEqual([1, 2]);
    expect(await keysOf({ anyOf: [] })).toEqual([]);
    expect(await keysOf({ isEmpty: true })).toEqual([]);
  });

  it('finds instances by their elements, jobs, incidents and batch operations', async () => {
    const found = async (filter: Filter) =>
      (await queries.search('processInstances', { filter: { state: 'ACTIVE', ...filter } })).totalItems;

    expect(await found({ elementInstanceState: 'ACTIVE', hasElementInstanceIncident: false })).toBe(4);
    expect(await found({ elementId: 'nowhere' })).toBe(0);
    expect(await found({ elementId: { $neq: 'nowhere' } })).toBe(4);
    expect((await queries.search('processInstances', { filter: { elementId: 'review' } })).totalItems).toBe(5);
    expect(await found({ errorMessage: { $like: '*' } })).toBe(0);
    expect(await found({ hasRetriesLeft: true })).toBe(0);
    expect(await found({ batchOperationId: '1' })).toBe(0);
  });

  it('pages forward and backward with cursors and counts all', async () => {
    const sort = [{ field: 'dueDate', order: 'asc' as const }];
    const first = await queries.search('userTasks', { filter: anyState, sort, page: { limit: 2 } });
    const second = await queries.search('userTasks', {
      filter: anyState,
      sort,
      page: { limit: 2, after: first.endCursor! },
    });
    const back = await queries.search('userTasks', {
      filter: anyState,
      sort,
      page: { limit: 2, before: second.startCursor! },
    });

    expect(first.totalItems).toBe(5);
    expect(first.items.map((task) => taskKeys.indexOf(task.userTaskKey))).toEqual([2, 0]);
    expect(second.items.map((task) => taskKeys.indexOf(task.userTaskKey))).toEqual([1, 3]);
    expect(back.items).toEqual(first.items);
  });

  it('refuses a cursor of another order, and one that somebody wrote by hand', async () => {
    const sort = [{ field: 'priority', order: 'desc' as const }];
    const { endCursor } = await queries.search('userTasks', { filter: anyState, sort, page: { limit: 2 } });
    const after = (cursor: unknown, by: typeof sort | { field: string }[]) =>
      queries.search('userTasks', { filter: anyState, sort: by, page: { after: String(cursor) } });
    const written = (values: readonly unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');

    expect((await after(endCursor, sort)).items).toHaveLength(3);
    await expect(after(endCursor, [{ field: 'priority' }])).rejects.toThrow(SearchError);
    await expect(after(endCursor, [{ field: 'creationDate' }])).rejects.toThrow(SearchError);
    await expect(after(written(['key']), [])).rejects.toThrow(SearchError);
    await expect(after(written(['priority desc', 'high', 1]), sort)).rejects.toThrow(SearchError);
    await expect(after(written([null]), [])).rejects.toThrow(SearchError);
  });

  it('refuses fields, operators and cursors that it does not know', async () => {
    await expect(queries.search('jobs', { filter: { 'key"; DROP': 1 } })).rejects.toThrow(SearchError);
    await expect(queries.search('jobs', { filter: { type: { $regex: 'x' } as never } })).rejects.toThrow(SearchError);
    await expect(queries.search('jobs', { page: { after: 'nonsense' } })).rejects.toThrow(SearchError);
    await expect(queries.search('jobs', { page: { limit: -1 } })).rejects.toThrow(SearchError);
  });

  it('shows tasks to candidates, assignee and who completed them alone', async () => {
    expect(await keysOf({ visibleTo: { user: 'li', groups: [] } })).toEqual([1]);
    expect(await keysOf({ visibleTo: { user: 'wang', groups: ['clerk'] } })).toEqual([3]);
    expect(await keysOf({ visibleTo: { user: 'zhou', groups: ['clerk@office'] } })).toEqual([0, 1, 2, 4]);
    expect(await keysOf({ visibleTo: { user: 'zhou', groups: ['clerk@mine'] } })).toEqual([]);
  });

  it('shows to a substitute the open tasks of others, but none of a case that excludes the other', async () => {
    await test.database.writer.query(`UPDATE user_tasks SET case_key = '77' WHERE "key" = ${taskKeys[1]!}`);
    const li = { user: 'li', groups: [], excludedCases: [] };
    const list = (inPlaceOf: readonly TaskReader[], view: 'mine' | 'claimable' | 'all') =>
      queries.taskList({ view, user: 'zhou', groups: [], inPlaceOf, now: 0 });
    const clerk = { user: 'wang', groups: ['clerk@office'] };

    expect(await keysOf({ visibleTo: { user: 'zhou', groups: [], inPlaceOf: [li] } })).toEqual([1]);
    expect(await keysOf({ visibleTo: { user: 'zhou', groups: [], inPlaceOf: [clerk] } })).toEqual([0, 1, 2, 4]);
    expect(await list([li], 'mine')).toMatchObject({ total: 1, counts: { mine: 1, claimable: 0, done: 0 } });
    expect(await list([clerk], 'claimable')).toMatchObject({ total: 3, counts: { mine: 0, claimable: 3, done: 0 } });
    const without = { ...li, excludedCases: ['77'] };
    expect(await keysOf({ visibleTo: { user: 'zhou', groups: [], inPlaceOf: [without] } })).toEqual([]);
    expect(await list([without], 'all')).toMatchObject({ total: 0, counts: { mine: 0, overdue: 0 } });
  });

  it('gives the lists of the workbench with their counts', async () => {
    const list = await queries.taskList({
      view: 'claimable',
      user: 'li',
      groups: ['clerk@office'],
      now: 6_000,
      limit: 2,
    });
    const next = await queries.taskList({
      view: 'claimable',
      user: 'li',
      groups: ['clerk@office'],
      now: 6_000,
      cursor: list.nextCursor!,
    });

    expect(list.items.map((task) => taskKeys.indexOf(task.userTaskKey))).toEqual([2, 0]);
    expect(next.items.map((task) => taskKeys.indexOf(task.userTaskKey))).toEqual([4]);
    expect([list.total, list.counts]).toEqual([3, { mine: 1, claimable: 3, done: 0, overdue: 1 }]);
  });

  it('lists by the time that is used up, newest first where asked, once however often a person is candidate', async () => {
    const person = { user: 'li', groups: ['clerk@office', 'clerk@office', 'nobody'], now: 6_000 };
    const indexes = async (request: object) =>
      (await queries.taskList({ view: 'all', ...person, ...request })).items.map((task) =>
        taskKeys.indexOf(task.userTaskKey),
      );

    expect(await indexes({})).toEqual([2, 0, 1, 4]);
    expect(await indexes({ lamp: 'overdue' })).toEqual([2]);
    expect(await indexes({ lamp: 'normal' })).toEqual([0, 1, 4]);
    expect(await indexes({ sort: 'created', limit: 2 })).toEqual([4, 2]);
    expect(await indexes({ q: 'no such text' })).toEqual([]);
  });

  it('keeps the order of a task whose candidates were replaced after its due date was set', async () => {
    const replaced = { candidateGroups: ['clerk@office', 'archive'] };
    await runtime.execute({ command: { type: 'updateUserTask', userTaskKey: taskKeys[2]!, changes: replaced } });

    const list = await queries.taskList({ view: 'claimable', user: 'wu', groups: ['archive'], now: 4_000 });

    expect(list.items.map(({ dueDate }) => dueDate)).toEqual([5_000]);
    expect(list.counts).toEqual({ mine: 0, claimable: 1, done: 0, overdue: 0 });
  });

  it('gives every kind of view', async () => {
    const kinds = [
      'processDefinitions',
      'processInstances',
      'elementInstances',
      'userTasks',
      'variables',
      'jobs',
      'incidents',
      'decisionDefinitions',
      'messageSubscriptions',
    ] as const;

    const totals = await Promise.all(kinds.map(async (kind) => (await queries.search(kind, {})).totalItems));

    expect(totals).toEqual([1, 5, expect.any(Number), 5, 5, 0, 0, 0, 0]);
    expect(await queries.get('processDefinitions', '42')).toBeUndefined();
  });

  it('shows the headers of a task, and none where it has none', async () => {
    const headed = taskProcess
      .replaceAll('"order"', '"headed"')
      .replace(
        '<zeebe:userTask />',
        '<zeebe:userTask /><zeebe:taskHeaders><zeebe:header key="a" value="b" /></zeebe:taskHeaders>',
      );
    await runtime.deploy({ ...folderSet({ 'headed.bpmn': headed }), source: 'api' });
    const started = await runtime.createInstance({ bpmnProcessId: 'headed', variables: {} });
    const processInstanceKey = started.ok ? started.reply.processInstanceKey : '';

    const { items } = await queries.search('userTasks', { filter: { processInstanceKey } });
    const [task] = items;
    await runtime.execute({ instanceKey: processInstanceKey, command: { type: 'cancelProcessInstance' } });

    expect(JSON.parse(task?.customHeaders ?? '')).toEqual({ a: 'b' });
    expect(
      (await queries.search('userTasks', { filter: { userTaskKey: taskKeys[0] } })).items[0]?.customHeaders,
    ).toBeNull();
  });
});
