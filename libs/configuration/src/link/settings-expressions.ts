import { compileExpression } from '#feel';
import { unknownArguments } from './arguments.js';
import { variablesRead } from './expressions.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';

export interface Setting {
  readonly file: string;
  /** JSON pointer of the setting. */
  readonly place: string;
  /** With its `=`; undefined where the file leaves it out. */
  readonly source: string | undefined;
  /** Names that it may read; undefined where they cannot be told. */
  readonly known: Iterable<string> | undefined;
}

/** Reports a setting that begins with `=` and is no FEEL, names in it that nothing gives, and what a function is told and is not there. */
export function expectFeel(context: LinkContext, { file, place, source, known }: Setting): void {
  if (source === undefined) return;
  const result = compileExpression(source.replace(/^=/, ''));
  if (result.ok) {
    for (const missing of unknownArguments(context, source)) reportMissing(context, file, place, missing);
    return expectNames(context, { file, place, names: variablesRead(result.expression), known });
  }
  const detail = result.problems.map(({ message }) => message).join(' ');
  const text: Sentence = [
    `Expected a FEEL expression but found ${source}: ${detail}`,
    `不是有效的 FEEL 表达式：${source}（${detail}）`,
  ];
  reportPlace(context, file, place, { code: 'settings.invalidExpression', text });
}

interface Named {
  readonly file: string;
  readonly place: string;
  readonly names: readonly string[];
  readonly known: Iterable<string> | undefined;
}

/** Reports each variable that nothing gives. */
export function expectNames(context: LinkContext, { file, place, names, known }: Named): void {
  if (!known) return;
  const all = new Set(known);
  for (const id of names.filter((name) => !all.has(name)))
    reportMissing(context, file, place, { what: ['the variable', '变量'], id, known: all });
}
