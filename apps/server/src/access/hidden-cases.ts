import type { ConfigurationSet } from '#configuration';
import { casesHiddenBy, type Hands } from '#persistence';
import type { CaseQuery } from '#runtime';
import type { Vault } from '#vault';
import { exclusiveRoles, type TaskHolder } from './signed-in.js';

type Set = Pick<ConfigurationSet, 'roles' | 'organization' | 'processes'>;

/** What a case may exclude an account by: itself and its units. */
export function subjectsOf({ id, units }: Pick<TaskHolder, 'id' | 'units'>): readonly string[] {
  return [id, ...units];
}

/**
 * The exclusive roles that the account does not have, the posts that give them, and the processes whose cases belong to
 * other roles alone (`ct.exclusive`): whom a case reached there, it has left for all others.
 */
export function handsBeyond({ roles: own }: Pick<TaskHolder, 'roles'>, set: Set): Hands {
  const roles = exclusiveRoles(set).filter((role) => !own.includes(role));
  const posts = (set.organization.posts ?? []).filter((post) => post.roles.some((role) => roles.includes(role)));
  const processes = set.processes.filter(
    ({ exclusiveTo }) => exclusiveTo !== undefined && !exclusiveTo.some((role) => own.includes(role)),
  );
  return { roles, posts: posts.map(({ id }) => id), processes: processes.map(({ id }) => id) };
}

/** One role, where it is exclusive, the posts that give it, and the processes whose cases are its own. */
export function handsOf(role: string, set: Set): Hands {
  const posts = (set.organization.posts ?? []).filter((post) => post.roles.includes(role));
  const processes = set.processes.filter(({ exclusiveTo = [] }) => exclusiveTo.includes(role));
  const roles = exclusiveRoles(set).filter((one) => one === role);
  return {
    roles,
    posts: roles.length === 0 ? [] : posts.map(({ id }) => id),
    processes: processes.map(({ id }) => id),
  };
}

/** A query of the cases that do not exist for an account: those that exclude it, and those in hands of exclusive roles. */
export function casesHiddenFrom(holder: TaskHolder, vault: Pick<Vault, 'exclusions'>, set: Set): CaseQuery {
  return casesHiddenBy(vault.exclusions(subjectsOf(holder)), handsBeyond(holder, set));
}
