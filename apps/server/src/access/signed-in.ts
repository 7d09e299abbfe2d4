import {
  type Authorization,
  authorizationsOf,
  type ConfigurationSet,
  groupsOfPost,
  groupsOfRole,
  type Role,
} from '#configuration';

/** Somebody to whom tasks are assigned or offered, and by what cases may exclude them. */
export interface TaskHolder {
  readonly id: string;
  readonly name: string;
  /** Ids: those of the account itself and those of the posts that it holds. */
  readonly roles: readonly string[];
  /** Candidate groups: `role`, `role@unit`, `role@*`, `role@<unit above>/*`, `post:<id>`. */
  readonly groups: readonly string[];
  /** Ids of the account's unit and of the units of its posts. */
  readonly units: readonly string[];
}

/** Who asks, as every guard, service and query sees it. Roles and permissions follow the configuration in force. */
export interface SignedIn extends TaskHolder {
  /** Unit id. */
  readonly unit: string | null;
  readonly posts: readonly string[];
  readonly permissions: ReadonlySet<string>;
  /** What it may do by the API of the engine. */
  readonly authorizations: ReadonlySet<Authorization>;
  /** Whose tasks it may do on the day `asOf`; nothing else of theirs is lent. */
  readonly standsInFor: readonly TaskHolder[];
  /** ISO date of the day for which this was read: on another day it has to be read again. */
  readonly asOf: string;
  /** Somebody else set its password: nothing but the change of it is open. */
  readonly mustChangePassword: boolean;
}

/** Permissions of the built-in role `admin` where the configuration does not define it. */
export const administratorPermissions: readonly string[] = ['accounts', 'studio', 'operate'];

export interface AccountLike {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
  readonly roles: readonly string[];
  readonly posts: readonly string[];
  readonly mustChangePassword?: boolean;
}

type Set = Pick<ConfigurationSet, 'roles' | 'organization'>;

/** An account as a holder of tasks. Posts that the configuration does not know any more give nothing. */
export function taskHolder({ id, name, unit, roles, posts }: AccountLike, { organization }: Set): TaskHolder {
  const held = (organization.posts ?? []).filter((post) => posts.includes(post.id));
  const groups = [
    ...roles.flatMap((role) => groupsOfRole(role, unit, organization)),
    ...held.flatMap((post) => groupsOfPost(post, organization)),
  ];
  return {
    id,
    name,
    roles: [...new Set([...roles, ...held.flatMap((post) => post.roles)])],
    groups: [...new Set(groups)],
    units: [...new Set([...(unit === null ? [] : [unit]), ...held.map((post) => post.unit)])],
  };
}

export interface Lent {
  readonly standsInFor: readonly TaskHolder[];
  /** ISO date. */
  readonly asOf: string;
}

/** The view of an account that guards and queries work with. */
export function signedIn(account: AccountLike, set: Set, { standsInFor, asOf }: Lent): SignedIn {
  const holder = taskHolder(account, set);
  const own = holder.roles.map((id) => set.roles.roles.find((role) => role.id === id) ?? builtIn(id));
  return {
    ...holder,
    unit: account.unit,
    posts: account.posts,
    permissions: new Set(own.flatMap(({ permissions = [] }) => permissions)),
    authorizations: new Set(own.flatMap(authorizationsOf)),
    standsInFor,
    asOf,
    mustChangePassword: account.mustChangePassword ?? false,
  };
}

/** A role that the configuration does not define may do nothing, unless it is the administrator's. */
const builtIn = (id: string): Pick<Role, 'permissions'> =>
  id === 'admin' ? { permissions: administratorPermissions } : {};

/** The roles that hide their cases from the overseers of others. */
export function exclusiveRoles({ roles: { roles } }: Set): readonly string[] {
  return roles.filter(({ permissions }) => permissions?.includes('exclusive')).map(({ id }) => id);
}

/** An exclusive role is lent to nobody who does not have it. */
export function mayStandInFor(substitute: TaskHolder, holder: TaskHolder, set: Set): boolean {
  return exclusiveRoles(set).every((role) => !holder.roles.includes(role) || substitute.roles.includes(role));
}

/** Whether the account has this permission, or this authorization of the engine's API. */
export const may = ({ permissions, authorizations }: SignedIn, permission: string): boolean =>
  permissions.has(permission) || authorizations.has(permission as Authorization);
