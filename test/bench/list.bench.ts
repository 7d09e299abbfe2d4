import { createQueries, type Queries } from '#persistence';
import type { BenchNode } from './bench-node.js';
import { atMost, plainSeconds, quantile, shown, spread, type Figure } from './measure.js';

const ROUNDS = 20;

type Lists = Readonly<Record<string, (queries: Queries) => Promise<unknown>>>;

const clerk = { user: 'clerk1', groups: ['clerk'], now: 0 };
/** Task lists as the workbench asks for them, each with its counts. */
const taskLists: Lists = {
  'claimable by due date': (queries) => queries.taskList({ ...clerk, view: 'claimable', sort: 'due' }),
  'claimable by age': (queries) => queries.taskList({ ...clerk, view: 'claimable', sort: 'created' }),
  'my tasks': (queries) => queries.taskList({ ...clerk, view: 'mine', sort: 'due' }),
  'my done tasks': (queries) => queries.taskList({ ...clerk, view: 'done' }),
};

const page = { limit: 50 };
/** Searches as the cockpit and the API ask for them, each with its total. */
const searches: Lists = {
  'active instances, newest first': (queries) =>
    queries.search('processInstances', {
      filter: { state: 'ACTIVE' },
      sort: [{ field: 'processInstanceKey', order: 'DESC' }],
      page,
    }),
  'ended instances of a process': (queries) =>
    queries.search('processInstances', { filter: { processDefinitionId: 'task', state: 'COMPLETED' }, page }),
  'open tasks': (queries) => queries.search('userTasks', { filter: { state: 'CREATED' }, page }),
  incidents: (queries) => queries.search('incidents', { filter: { state: 'ACTIVE' }, page }),
};

/** Time of the first page of searches, the dearest named. */
export async function searchFigure({ database }: BenchNode, key: string, rows: string): Promise<Figure> {
  const queries = createQueries(database);
  const all: number[] = [];
  const slowest = { name: '', ms: 0 };
  for (const [name, list] of Object.entries(searches)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push((await plainSeconds(() => list(queries))) * 1000);
    all.push(...times);
    const ms = quantile(times, 0.5);
    if (ms > slowest.ms) Object.assign(slowest, { name, ms });
  }
  const beside = `${spread(all, 'ms')}; dearest: ${slowest.name}, median ${slowest.ms.toFixed(1)} ms`;
  return atMost(`searches with their totals, ${rows}, p95`, quantile(all, 0.95), 100, 'ms', { key, beside });
}

/** Statements of lists whose plan reads a whole table without an index, and those that walk through a whole index. */
export async function planFigures(node: BenchNode): Promise<readonly Figure[]> {
  const scans: string[] = [];
  const walks: string[] = [];
  let count = 0;
  for (const [name, list] of Object.entries({ ...taskLists, ...searches })) {
    for (const { sql, params } of await readStatements(node, list)) {
      count += 1;
      const plan = (await node.database.reader.query(`EXPLAIN QUERY PLAN ${sql}`, [...params])) as { detail: string }[];
      const details = tableScans(plan.map(({ detail }) => detail));
      scans.push(...details.filter((detail) => !detail.includes('INDEX')).map((detail) => `${name}: ${detail}`));
      walks.push(...details.filter((detail) => detail.includes('INDEX')).map((detail) => `${name}: ${detail}`));
    }
  }
  const named = (found: readonly string[]) => (found.length ? { beside: [...new Set(found)].join('; ') } : {});
  return [
    atMost(`statements of lists that scan a table (of ${count})`, scans.length, 0, '', {
      key: 'storage.plans.scans',
      ...named(scans),
    }),
    shown(`statements of lists that walk through an index (of ${count})`, walks.length, '', {
      key: 'storage.plans.indexWalks',
      ...named(walks),
    }),
  ];
}

/** Steps that read all of a table or of an index; what a part of the same statement gave is none. */
function tableScans(plan: readonly string[]): readonly string[] {
  const parts = new Set(plan.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(detail)?.[1] ?? []));
  return plan.filter((detail) => {
    const scanned = /^SCAN (\S+)/.exec(detail)?.[1];
    return scanned !== undefined && scanned !== 'CONSTANT' && !parts.has(scanned);
  });
}

async function readStatements({ database }: BenchNode, list: (queries: Queries) => Promise<unknown>) {
  const read: { readonly sql: string; readonly params: readonly unknown[] }[] = [];
  const query = database.reader.query.bind(database.reader) as (sql: string, params?: unknown[]) => Promise<unknown>;
  database.reader.query = (async (sql: string, params: unknown[] = []) => {
    read.push({ sql, params });
    return query(sql, params);
  }) as typeof database.reader.query;
  try {
    await list(createQueries(database));
  } finally {
    database.reader.query = query as typeof database.reader.query;
  }
  return read;
}
