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

/** Groups that a formula of a fallback gives for the task at hand. */
export type GroupsOf = (formula: string) => readonly string[];

/** `allowed`: the enabled accounts that the task's case does not exclude; without `groupsOf` formulas give no group. */
export function attendanceOf(
  task: UserTaskView,
  allowed: readonly TaskHolder[],
  { groupsOf = () => [], ...set }: Set & { readonly groupsOf?: GroupsOf },
): Attendance {
  const isAssigned = task.assignee !== null && allowed.some(({ id }) => id === task.assignee);
  const releases = task.assignee !== null && !isAssigned;
  if (isAttended(task, allowed)) return { releases, need: 'none' };
  const groups = fallbackGroups(task, set).flatMap((group) => (isFormula(group) ? groupsOf(group) : [group]));
  const offerTo = groups.find((group) => allowed.some((holder) => holder.groups.includes(group)));
  return { releases, need: { ...(offerTo !== undefined && { offerTo }) } };
}

/** Whether one of the accounts can do the task as it is. */
function isAttended(task: UserTaskView, allowed: readonly TaskHolder[]): boolean {
  const ids = new Set(allowed.map(({ id }) => id));
  const kept = (account: string | null): string | null => (account !== null && ids.has(account) ? account : null);
  const free = { ...task, assignee: kept(task.assignee), owner: kept(task.owner) };
  return allowed.some((holder) => isCandidate(free, holder));
}

/** The unit of the candidates: of the first group that names one. */
export function unitOfTask({ candidateGroups }: Pick<UserTaskView, 'candidateGroups'>): string | null {
  return (
    candidateGroups.map((group) => groupParts(group).unit).find((unit) => unit !== undefined && unit !== '*') ?? null
  );
}

const isFormula = (group: string): boolean => group.startsWith('=');

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
