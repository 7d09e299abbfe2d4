import type { Problem } from '#bpmn';
import type { Text } from '../compiler.js';
import type { DecisionTable } from '../model.js';
import type { Column } from './column.js';
import type { Point } from './cover.js';

/** What is wrong with a table, without the decision that it belongs to. */
export type Finding = Pick<Problem, 'code' | 'message' | 'messageZh' | 'place'>;

/** Columns that an example shows; a table may have hundreds. */
const SHOWN = 8;

const ANY_INPUT: Text = { en: 'any input', zh: '任意输入' };

/** An input as FEEL literals: `人数 = 5, 渠道 = "来访"`. Columns for which no value is known are left out. */
export function exampleText(table: DecisionTable, columns: readonly Column[], point: Point): Text {
  const known = table.inputs.flatMap(({ label }, index) => {
    const sample = columns[index]?.sample(point[index] ?? 0);
    return sample === undefined ? [] : [`${label} = ${sample}`];
  });
  if (known.length === 0) return ANY_INPUT;
  const text = known.length <= SHOWN ? known.join(', ') : `${known.slice(0, SHOWN).join(', ')}, …`;
  return { en: text, zh: text };
}

export function gapFinding(example: Text): Finding {
  return {
    code: 'dmn.gap',
    message: `Expected a rule for every input but none matches ${example.en}. Add a rule or a default output.`,
    messageZh: `没有规则覆盖以下输入：${example.zh}。请补充规则或默认输出。`,
    place: example.en,
  };
}

export function overlapFinding(first: number, second: number, example: Text): Finding {
  return {
    code: 'dmn.overlap',
    message: `Expected at most one rule to match but rules ${first} and ${second} overlap, for example at ${example.en}. Narrow one of them.`,
    messageZh: `规则 ${first} 与规则 ${second} 重叠，例如 ${example.zh} 会命中两条规则，请缩小其中一条的范围。`,
    place: `rule ${first}, rule ${second}`,
  };
}

export function maskedFinding(rule: number, by: number, example: Text): Finding {
  return {
    code: 'dmn.unreachable',
    message: `Expected rule ${rule} to decide some input but rules before it take all of its inputs: ${example.en} goes to rule ${by}. Move it up, narrow the others or remove it.`,
    messageZh: `规则 ${rule} 永远不会生效，其全部输入都被优先的规则命中，例如 ${example.zh} 命中规则 ${by}。请上移该规则、缩小其他规则的范围或删除它。`,
    place: `rule ${rule}`,
  };
}

export function emptyFinding(rule: number, label: string, text: string): Finding {
  return {
    code: 'dmn.unreachable',
    message: `Expected rule ${rule} to match some input but no value of "${label}" meets ${text}. Correct the cell or remove the rule.`,
    messageZh: `规则 ${rule} 永远不会命中：“${label}” 没有任何取值满足 ${text}。请更正该单元格或删除该规则。`,
    place: `rule ${rule}`,
  };
}

const SEARCHES = {
  gaps: { en: 'gaps', zh: '空缺' },
  overlaps: { en: 'overlaps', zh: '重叠' },
  unreachable: { en: 'unreachable rules', zh: '无法生效的规则' },
} as const;

/** The table is too large for the bound of the search: more may be wrong than is reported. */
export function stoppedFinding(search: keyof typeof SEARCHES, place: string): Finding {
  const { en, zh } = SEARCHES[search];
  return {
    code: 'dmn.analysisStopped',
    message: `Expected a smaller table: the search for ${en} stopped at ${place}, so that there may be more than are reported. Split the table.`,
    messageZh: `决策表过大，对${zh}的检查止于 ${place}，可能还有未列出的问题，请拆分该表。`,
    place,
  };
}

/** As many as are shown were found. */
export function moreFinding(search: keyof typeof SEARCHES, shown: number): Finding {
  const { en, zh } = SEARCHES[search];
  return {
    code: 'dmn.analysisMore',
    message: `Expected fewer ${en}: ${shown} are shown, there are more. Mend these first.`,
    messageZh: `${zh}过多，只列出 ${shown} 处，请先处理这些。`,
  };
}
