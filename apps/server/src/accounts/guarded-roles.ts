import type { ConfigurationSet } from '#configuration';
import { administratorPermissions, taskHolder, type AccountLike } from '../access/signed-in.js';

type Set = Pick<ConfigurationSet, 'roles' | 'organization' | 'processes'>;

/**
 * The roles of an account, its posts' included, that one person alone gives to nobody: those with a permission, those to
 * which the cases of a process belong, and those that see protected content and are not declared `ordinary`.
 */
export function guardedRoles(account: AccountLike, set: Set): readonly string[] {
  return taskHolder(account, set).roles.filter((id) => isGuarded(id, set));
}

/** Whether the account may see who wrote, as its roles allow it or as a case grants it to them. */
export function seesIdentities(account: AccountLike, set: Set): boolean {
  const identifying = set.roles.classes.filter(({ identifies }) => identifies === true).map(({ id }) => id);
  const own = taskHolder(account, set).roles;
  const roles = set.roles.roles.filter(({ id }) => own.includes(id));
  return roles.some(({ sees = {}, seesOwn = [], seesGranted = [] }) =>
    identifying.some((id) => sees[id] === 'reason' || seesOwn.includes(id) || seesGranted.includes(id)),
  );
}

/** Whether the account reads anything of a class that is protected, as its roles allow it or as a case grants it to them. */
export function readsProtected(account: AccountLike, set: Set): boolean {
  const own = taskHolder(account, set).roles;
  return set.roles.roles
    .filter(({ id }) => own.includes(id))
    .some(
      ({ sees = {}, seesOwn = [], seesGranted = [] }) =>
        Object.values(sees).includes('reason') || seesOwn.length + seesGranted.length > 0,
    );
}

/** Whether the account may say yes to what others ask for. */
export function mayApprove(account: AccountLike, set: Set): boolean {
  return taskHolder(account, set).roles.some((id) => permissionsOf(id, set).includes('approve'));
}

function isGuarded(id: string, set: Set): boolean {
  const role = set.roles.roles.find((one) => one.id === id);
  if (permissionsOf(id, set).length > 0 || Object.keys(role?.authorizations ?? {}).length > 0) return true;
  if (set.processes.some((process) => ownersOf(process).includes(id))) return true;
  const seesSome = Object.values(role?.sees ?? {}).includes('reason') || (role?.seesOwn ?? []).length > 0;
  return role?.ordinary !== true && seesSome;
}

const ownersOf = ({ exclusiveTo = [], takeovers }: Set['processes'][number]): readonly string[] => [
  ...exclusiveTo,
  ...takeovers.flatMap(({ roles }) => roles),
];

const permissionsOf = (id: string, { roles: { roles } }: Set): readonly string[] => {
  const role = roles.find((one) => one.id === id);
  return role ? (role.permissions ?? []) : id === 'admin' ? administratorPermissions : [];
};
