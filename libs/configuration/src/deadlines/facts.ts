import { FeelDateTime, FeelZone, scopeOf, type FeelScope } from '#feel';
import { scopeOfFacts, type InstanceFacts } from '../ledgers/facts.js';

/** A user task of an instance; times are epoch ms. */
export interface TaskFacts {
  readonly userTaskKey: string;
  readonly elementId: string;
  readonly name: string;
  readonly assignee: string | null;
  readonly unit: string | null;
  readonly isOpen: boolean;
  readonly createdAt: number;
  readonly endedAt: number | null;
  readonly dueAt: number | null;
  /** Who may claim it; known where an act is worked out. */
  readonly candidates?: readonly string[];
}

/** Once that an element was active; epoch ms, null while it is. */
export interface ElementRun {
  readonly elementId: string;
  readonly from: number;
  readonly to: number | null;
}

/** What deadlines are worked out from. */
export interface DeadlineFacts extends InstanceFacts {
  readonly tasks: readonly TaskFacts[];
  /** Of the elements that pause something. */
  readonly runs: readonly ElementRun[];
}

/** Names that formulas know besides the variables and the facts of the instance. */
export const taskFactNames = ['name', 'assignee', 'unit', 'createdAt', 'dueAt', 'candidates'] as const;
export const deadlineFactNames = ['title', 'from', 'due', 'mark'] as const;

export interface Around {
  readonly task?: TaskFacts;
  readonly item?: unknown;
  readonly deadline?: DeadlineInScope;
}

export interface DeadlineInScope {
  readonly title: string;
  readonly fromAt: number;
  readonly dueAt: number;
  readonly mark: string;
}

/** The scope of formulas: variables, `instance`, `steps`, and what there is of `task`, `item` and `deadline`. */
export function scopeOfDeadline(facts: InstanceFacts, { task, item, deadline }: Around, timeZone: string): FeelScope {
  const zone = FeelZone.ofRegion(timeZone);
  const time = (at: number | null) => (at === null || !zone ? null : (FeelDateTime.ofEpochMs(at, zone) ?? null));
  return scopeOf(
    {
      ...(task && {
        task: {
          name: task.name,
          assignee: task.assignee,
          unit: task.unit,
          createdAt: time(task.createdAt),
          dueAt: time(task.dueAt),
          candidates: task.candidates ?? [],
        },
      }),
      ...(item !== undefined && { item }),
      ...(deadline && {
        deadline: {
          title: deadline.title,
          from: time(deadline.fromAt),
          due: time(deadline.dueAt),
          mark: deadline.mark,
        },
      }),
    },
    scopeOfFacts(facts, timeZone),
  );
}
