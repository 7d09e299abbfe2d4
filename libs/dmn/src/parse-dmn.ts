import { RecentlyRead, type Problem } from '#bpmn';
import { toJson, ValueTooDeep, ValueTooLarge, type EvaluationContext, type FeelScope } from '#feel';
import { logicIn } from './boxed.js';
import { chainText } from './dependencies-first.js';
import type { DrgFile, DrgNode } from './drg.js';
import { GraphEvaluation } from './graph-evaluation.js';
import { loadFile, type LoadedFile } from './load-file.js';
import { ArgumentMisfit, DecisionFailure, DecisionRun } from './logic.js';
import type { CompiledDecision, CompiledInvocable, DecisionResult, DmnModel, ParsedDmn } from './model.js';
import { cycleIn, readsByNode } from './requirements.js';
import { outlineOf } from './table-outline.js';

/**
 * Reads a DMN file (1.1 to 1.6), compiles all of its FEEL and checks its graph. Any error leaves `model` out. `imports` are the texts
 * of the files that it may import, by their namespace; those that it does not need are not looked at.
 */
// A promise, so that callers do not depend on how the XML is read.
// eslint-disable-next-line @typescript-eslint/require-await
export async function parseDmn(xml: string, imports: readonly string[] = []): Promise<ParsedDmn> {
  const { parsed, hasImports } = recentlyRead.get(xml, () => readFile(xml, []));
  return hasImports && imports.length > 0 ? readFile(xml, imports).parsed : parsed;
}

interface Reading {
  readonly parsed: ParsedDmn;
  readonly hasImports: boolean;
}

/** Enough for the decisions of a large configuration; each as if nothing could be imported. */
const recentlyRead = new RecentlyRead<Reading>(2_000_000);

function readFile(xml: string, imports: readonly string[]): Reading {
  const loaded = loadFile(xml, imports);
  if (!('file' in loaded)) return { parsed: { problems: loaded.problems }, hasImports: false };
  const cycle = cycleIn(loaded.file);
  const problems = [...loaded.problems, ...(cycle ? [cycleProblem(cycle)] : [])];
  const { imported, hasImports } = loaded;
  const model = problems.some(({ severity }) => severity === 'error') ? undefined : modelOf(loaded);
  return { parsed: { problems, imported, ...(model && { model }) }, hasImports };
}

function cycleProblem(cycle: readonly DrgNode[]): Problem {
  const [first] = cycle as readonly [DrgNode];
  const names = chainText(cycle.map(({ name }) => name));
  return {
    severity: 'error',
    code: 'dmn.cycle',
    message: `Expected decisions not to require themselves but found ${names}.`,
    messageZh: `决策之间不能循环依赖：${names}。`,
    elementId: first.id,
    elementName: first.name,
    line: first.element.line,
  };
}

function modelOf({ definitions, file }: LoadedFile): DmnModel {
  const nodes = [...file.nodes.values()];
  const { id = '', name = id } = definitions.attributes;
  const reads = readsByNode(file);
  const invocables = (kind: DrgNode['kind']) =>
    nodes.filter((node) => node.kind === kind).map((node) => invocableOf(file, node));
  return {
    id,
    name,
    namespace: file.namespace,
    decisions: nodes
      .filter(({ kind }) => kind === 'decision')
      .map((node) => decisionOf(file, node, reads.get(node) ?? [])),
    services: invocables('service'),
    knowledgeModels: invocables('knowledge'),
  };
}

function decisionOf(file: DrgFile, node: DrgNode, reads: readonly string[]): CompiledDecision {
  const logic = logicIn(node.element);
  const table = logic?.name === 'decisionTable' ? outlineOf(logic, file.types) : undefined;
  return {
    decisionId: node.id,
    name: node.element.attributes['name'] ?? node.name,
    reads,
    inputs: table?.inputs ?? [],
    outputs: table?.outputs ?? [{ name: node.name, label: node.name }],
    ...(table && { table }),
    evaluate: (scope, context) =>
      evaluate(node.id, context, (run) => new GraphEvaluation(file, scope, run).valueOf(node)),
  };
}

function invocableOf(file: DrgFile, node: DrgNode): CompiledInvocable {
  return {
    id: node.id,
    name: node.element.attributes['name'] ?? node.name,
    evaluate: (scope, context) => evaluate(node.id, context, (run) => call(file, node, scope, run)),
  };
}

/** Calls a service or a knowledge model with the variables that are named as its parameters. */
function call(file: DrgFile, node: DrgNode, scope: FeelScope, run: DecisionRun): unknown {
  const callable = new GraphEvaluation(file, scope, run).valueOf(node) as {
    parameters: readonly string[];
    invoke(args: readonly unknown[], context: EvaluationContext): unknown;
  } | null;
  if (callable === null) return null;
  try {
    return callable.invoke(
      callable.parameters.map((name) => scope.get(name) ?? null),
      run.context,
    );
  } catch (error) {
    if (!(error instanceof ArgumentMisfit)) throw error;
    run.warn('arguments', error.text);
    return null;
  }
}

function evaluate(nodeId: string, context: EvaluationContext, value: (run: DecisionRun) => unknown): DecisionResult {
  const run = new DecisionRun(context);
  try {
    const output = toJson(value(run));
    const { matchedRules, warnings } = run;
    const ruleOutputs = run.ruleOutputs.get(nodeId);
    const inputs = run.inputsByDecision.get(nodeId) ?? {};
    return { ok: true, output, matchedRules, inputs, ...(ruleOutputs && { ruleOutputs }), warnings };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): DecisionResult {
  if (error instanceof DecisionFailure) return { ok: false, code: error.code, message: error.message };
  if (error instanceof ValueTooLarge) return { ok: false, code: 'budgetExceeded', message: error.message };
  if (error instanceof ValueTooDeep) return { ok: false, code: 'depthExceeded', message: error.message };
  // The last guard behind the limit on nested calls.
  if (error instanceof RangeError)
    return { ok: false, code: 'depthExceeded', message: 'Expected less nesting of values or calls.' };
  throw error;
}
