import type { Role } from '#configuration';
import type { SightGrant } from '#persistence';
import type { TaskHolder } from '../access/signed-in.js';

/** The roles as they see in one case: what a process granted there counts for those whose role may be granted it. */
export function rolesIn(
  roles: readonly Role[],
  grants: readonly SightGrant[],
  holder: Pick<TaskHolder, 'groups'>,
): readonly Role[] {
  const own = ownGrants(roles, grants, holder);
  if (own.length === 0) return roles;
  return roles.map((role) => {
    const classes = own
      .filter(({ recipient }) => roleOf(recipient) === role.id)
      .map((one) => [one.class, 'reason'] as const);
    return classes.length === 0 ? role : { ...role, sees: { ...role.sees, ...Object.fromEntries(classes) } };
  });
}

/** When the last of what was granted of a class ends, in epoch ms; none of what a role sees by itself. */
export function grantedUntil(
  roles: readonly Role[],
  grants: readonly SightGrant[],
  holder: Pick<TaskHolder, 'groups'>,
  className: string,
): number | undefined {
  const ends = ownGrants(roles, grants, holder).flatMap((one) => (one.class === className ? [one.untilAt] : []));
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function ownGrants(
  roles: readonly Role[],
  grants: readonly SightGrant[],
  { groups }: Pick<TaskHolder, 'groups'>,
): readonly SightGrant[] {
  return grants.filter(
    (one) =>
      groups.includes(one.recipient) &&
      roles.some(({ id, seesGranted }) => id === roleOf(one.recipient) && seesGranted?.includes(one.class) === true),
  );
}

/** `unit_handler@hr` is a group of the role `unit_handler`. */
const roleOf = (group: string): string => group.split('@')[0] ?? group;
