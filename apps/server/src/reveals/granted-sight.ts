import type { Role } from '#configuration';
import type { SightGrant } from '#persistence';
import type { TaskHolder } from '../access/signed-in.js';

/** The roles as they see in one case: what a process granted there counts for those whose role may be granted it. */
export function rolesIn(
  roles: readonly Role[],
  grants: readonly SightGrant[],
  { groups }: Pick<TaskHolder, 'groups'>,
): readonly Role[] {
  const own = grants.filter(({ recipient }) => groups.includes(recipient));
  if (own.length === 0) return roles;
  return roles.map((role) => {
    const classes = own
      .filter((one) => roleOf(one.recipient) === role.id && role.seesGranted?.includes(one.class) === true)
      .map((one) => [one.class, 'reason'] as const);
    return classes.length === 0 ? role : { ...role, sees: { ...role.sees, ...Object.fromEntries(classes) } };
  });
}

/** `unit_handler@hr` is a group of the role `unit_handler`. */
const roleOf = (group: string): string => group.split('@')[0] ?? group;
