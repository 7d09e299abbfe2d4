import { NEAR, URGENT } from '#configuration';
import type { LampName, UserTaskView } from '#persistence';
import type { Named, NamesService } from '../cases/names.service.js';
import { isoTime } from '../iso-time.js';

export type Lamp = LampName;

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
  /** Who has it, null while nobody has; of a task that is done, who did it. */
  readonly assignee: Named | null;
  /** Whom the reader stands in for in this task; absent: it is the reader's own. */
  readonly inPlaceOf?: Named;
  /** Why the reader may not do it although it is among the candidates, as a sentence; absent: it may. */
  readonly notYours?: string;
  readonly unit: Named | null;
  readonly createdAt: string;
  readonly dueAt: string | null;
  readonly completedAt: string | null;
  readonly state: string;
  readonly lamp: Lamp;
  readonly drill: boolean;
}

/** When a deadline changes its lamp; epoch ms. */
export interface LampMoments {
  readonly dueAt: number | null;
  readonly nearAt: number | null;
  readonly urgentAt: number | null;
}

/** The lamp of a deadline at a moment, epoch ms. */
export function lampOf({ dueAt, nearAt, urgentAt }: LampMoments, at: number): Lamp {
  if (dueAt === null) return 'normal';
  if (at >= dueAt) return 'overdue';
  if (urgentAt !== null && at >= urgentAt) return 'urgent';
  return nearAt !== null && at >= nearAt ? 'near' : 'normal';
}

/** The moments of a deadline whose time counts evenly. */
export function evenMoments(from: number, dueAt: number): LampMoments {
  const shareAt = (share: number): number => from + Math.trunc((dueAt - from) * share);
  return { dueAt, nearAt: shareAt(NEAR), urgentAt: shareAt(URGENT) };
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
    assignee: await names.account(task.assignee ?? task.completedBy),
    unit: names.unit(task.unit),
    createdAt: isoTime(task.creationDate),
    dueAt: task.dueDate === null ? null : isoTime(task.dueDate),
    completedAt: task.completionDate === null ? null : isoTime(task.completionDate),
    state: task.state,
    lamp: lampOf({ dueAt: task.dueDate, nearAt: task.nearDate, urgentAt: task.urgentDate }, task.completionDate ?? now),
    drill: task.drill,
  };
}
