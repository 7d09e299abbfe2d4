import type { DmnCompiler, Text } from './compiler.js';
import type { Aggregation, DecisionOutput, DecisionTable, HitPolicy, TableInput } from './model.js';
import { domainOf, type TypeTable } from './types.js';
import { child, childrenOf, textOf, typeRefOf, type XmlElement } from './xml-tree.js';

/** The table as written; the orientation of a table is a matter of drawing and says nothing here (DMN 1.5, 8.2.2). */
export function outlineOf(element: XmlElement, types: TypeTable): DecisionTable {
  const aggregation = element.attributes['aggregation'] as Aggregation | undefined;
  const outputs = childrenOf(element, 'output');
  return {
    hitPolicy: (element.attributes['hitPolicy'] ?? 'UNIQUE') as HitPolicy,
    ...(aggregation !== undefined && { aggregation }),
    inputs: childrenOf(element, 'input').map((input) => inputOf(input, types)),
    outputs: outputs.map((output) => outputOf(output, element, types)),
    hasDefault: outputs.some((output) => child(output, 'defaultOutputEntry')),
    rules: childrenOf(element, 'rule').map((rule, index) => ({
      ruleId: rule.attributes['id'] ?? String(index + 1),
      number: index + 1,
      inputEntries: childrenOf(rule, 'inputEntry').map((entry) => textOf(entry, 'text') ?? ''),
      outputEntries: childrenOf(rule, 'outputEntry').map((entry) => textOf(entry, 'text') ?? ''),
    })),
  };
}

function inputOf(input: XmlElement, types: TypeTable): TableInput {
  const clause = child(input, 'inputExpression');
  const expression = textOf(clause, 'text') ?? '';
  const typeRef = typeRefOf(clause);
  const allowedValues = textOf(child(input, 'inputValues'), 'text');
  const { base, tests } = domainOf(types(typeRef));
  return {
    label: input.attributes['label'] || expression,
    expression,
    ...(typeRef !== undefined && { typeRef }),
    ...(allowedValues && { allowedValues }),
    ...(tests.length > 0 && { typeAllows: tests }),
    ...(base !== undefined && { base }),
  };
}

function outputOf(output: XmlElement, table: XmlElement, types: TypeTable): DecisionOutput {
  const { name = '', label } = output.attributes;
  const typeRef = typeRefOf(output);
  const whole = types(typeRefOf(table));
  const field = whole.fields?.find((each) => each.name === name)?.type();
  const type = typeRef === undefined ? (field ?? whole) : types(typeRef);
  const allowedValues = textOf(child(output, 'outputValues'), 'text') || type.allowedText;
  return {
    name,
    label: label || name,
    ...(typeRef !== undefined && { typeRef }),
    ...(allowedValues && { allowedValues }),
  };
}

const AGGREGATIONS: readonly string[] = ['SUM', 'COUNT', 'MIN', 'MAX'];
const HIT_POLICIES: readonly string[] = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'];

/** Hit policy, aggregation and number of cells of a table (DMN 1.5, 8.2.11 and 8.3). */
export function checkTable(element: XmlElement, outline: DecisionTable, compiler: DmnCompiler): void {
  const { hitPolicy, aggregation, inputs, outputs, rules } = outline;
  if (!HIT_POLICIES.includes(hitPolicy)) compiler.error('hitPolicy', wrongHitPolicy(hitPolicy), element);
  if (aggregation && !AGGREGATIONS.includes(aggregation))
    compiler.error('aggregation', wrongAggregation(aggregation), element);
  if (aggregation && hitPolicy !== 'COLLECT')
    compiler.error('aggregation', nothingToJoin(aggregation, hitPolicy), element);
  if (aggregation && outputs.length > 1)
    compiler.error('aggregation', severalToJoin(aggregation, outputs.length), element);
  if (outputs.length === 0) compiler.error('noOutput', NO_OUTPUT, element);
  if (needsOrder(hitPolicy) && outputs.every(({ allowedValues }) => allowedValues === undefined))
    compiler.warning('noOutputValues', noOutputValues(hitPolicy), element);
  for (const { number, inputEntries, outputEntries } of rules) {
    if (inputEntries.length === inputs.length && outputEntries.length === outputs.length) continue;
    const expected = { inputs: inputs.length, outputs: outputs.length };
    const found = { inputs: inputEntries.length, outputs: outputEntries.length };
    compiler.error('ruleCells', wrongCells(number, expected, found), element, `rule ${number}`);
  }
}

/** Hit policies that go by the order of output values. */
export function needsOrder(hitPolicy: HitPolicy): boolean {
  return hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER';
}

function noOutputValues(hitPolicy: string): Text {
  return {
    en: `Expected output values to give ${hitPolicy} its order but found none; rules count in their own order.`,
    zh: `命中策略 ${hitPolicy} 需要输出列列出取值以确定先后，现未列出，将按规则顺序处理。`,
  };
}

function wrongHitPolicy(found: string): Text {
  return { en: `Expected a hit policy of DMN but found "${found}".`, zh: `命中策略 “${found}” 不存在。` };
}

function wrongAggregation(found: string): Text {
  return {
    en: `Expected SUM, COUNT, MIN or MAX but found "${found}".`,
    zh: `汇总方式应为 SUM、COUNT、MIN 或 MAX，实际为 “${found}”。`,
  };
}

function nothingToJoin(aggregation: string, hitPolicy: string): Text {
  return {
    en: `Expected ${aggregation} with hit policy COLLECT but found it with ${hitPolicy}, which joins nothing. Choose COLLECT or remove the aggregation.`,
    zh: `汇总方式 ${aggregation} 只能与命中策略 COLLECT 同用，现为 ${hitPolicy}，请改为 COLLECT 或删除汇总方式。`,
  };
}

function severalToJoin(aggregation: string, columns: number): Text {
  return {
    en: `Expected one output to join by ${aggregation} but found ${columns} columns.`,
    zh: `按 ${aggregation} 汇总只能有一个输出列，实际有 ${columns} 个。`,
  };
}

const NO_OUTPUT: Text = { en: 'Expected at least one output column.', zh: '决策表至少要有一个输出列。' };

interface Cells {
  readonly inputs: number;
  readonly outputs: number;
}

function wrongCells(rule: number, expected: Cells, found: Cells): Text {
  return {
    en: `Expected ${expected.inputs} inputs and ${expected.outputs} outputs in rule ${rule} but found ${found.inputs} and ${found.outputs}.`,
    zh: `规则 ${rule} 应有 ${expected.inputs} 个输入单元格和 ${expected.outputs} 个输出单元格，实际为 ${found.inputs} 个和 ${found.outputs} 个。`,
  };
}
