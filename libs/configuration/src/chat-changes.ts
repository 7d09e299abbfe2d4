import type { ConfigurationSet } from './configuration-set.js';
import type { ProtectiveChange } from './protective-changes.js';

type Comparable = Pick<ConfigurationSet, 'notifications' | 'roles'>;

/** Groups that are told of more than before: a robot that was not told, or a role whose notices did not go to it. */
export function chatChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  const { groups = [] } = after.notifications.chat ?? {};
  return groups.flatMap(({ robot, roles }, index) => {
    const was = before.notifications.chat?.groups.find((group) => group.robot === robot);
    const more = roles.filter((role) => was?.roles.includes(role) !== true);
    if (more.length === 0) return [];
    const names = more.map((id) => after.roles.roles.find((role) => role.id === id)?.name ?? id);
    return [
      {
        code: 'target',
        file: 'workflows/notifications.json',
        place: `/chat/groups/${index}`,
        messageZh: `发给“${names.join('、')}”的通知将同时发到群机器人 ${robot}。`,
      },
    ];
  });
}
