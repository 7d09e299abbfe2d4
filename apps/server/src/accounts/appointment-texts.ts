import type { ConfigurationSet } from '#configuration';
import type { AccountRecord } from '#persistence';
import { namedPosts, namedRoles, namedUnit } from './account-names.js';
import type { AccountChange, NewAccount } from './accounts.service.js';

const listed = (named: readonly { readonly name: string }[]): string =>
  named.map(({ name }) => name).join('、') || '无';

/** What whoever approves a new account reads. */
export function sentenceOfNew({ id, name, roles, posts, unit }: NewAccount, set: ConfigurationSet): string {
  const unitName = namedUnit(unit, set)?.name ?? '无';
  const parts = [
    `角色：${listed(namedRoles(roles, set))}`,
    `职务：${listed(namedPosts(posts, set))}`,
    `单位：${unitName}`,
  ];
  return `新建账号“${name}”（${id}）。${parts.join('；')}。初始密码由提出的人设定。`;
}

/** What whoever approves a change of an account reads: one sentence for each thing that changes. */
export function sentencesOfChange(
  before: AccountRecord,
  { name, roles, posts, unit, disabled, passwordHash }: AccountChange,
  set: ConfigurationSet,
): readonly string[] {
  const account = `账号“${before.name}”（${before.id}）`;
  return [
    ...(roles
      ? [`${account}的角色由“${listed(namedRoles(before.roles, set))}”改为“${listed(namedRoles(roles, set))}”。`]
      : []),
    ...(posts
      ? [`${account}的职务由“${listed(namedPosts(before.posts, set))}”改为“${listed(namedPosts(posts, set))}”。`]
      : []),
    ...(unit === undefined
      ? []
      : [
          `${account}的单位由“${namedUnit(before.unit, set)?.name ?? '无'}”改为“${namedUnit(unit, set)?.name ?? '无'}”。`,
        ]),
    ...(name === undefined ? [] : [`${account}改名为“${name}”。`]),
    ...(disabled === undefined ? [] : [`${disabled ? '停用' : '重新启用'}${account}。`]),
    ...(passwordHash === undefined
      ? []
      : [`为${account}重设密码。重设的人知道新密码；请确认是本人要求，并请本人登录后立即改密码。`]),
  ];
}
