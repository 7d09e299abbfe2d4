import type { CommittedUnit, Hint, RowOperation } from './ports.js';
import type { CommittedNotice } from './runtime.js';

export const tableOf = (row: RowOperation): string =>
  'insert' in row ? row.insert : 'upsert' in row ? row.upsert : 'update' in row ? row.update : row.delete;

/** Which rows a commit changed; undefined where it changed none. */
export function noticeOf(units: readonly CommittedUnit[]): CommittedNotice | undefined {
  const tables = new Set<string>();
  const userTaskKeys = new Set<string>();
  const openedTaskKeys: string[] = [];
  for (const { rows, written } of units) {
    written?.forEach((table) => tables.add(table));
    for (const row of rows) {
      const table = tableOf(row);
      tables.add(table);
      if (table === 'user_tasks') userTaskKeys.add(String(('key' in row ? row.key : row.row).key));
      if ('insert' in row && row.insert === 'user_tasks') openedTaskKeys.push(String(row.row.key));
    }
  }
  if (tables.size === 0) return undefined;
  const instanceKeys = [...new Set(units.flatMap((unit) => unit.instanceKey ?? []))];
  return {
    instanceKeys,
    userTaskKeys: [...userTaskKeys],
    tables: [...tables],
    ...(openedTaskKeys.length > 0 && { openedTaskKeys }),
  };
}

/** What this node works off itself: new jobs of a type, effects on the outside. */
export interface OwnWork {
  keepsJobs(type: string): boolean;
  keepsOutbox(): boolean;
}

/** What other nodes may have to do after a commit. */
export function hintOf(
  { openedTaskKeys: _ofThisNode, ...notice }: CommittedNotice,
  units: readonly CommittedUnit[],
  own: OwnWork,
): Hint {
  const inserted = (table: string) =>
    notice.tables.includes(table)
      ? units.flatMap(({ rows }) => rows.flatMap((row) => ('insert' in row && row.insert === table ? [row.row] : [])))
      : [];
  const types = new Set(inserted('jobs').map((row) => String(row.type)));
  const times = inserted('timers').map((row) => Number(row.due_at));
  return {
    ...notice,
    jobTypes: [...types].filter((type) => !own.keepsJobs(type)),
    hasInbox: inserted('inbox').some((row) => typeof row.claimed_by !== 'number'),
    hasOutbox: inserted('outbox').length > 0 && !own.keepsOutbox(),
    ...(times.length > 0 ? { timerDueAt: Math.min(...times) } : {}),
  };
}
