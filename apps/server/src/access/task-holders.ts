import { type ActInPlace, insertActInPlace, type UserTaskView } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import type { SignedIn, TaskHolder } from './signed-in.js';
import type { HeldTask } from './task-visibility.js';

/** The holder may complete the task: it is assigned to it, or it is a candidate by name or by group. */
export function isCandidate(task: UserTaskView, { id, groups }: Pick<TaskHolder, 'id' | 'groups'>): boolean {
  return (
    task.assignee === id ||
    task.owner === id ||
    task.candidateUsers.includes(id) ||
    task.candidateGroups.some((group) => groups.includes(group))
  );
}

/** Of a task that is listed for the account: in whose place it is; undefined where it is its own. */
export function listedInPlaceOf(task: UserTaskView, account: SignedIn): TaskHolder | undefined {
  if (account.standsInFor.length === 0 || task.assignee === account.id || task.completedBy === account.id) return;
  const assignee = account.standsInFor.find(({ id }) => id === task.assignee);
  if (assignee || isCandidate(task, account)) return assignee;
  return account.standsInFor.find((holder) => isCandidate(task, holder));
}

/** Records, in the transaction of what is done, that it was done in the place of another; nothing where it was not. */
export async function actWrites(
  { task, holder }: HeldTask,
  { id: account }: SignedIn,
  { act, runtime }: { readonly act: string; readonly runtime: Runtime },
): Promise<readonly RowWrite[]> {
  if (holder.id === account) return [];
  const { userTaskKey, processInstanceKey } = task;
  const record: ActInPlace = {
    userTaskKey,
    processInstanceKey,
    act,
    account,
    inPlaceOf: holder.id,
    at: runtime.now(),
  };
  return [insertActInPlace(await runtime.nextKey(), record)];
}
