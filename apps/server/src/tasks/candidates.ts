import type { UserTaskView } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';

/** The account may complete the task: it is assigned to it, or it is a candidate by name or by group. */
export function isCandidate(task: UserTaskView, account: SignedIn): boolean {
  return (
    task.assignee === account.id ||
    task.owner === account.id ||
    task.candidateUsers.includes(account.id) ||
    task.candidateGroups.some((group) => account.groups.includes(group))
  );
}
