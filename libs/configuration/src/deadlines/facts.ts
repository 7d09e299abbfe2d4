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
export const markFactNames = ['title', 'at', 'from', 'due'] as const;

export interface Around {
  readonly task?: TaskFacts;
  readonly item?: unknown;
  readonly mark?: MarkInScope;
}

/** The mark that is performed, and the deadline that it is of. */
export interface MarkInScope {
  readonly title: string;
  readonly at: string;
  readonly fromAt: number;
  readonly dueAt: number;
}

/** The scope of formulas: variables, `instance`, `steps`, and what there is of `task`, `item` and `mark`. */
export function scopeOfDeadline(facts: InstanceFacts, { task, item, mark }: Around, timeZone: string): FeelScope {
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
      ...(mark && { mark: { title: mark.title, at: mark.at, from: time(mark.fromAt), due: time(mark.dueAt) } }),
    },
    scopeOfFacts(facts, timeZone),
  );
}
