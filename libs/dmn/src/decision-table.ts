import { scopeOf, toJson, type CompiledExpression, type FeelScope } from '#feel';
import type { LogicContext } from './boxed.js';
import type { Text } from './compiler.js';
import { hitPolicies, type Hit } from './hit-policies.js';
import type { DecisionRun, Logic } from './logic.js';
import type { DecisionTable, RuleOutputs } from './model.js';
import { setOwn } from './own-entry.js';
import { checkTable, needsOrder, outlineOf } from './table-outline.js';
import { conform, conformJson } from './conform.js';
import type { DmnType } from './types.js';
import { child, childrenOf, textOf, type XmlElement } from './xml-tree.js';

interface Column {
  readonly label: string;
  readonly expression: CompiledExpression;
  readonly type: DmnType;
  /** What the value must pass. */
  readonly allowed: CompiledExpression | undefined;
}

interface Output {
  readonly name: string;
  readonly label: string;
  readonly type: DmnType;
  readonly allowed: CompiledExpression | undefined;
  readonly otherwise: CompiledExpression | undefined;
  /** Values in order, the most important first. */
  readonly priorities: CompiledExpression | undefined;
}

interface Rule {
  readonly ruleId: string;
  readonly number: number;
  /** Tests by column; a cell that takes all values is left out. */
  readonly tests: readonly { readonly column: number; readonly test: CompiledExpression }[];
  readonly outputs: readonly CompiledExpression[];
}

interface CompiledTable {
  readonly decisionId: string;
  readonly outline: DecisionTable;
  readonly columns: readonly Column[];
  readonly outputs: readonly Output[];
  readonly rules: readonly Rule[];
}

/** Compiles a decision table (DMN 1.5, 8). Cells that do not fit the columns are problems. */
export function compileTable(element: XmlElement, context: LogicContext): Logic {
  const outline = outlineOf(element, context.types);
  checkTable(element, outline, context.compiler);
  const table = compiled(element, outline, context);
  const parts = [
    ...table.columns.map(({ expression }) => expression),
    ...table.rules.flatMap(({ tests, outputs }) => [...tests.map(({ test }) => test), ...outputs]),
    ...table.outputs.flatMap(({ otherwise }) => otherwise ?? []),
  ];
  const reads = [...new Set(parts.flatMap((part) => part.reads))];
  return { reads, evaluate: (scope, run) => evaluateTable(table, scope, run) };
}

function compiled(element: XmlElement, outline: DecisionTable, context: LogicContext): CompiledTable {
  return {
    decisionId: context.decisionId,
    outline,
    columns: columnsOf(element, outline, context),
    outputs: outputsOf(element, outline, context),
    rules: rulesOf(element, outline, context),
  };
}

function columnsOf(element: XmlElement, { inputs }: DecisionTable, { compiler, types }: LogicContext): Column[] {
  return inputs.map(({ label, expression, typeRef, allowedValues }) => {
    const place = { en: `input "${label}"`, zh: `输入列 “${label}”` };
    return {
      label,
      expression: compiler.expression(expression || 'null', element, place),
      type: types(typeRef),
      allowed: allowedValues ? compiler.tests(allowedValues, element, place) : undefined,
    };
  });
}

function outputsOf(element: XmlElement, outline: DecisionTable, { compiler, types }: LogicContext): Output[] {
  const elements = childrenOf(element, 'output');
  return outline.outputs.map(({ name, label, typeRef, allowedValues }, index) => {
    const own = textOf(child(elements[index], 'outputValues'), 'text');
    const otherwise = textOf(child(elements[index], 'defaultOutputEntry'), 'text');
    const isOrdered = needsOrder(outline.hitPolicy) && allowedValues !== undefined;
    return {
      name,
      label,
      type: types(typeRef),
      allowed: own ? compiler.tests(own, element, OUTPUT_VALUES) : undefined,
      otherwise: otherwise ? compiler.expression(otherwise, element, DEFAULT_OUTPUT) : undefined,
      priorities: isOrdered ? compiler.expression(`[${allowedValues}]`, element, OUTPUT_VALUES) : undefined,
    };
  });
}

const OUTPUT_VALUES: Text = { en: 'output values', zh: '输出列取值' };
const DEFAULT_OUTPUT: Text = { en: 'default output', zh: '默认输出' };

function rulesOf(element: XmlElement, { rules }: DecisionTable, { compiler }: LogicContext): Rule[] {
  return rules.map(({ ruleId, number, inputEntries, outputEntries }) => ({
    ruleId,
    number,
    tests: inputEntries.flatMap((text, column) =>
      text === '' || text === '-'
        ? []
        : [{ column, test: compiler.tests(text, element, cellPlace(number, 'input', column)) }],
    ),
    outputs: outputEntries.map((text, column) =>
      compiler.expression(text || 'null', element, cellPlace(number, 'output', column)),
    ),
  }));
}

function cellPlace(rule: number, kind: 'input' | 'output', index: number): Text {
  const zh = kind === 'input' ? '输入' : '输出';
  return { en: `rule ${rule}, ${kind} ${index + 1}`, zh: `规则 ${rule} 的第 ${index + 1} 个${zh}单元格` };
}

function evaluateTable(table: CompiledTable, scope: FeelScope, run: DecisionRun): unknown {
  const { decisionId, columns, outputs, outline } = table;
  const values = columns.map(({ expression, type, label }) =>
    conformJson(run.value(expression, scope), type, run, label),
  );
  run.inputsByDecision.set(
    decisionId,
    Object.fromEntries(columns.map(({ label }, index) => [label, toJson(values[index])])),
  );
  if (!columns.every((column, index) => isAllowedInput(column, values[index], scope, run))) {
    setOwn(run.matchedRules, decisionId, []);
    return null;
  }
  const hits = hitsOf(table, values, scope, run);
  const outcome = hitPolicies[outline.hitPolicy]({
    hits,
    names: outputs.map(({ name }) => name),
    priorities: outputs.map(({ priorities }) =>
      priorities ? (run.value(priorities, scope) as readonly unknown[] | null) : null,
    ),
    aggregation: outline.aggregation,
  });
  setOwn(
    run.matchedRules,
    decisionId,
    outcome.taken.map(({ ruleId }) => ruleId),
  );
  run.ruleOutputs.set(decisionId, ruleOutputs(hits, outcome.taken, outputs));
  return outcome.taken.length === 0 ? defaultOutput(outputs, outcome.value, scope, run) : outcome.value;
}

/** A value that is none of the input values is an error, and the table gives null (DMN 1.5, 8.3.2 and 10.3.2.9). */
function isAllowedInput({ allowed, label }: Column, value: unknown, scope: FeelScope, run: DecisionRun): boolean {
  if (!allowed || value === null || passes(allowed, value, scope, run)) return true;
  run.warn('inputValues', {
    en: `Expected one of the input values of "${label}" but found another; the table gives null. Correct the value or add it to the column.`,
    zh: `“${label}” 的值不在该输入列所列的取值之内，决策表的结果为 null。请更正该值或将其加入取值。`,
  });
  return false;
}

function passes(test: CompiledExpression, value: unknown, scope: FeelScope, run: DecisionRun): boolean {
  return run.value(test, scopeOf({ '?': value }, scope)) === true;
}

function hitsOf(table: CompiledTable, values: readonly unknown[], scope: FeelScope, run: DecisionRun): OpenHit[] {
  const scopes = values.map((value) => scopeOf({ '?': value }, scope));
  const isHit = ({ tests }: Rule) =>
    tests.every(({ column, test }) => run.value(test, scopes[column] as FeelScope) === true);
  return table.rules.filter(isHit).map(({ ruleId, number, outputs }) => {
    const evaluated = () =>
      outputs.map((output, index) => outputValue(table.outputs[index] as Output, run.value(output, scope), scope, run));
    const hit: OpenHit = { ruleId, number, found: undefined, outputs: () => (hit.found ??= evaluated()) };
    return hit;
  });
}

/** A hit that remembers its outputs, once a hit policy has asked for them. */
interface OpenHit extends Hit {
  found: readonly unknown[] | undefined;
}

/** What the rules that were taken gave, column by column; nothing where their outputs did not matter. */
function ruleOutputs(hits: readonly OpenHit[], taken: readonly Hit[], outputs: readonly Output[]): RuleOutputs[] {
  return hits
    .filter((hit) => taken.includes(hit))
    .map(({ ruleId, number, found = [] }) => ({
      ruleId,
      number,
      outputs: found.map((value, index) => {
        const { name = '', label = '' } = outputs[index] ?? {};
        return { name: name || label, label: label || name, value: toJson(value) };
      }),
    }));
}

function outputValue({ label, type, allowed }: Output, found: unknown, scope: FeelScope, run: DecisionRun): unknown {
  const value = conform(found, type, run, label || 'output');
  if (!allowed || value === null || passes(allowed, value, scope, run)) return value;
  run.warn('outputValues', {
    en: `Expected one of the output values of "${label || 'output'}" but found another; it counts as null. Correct the rule or add the value to the column.`,
    zh: `“${label || 'output'}” 的结果不在该输出列所列的取值之内，按 null 处理。请更正规则或将其加入取值。`,
  });
  return null;
}

function defaultOutput(outputs: readonly Output[], none: unknown, scope: FeelScope, run: DecisionRun): unknown {
  if (outputs.every(({ otherwise }) => otherwise === undefined)) return none;
  const values = outputs.map((output) =>
    output.otherwise ? outputValue(output, run.value(output.otherwise, scope), scope, run) : null,
  );
  if (values.length === 1) return values[0];
  return Object.fromEntries(outputs.map(({ name }, index) => [name, values[index]]));
}
