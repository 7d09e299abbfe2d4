import type { UserTaskView } from '#persistence';
import type { Named, NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';

export type Lamp = 'normal' | 'near' | 'urgent' | 'overdue';

/** One line of a task list. */
export interface TaskRow {
  readonly userTaskKey: string;
  readonly name: string;
  readonly elementId: string;
  readonly processInstanceKey: string;
  readonly processId: string;
  readonly processName: string;
  readonly caseNo: string | null;
  readonly title: string;
  readonly assignee: Named | null;
  /** Whom the reader stands in for in this task; absent: it is the reader's own. */
  readonly inPlaceOf?: Named;
  readonly unit: Named | null;
  readonly createdAt: string;
  readonly dueAt: string | null;
  readonly completedAt: string | null;
  readonly state: string;
  readonly lamp: Lamp;
  readonly drill: boolean;
}

/** Share of the time used up at which a deadline is `near` and `urgent`. */
const NEAR = 0.5;
const URGENT = 0.8;

/** The share of the time used up that each lamp stands for; `overdue` from the due date on. */
export const usedOf: Readonly<Record<Lamp, { readonly from?: number; readonly below?: number }>> = {
  normal: { below: NEAR },
  near: { from: NEAR, below: URGENT },
  urgent: { from: URGENT, below: 1 },
  overdue: { from: 1 },
};

/** The lamp of a deadline at a moment; all in epoch ms. A finished task shows how it ended. */
export function lampOf(createdAt: number, dueAt: number | null, at: number): Lamp {
  if (dueAt === null) return 'normal';
  if (at >= dueAt) return 'overdue';
  const used = (at - createdAt) / Math.max(1, dueAt - createdAt);
  if (used >= URGENT) return 'urgent';
  return used >= NEAR ? 'near' : 'normal';
}

export async function toTaskRow(task: UserTaskView, names: NamesService, now: number): Promise<TaskRow> {
  return {
    userTaskKey: task.userTaskKey,
    name: task.name,
    elementId: task.elementId,
    processInstanceKey: task.processInstanceKey,
    processId: task.processDefinitionId,
    processName: task.processName,
    caseNo: task.caseNo,
    title: task.title ?? task.processName,
    assignee: await names.account(task.assignee),
    unit: names.unit(task.unit),
    createdAt: isoTime(task.creationDate),
    dueAt: task.dueDate === null ? null : isoTime(task.dueDate),
    completedAt: task.completionDate === null ? null : isoTime(task.completionDate),
    state: task.state,
    lamp: lampOf(task.creationDate, task.dueDate, task.completionDate ?? now),
    drill: task.drill,
  };
}
