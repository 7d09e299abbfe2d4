import type { DeadlineEntry } from '../deadlines/entries.js';
import type { ProtectiveChange } from '../protective-changes.js';
import { changedKeys } from './same.js';

const texts = new Set(['title', 'text', 'clause']);
const names: Readonly<Record<string, string>> = {
  of: '起止',
  period: '期限',
  due: '期限',
  pause: '暂停',
  statutory: '法定标记',
  goal: '内部目标标记',
  marks: '提醒和升级',
};

/** Declared deadlines that are gone, or that count, pause or escalate otherwise. */
export function deadlineChanges(
  before: readonly DeadlineEntry[],
  after: readonly DeadlineEntry[],
): readonly ProtectiveChange[] {
  return before.flatMap(({ path, declaration: was }): readonly ProtectiveChange[] => {
    const is = after.find(({ declaration }) => declaration.id === was.id)?.declaration;
    const parts = is ? [...new Set(changedKeys(was, is, texts).map((key) => names[key] ?? key))] : [];
    if (is && parts.length === 0) return [];
    const text = is ? `的${parts.join('、')}有改动` : '被删除';
    return [{ code: 'term', file: path, place: was.id, messageZh: `期限“${was.title}”${text}。` }];
  });
}
