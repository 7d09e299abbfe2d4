import type { UserTaskView } from '#persistence';

type Done = Pick<UserTaskView, 'userTaskKey' | 'completionDate'>;

/**
 * The last one done first. Of those that one millisecond saw done, the one that was created last comes first: keys are
 * drawn in order, and a step that follows another is created after it.
 */
export function newestFirst<T extends Done>(tasks: readonly T[]): T[] {
  return [...tasks].sort(
    (a, b) =>
      (b.completionDate ?? 0) - (a.completionDate ?? 0) || (BigInt(b.userTaskKey) > BigInt(a.userTaskKey) ? 1 : -1),
  );
}
