import type { Key } from '#engine';
import type { Row } from '#runtime';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { asBoolean, asKey, asNumberOrNull, asTextOrNull } from '../records.js';
import type { LampName } from '../queries/queries-types.js';
import { toDeadline } from './deadline-rows.js';
import type { DeadlineMove, StoredDeadline } from './deadline-writes.js';

/** A deadline with the instance that it belongs to. */
export interface DeadlineView extends StoredDeadline {
  readonly processId: string;
  readonly caseNo: string | null;
  readonly title: string | null;
  readonly drill: boolean;
  /** Of the task that it is of. */
  readonly taskName: string | null;
}

/** What is open for a reader; epoch ms. */
export interface DeadlinesWish {
  readonly hiddenCases: readonly string[];
  /** Ids of declarations whose deadlines are not asked for. */
  readonly leftOut: readonly string[];
  readonly now: number;
  readonly lamp?: LampName;
  readonly limit: number;
}

export interface DeadlinePublication {
  readonly setId: number;
  /** Null while deadlines are still to be computed again. */
  readonly doneAt: number | null;
  readonly publishedAt: number;
  readonly earlier: number;
  readonly later: number;
  readonly kept: number;
}

/** A timer that waits once, of an instance that runs. */
export interface OpenTimer {
  readonly timerKey: Key;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  /** Epoch ms. */
  readonly dueAt: number;
}

export interface DeadlineQueries {
  /** Timers above `afterKey` that are no cycles, in the order of their keys. */
  openTimers(afterKey: Key, limit: number): Promise<readonly OpenTimer[]>;
  /** Open and paused ones, soonest due first, paused ones last. */
  open(wish: DeadlinesWish): Promise<readonly DeadlineView[]>;
  /** How many are open under each lamp. */
  counts(wish: Pick<DeadlinesWish, 'hiddenCases' | 'leftOut' | 'now'>): Promise<Readonly<Record<LampName, number>>>;
  moves(instanceKeys: readonly Key[]): Promise<readonly DeadlineMove[]>;
  /** Sets that moved deadlines, the latest first; counted without the hidden cases. */
  publications(hiddenCases: readonly string[], limit: number): Promise<readonly DeadlinePublication[]>;
}

const LIT: Readonly<Record<LampName, string>> = {
  normal: '(d.due_at IS NULL OR d.near_at > ?)',
  near: 'd.near_at <= ? AND d.urgent_at > ?',
  urgent: 'd.urgent_at <= ? AND d.due_at > ?',
  overdue: 'd.due_at <= ?',
};
const NOW = /\?/g;

export function createDeadlineQueries(database: Database): DeadlineQueries {
  const query = readerQuery(database);
  const shown = (cases: readonly string[]): string =>
    cases.length === 0 ? '1 = 1' : `(p.case_key IS NULL OR p.case_key NOT IN ${list(cases.length)})`;
  const without = (ids: readonly string[]): string =>
    ids.length === 0 ? '' : ` AND d.deadline_id NOT IN ${list(ids.length)}`;
  const lit = (lamp: LampName, now: number): readonly number[] => Array.from(LIT[lamp].matchAll(NOW), () => now);
  return {
    open: async ({ hiddenCases, leftOut, now, lamp, limit }) => {
      const rows = await query(
        `SELECT d.*, p.bpmn_process_id, p.case_no, p.title, p.drill, t.name AS task_name FROM deadlines d
         JOIN process_instances p ON p."key" = d.process_instance_key
         LEFT JOIN user_tasks t ON t."key" = d.user_task_key
         WHERE d.state IN ('OPEN', 'PAUSED') AND ${shown(hiddenCases)}${without(leftOut)}${lamp === undefined ? '' : ` AND ${LIT[lamp]}`}
         ORDER BY CASE WHEN d.due_at IS NULL THEN 1 ELSE 0 END, d.due_at, d.id LIMIT ?`,
        [...hiddenCases, ...leftOut, ...(lamp === undefined ? [] : lit(lamp, now)), limit],
      );
      return rows.map(toView);
    },
    counts: async ({ hiddenCases, leftOut, now }) => {
      const lamps = Object.keys(LIT) as LampName[];
      const sums = lamps.map((lamp) => `SUM(CASE WHEN ${LIT[lamp]} THEN 1 ELSE 0 END) AS ${lamp}_count`).join(', ');
      const [row] = await query(
        `SELECT ${sums} FROM deadlines d JOIN process_instances p ON p."key" = d.process_instance_key
         WHERE d.state IN ('OPEN', 'PAUSED') AND ${shown(hiddenCases)}${without(leftOut)}`,
        [...lamps.flatMap((lamp) => lit(lamp, now)), ...hiddenCases, ...leftOut],
      );
      return Object.fromEntries(lamps.map((lamp) => [lamp, Number(row?.[`${lamp}_count`] ?? 0)])) as Record<
        LampName,
        number
      >;
    },
    openTimers: async (after, limit) => {
      const rows = await query(
        `SELECT t."key", t.process_instance_key, t.element_id, t.due_at, p.process_definition_key FROM timers t
         JOIN process_instances p ON p."key" = t.process_instance_key
         WHERE t."key" > ? AND t."interval" IS NULL ORDER BY t."key" LIMIT ?`,
        [after, limit],
      );
      return rows.map((row) => ({
        timerKey: asKey(row.key),
        processInstanceKey: asKey(row.process_instance_key),
        processDefinitionKey: asKey(row.process_definition_key),
        elementId: String(row.element_id),
        dueAt: Number(row.due_at),
      }));
    },
    moves: async (keys) => {
      if (keys.length === 0) return [];
      const rows = await query(
        `SELECT * FROM deadline_moves WHERE process_instance_key IN ${list(keys.length)} ORDER BY moved_at, id`,
        keys,
      );
      return rows.map(toMove);
    },
    publications: async (hiddenCases, limit) => {
      const rows = await query(
        `SELECT m.set_id, MAX(c.published_at) AS published_at, MAX(d.done_at) AS done_at,
           SUM(CASE WHEN m.is_kept = 0 AND m.to_due < m.from_due THEN 1 ELSE 0 END) AS earlier,
           SUM(CASE WHEN m.is_kept = 0 AND m.to_due > m.from_due THEN 1 ELSE 0 END) AS later,
           SUM(m.is_kept) AS kept
         FROM deadline_moves m JOIN config_sets c ON c.id = m.set_id
         JOIN process_instances p ON p."key" = m.process_instance_key
         LEFT JOIN deadline_publications d ON d.set_id = m.set_id
         WHERE ${shown(hiddenCases)} GROUP BY m.set_id ORDER BY m.set_id DESC LIMIT ?`,
        [...hiddenCases, limit],
      );
      return rows.map((row) => ({
        setId: Number(row.set_id),
        doneAt: asNumberOrNull(row.done_at),
        publishedAt: Number(row.published_at),
        earlier: Number(row.earlier),
        later: Number(row.later),
        kept: Number(row.kept),
      }));
    },
  };
}

const toView = (row: Row): DeadlineView => ({
  ...toDeadline(row),
  processId: String(row.bpmn_process_id),
  caseNo: asTextOrNull(row.case_no),
  title: asTextOrNull(row.title),
  drill: asBoolean(row.drill),
  taskName: asTextOrNull(row.task_name),
});

const toMove = (row: Row): DeadlineMove => ({
  setId: Number(row.set_id),
  id: String(row.id),
  title: String(row.title),
  processInstanceKey: asKey(row.process_instance_key),
  movedAt: Number(row.moved_at),
  fromDue: asNumberOrNull(row.from_due),
  toDue: asNumberOrNull(row.to_due),
  isKept: Number(row.is_kept) === 1,
});
