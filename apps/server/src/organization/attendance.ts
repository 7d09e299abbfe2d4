import { groupParts, type ConfigurationSet, type FallbackRule } from '#configuration';
import type { UserTaskView } from '#persistence';
import { exclusiveRoles, type TaskHolder } from '../access/signed-in.js';
import { isCandidate } from '../access/task-holders.js';

/** What an open task needs, so that somebody can do it. */
export interface Attendance {
  /** Its assignee cannot do it (any more): it goes back to the candidates. */
  readonly releases: boolean;
  /** `none`: somebody can do it; else the group that is to have it, where there is one. */
  readonly need: 'none' | { readonly offerTo?: string };
}

type Set = Pick<ConfigurationSet, 'organization' | 'roles'> & { readonly processes?: ConfigurationSet['processes'] };

/** `allowed`: the enabled accounts that the task's case does not exclude. */
export function attendanceOf(task: UserTaskView, allowed: readonly TaskHolder[], set: Set): Attendance {
  const isAssigned = task.assignee !== null && allowed.some(({ id }) => id === task.assignee);
  const releases = task.assignee !== null && !isAssigned;
  const isOwned = task.owner !== null && allowed.some(({ id }) => id === task.owner);
  const free = { ...task, assignee: isAssigned ? task.assignee : null, owner: isOwned ? task.owner : null };
  if (allowed.some((holder) => isCandidate(free, holder))) return { releases, need: 'none' };
  const offerTo = fallbackGroups(task, set).find((group) => allowed.some(({ groups }) => groups.includes(group)));
  return { releases, need: { ...(offerTo !== undefined && { offerTo }) } };
}

/**
 * Groups of the first rule that fits, in their order: one that names the process before others. What is in the hands of an
 * exclusive role goes by its own rule.
 */
function fallbackGroups({ candidateGroups, processDefinitionId }: UserTaskView, set: Set): readonly string[] {
  const roles = candidateGroups.flatMap((group) => rolesOf(group, set));
  const ownTo = set.processes?.find(({ id }) => id === processDefinitionId)?.exclusiveTo ?? [];
  const exclusive = [...exclusiveRoles(set), ...ownTo];
  const isExclusive = ownTo.length > 0 || roles.some((role) => exclusive.includes(role));
  const fits = (rule: FallbackRule): boolean =>
    rule.roles === undefined
      ? !isExclusive
      : rule.roles.some((role) => roles.includes(role) && (!isExclusive || exclusive.includes(role)));
  const isNamed = (rule: FallbackRule): boolean =>
    rule.processes?.includes(processDefinitionId) === true &&
    (rule.roles === undefined || rule.roles.some((role) => roles.includes(role)));
  const rules = set.organization.fallback ?? [];
  const rule = rules.find(isNamed) ?? rules.filter(({ processes }) => processes === undefined).find(fits);
  return rule?.to ?? [];
}

function rolesOf(group: string, { organization }: Set): readonly string[] {
  const { post, role } = groupParts(group);
  if (post === undefined) return role === undefined ? [] : [role];
  return organization.posts?.find(({ id }) => id === post)?.roles ?? [];
}
