import { createRuntime } from '#runtime';
import type { Runtime, RuntimeStore } from '#runtime';
import { createAccountsRepository, insertAccount, replacePosts } from '../product/accounts-repository.js';
import { createConflictQueries } from '../product/conflict-queries.js';
import { createOrganizationQueries, type OrganizationQueries } from '../product/organization-queries.js';
import {
  endSubstitution,
  insertActInPlace,
  insertRecusal,
  insertSubstitution,
  insertUnattended,
  undoRecusal,
} from '../product/organization-writes.js';
import { createStore } from '../store.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

describe.each(testDatabases)('the organization on $kind', ({ open }) => {
  let test: TestDatabase;
  let store: RuntimeStore;
  let runtime: Runtime;
  let queries: OrganizationQueries;

  beforeAll(async () => {
    test = await open();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    queries = createOrganizationQueries(test.database);
  });

  afterAll(async () => {
    await runtime.stop();
    await store.close();
    await test.drop();
  });

  it('keeps roles and posts of accounts apart', async () => {
    const accounts = createAccountsRepository(test.database);
    const account = { id: 'li', name: '李', unit: 'hr', roles: ['b', 'a'], posts: ['head'], disabled: false };
    await runtime.write([
      ...insertAccount({ ...account, passwordHash: 'x' }, { by: 'chief', at: 1 }),
      ...insertAccount({ ...account, id: 'wu', roles: [], posts: [], passwordHash: 'x' }, { by: 'chief', at: 1 }),
    ]);

    const made = await accounts.find('li');
    await runtime.write(replacePosts('li', ['deputy', 'deputy', 'chair'], 'chief'));

    expect(made).toMatchObject({ roles: ['a', 'b'], posts: ['head'], unit: 'hr', disabled: false });
    expect((await accounts.list()).map(({ id, roles, posts }) => [id, roles, posts])).toEqual([
      ['li', ['a', 'b'], ['chair', 'deputy']],
      ['wu', [], []],
    ]);
    expect(await accounts.find('nobody')).toBeUndefined();
  });

  it('finds who stands in for whom on a day, both ends included, until it is ended', async () => {
    const entry = { account: 'li', substitute: 'wu', reason: '出差', enteredBy: 'li', enteredAt: 5 };
    const days = { fromDay: '2026-03-02', untilDay: '2026-03-04' };
    await runtime.write([insertSubstitution({ ...entry, ...days, substitutionKey: '11' })]);
    const on = async (day: string) => (await queries.substitutionsBy('wu', day)).map(({ account }) => account);

    const found = [await on('2026-03-01'), await on('2026-03-02'), await on('2026-03-04'), await on('2026-03-05')];
    const ended = await runtime.write([endSubstitution('11', 'li', 9)]);
    const again = await runtime.write([endSubstitution('11', 'li', 10)]);

    expect(found).toEqual([[], ['li'], ['li'], []]);
    expect([ended.ok, again.ok]).toEqual([true, false]);
    expect(await on('2026-03-03')).toEqual([]);
    expect(await queries.substitutions('2026-03-03')).toEqual([]);
    expect(await queries.substitution('11')).toMatchObject({ ...entry, ...days, endedBy: 'li', endedAt: 9 });
  });

  it('keeps acts in the place of another, recusals and their undoing, and tasks that nobody can do', async () => {
    const act = { userTaskKey: '1', processInstanceKey: '2', act: 'complete', account: 'wu', inPlaceOf: 'li', at: 7 };
    const recusal = { caseKey: '3', account: 'li', sealedKey: '4', enteredBy: 'li', enteredAt: 8 };
    const task = { userTaskKey: '1', processInstanceKey: '2', since: 9, offeredTo: null };
    await runtime.write([
      insertActInPlace('21', act),
      insertRecusal({ ...recusal, recusalKey: '22' }),
      ...insertUnattended(task),
    ]);
    await runtime.write([...insertUnattended({ ...task, offeredTo: 'post:head' }), undoRecusal('22', 'wu', 10)]);

    expect(await queries.actsInPlace(['2'])).toEqual([act]);
    expect(await queries.recusalsOf('3')).toEqual([{ ...recusal, recusalKey: '22', undoneBy: 'wu', undoneAt: 10 }]);
    expect(await queries.unattended(['1', '5'])).toEqual([{ ...task, offeredTo: 'post:head' }]);
    expect(await queries.openUnattended(10)).toEqual([]);
  });

  it('counts what a post did as in the hands of its role', async () => {
    const conflicts = createConflictQueries(test.database);
    await test.database.writer.query(
      `INSERT INTO user_tasks ("key", process_instance_key, root_instance_key, process_definition_key, bpmn_process_id, process_version, process_name, element_instance_key, element_id, name, state, priority, created_at, completed_by, case_key, drill)
       VALUES (901, 1, 1, 1, 'p', 1, 'p', 1, 'e', 'e', 'COMPLETED', 50, 1, 'li', '77', false), (902, 1, 1, 1, 'p', 1, 'p', 1, 'e', 'e', 'CREATED', 50, 1, NULL, '78', false)`,
    );
    await test.database.writer.query(
      `INSERT INTO user_task_candidates (user_task_key, kind, value, due_sort, created_at) VALUES (902, 'group', 'post:chair', 1, 1)`,
    );

    expect([...(await conflicts.casesInHandsOf({ roles: ['board'], posts: ['chair'], processes: [] }))].sort()).toEqual(
      ['77', '78'],
    );
    expect(await conflicts.casesInHandsOf({ roles: ['board'], posts: [], processes: [] })).toEqual([]);
    expect(await queries.openTaskKeys('0', 10)).toEqual(['902']);
    expect(await queries.openTaskKeys('902', 10)).toEqual([]);
  });

  it('counts the cases that a process opened as those of its roles, not the cases that it only joined', async () => {
    const conflicts = createConflictQueries(test.database);
    await test.database.writer.query(
      `INSERT INTO process_instances ("key", process_definition_key, bpmn_process_id, version, set_id, state, has_incident, root_instance_key, revision, position, start_at, case_key, drill)
       VALUES (801, 1, 'welfare', 1, 1, 'ACTIVE', false, 801, 1, 1, 1, '801', false), (802, 1, 'welfare', 1, 1, 'ACTIVE', false, 802, 1, 1, 1, '700', false)`,
    );

    expect(await conflicts.casesInHandsOf({ roles: [], posts: [], processes: ['welfare'] })).toEqual(['801']);
    expect(await conflicts.casesInHandsOf({ roles: [], posts: [], processes: [] })).toEqual([]);
  });
});
