import type { ConfigurationSet } from '#configuration';

/** Who asks, as every guard, service and query sees it. Roles and permissions follow the configuration in force. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  /** Unit id. */
  readonly unit: string | null;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** Candidate groups: `role`, `role@unit`, `role@*`. */
  readonly groups: readonly string[];
}

/** Permissions of the built-in role `admin` where the configuration does not define it. */
export const administratorPermissions: readonly string[] = ['accounts', 'studio', 'operate'];

interface AccountLike {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  readonly roles: readonly string[];
}

/** The view of an account that guards and queries work with. */
export function signedIn(account: AccountLike, { roles: { roles } }: Pick<ConfigurationSet, 'roles'>): SignedIn {
  const { id, name, unit } = account;
  const permissions = account.roles.flatMap((role) => {
    const defined = roles.find((candidate) => candidate.id === role);
    return defined ? (defined.permissions ?? []) : role === 'admin' ? administratorPermissions : [];
  });
  return { id, name, unit, roles: account.roles, permissions: new Set(permissions), groups: groupsOf(account) };
}

/** A group names a role everywhere, or in one unit alone. */
function groupsOf({ roles, unit }: AccountLike): string[] {
  return roles.flatMap((role) => [role, `${role}@*`, ...(unit ? [`${role}@${unit}`] : [])]);
}
