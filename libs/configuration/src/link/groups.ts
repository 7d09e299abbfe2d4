import type { ConfigurationSet } from '../configuration-set.js';
import { missingSentence, type Sentence } from './link-context.js';

type Set = Pick<ConfigurationSet, 'roles' | 'organization'>;

/** What is wrong with a candidate group (`role`, `role@unit` or `role@*`); undefined where nothing is. */
export function groupFault(set: Set, group: string): Sentence | undefined {
  const [role = '', unit] = group.split('@');
  const roles = set.roles.roles.map(({ id }) => id);
  const units = set.organization.units.map(({ id }) => id);
  if (!roles.includes(role)) return missingSentence({ what: ['the role', '岗位'], id: role, known: roles });
  if (unit === undefined || unit === '*' || units.includes(unit)) return undefined;
  return missingSentence({ what: ['the unit', '单位'], id: unit, known: units });
}
