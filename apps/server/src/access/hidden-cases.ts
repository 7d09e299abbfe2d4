import type { ConfigurationSet } from '#configuration';
import { casesHiddenBy } from '#persistence';
import type { CaseQuery } from '#runtime';
import type { Vault } from '#vault';

/** Permission of roles whose cases overseers do not see: whom a case reached at such a role, it has left for all others. */
const EXCLUSIVE = 'exclusive';

interface Person {
  readonly id: string;
  readonly unit: string | null;
  readonly roles: readonly string[];
}

/** What a case may exclude an account by: itself and its unit. */
export function subjectsOf({ id, unit }: Pick<Person, 'id' | 'unit'>): readonly string[] {
  return unit === null ? [id] : [id, unit];
}

/** The exclusive roles that the account does not have. */
export function rolesBeyond(
  { roles: own }: Pick<Person, 'roles'>,
  { roles: { roles } }: Pick<ConfigurationSet, 'roles'>,
): readonly string[] {
  return roles
    .filter(({ id, permissions }) => permissions?.includes(EXCLUSIVE) && !own.includes(id))
    .map(({ id }) => id);
}

/** A query of the cases that do not exist for an account: those that name it, and those in hands of exclusive roles. */
export function casesHiddenFrom(
  person: Person,
  vault: Pick<Vault, 'exclusions'>,
  configuration: Pick<ConfigurationSet, 'roles'>,
): CaseQuery {
  return casesHiddenBy(vault.exclusions(subjectsOf(person)), rolesBeyond(person, configuration));
}
