import { sqlDialect } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { createQueries } from '../queries/queries.js';
import { searchAccess } from '../queries/search-access.js';
import { searchSources } from '../queries/search-fields.js';
import type { SearchField } from '../queries/search-source.js';
import { search } from '../queries/search.js';
import { SearchError } from '../queries/search-types.js';
import type { Searchable, SearchRequest } from '../queries/search-types.js';
import { readerQuery } from '../reader-query.js';
import { type Plan, postgresPlan, sqlitePlan } from './read-plan.js';
import { filledTables } from './filled-tables.js';
import { testDatabases } from './test-databases.js';
import type { TestDatabase } from './test-databases.js';

/** A field of the table of fields, and how it is asked for. */
interface Use {
  readonly name: string;
  readonly entity: Searchable;
  readonly field: string;
  readonly use: 'filter' | 'sort';
}

const entities = (Object.keys(searchSources) as Searchable[]).filter((entity) => entity !== 'decisionDefinitions');
const fieldsOf = (entity: Searchable): Readonly<Record<string, SearchField>> => ({
  ...searchSources[entity].fields,
  ...Object.assign({}, ...(searchSources[entity].related ?? []).map(({ fields }) => fields)),
});
/** Of what people make the rest of the fields is looked at row by row. */
const isAsked = (entity: Searchable, use: 'found' | 'sorted', field: string): boolean =>
  searchAccess[entity].isSmall !== true || searchAccess[entity][use].includes(field);
const uses: readonly Use[] = entities.flatMap((entity) => [
  ...Object.keys(fieldsOf(entity))
    .filter((field) => isAsked(entity, 'found', field))
    .map((field) => ({
      name: `${entity} with ${field}`,
      entity,
      field,
      use: 'filter' as const,
    })),
  ...Object.keys(searchSources[entity].fields)
    .filter((field) => isAsked(entity, 'sorted', field))
    .map((field) => ({
      name: `${entity} by ${field}`,
      entity,
      field,
      use: 'sort' as const,
    })),
]);
const rareState: Partial<Record<Searchable, string>> = {
  processInstances: 'COMPLETED',
  userTasks: 'COMPLETED',
  jobs: 'COMPLETED',
};
/** A task is searched in the name of somebody, whose tasks an index leads to. */
const person = { user: 'x7', groups: ['x8', 'x9'], inPlaceOf: [{ user: 'x10', groups: ['x11'] }] };

describe.each(testDatabases)('plans of searches on $kind', ({ kind, open }) => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await open();
    for (const sql of filledTables(test.database.writer, kind)) await test.database.writer.query(sql);
    await test.database.writer.query('ANALYZE');
  });

  afterAll(async () => test.drop());

  it.each(uses)('read no table from end to end, or are refused: $name', async ({ entity, field, use }) => {
    const request = use === 'filter' ? { filter: { [field]: await valueOf(entity, field) } } : { sort: [{ field }] };

    const refusal = await refusalOf(entity, request);
    const plans = refusal === undefined ? await plansOf(entity, request) : [];

    expect(refusal ?? field).toContain(field);
    expect(plans.flatMap(({ wholeTables }) => wholeTables)).toEqual([]);
    expect(use === 'sort' && plans.some(({ isSorted }) => isSorted)).toBe(false);
  });

  it.each(entities)('refuse nothing where the instance is known: %s', async (entity) => {
    const owner =
      entity.endsWith('s') && searchSources[entity].fields['processInstanceKey'] ? 'processInstanceKey' : undefined;
    const own = owner ? { [owner]: '7' } : {};
    const asked = owner ? Object.keys(fieldsOf(entity)) : [];

    const refusals = await Promise.all(
      asked.map((field) =>
        refusalOf(entity, { filter: own, sort: searchSources[entity].fields[field] ? [{ field }] : [] }),
      ),
    );

    expect(refusals.filter((one) => one !== undefined)).toEqual([]);
  });

  it('lead to tasks by the indices of their reader', async () => {
    const plans = await plansOf('userTasks', { visibleTo: person, filter: { elementId: 'x7' } });

    expect(plans.flatMap(({ wholeTables }) => wholeTables)).toEqual([]);
  });

  it('lead to the few open tasks of an element, however many wait elsewhere', async () => {
    const explain = test.database.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const where = `state = 'CREATED' AND bpmn_process_id IN ('x7') AND element_id IN ('x8', 'x9')`;

    const plan = await readerQuery(test.database)(`${explain} SELECT 1 FROM user_tasks WHERE ${where}`, []);

    expect(JSON.stringify(plan)).toContain('ix_user_tasks_place');
  });

  it('leave out tasks by key, however many, without reading others', async () => {
    const barredTasks = Array.from({ length: 70_000 }, (_, n) => String(n));

    const plans = await plansOf('userTasks', {
      visibleTo: { ...person, barredTasks },
      filter: { elementId: 'x7' },
    });

    expect(plans.flatMap(({ wholeTables }) => wholeTables).filter((line) => !/\bo\b/.test(line))).toEqual([]);
  });

  it('read of definitions only what came with later sets', async () => {
    const explain = test.database.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const where = `set_id > 1000000 AND xml LIKE '%x%'`;

    const plan = await readerQuery(test.database)(`${explain} SELECT * FROM process_definitions WHERE ${where}`, []);

    expect(JSON.stringify(plan)).toContain('ix_process_definitions_set_id');
  });

  it('lead from a variable, and from alternatives, to instances', async () => {
    const variables = [{ name: 'x7', value: 'x7' }];
    const anyOf = [{ processDefinitionId: 'x7' }, { parentProcessInstanceKey: '507', hasIncident: true }];

    const plans = [
      ...(await plansOf('processInstances', { variables })),
      ...(await plansOf('processInstances', { anyOf })),
    ];

    expect(plans.flatMap(({ wholeTables }) => wholeTables)).toEqual([]);
  });

  it.each([
    ['processInstances', { filter: { processDefinitionId: { $like: '*x' } } }, 'processDefinitionId'],
    ['processInstances', { filter: { hasIncident: false } }, 'hasIncident'],
    ['processInstances', { anyOf: [{ state: 'ACTIVE' }, { title: 'x' }] }, 'title'],
    ['jobs', { filter: { worker: 'w', processInstanceKey: { $neq: '1' } } }, 'worker'],
  ] as const)('refuse what no index leads to: %s %j', async (entity, request, field) => {
    expect(await refusalOf(entity, request)).toMatch(new RegExp(`Expected .*${field}.* one of `));
  });

  it.each([
    ['processInstances', { filter: { processInstanceKey: { $notIn: ['1'] } } }],
    ['processInstances', { filter: { processDefinitionId: { $like: '*x' }, state: { $neq: 'COMPLETED' } } }],
    ['userTasks', { filter: { name: { $like: '*x*' }, state: 'CREATED' }, sort: [{ field: 'priority' }] }],
    ['elementInstances', { filter: { type: 'userTask', flowScopeKey: '7' }, sort: [{ field: 'startDate' }] }],
    ['elementInstances', { filter: { processDefinitionKey: '7' } }],
    ['jobs', { filter: { processDefinitionKey: { $in: ['7', '8'] } } }],
  ] as const)('serve what something else of the filter leads to: %s %j', async (entity, request) => {
    expect(await refusalOf(entity, request)).toBeUndefined();
  });

  it('give the same rows in the same order state by state', async () => {
    const sort = [{ field: 'startDate', order: 'desc' as const }];
    const queries = createQueries(test.database);
    const first = await queries.search('processInstances', { sort, page: { limit: 60 } });
    const second = await queries.search('processInstances', { sort, page: { limit: 3, after: first.endCursor! } });
    const offset = await queries.search('processInstances', { sort, page: { limit: 3, from: 60 } });

    const times = [...first.items, ...second.items].map(({ startDate }) => startDate);

    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Set(times).size).toBe(63);
    expect(second.items).toEqual(offset.items);
  });

  async function refusalOf(entity: Searchable, request: SearchRequest): Promise<string | undefined> {
    const found = createQueries(test.database).search(entity, { ...request, page: { limit: 1 } });
    return found.then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof SearchError) return error.message;
        throw error;
      },
    );
  }

  async function valueOf(entity: Searchable, field: string): Promise<string | number | boolean> {
    const { kind: type, sql } = fieldsOf(entity)[field]!;
    if (type === 'boolean') return true;
    if (field === 'state') return rareState[entity] ?? 'ACTIVE';
    if (!sql.startsWith('t.')) return type === 'text' ? 'x7' : 7;
    const [row] = await readerQuery(test.database)(
      `SELECT ${sql} AS value FROM ${searchSources[entity].from} WHERE ${sql} IS NOT NULL ORDER BY 1 DESC LIMIT 1`,
      [],
    );
    return row?.['value'] as string;
  }

  /** Of the page and of its count; a count without a filter stops early. */
  async function plansOf(entity: Searchable, request: SearchRequest): Promise<readonly Plan[]> {
    const runner = test.database.reader.createQueryRunner();
    const placeholders = sqlDialect(test.database.dialect).placeholders;
    const plans: Plan[] = [];
    const run: RunQuery = async (sql, params) => {
      const isCountOfAll = sql.startsWith('SELECT COUNT') && !sql.includes('WHERE');
      const explained = `${kind === 'SQLite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN (FORMAT JSON)'} ${placeholders(sql)}`;
      const read = kind === 'SQLite' ? sqlitePlan : postgresPlan;
      if (!isCountOfAll) plans.push(read(await runner.query(explained, [...params]), request.sort === undefined));
      return (await runner.query(placeholders(sql), [...params])) as never;
    };
    if (kind !== 'SQLite') await runner.query('SET enable_seqscan = off');
    await search(run, entity, request).finally(async () => {
      if (kind !== 'SQLite') await runner.query('RESET enable_seqscan');
      await runner.release();
    });
    return plans;
  }
});
