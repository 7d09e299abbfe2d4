import type { Key } from '#engine';
import { NEVER_DUE, type Row, type RowWrite } from '#runtime';
import { list } from '../dialect.js';

export type DeadlineState = 'OPEN' | 'PAUSED' | 'CLOSED';

/** A deadline as it is stored; times are epoch ms. */
export interface StoredDeadline {
  /** Of declaration, instance and item: `deadlineKey`. */
  readonly id: string;
  readonly deadlineId: string;
  readonly processInstanceKey: Key;
  readonly item: string;
  readonly userTaskKey: Key | null;
  readonly caseKey: string | null;
  readonly unit: string | null;
  readonly state: DeadlineState;
  readonly fromAt: number;
  readonly dueAt: number | null;
  readonly nearAt: number | null;
  readonly urgentAt: number | null;
  readonly closedAt: number | null;
  /** JSON. */
  readonly inputs: string;
  /** JSON. */
  readonly marks: string;
  /** JSON: marks that were performed, in their order. */
  readonly performed: string;
  readonly nextMark: string | null;
  readonly nextAt: number | null;
  readonly fault: string | null;
}

export interface DeadlineMove {
  readonly setId: number;
  readonly id: string;
  readonly title: string;
  readonly processInstanceKey: Key;
  readonly movedAt: number;
  readonly fromDue: number | null;
  readonly toDue: number | null;
  readonly isKept: boolean;
}

/** What an open task shows of its deadline. */
export interface TaskDeadline {
  readonly userTaskKey: Key;
  readonly dueAt: number | null;
  readonly nearAt: number | null;
  readonly urgentAt: number | null;
}

/** What changes in the deadlines of an instance. */
export interface DeadlineChanges {
  readonly opened: readonly StoredDeadline[];
  /** In place of rows with the same id, whose performed marks are still these. */
  readonly changed: readonly StoredDeadline[];
  readonly moves: readonly DeadlineMove[];
  readonly tasks: readonly TaskDeadline[];
}

/** Keys have one width (ADR 14). */
export const deadlineKey = (deadlineId: string, processInstanceKey: Key, item: string): string =>
  `${deadlineId}/${processInstanceKey.padStart(16, '0')}/${item}`;

/** The writes of one instance. A mark that was performed since the row was read refuses them. */
export function deadlineWrites({ opened, changed, moves, tasks }: DeadlineChanges): readonly RowWrite[] {
  return [
    ...(opened.length > 0 ? [{ insert: 'deadlines', rows: opened.map(rowOf) }] : []),
    ...changed.map(replaced),
    ...moves.map(deadlineMove),
    ...tasks.flatMap(shown),
  ];
}

const rowOf = (deadline: StoredDeadline): Row => ({
  id: deadline.id,
  deadline_id: deadline.deadlineId,
  process_instance_key: deadline.processInstanceKey,
  item: deadline.item,
  user_task_key: deadline.userTaskKey,
  ...changingColumns(deadline),
  performed: deadline.performed,
  fault: deadline.fault,
});

const changingColumns = (deadline: StoredDeadline): Row => ({
  case_key: deadline.caseKey,
  unit: deadline.unit,
  state: deadline.state,
  from_at: deadline.fromAt,
  due_at: deadline.dueAt,
  near_at: deadline.nearAt,
  urgent_at: deadline.urgentAt,
  closed_at: deadline.closedAt,
  inputs: deadline.inputs,
  marks: deadline.marks,
  next_mark: deadline.nextMark,
  next_at: deadline.nextAt,
});

function replaced(deadline: StoredDeadline): RowWrite {
  const columns = Object.entries(changingColumns(deadline));
  return {
    sql: `UPDATE deadlines SET ${columns.map(([name]) => `${name} = ?`).join(', ')} WHERE id = ? AND performed = ?`,
    params: [...columns.map(([, value]) => value), deadline.id, deadline.performed],
    expectRows: 1,
  };
}

/** What a publication did to a due date; of one set the latest counts. */
export function deadlineMove(move: DeadlineMove): RowWrite {
  const values = [
    move.setId,
    move.id,
    move.title,
    move.processInstanceKey,
    move.movedAt,
    move.fromDue,
    move.toDue,
    move.isKept ? 1 : 0,
  ];
  return {
    sql: `INSERT INTO deadline_moves (set_id, id, title, process_instance_key, moved_at, from_due, to_due, is_kept)
          VALUES ${list(values.length)} ON CONFLICT (set_id, id) DO UPDATE SET moved_at = excluded.moved_at,
          to_due = excluded.to_due, is_kept = excluded.is_kept`,
    params: values,
  };
}

function shown({ userTaskKey, dueAt, nearAt, urgentAt }: TaskDeadline): readonly RowWrite[] {
  return [
    {
      sql: `UPDATE user_tasks SET due_at = ?, near_at = ?, urgent_at = ? WHERE "key" = ? AND state = 'CREATED'`,
      params: [dueAt, nearAt, urgentAt, userTaskKey],
    },
    {
      sql: 'UPDATE user_task_candidates SET due_sort = ? WHERE user_task_key = ?',
      params: [dueAt ?? NEVER_DUE, userTaskKey],
    },
  ];
}
