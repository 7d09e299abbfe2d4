import { KEYS_OF_OBJECT, keysAsObject, list } from '../dialect.js';
import type { Condition } from './search-conditions.js';
import type { Searchable, SearchRequest, TaskReader } from './search-types.js';

/** An account sees a task that it may claim, has claimed or has completed, and open ones of those it stands in for. */
export function visibility(entity: Searchable, { visibleTo }: SearchRequest): readonly Condition[] {
  if (!visibleTo || entity !== 'userTasks') return [];
  const parts: readonly Condition[] = [
    { sql: 'SELECT v."key" FROM user_tasks v WHERE v.completed_by = ?', params: [visibleTo.user] },
    ...readable(visibleTo, '', []),
    ...(visibleTo.inPlaceOf ?? []).flatMap(readableInPlace),
  ];
  const sql = `t."key" IN (${parts.map((part) => part.sql).join(' UNION ALL ')})`;
  return [
    { sql, params: parts.flatMap(({ params }) => params) },
    ...withoutTaken(visibleTo.takenCases ?? []),
    ...withoutTasks('t', visibleTo.barredTasks ?? []),
  ];
}

const withoutTaken = (cases: readonly string[]): readonly Condition[] =>
  cases.length === 0
    ? []
    : [
        {
          sql: `(t.state = 'CREATED' OR t.case_key IS NULL OR t.case_key NOT IN ${list(cases.length)})`,
          params: cases,
        },
      ];

const withoutTasks = (table: string, keys: readonly string[]): readonly Condition[] =>
  keys.length === 0 ? [] : [{ sql: `${table}."key" NOT IN ${KEYS_OF_OBJECT}`, params: [keysAsObject(keys)] }];

/** One query for each index: both databases join them, where they would read the table for an OR. */
function readable({ user, groups }: TaskReader, beside: string, params: readonly unknown[]): readonly Condition[] {
  const tasks = (where: string): string => `SELECT v."key" FROM user_tasks v WHERE ${where}${beside}`;
  const candidates = (where: string): string =>
    beside === ''
      ? `SELECT c.user_task_key FROM user_task_candidates c WHERE ${where}`
      : `SELECT v."key" FROM user_task_candidates c JOIN user_tasks v ON v."key" = c.user_task_key WHERE ${where}${beside}`;
  return [
    { sql: tasks('v.assignee = ?'), params: [user, ...params] },
    { sql: tasks('v.owner = ?'), params: [user, ...params] },
    { sql: candidates(`c.kind = 'user' AND c.value = ?`), params: [user, ...params] },
    ...(groups.length
      ? [
          {
            sql: candidates(`c.kind = 'group' AND c.value IN ${list(groups.length)}`),
            params: [...groups, ...params],
          },
        ]
      : []),
  ];
}

function readableInPlace(reader: TaskReader): readonly Condition[] {
  const cases = reader.excludedCases ?? [];
  const without = cases.length ? ` AND (v.case_key IS NULL OR v.case_key NOT IN ${list(cases.length)})` : '';
  const [barred] = withoutTasks('v', reader.barredTasks ?? []);
  const beside = ` AND v.state = 'CREATED'${without}${barred ? ` AND ${barred.sql}` : ''}`;
  return readable(reader, beside, [...cases, ...(barred?.params ?? [])]);
}
