import { list } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { asKey } from '../records.js';
import type { Queries, TaskList, TaskListRequest } from './queries-types.js';
import { readView, searchSources } from './search-fields.js';
import { SearchError } from './search-types.js';
import type { UserTaskView } from './search-types.js';

type TaskQueries = Pick<Queries, 'taskList' | 'openTasks' | 'tasksOfInstances' | 'taskVisibleTo'>;

const COLUMNS = Object.entries(searchSources.userTasks.fields)
  .map(([name, { sql }]) => `${sql} AS "${name}"`)
  .join(', ');
const CANDIDATE_OF_MANY = 10_000;

interface Where {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/** The workbench's lists. */
export function taskQueries(query: RunQuery): TaskQueries {
  return {
    taskList: (request) => taskList(query, request),
    openTasks: async ({ unit, dueBefore, limit }) => {
      const where = all([
        { sql: `t.state = 'CREATED'`, params: [] },
        ...(unit === undefined ? [] : [{ sql: 't.unit = ?', params: [unit] }]),
        ...(dueBefore === undefined ? [] : [{ sql: 't.due_at < ?', params: [dueBefore] }]),
      ]);
      return tasks(query, `WHERE ${where.sql} ORDER BY COALESCE(t.due_at, ${LATEST}), t."key" LIMIT ?`, [
        ...where.params,
        limit ?? CANDIDATE_OF_MANY,
      ]);
    },
    tasksOfInstances: async (keys) =>
      keys.length
        ? tasks(query, `WHERE t.process_instance_key IN ${list(keys.length)} ORDER BY t.created_at, t."key"`, keys)
        : [],
    taskVisibleTo: async (key, user, groups) => {
      const rows = await query(
        `SELECT 1 AS seen FROM user_tasks t WHERE t."key" = ? AND (t.assignee = ? OR t.completed_by = ? OR ${candidate(groups.length)})`,
        [key, user, user, user, ...groups],
      );
      return rows.length > 0;
    },
  };
}

/** Later than any time; tasks without a due date come last. */
const LATEST = '9007199254740991';

const candidate = (groups: number): string =>
  `EXISTS (SELECT 1 FROM user_task_candidates c WHERE c.user_task_key = t."key" AND ((c.kind = 'user' AND c.value = ?)${groups ? ` OR (c.kind = 'group' AND c.value IN ${list(groups)})` : ''}))`;

const all = (parts: readonly Where[]): Where => ({
  sql: parts.map((part) => part.sql).join(' AND '),
  params: parts.flatMap((part) => part.params),
});

/** A view without the cases that the account must not know of. */
function viewOf(view: TaskListRequest['view'], request: TaskListRequest): Where {
  const excluded = request.excludedCases ?? [];
  const own = ownView(view, request);
  return excluded.length === 0
    ? own
    : all([own, { sql: `(t.case_key IS NULL OR t.case_key NOT IN ${list(excluded.length)})`, params: excluded }]);
}

function ownView(view: TaskListRequest['view'], { user, groups }: TaskListRequest): Where {
  const candidates = { sql: candidate(groups.length), params: [user, ...groups] };
  const open = { sql: `t.state = 'CREATED'`, params: [] };
  if (view === 'mine') return all([open, { sql: 't.assignee = ?', params: [user] }]);
  if (view === 'claimable') return all([open, { sql: 't.assignee IS NULL', params: [] }, candidates]);
  if (view === 'done') return { sql: `t.completed_by = ? AND t.state = 'COMPLETED'`, params: [user] };
  return all([open, { sql: `(t.assignee = ? OR ${candidates.sql})`, params: [user, ...candidates.params] }]);
}

async function taskList(query: RunQuery, request: TaskListRequest): Promise<TaskList> {
  const where = all([viewOf(request.view, request), ...narrowing(request)]);
  const limit = Math.min(Math.max(request.limit ?? 50, 1), 200);
  const sort =
    request.view === 'done'
      ? '-COALESCE(t.completed_at, 0)'
      : request.sort === 'created'
        ? '-t.created_at'
        : `COALESCE(t.due_at, ${LATEST})`;
  const cursor = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
  const bounded = cursor
    ? all([
        where,
        { sql: `(${sort} > ? OR (${sort} = ? AND t."key" > ?))`, params: [cursor.sort, cursor.sort, cursor.key] },
      ])
    : where;
  const rows = await query(
    `SELECT ${COLUMNS}, ${sort} AS "$sort" FROM user_tasks t WHERE ${bounded.sql} ORDER BY ${sort}, t."key" LIMIT ?`,
    [...bounded.params, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await withCandidates(query, page.map(toTask)),
    nextCursor:
      rows.length > limit && last ? encodeCursor({ sort: Number(last.$sort), key: asKey(last.userTaskKey) }) : null,
    total: await count(query, where),
    counts: await counts(query, request),
  };
}

function narrowing({ q, unit, dueBefore }: TaskListRequest): readonly Where[] {
  const pattern = `%${(q ?? '').replace(/[%_\\]/g, (found) => `\\${found}`)}%`;
  return [
    ...(q
      ? [
          {
            sql: `(t.name LIKE ? ESCAPE '\\' OR t.title LIKE ? ESCAPE '\\' OR t.case_no LIKE ? ESCAPE '\\')`,
            params: [pattern, pattern, pattern],
          },
        ]
      : []),
    ...(unit === undefined ? [] : [{ sql: 't.unit = ?', params: [unit] }]),
    ...(dueBefore === undefined ? [] : [{ sql: 't.due_at < ?', params: [dueBefore] }]),
  ];
}

async function counts(query: RunQuery, request: TaskListRequest): Promise<TaskList['counts']> {
  const [mine, claimable, done, overdue] = await Promise.all([
    count(query, viewOf('mine', request)),
    count(query, viewOf('claimable', request)),
    count(query, viewOf('done', request)),
    count(query, all([viewOf('all', request), { sql: 't.due_at < ?', params: [request.now] }])),
  ]);
  return { mine, claimable, done, overdue };
}

async function count(query: RunQuery, where: Where): Promise<number> {
  const rows = await query(`SELECT COUNT(*) AS total FROM user_tasks t WHERE ${where.sql}`, where.params);
  return Number(rows[0]?.total);
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

const encodeCursor = (cursor: { readonly sort: number; readonly key: string }): string =>
  Buffer.from(`${cursor.sort},${cursor.key}`).toString('base64url');

function decodeCursor(text: string): { readonly sort: number; readonly key: string } {
  const [, sort, key] = /^(-?\d{1,16}),(\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (sort === undefined || key === undefined) throw new SearchError('Expected a cursor of an earlier page.');
  return { sort: Number(sort), key };
}
