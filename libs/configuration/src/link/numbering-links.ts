import { pointerPart } from '../json-text.js';
import { type LinkContext, reportPlace, type Sentence } from './link-context.js';

const file = 'workflows/numbering.json';

/** Counters are kept by series and year, or month: numbers are unique where every series has its own pattern, with that period in it. */
export function linkNumbering(context: LinkContext): void {
  const series = Object.entries(context.set.numbering);
  series.forEach(([id, { pattern }], index) => {
    const refuse = (text: Sentence) =>
      reportPlace(context, file, `/${pointerPart(id)}/pattern`, { code: 'settings.numbering', text });
    if (!/\{yyyy(MM)?\}/.test(pattern))
      refuse([
        `Expected {yyyy} or {yyyyMM} in the pattern of the series "${id}": its counter begins anew each year, so "${pattern}" would give the same numbers again.`,
        `编号序列“${id}”的格式“${pattern}”要写年份 {yyyy}（或年月 {yyyyMM}）：计数每年从头开始，不写年份就会重号。`,
      ]);
    const other = series.slice(0, index).find(([, one]) => shape(one.pattern) === shape(pattern));
    if (other)
      refuse([
        `Expected a pattern of its own for the series "${id}" but "${other[0]}" has "${pattern}" too: both would give the same numbers.`,
        `编号序列“${id}”与“${other[0]}”的格式都是“${pattern}”，会产生相同的编号。`,
      ]);
  });
}

/** Longer counters give the same numbers as shorter ones once these are full, also where the month stands right before them. */
const shape = (pattern: string): string => pattern.replace('{yyyyMM}', '{yyyy}{0}').replace(/(\{0+\})+/g, '{0}');
