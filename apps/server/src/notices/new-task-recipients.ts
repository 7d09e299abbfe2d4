import type { TaskNoticeFile } from '#configuration';
import type { ActInCase, UserTaskView } from '#persistence';
import type { TaskHolder } from '../access/signed-in.js';

/** Who did a step of the case within this time before the task opened is at the screen and sees it come. */
const JUST_NOW_MS = 60_000;

/** Accounts by group, so that many tasks are looked up in few steps. */
export function accountsByGroup(holders: readonly TaskHolder[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, groups } of holders)
    for (const group of new Set(groups)) {
      const ids = found.get(group);
      if (ids) ids.push(id);
      else found.set(group, [id]);
    }
  return found;
}

/** Its assignee; without one, all its candidates. */
export function candidatesOf(
  { assignee, candidateGroups, candidateUsers }: UserTaskView,
  byGroup: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (assignee !== null) return [assignee];
  return [...new Set([...candidateUsers, ...candidateGroups.flatMap((group) => byGroup.get(group) ?? [])])];
}

/**
 * Of those who can do the task, who is told that it has opened: the only one; of several those that `choice` says. Nobody
 * else: a list of tasks that many share is looked at anyway.
 *
 * @param wanting accounts that want their notices by e-mail
 */
export function recipientsOf(
  able: readonly string[],
  wanting: ReadonlySet<string>,
  choice: TaskNoticeFile['candidates'] = 'wanted',
): readonly string[] {
  if (able.length === 1 || choice === 'all') return able;
  return choice === 'none' ? [] : able.filter((id) => wanting.has(id));
}

/** Whether the account did the step before, or started what the task belongs to. */
export function hasJustActed(
  { caseKey, creationDate }: Pick<UserTaskView, 'caseKey' | 'creationDate'>,
  account: string,
  acts: readonly ActInCase[],
): boolean {
  return acts.some((act) => act.caseKey === caseKey && act.account === account && act.at >= creationDate - JUST_NOW_MS);
}

/** The earliest moment from which acts matter to these tasks. */
export const actsMatterFrom = (tasks: readonly Pick<UserTaskView, 'creationDate'>[]): number =>
  tasks.reduce((earliest, { creationDate }) => Math.min(earliest, creationDate), Number.MAX_SAFE_INTEGER) - JUST_NOW_MS;
