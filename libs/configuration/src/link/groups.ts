import { textsGiven } from '#feel';
import type { ConfigurationSet } from '../configuration-set.js';
import { groupParts } from '../organization.js';
import { missingSentence, type Sentence } from './link-context.js';

type Set = Pick<ConfigurationSet, 'roles' | 'organization'>;

/** What is wrong with a candidate group (`groupParts`); undefined where nothing is. */
export function groupFault(set: Set, group: string): Sentence | undefined {
  const { post, role = '', unit } = groupParts(group);
  const { units, posts = [] } = set.organization;
  if (post !== undefined) return faultOf(['the post', '职务'], post, posts);
  const text = faultOf(['the role', '岗位'], role, set.roles.roles);
  if (text || unit === undefined || unit === '*') return text;
  return faultOf(['the unit', '单位'], unit, units);
}

/** What is wrong with the groups that a formula may give, as far as it writes them out. */
export function formulaFaults(set: Set, source: string): readonly Sentence[] {
  const faults = textsGiven(source).flatMap(({ text, isWhole }) => {
    const role = /^([^@:]+)@/.exec(text)?.[1];
    const groups = isWhole ? text.split(',').map((one) => one.trim()) : role === undefined ? [] : [role];
    return groups.filter(Boolean).map((group) => groupFault(set, group));
  });
  return faults.filter((fault) => fault !== undefined);
}

function faultOf(what: Sentence, id: string, known: readonly { readonly id: string }[]): Sentence | undefined {
  const ids = known.map((one) => one.id);
  return ids.includes(id) ? undefined : missingSentence({ what, id, known: ids });
}
