import { type Authorization, authorizationsOf, type ConfigurationSet, type Role } from '#configuration';

/** Who asks, as every guard, service and query sees it. Roles and permissions follow the configuration in force. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  /** Unit id. */
  readonly unit: string | null;
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** What it may do by the API of the engine. */
  readonly authorizations: ReadonlySet<Authorization>;
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
  const own = account.roles.map((id) => roles.find((role) => role.id === id) ?? builtIn(id));
  return {
    id,
    name,
    unit,
    roles: account.roles,
    permissions: new Set(own.flatMap(({ permissions = [] }) => permissions)),
    authorizations: new Set(own.flatMap(authorizationsOf)),
    groups: groupsOf(account),
  };
}

/** A role that the configuration does not define may do nothing, unless it is the administrator's. */
const builtIn = (id: string): Pick<Role, 'permissions'> =>
  id === 'admin' ? { permissions: administratorPermissions } : {};

/** A group names a role everywhere, or in one unit alone. */
function groupsOf({ roles, unit }: AccountLike): string[] {
  return roles.flatMap((role) => [role, `${role}@*`, ...(unit ? [`${role}@${unit}`] : [])]);
}

/** Whether the account has this permission, or this authorization of the engine's API. */
export const may = ({ permissions, authorizations }: SignedIn, permission: string): boolean =>
  permissions.has(permission) || authorizations.has(permission as Authorization);
