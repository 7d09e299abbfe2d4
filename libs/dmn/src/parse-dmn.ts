import type { Problem } from '#bpmn';
import { toJson, type CompileOptions, type EvaluationContext, type FeelScope } from '#feel';
import { logicIn } from './boxed.js';
import { DmnCompiler } from './compiler.js';
import { outlineOf } from './decision-table.js';
import { cycleFrom, GraphEvaluation, readGraph, readsOf, type DrgFile, type DrgNode } from './drg.js';
import { ArgumentMisfit, DecisionFailure, DecisionRun } from './logic.js';
import type { CompiledDecision, CompiledDecisionService, DecisionResult, DmnModel, ParsedDmn } from './model.js';
import { hasType, readTypes, type TypeTable } from './types.js';
import { childrenOf, readXml, type XmlElement } from './xml-tree.js';

interface Loaded {
  readonly definitions: XmlElement;
  readonly file: DrgFile;
  readonly types: TypeTable;
  readonly problems: readonly Problem[];
}

/**
 * Reads a DMN file (1.1 to 1.6), compiles all of its FEEL and checks its graph. Any error leaves `model` out. `imports` are the texts
 * of the files that it may import, by their namespace.
 */
// A promise, so that callers do not depend on how the XML is read.
// eslint-disable-next-line @typescript-eslint/require-await
export async function parseDmn(xml: string, imports: readonly string[] = []): Promise<ParsedDmn> {
  const loaded = load(xml, imports, 0);
  if (!('file' in loaded)) return { problems: loaded.problems };
  const problems = [...loaded.problems, ...cycleProblems(loaded.file)];
  if (problems.some(({ severity }) => severity === 'error')) return { problems };
  return { model: modelOf(loaded), problems };
}

const MAX_IMPORT_DEPTH = 5;

function load(
  xml: string,
  imports: readonly string[],
  depth: number,
): Loaded | { readonly problems: readonly Problem[] } {
  const tree = readXml(xml);
  if ('fault' in tree) {
    const { code, message, line } = tree.fault;
    return { problems: [{ severity: 'error', code: `dmn.${code}`, message, line }] };
  }
  const definitions = tree.root;
  if (definitions.name !== 'definitions') {
    const message = 'Expected DMN definitions (namespace of DMN 1.1 to 1.6).';
    return { problems: [{ severity: 'error', code: 'dmn.notDmn', message, line: definitions.line }] };
  }
  const compiler = new DmnCompiler(namesIn(definitions));
  const imported = importsOf(definitions, imports, compiler, depth);
  const types = readTypes(definitions, compiler, importedTypes(imported));
  compiler.types = instanceTypes(types);
  const files = new Map([...imported].map(([namespace, { name, loaded }]) => [namespace, { name, file: loaded.file }]));
  const file = readGraph({ definitions, compiler, types, imported: files });
  return { definitions, file, types, problems: compiler.problems };
}

/** Item definitions for `instance of`; a name without one is unknown. */
function instanceTypes(types: TypeTable): CompileOptions['types'] {
  return (name) => {
    const type = types(name);
    if (Object.keys(type).length === 1 && !type.isCollection) return undefined;
    return (value) => hasType(value, type);
  };
}

type Imports = ReadonlyMap<string, { readonly name: string; readonly loaded: Loaded }>;

function importsOf(definitions: XmlElement, texts: readonly string[], compiler: DmnCompiler, depth: number): Imports {
  const found = new Map<string, { name: string; loaded: Loaded }>();
  const candidates =
    childrenOf(definitions, 'import').length > 0 && depth < MAX_IMPORT_DEPTH
      ? texts.map((text) =>
          load(
            text,
            texts.filter((each) => each !== text),
            depth + 1,
          ),
        )
      : [];
  for (const element of childrenOf(definitions, 'import')) {
    const { namespace = '', name = '', importType = '' } = element.attributes;
    if (!importType.includes('/DMN/')) continue;
    const loaded = candidates.find((each): each is Loaded => 'file' in each && each.file.namespace === namespace);
    if (loaded) found.set(namespace, { name, loaded });
    else compiler.error('unknownImport', `Expected the imported model "${namespace}" to be at hand.`, element);
  }
  return found;
}

function importedTypes(imports: Imports): TypeTable {
  const named = [...imports.values()];
  return (typeRef) => {
    const found = named.find(({ name }) => typeRef?.startsWith(`${name}.`));
    return found ? found.loaded.types(typeRef?.slice(found.name.length + 1)) : { isCollection: false };
  };
}

/** All names in a file; those of several words or with signs are needed to read its FEEL. */
function namesIn(definitions: XmlElement): string[] {
  const names = new Set<string>();
  const pending = [definitions];
  for (let element = pending.pop(); element; element = pending.pop()) {
    const name = element.attributes['name'];
    if (name !== undefined && !name.includes('.')) names.add(name.trim());
    pending.push(...element.children);
  }
  return [...names];
}

function cycleProblems({ nodes }: DrgFile): Problem[] {
  for (const node of nodes.values()) {
    if (node.kind !== 'decision') continue;
    const cycle = cycleFrom(node);
    if (!cycle) continue;
    const message = `Expected decisions not to require themselves but found ${cycle.join(' -> ')}.`;
    return [
      {
        severity: 'error',
        code: 'dmn.cycle',
        message,
        elementId: node.id,
        elementName: node.name,
        line: node.element.line,
      },
    ];
  }
  return [];
}

function modelOf({ definitions, file }: Loaded): DmnModel {
  const nodes = [...file.nodes.values()];
  const { id = '', name = id } = definitions.attributes;
  return {
    id,
    name,
    namespace: file.namespace,
    decisions: nodes.filter(({ kind }) => kind === 'decision').map(decisionOf),
    services: nodes.filter(({ kind }) => kind === 'service').map(serviceOf),
  };
}

function decisionOf(node: DrgNode): CompiledDecision {
  const logic = logicIn(node.element);
  const table = logic?.name === 'decisionTable' ? outlineOf(logic) : undefined;
  return {
    decisionId: node.id,
    name: node.element.attributes['name'] ?? node.name,
    reads: readsOf(node),
    inputs: table?.inputs ?? [],
    outputs: table?.outputs ?? [{ name: node.name, label: node.name }],
    ...(table && { table }),
    evaluate: (scope, context) => evaluate(node.id, scope, context, (graph) => graph.valueOf(node)),
  };
}

function serviceOf(node: DrgNode): CompiledDecisionService {
  return {
    serviceId: node.id,
    name: node.element.attributes['name'] ?? node.name,
    evaluate: (scope, context) => evaluate(node.id, scope, context, (graph) => callService(graph, node, scope)),
  };
}

function callService(graph: GraphEvaluation, node: DrgNode, scope: FeelScope): unknown {
  const service = graph.valueOf(node) as {
    parameters: readonly string[];
    invoke(args: readonly unknown[], context: EvaluationContext): unknown;
  };
  const { context, warnings } = graph.run;
  try {
    return service.invoke(
      service.parameters.map((name) => scope.get(name) ?? null),
      context,
    );
  } catch (error) {
    if (!(error instanceof ArgumentMisfit)) throw error;
    warnings.push({ code: 'arguments', message: error.message, start: 0, end: 0 });
    return null;
  }
}

function evaluate(
  decisionId: string,
  scope: FeelScope,
  context: EvaluationContext,
  value: (graph: GraphEvaluation) => unknown,
): DecisionResult {
  const run = new DecisionRun(context);
  try {
    const output = toJson(value(new GraphEvaluation(scope, run)));
    const { matchedRules, warnings } = run;
    return { ok: true, output, matchedRules, inputs: run.inputsByDecision.get(decisionId) ?? {}, warnings };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): DecisionResult {
  if (error instanceof DecisionFailure) return { ok: false, code: error.code, message: error.message };
  if (error instanceof RangeError) return { ok: false, code: 'depthExceeded', message: error.message };
  throw error;
}
