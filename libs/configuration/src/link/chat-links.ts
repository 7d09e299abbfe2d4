import type { ChatFormat } from '../settings.js';
import { pointerPart } from '../json-text.js';
import { type LinkContext, reportMissing, reportPlace } from './link-context.js';
import { expectAll } from './references.js';

const file = 'workflows/notifications.json';

/** Follows what the group chats of notifications name. */
export function linkChat(context: LinkContext): void {
  const { formats = {}, groups = [] } = context.set.notifications.chat ?? {};
  Object.entries(formats).forEach(([id, format]) => linkFormat(context, id, format));
  const roles = context.set.roles.roles.map(({ id }) => id);
  groups.forEach((group, index) => {
    const place = `/chat/groups/${index}`;
    expectAll(context, { file, place: `${place}/roles`, ids: group.roles, known: roles, what: ['the role', '岗位'] });
    if (!Object.hasOwn(formats, group.format))
      reportMissing(context, file, `${place}/format`, {
        what: ['the format', '群消息格式'],
        id: group.format,
        known: Object.keys(formats),
      });
    if (groups.findIndex(({ robot }) => robot === group.robot) < index)
      reportPlace(context, file, `${place}/robot`, {
        code: 'settings.duplicateId',
        text: [
          `Expected the robot "${group.robot}" once but found it twice: one group has one robot.`,
          `机器人“${group.robot}”重复：一个群写一次，岗位合在一起。`,
        ],
      });
  });
}

function linkFormat(context: LinkContext, id: string, { body }: ChatFormat): void {
  const names = [...JSON.stringify(body).matchAll(/\{\{(.*?)\}\}/g)].map(([, name = '']) => name);
  const place = `/chat/formats/${pointerPart(id)}/body`;
  for (const name of names.filter((one) => one !== 'text'))
    reportMissing(context, file, place, { what: ['the name', '名称'], id: name, known: ['text'] });
  if (names.includes('text')) return;
  reportPlace(context, file, place, {
    code: 'settings.chatText',
    text: [
      'Expected {{text}} somewhere in the body but found none.',
      '消息内容（body）里没有 {{text}}，通知无处可填。',
    ],
  });
}
