import { NEVER_DUE } from '#runtime';
import { KEYS_OF_OBJECT, keysAsObject, list } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { asKey } from '../records.js';
import { NEAR_AT, URGENT_AT } from './lamp-moments.js';
import type { LampName, TaskList, TaskListRequest } from './queries-types.js';
import { SearchError, type TaskReader } from './search-types.js';
import { all, tasksByKey, where } from './task-queries.js';
import type { Where } from './task-queries.js';

/** Counting stops here, so that a list answers at the same speed however much waits. */
export const COUNTED_TASKS = 1_000;

/** How the rows of a list are sorted: two columns in one direction, which an index gives in this order. */
interface Order {
  readonly time: string;
  readonly key: string;
  readonly direction: 'ASC' | 'DESC';
}

/** One way of being on the list; a task may be there in several. */
interface Arm {
  readonly from: string;
  readonly where: Where;
  readonly order: Order;
}

interface Cursor {
  readonly time: number;
  readonly key: string;
}

/** One page of a list of the workbench, its total and the counts of all lists. */
export async function taskList(query: RunQuery, request: TaskListRequest): Promise<TaskList> {
  const limit = Math.min(Math.max(request.limit ?? 50, 1), 200);
  const arms = armsOf(request.view, request, narrowing(request), ofCandidate(request));
  // A text is looked for in every task of the person: one walk gives the page and the total then.
  const isOneWalk = request.q !== undefined && request.q !== '' && request.cursor === undefined;
  // A number has no order: the index by due date serves every count, with what is overdue too.
  const unsorted = { ...request, sort: 'due' as const };
  const found = await page(query, arms, {
    limit: isOneWalk ? COUNTED_TASKS : limit + 1,
    after: request.cursor === undefined ? undefined : decode(request.cursor),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const [items, total, counts] = await Promise.all([
    tasksByKey(
      query,
      shown.map(({ key }) => key),
    ),
    isOneWalk ? found.length : count(query, armsOf(request.view, unsorted, narrowing(request), ofCandidate(request))),
    countsOf(query, unsorted),
  ]);
  return { items, nextCursor: found.length > limit && last ? encode(last) : null, total, counts };
}

async function countsOf(query: RunQuery, request: TaskListRequest): Promise<TaskList['counts']> {
  const overdue = where('t.due_at < ?', request.now);
  const [mine, claimable, done, late] = await Promise.all([
    count(query, armsOf('mine', request, [])),
    count(query, armsOf('claimable', request, [])),
    count(query, armsOf('done', request, [])),
    count(query, armsOf('all', request, [overdue], [where('c.due_sort < ?', request.now)])),
  ]);
  return { mine, claimable, done, overdue: late };
}

/** `ofCandidates` narrows the candidates' own rows: what their index knows need not be looked up in the task. */
function armsOf(
  view: TaskListRequest['view'],
  request: TaskListRequest,
  narrowed: readonly Where[],
  ofCandidates: readonly Where[] = [],
): readonly Arm[] {
  const rest = [...without(request.excludedCases ?? []), ...withoutTasks(request.barredTasks ?? []), ...narrowed];
  if (view === 'done')
    return [
      armOfDone([
        where(`t.state = 'COMPLETED'`),
        where('t.completed_by = ?', request.user),
        ...without(request.takenCases ?? []),
        ...rest,
      ]),
    ];
  const readers: readonly TaskReader[] = [{ user: request.user, groups: request.groups }, ...(request.inPlaceOf ?? [])];
  return readers.flatMap((reader) => {
    const conditions = [...rest, ...without(reader.excludedCases ?? []), ...withoutTasks(reader.barredTasks ?? [])];
    const assigned = armOfTasks(request, [
      where(`t.state = 'CREATED'`),
      where('t.assignee = ?', reader.user),
      ...conditions,
    ]);
    if (view === 'mine') return [assigned];
    const unclaimed = view === 'claimable' ? [where('t.assignee IS NULL')] : [];
    const claimable = armsOfCandidate(request, reader, [...ofCandidates, ...unclaimed, ...conditions]);
    return view === 'claimable' ? claimable : [assigned, ...claimable];
  });
}

function armsOfCandidate(
  request: TaskListRequest,
  { user, groups }: TaskReader,
  conditions: readonly Where[],
): readonly Arm[] {
  const names = [['user', user] as const, ...[...new Set(groups)].map((group) => ['group', group] as const)];
  return names.map(([kind, value]) =>
    armOfCandidate(request, [where('c.value = ? AND c.kind = ?', value, kind), ...conditions]),
  );
}

const isByCreation = ({ sort }: TaskListRequest): boolean => sort === 'created';

const armOfTasks = (request: TaskListRequest, conditions: readonly Where[]): Arm => ({
  from: 'user_tasks t',
  where: all(conditions),
  order: {
    time: isByCreation(request) ? 't.created_at' : `COALESCE(t.due_at, ${NEVER_DUE})`,
    key: 't."key"',
    direction: isByCreation(request) ? 'DESC' : 'ASC',
  },
});

const armOfDone = (conditions: readonly Where[]): Arm => ({
  from: 'user_tasks t',
  where: all(conditions),
  order: { time: 't.completed_at', key: 't."key"', direction: 'DESC' },
});

/** CROSS JOIN keeps SQLite's planner from beginning with the tasks; PostgreSQL reads it as an inner join. */
const armOfCandidate = (request: TaskListRequest, conditions: readonly Where[]): Arm => ({
  from: 'user_task_candidates c CROSS JOIN user_tasks t',
  where: all([...conditions, where('t."key" = c.user_task_key')]),
  order: {
    time: isByCreation(request) ? 'c.created_at' : 'c.due_sort',
    key: 'c.user_task_key',
    direction: isByCreation(request) ? 'DESC' : 'ASC',
  },
});

interface Wanted {
  readonly limit: number;
  readonly after?: Cursor | undefined;
}

/** Each arm gives its first rows by its index; their union, without doubles, holds the first rows of all. */
function united(arms: readonly Arm[], { limit, after }: Wanted): Where {
  const parts = arms.map(({ from, where: { sql, params }, order: { time, key, direction } }) => {
    const later = after ? ` AND (${time}, ${key}) ${direction === 'ASC' ? '>' : '<'} (?, ?)` : '';
    return where(
      `SELECT * FROM (SELECT ${time} AS sort_time, ${key} AS task_key FROM ${from} WHERE ${sql}${later} ORDER BY ${time} ${direction}, ${key} ${direction} LIMIT ?) AS arm`,
      ...params,
      ...(after ? [after.time, after.key] : []),
      limit,
    );
  });
  return where(parts.map(({ sql }) => sql).join(' UNION '), ...parts.flatMap(({ params }) => params));
}

async function page(query: RunQuery, arms: readonly Arm[], wanted: Wanted): Promise<readonly Cursor[]> {
  const { sql, params } = united(arms, wanted);
  const direction = arms[0]!.order.direction;
  const rows = await query(`${sql} ORDER BY sort_time ${direction}, task_key ${direction} LIMIT ?`, [
    ...params,
    wanted.limit,
  ]);
  return rows.map((row) => ({ time: Number(row.sort_time), key: asKey(row.task_key) }));
}

async function count(query: RunQuery, arms: readonly Arm[]): Promise<number> {
  const { sql, params } = united(arms, { limit: COUNTED_TASKS });
  const rows = await query(`SELECT COUNT(*) AS total FROM (${sql}) AS united`, params);
  return Math.min(Number(rows[0]?.total), COUNTED_TASKS);
}

/** What the index of candidates can say of the wish, before the task itself is looked up. */
function ofCandidate({ dueBefore, lamp, now }: TaskListRequest): readonly Where[] {
  return [
    ...(dueBefore === undefined ? [] : [where('c.due_sort < ?', dueBefore)]),
    ...(lamp === undefined ? [] : [where(`c.due_sort ${lamp === 'overdue' ? '<=' : '>'} ?`, now)]),
  ];
}

const without = (cases: readonly string[]): readonly Where[] =>
  cases.length === 0 ? [] : [where(`(t.case_key IS NULL OR t.case_key NOT IN ${list(cases.length)})`, ...cases)];

const withoutTasks = (keys: readonly string[]): readonly Where[] =>
  keys.length === 0 ? [] : [where(`t."key" NOT IN ${KEYS_OF_OBJECT}`, keysAsObject(keys))];

function narrowing({ q, unit, dueBefore, lamp, now }: TaskListRequest): readonly Where[] {
  const pattern = `%${(q ?? '').replace(/[%_\\]/g, (found) => `\\${found}`)}%`;
  const like = `(t.name LIKE ? ESCAPE '\\' OR t.title LIKE ? ESCAPE '\\' OR t.case_no LIKE ? ESCAPE '\\')`;
  return [
    ...(q ? [where(like, pattern, pattern, pattern)] : []),
    ...(unit === undefined ? [] : [where('t.unit = ?', unit)]),
    ...(dueBefore === undefined ? [] : [where('t.due_at < ?', dueBefore)]),
    ...(lamp === undefined ? [] : [lit(lamp, now)]),
  ];
}

/** The moment that counts: now, or when the task ended. */
const AT = 'COALESCE(t.completed_at, CAST(? AS bigint))';

function lit(lamp: LampName, now: number): Where {
  const isBefore = (moment: string) => `${AT} < ${moment}`;
  const isFrom = (moment: string) => `${AT} >= ${moment}`;
  const conditions: Readonly<Record<LampName, readonly string[]>> = {
    normal: [`(t.due_at IS NULL OR (${isBefore(NEAR_AT)} AND ${isBefore('t.due_at')}))`],
    near: [isFrom(NEAR_AT), isBefore(URGENT_AT), isBefore('t.due_at')],
    urgent: [isFrom(URGENT_AT), isBefore('t.due_at')],
    overdue: [isFrom('t.due_at')],
  };
  const sql = conditions[lamp].join(' AND ');
  return where(sql, ...Array.from(sql.matchAll(/\?/g), () => now));
}

const encode = ({ time, key }: Cursor): string => Buffer.from(`${time},${key}`).toString('base64url');

function decode(text: string): Cursor {
  const [, time, key] = /^(-?\d{1,16}),(\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (time === undefined || key === undefined) throw new SearchError('Expected a cursor of an earlier page.');
  return { time: Number(time), key };
}
