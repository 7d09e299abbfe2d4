import type { ProtectiveChange } from '../protective-changes.js';
import type { ScheduleDeclaration } from '../settings.js';
import { changedKeys } from './same.js';

const file = 'workflows/schedules.json';
const texts = new Set(['title', 'clause']);
const names: Readonly<Record<string, string>> = {
  processId: '启动的流程',
  onlyIf: '启动条件',
  variables: '启动时的变量',
};

/** What used to start by itself and no longer does, or does so at other times, under other conditions or otherwise. */
export function scheduleChanges(
  before: readonly ScheduleDeclaration[],
  after: readonly ScheduleDeclaration[],
): readonly ProtectiveChange[] {
  return before.flatMap((was) => {
    const is = after.find(({ id }) => id === was.id);
    const change = (text: string): ProtectiveChange => ({
      code: 'schedule',
      file,
      place: was.id,
      messageZh: `定时“${was.title}”${text}。`,
    });
    if (!is) return [change('被删除')];
    const parts = [...new Set(changedKeys(was, is, texts).map((key) => names[key] ?? '时间'))];
    return parts.length > 0 ? [change(`的${parts.join('、')}有改动`)] : [];
  });
}
