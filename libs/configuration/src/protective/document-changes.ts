import type { ConfigurationSet, DocumentEntry } from '../configuration-set.js';
import type { ProtectiveChange } from '../protective-changes.js';

type Comparable = Pick<ConfigurationSet, 'documents' | 'roles'>;

/** Documents that more may open: who follows the case with a tracking code, or a role that could not. */
export function documentChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  return [...after.documents.values()].flatMap((is) => {
    const gains = gainsOf(before.documents.get(is.id), is, after);
    if (gains.length === 0) return [];
    return [{ code: 'document', file: is.path, place: is.id, messageZh: `文书“${is.title}”：${gains.join('，')}。` }];
  });
}

/** A new document is shown to its roles as they see what it holds; only the portal has no such sight of its own. */
function gainsOf(was: DocumentEntry | undefined, is: DocumentEntry, { roles }: Comparable): readonly string[] {
  const outside = is.portal === true && was?.portal !== true ? ['凭查询码可以查看'] : [];
  const given = was ? (is.roles ?? []).filter((role) => was.roles?.includes(role) !== true) : [];
  const names = given.map((id) => roles.roles.find((role) => role.id === id)?.name ?? id);
  return [...outside, ...names.map((name) => `岗位“${name}”可以查看`)];
}
