import { NEVER_DUE } from '#runtime';
import { list } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { asKey } from '../records.js';
import type { Queries } from './queries-types.js';
import { readView } from './read-view.js';
import { searchSources } from './search-fields.js';
import type { UserTaskView } from './search-types.js';

type TaskQueries = Pick<Queries, 'openTasks' | 'tasksOfInstances' | 'tasksOfCases'>;

const COLUMNS = Object.entries(searchSources.userTasks.fields)
  .map(([name, { sql }]) => `${sql} AS "${name}"`)
  .join(', ');
const CANDIDATE_OF_MANY = 10_000;

export interface Where {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** Tasks by what they belong to. */
export function taskQueries(query: RunQuery): TaskQueries {
  return {
    openTasks: async ({ unit, dueBefore, limit }) => {
      const open = all([
        where(`t.state = 'CREATED'`),
        ...(unit === undefined ? [] : [where('t.unit = ?', unit)]),
        ...(dueBefore === undefined ? [] : [where('t.due_at < ?', dueBefore)]),
      ]);
      return tasks(query, `WHERE ${open.sql} ORDER BY COALESCE(t.due_at, ${NEVER_DUE}), t."key" LIMIT ?`, [
        ...open.params,
        limit ?? CANDIDATE_OF_MANY,
      ]);
    },
    tasksOfInstances: async (keys) =>
      keys.length
        ? tasks(query, `WHERE t.process_instance_key IN ${list(keys.length)} ORDER BY t.created_at, t."key"`, keys)
        : [],
    tasksOfCases: async (keys) =>
      keys.length ? tasks(query, `WHERE t.case_key IN ${list(keys.length)} ORDER BY t.created_at, t."key"`, keys) : [],
  };
}

/** Conditions that all must hold. */
export const all = (parts: readonly Where[]): Where => ({
  sql: parts.map((part) => part.sql).join(' AND '),
  params: parts.flatMap((part) => part.params),
});

/** A condition on `user_tasks t` with its parameters. */
export const where = (sql: string, ...params: readonly unknown[]): Where => ({ sql, params });

/** Tasks in the order of the keys. */
export async function tasksByKey(query: RunQuery, keys: readonly string[]): Promise<readonly UserTaskView[]> {
  if (keys.length === 0) return [];
  const found = await tasks(query, `WHERE t."key" IN ${list(keys.length)}`, keys);
  const byKey = new Map(found.map((task) => [task.userTaskKey, task]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

const toTask = (row: Readonly<Record<string, unknown>>): UserTaskView =>
  ({ ...readView(searchSources.userTasks, row), candidateGroups: [], candidateUsers: [] }) as unknown as UserTaskView;

async function tasks(query: RunQuery, rest: string, params: readonly unknown[]): Promise<readonly UserTaskView[]> {
  const rows = await query(`SELECT ${COLUMNS} FROM user_tasks t ${rest}`, params);
  return withCandidates(query, rows.map(toTask));
}

/** Adds who may claim each of the tasks, with one statement. */
export async function withCandidates(
  query: RunQuery,
  items: readonly UserTaskView[],
): Promise<readonly UserTaskView[]> {
  if (items.length === 0) return items;
  const rows = await query(
    `SELECT user_task_key, kind, value FROM user_task_candidates WHERE user_task_key IN ${list(items.length)} ORDER BY value`,
    items.map((item) => item.userTaskKey),
  );
  const of = (key: string, kind: string) =>
    rows.filter((row) => asKey(row.user_task_key) === key && row.kind === kind).map((row) => String(row.value));
  return items.map((item) => ({
    ...item,
    candidateGroups: of(item.userTaskKey, 'group'),
    candidateUsers: of(item.userTaskKey, 'user'),
  }));
}
