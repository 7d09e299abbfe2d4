import type { ProtectiveChange } from '../protective-changes.js';
import type { PortalFile } from '../settings.js';
import { changedKeys } from './same.js';

const file = 'workflows/portal.json';
const texts = new Set([
  'title',
  'titleEn',
  'label',
  'labelEn',
  'description',
  'descriptionEn',
  'sentence',
  'late',
  'next',
  'text',
  'done',
]);
const names: Readonly<Record<string, string>> = {
  processId: '受理的流程',
  startMessage: '启动流程的消息',
  formId: '表单',
  receipt: '回执',
  tracking: '进度查询',
  pinWhen: '设查询密码的条件',
  routes: '分流规则',
  message: '发出的消息',
  states: '在哪些状态下提供',
  when: '提供的条件',
  variables: '带去的变量',
  due: '期限变量',
  key: '对应的变量',
  actions: '可以做的操作',
};

/** What somebody without an account may do: ways in and actions that are gone or lead elsewhere. Words are free. */
export function portalChanges(
  before: PortalFile | undefined,
  after: PortalFile | undefined,
): readonly ProtectiveChange[] {
  return [
    ...listChanges('入口', before?.entries, after?.entries),
    ...listChanges('操作', before?.tracking?.actions, after?.tracking?.actions),
    ...listChanges('请求', before?.tracking?.requests, after?.tracking?.requests),
    ...listChanges('状态', statesOf(before), statesOf(after)),
  ];
}

interface Named {
  readonly id: string;
  readonly title: string;
}

const statesOf = (portal: PortalFile | undefined): readonly Named[] =>
  Object.entries(portal?.tracking?.states ?? {}).map(([id, state]) => ({ ...state, id, title: state.label }));

function listChanges(kind: string, before: readonly Named[] = [], after: readonly Named[] = []) {
  return before.flatMap((was): readonly ProtectiveChange[] => {
    const is = after.find(({ id }) => id === was.id);
    const keys = is ? changedKeys(was, is, texts) : [];
    if (is && keys.length === 0) return [];
    const text = is ? `的${keys.map((key) => names[key] ?? key).join('、')}有改动` : '被删除';
    return [{ code: 'portal', file, place: was.id, messageZh: `公开页面的${kind}“${was.title}”${text}。` }];
  });
}
