import { compileExpression } from '#feel';
import { type LinkContext, reportPlace, type Sentence } from './link-context.js';

/** Reports a setting that begins with `=` and is no FEEL. */
export function expectFeel(context: LinkContext, file: string, place: string, setting: string | undefined): void {
  if (setting === undefined) return;
  const result = compileExpression(setting.replace(/^=/, ''));
  if (result.ok) return;
  const detail = result.problems.map(({ message }) => message).join(' ');
  const text: Sentence = [
    `Expected a FEEL expression but found ${setting}: ${detail}`,
    `不是有效的 FEEL 表达式：${setting}（${detail}）`,
  ];
  reportPlace(context, file, place, { code: 'settings.invalidExpression', text });
}
