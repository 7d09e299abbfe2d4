import type { RunQuery } from '../instance-cache.js';
import { createQueries } from '../queries/queries.js';
import type { Queries, TaskListRequest } from '../queries/queries-types.js';
import { search } from '../queries/search.js';
import type { Searchable, SearchRequest } from '../queries/search-types.js';
import { taskList } from '../queries/task-list.js';
import { readerQuery } from '../reader-query.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

/** The target is 100 ms; the best of five on a busy machine is given six times that. */
const MOST_MS = 600;
const TASKS = 100_000;

const PERSON: TaskListRequest = { view: 'all', user: 'li', groups: ['clerk'], now: 50_000 };
/** A line of a plan that reads all of a table; SQLite calls walking a subquery a scan too. */
const WHOLE_TABLE = /^SCAN (t|c)\b(?! USING)/;

/** Tasks of two groups, a few of them assigned, a few without a due date; the text is longer than a line. */
const fill = (numbers: string): readonly string[] => [
  `INSERT INTO user_tasks ("key", process_instance_key, root_instance_key, process_definition_key, bpmn_process_id, process_version, process_name, element_instance_key,
     element_id, name, assignee, unit, state, priority, due_at, created_at, case_no, title, drill)
   SELECT n, n, n, 1, 'p', 1, 'p', n, 'e', '审核', CASE WHEN n % 500 = 0 THEN 'li' END, 'u' || (n % 20), 'CREATED', 50, CASE WHEN n % 50 > 0 THEN 1000 + n END, n, 'XF-' || n,
     '关于二采区皮带巷反映工资问题的事项 ' || n, false FROM ${numbers}`,
  `INSERT INTO user_task_candidates (user_task_key, kind, value, due_sort, created_at)
   SELECT n, 'group', CASE WHEN n % 1000 = 0 THEN 'rare' ELSE 'clerk' END, CASE WHEN n % 50 > 0 THEN 1000 + n ELSE 9007199254740991 END, n FROM ${numbers}`,
];
const numbers = {
  SQLite: `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${TASKS}) SELECT n FROM c)`,
  PostgreSQL: `generate_series(1, ${TASKS}) AS n`,
};

const newest = (field: string) => [{ field, order: 'desc' as const }];

describe.each(testDatabases)('lists of 100,000 open tasks on $kind', ({ kind, open }) => {
  let test: TestDatabase;
  let queries: Queries;

  beforeAll(async () => {
    test = await open();
    queries = createQueries(test.database);
    for (const sql of fill(numbers[kind as keyof typeof numbers])) await test.database.writer.query(sql);
    await test.database.writer.query('ANALYZE');
  });

  afterAll(async () => test.drop());

  const wishes: readonly (readonly [string, Partial<TaskListRequest>])[] = [
    ['by due date', {}],
    ['newest first', { sort: 'created' }],
    ['of somebody with few tasks', { groups: ['rare'] }],
    ['of somebody with many roles', { groups: ['rare', 'clerk', 'a', 'b', 'c', 'd', 'e', 'f'] }],
    ['of nobody', { groups: ['nobody'] }],
    ['of a unit', { unit: 'u7' }],
    ['with a lamp', { lamp: 'near' }],
    ['overdue', { lamp: 'overdue' }],
    ['by a case number', { q: 'XF-99998' }],
    ['by words that are nowhere', { q: '没有这样的事' }],
  ];

  it.each(wishes)('answers in time: %s', async (_name, wish) => {
    const request = { ...PERSON, ...wish };

    const times: number[] = [];
    while (times.length < 5) times.push(await timed(request));

    expect(Math.min(...times)).toBeLessThan(MOST_MS);
  });

  it('counts a search no further than 10,000, says that there are more, and pages on', async () => {
    const filter = { state: 'CREATED' };
    const last = await queries.search('userTasks', { filter, page: { from: 99_999, limit: 10 } });

    expect(last).toMatchObject({ totalItems: 10_000, hasMoreTotalItems: true });
    expect(last.items.map(({ caseNo }) => caseNo)).toEqual(['XF-100000']);
  });

  it.each([
    ['fewer than that', { $lte: 9_999 }, 9_999, false],
    ['just so many', { $lte: 10_000 }, 10_000, false],
    ['one more', { $lte: 10_001 }, 10_000, true],
  ])('counts %s truly', async (_name, creationDate, totalItems, hasMoreTotalItems) => {
    const found = await queries.search('userTasks', { filter: { creationDate }, page: { limit: 1 } });

    expect(found).toMatchObject({ totalItems, hasMoreTotalItems });
  });

  /** PostgreSQL weighs costs anew for each wish, and reads a table whole where that is quicker. */
  const itWithFixedPlans = kind === 'SQLite' ? it : it.skip;

  itWithFixedPlans.each(wishes)('reads no table from end to end: %s', async (_name, wish) => {
    const query = readerQuery(test.database);
    const plans: string[] = [];

    await taskList(
      async (sql, params) => {
        plans.push(...(await plan(query, sql, params)));
        return query(sql, params);
      },
      { ...PERSON, ...wish },
    );

    expect(plans.filter((line) => WHOLE_TABLE.test(line))).toEqual([]);
  });

  it('counts in the same way however the page is sorted', async () => {
    const counted = async (sort: 'due' | 'created') => {
      const statements: string[] = [];
      await taskList(
        async (sql, params) => {
          statements.push(sql);
          return readerQuery(test.database)(sql, params);
        },
        { ...PERSON, now: 1_000_000_000, sort },
      );
      return statements.filter((sql) => sql.startsWith('SELECT COUNT'));
    };

    expect(await counted('created')).toEqual(await counted('due'));
  });

  const ordered: readonly (readonly [string, Searchable, SearchRequest])[] = [
    [
      'active instances, newest first',
      'processInstances',
      { filter: { state: 'ACTIVE' }, sort: newest('processInstanceKey') },
    ],
    ['instances of a process', 'processInstances', { filter: { processDefinitionId: 'p', state: 'ACTIVE' } }],
    ['instances of a version', 'processInstances', { filter: { processDefinitionKey: '1', state: 'ACTIVE' } }],
    ['open tasks, newest first', 'userTasks', { filter: { state: 'CREATED' }, sort: newest('userTaskKey') }],
  ];

  itWithFixedPlans.each(ordered)('sorts nothing to search %s', async (_name, entity, request) => {
    const query = readerQuery(test.database);
    const plans: string[] = [];

    await search(
      async (sql, params) => {
        plans.push(...(await plan(query, sql, params)));
        return query(sql, params);
      },
      entity,
      request,
    );

    expect(plans.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
  });

  it.each([
    ['user_tasks', 'assignee'],
    ['user_tasks', 'unit'],
    ['user_tasks', 'completed_by'],
    ['user_tasks', 'case_key'],
    ['process_instances', 'case_key'],
    ['process_instances', 'case_no'],
    ['process_instances', 'parent_instance_key'],
    ['process_instances', 'start_correlation_key'],
  ])('finds rows of %s by %s without reading all', async (table, column) => {
    const sql = `SELECT "key" FROM ${table} WHERE ${column} = ?`;
    const query = readerQuery(test.database);
    const used = kind === 'SQLite' ? await plan(query, sql, ['1']) : await explained(sql.replace('?', `'1'`));

    expect(used.join(' ')).toMatch(new RegExp(`ix_${table}_${column}`));
  });

  /** As PostgreSQL would do it where reading all is dear. */
  async function explained(sql: string): Promise<readonly string[]> {
    const runner = test.database.reader.createQueryRunner();
    await runner.query('SET enable_seqscan = off');
    const rows = (await runner.query(`EXPLAIN ${sql}`)) as readonly Readonly<Record<string, unknown>>[];
    await runner.query('RESET enable_seqscan');
    await runner.release();
    return rows.map((row) => String(row['QUERY PLAN']));
  }

  async function timed(request: TaskListRequest): Promise<number> {
    const startedAt = performance.now();
    await queries.taskList(request);
    return performance.now() - startedAt;
  }

  async function plan(query: RunQuery, sql: string, params: readonly unknown[]): Promise<readonly string[]> {
    return (await query(`EXPLAIN QUERY PLAN ${sql}`, params)).map((row) => String(row['detail']));
  }
});
