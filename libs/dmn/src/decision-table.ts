import { scopeOf, toJson, type CompiledExpression, type FeelScope } from '#feel';
import type { LogicContext } from './boxed.js';
import type { Text } from './compiler.js';
import { hitPolicies, type Hit } from './hit-policies.js';
import type { DecisionRun, Logic } from './logic.js';
import type { Aggregation, DecisionOutput, DecisionTable, HitPolicy } from './model.js';
import { conform, type DmnType } from './types.js';
import { child, childrenOf, textOf, typeRefOf, type XmlElement } from './xml-tree.js';

interface Column {
  readonly label: string;
  readonly expression: CompiledExpression;
  readonly type: DmnType;
}

interface Rule {
  readonly ruleId: string;
  readonly number: number;
  readonly tests: readonly CompiledExpression[];
  readonly outputs: readonly CompiledExpression[];
}

interface CompiledTable {
  readonly decisionId: string;
  readonly columns: readonly Column[];
  readonly rules: readonly Rule[];
  readonly outputs: readonly DecisionOutput[];
  readonly outputTypes: readonly DmnType[];
  readonly defaults: readonly (CompiledExpression | undefined)[];
  readonly priorities: readonly (CompiledExpression | undefined)[];
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | undefined;
}

const AGGREGATIONS: readonly string[] = ['SUM', 'COUNT', 'MIN', 'MAX'];
const HIT_POLICIES: readonly string[] = ['UNIQUE', 'FIRST', 'PRIORITY', 'ANY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'];

/** The table as written. */
export function outlineOf(element: XmlElement): DecisionTable {
  const aggregation = element.attributes['aggregation'] as Aggregation | undefined;
  return {
    hitPolicy: (element.attributes['hitPolicy'] ?? 'UNIQUE') as HitPolicy,
    ...(aggregation !== undefined && { aggregation }),
    inputs: childrenOf(element, 'input').map(inputOf),
    outputs: childrenOf(element, 'output').map(outputOf),
    hasDefault: childrenOf(element, 'output').some((output) => child(output, 'defaultOutputEntry')),
    rules: childrenOf(element, 'rule').map((rule, index) => ({
      ruleId: rule.attributes['id'] ?? String(index + 1),
      number: index + 1,
      inputEntries: childrenOf(rule, 'inputEntry').map((entry) => textOf(entry, 'text') ?? ''),
      outputEntries: childrenOf(rule, 'outputEntry').map((entry) => textOf(entry, 'text') ?? ''),
    })),
  };
}

function inputOf(input: XmlElement): DecisionTable['inputs'][number] {
  const clause = child(input, 'inputExpression');
  const expression = textOf(clause, 'text') ?? '';
  const typeRef = typeRefOf(clause);
  const allowedValues = textOf(child(input, 'inputValues'), 'text');
  return {
    label: input.attributes['label'] || expression,
    expression,
    ...(typeRef !== undefined && { typeRef }),
    ...(allowedValues && { allowedValues }),
  };
}

function outputOf(output: XmlElement): DecisionOutput {
  const name = output.attributes['name'] ?? '';
  const typeRef = typeRefOf(output);
  return { name, label: output.attributes['label'] || name, ...(typeRef !== undefined && { typeRef }) };
}

/** Compiles a decision table (DMN 1.3, 8). Cells that do not fit the columns are problems. */
export function compileTable(element: XmlElement, context: LogicContext): Logic {
  const outline = outlineOf(element);
  checkShape(element, outline, context);
  const table = compiled(element, outline, context);
  const parts = [
    ...table.columns.map(({ expression }) => expression),
    ...table.rules.flatMap(({ tests, outputs }) => [...tests, ...outputs]),
  ];
  const reads = [...new Set(parts.flatMap((part) => part.reads))];
  return { reads, evaluate: (scope, run) => evaluateTable(table, scope, run) };
}

function checkShape(element: XmlElement, outline: DecisionTable, { compiler }: LogicContext): void {
  const { hitPolicy, aggregation, inputs, outputs, rules } = outline;
  if (!HIT_POLICIES.includes(hitPolicy)) compiler.error('hitPolicy', wrongHitPolicy(hitPolicy), element);
  if (aggregation && !AGGREGATIONS.includes(aggregation))
    compiler.error('aggregation', wrongAggregation(aggregation), element);
  if (aggregation && outputs.length > 1)
    compiler.error('aggregation', severalToJoin(aggregation, outputs.length), element);
  if (outputs.length === 0) compiler.error('noOutput', NO_OUTPUT, element);
  for (const { number, inputEntries, outputEntries } of rules) {
    if (inputEntries.length === inputs.length && outputEntries.length === outputs.length) continue;
    const expected = { inputs: inputs.length, outputs: outputs.length };
    const found = { inputs: inputEntries.length, outputs: outputEntries.length };
    compiler.error('ruleCells', wrongCells(number, expected, found), element, `rule ${number}`);
  }
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

function compiled(element: XmlElement, outline: DecisionTable, context: LogicContext): CompiledTable {
  const { compiler, types } = context;
  const outputs = childrenOf(element, 'output');
  return {
    decisionId: context.decisionId,
    columns: outline.inputs.map((input) => ({
      label: input.label,
      expression: compiler.expression(input.expression || 'null', element, {
        en: `input "${input.label}"`,
        zh: `输入列 “${input.label}”`,
      }),
      type: types(input.typeRef),
    })),
    rules: outline.rules.map((rule) => ({
      ruleId: rule.ruleId,
      number: rule.number,
      tests: rule.inputEntries.map((text, index) =>
        compiler.tests(text || '-', element, cellPlace(rule.number, 'input', index)),
      ),
      outputs: rule.outputEntries.map((text, index) =>
        compiler.expression(text || 'null', element, cellPlace(rule.number, 'output', index)),
      ),
    })),
    outputs: outline.outputs,
    outputTypes: outline.outputs.map(({ typeRef }) => types(typeRef)),
    defaults: outputs.map((output) => optional(textOf(child(output, 'defaultOutputEntry'), 'text'), element, context)),
    priorities: outputs.map((output) => priorities(output, element, context)),
    hitPolicy: outline.hitPolicy,
    aggregation: outline.aggregation,
  };
}

function cellPlace(rule: number, kind: 'input' | 'output', index: number): Text {
  const zh = kind === 'input' ? '输入' : '输出';
  return { en: `rule ${rule}, ${kind} ${index + 1}`, zh: `规则 ${rule} 的第 ${index + 1} 个${zh}单元格` };
}

function optional(
  text: string | undefined,
  element: XmlElement,
  { compiler }: LogicContext,
): CompiledExpression | undefined {
  return text ? compiler.expression(text, element, { en: 'default output', zh: '默认输出' }) : undefined;
}

/** Output values in order of priority: those of the column, else the allowed values of its type or of the type's field. */
function priorities(
  output: XmlElement,
  element: XmlElement,
  { compiler, types }: LogicContext,
): CompiledExpression | undefined {
  if (!['PRIORITY', 'OUTPUT ORDER'].includes(element.attributes['hitPolicy'] ?? '')) return undefined;
  const own = types(typeRefOf(output) ?? typeRefOf(element));
  const field = own.fields?.find(({ name }) => name === output.attributes['name'])?.type();
  const text = textOf(child(output, 'outputValues'), 'text') ?? own.allowedText ?? field?.allowedText;
  return text ? compiler.expression(`[${text}]`, element, { en: 'output values', zh: '输出列取值' }) : undefined;
}

function evaluateTable(table: CompiledTable, scope: FeelScope, run: DecisionRun): unknown {
  const values = table.columns.map(({ expression, type, label }) =>
    columnValue(run, run.value(expression, scope), type, label),
  );
  run.inputsByDecision.set(
    table.decisionId,
    Object.fromEntries(table.columns.map(({ label }, index) => [label, toJson(values[index])])),
  );
  const hits = table.rules.filter((rule) => ruleMatches(rule, values, scope, run));
  const priority = table.priorities.map((list) =>
    list ? (run.value(list, scope) as readonly unknown[] | null) : null,
  );
  const outcome = hitPolicies[table.hitPolicy]({
    hits: hits.map(({ ruleId, number, outputs }): Hit => ({
      ruleId,
      number,
      outputs: () => outputs.map((output, index) => outputValue(table, run.value(output, scope), index, run)),
    })),
    names: table.outputs.map(({ name }) => name),
    priorities: priority,
    aggregation: table.aggregation,
  });
  run.matchedRules[table.decisionId] = outcome.taken.map(({ ruleId }) => ruleId);
  return hits.length === 0 ? defaultOutput(table, outcome.value, scope, run) : outcome.value;
}

function outputValue(
  { outputs, outputTypes }: CompiledTable,
  value: unknown,
  index: number,
  run: DecisionRun,
): unknown {
  const type = outputTypes[index];
  return type ? conform(value, type, run, outputs[index]?.label || 'output') : value;
}

/** Text becomes the temporal value that the column asks for; a value of another type stays as it is. */
function columnValue(run: DecisionRun, value: unknown, type: DmnType, label: string): unknown {
  if (typeof value !== 'string' || type.base === undefined || type.base === 'string') return value;
  return conform(value, type, run, label) ?? value;
}

function ruleMatches({ tests }: Rule, values: readonly unknown[], scope: FeelScope, run: DecisionRun): boolean {
  return tests.every((test, index) => run.value(test, scopeOf({ '?': values[index] ?? null }, scope)) === true);
}

function defaultOutput(table: CompiledTable, otherwise: unknown, scope: FeelScope, run: DecisionRun): unknown {
  if (table.defaults.every((each) => each === undefined)) return otherwise;
  const values = table.defaults.map((each, index) =>
    each ? outputValue(table, run.value(each, scope), index, run) : null,
  );
  if (values.length === 1) return values[0];
  return Object.fromEntries(table.outputs.map(({ name }, index) => [name, values[index]]));
}
