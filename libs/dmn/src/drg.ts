import { scopeOf, type FeelScope } from '#feel';
import { compileFunction, compileLogicIn, logicIn, type LogicContext } from './boxed.js';
import type { DmnCompiler } from './compiler.js';
import { functionValue, unbound, type DecisionRun, type Logic } from './logic.js';
import { argumentOf, conform, type DmnType, type TypeTable } from './types.js';
import { child, childrenOf, typeRefOf, type XmlElement } from './xml-tree.js';

/** A node of the decision requirements graph: input data, decision, business knowledge model or decision service. */
export interface DrgNode {
  readonly kind: 'input' | 'decision' | 'knowledge' | 'service';
  readonly id: string;
  readonly name: string;
  readonly element: XmlElement;
  readonly type: DmnType;
  readonly logic: Logic;
  readonly requires: readonly Requirement[];
}

export interface Requirement {
  readonly node: DrgNode;
  /** Name of the import through which another file's node is seen. */
  readonly importName?: string;
}

/** The graph of one file, by id. */
export interface DrgFile {
  readonly namespace: string;
  readonly nodes: ReadonlyMap<string, DrgNode>;
}

export interface DrgSources {
  readonly definitions: XmlElement;
  readonly compiler: DmnCompiler;
  readonly types: TypeTable;
  /** Graphs of the imported files by namespace, with the name of their import. */
  readonly imported: ReadonlyMap<string, { readonly name: string; readonly file: DrgFile }>;
}

const KINDS: Readonly<Record<string, DrgNode['kind']>> = {
  inputData: 'input',
  decision: 'decision',
  businessKnowledgeModel: 'knowledge',
  decisionService: 'service',
};
const REQUIREMENTS = ['informationRequirement', 'knowledgeRequirement'];
const SERVICE_MEMBERS = ['outputDecision', 'encapsulatedDecision', 'inputDecision', 'inputData'];

/** Compiles all nodes of a file and ties them by their requirements. */
export function readGraph(sources: DrgSources): DrgFile {
  const { definitions, compiler } = sources;
  const namespace = definitions.attributes['namespace'] ?? '';
  const nodes = new Map<string, DrgNode & { requires: Requirement[] }>();
  for (const element of definitions.children.filter(({ name }) => Object.hasOwn(KINDS, name))) {
    const node = compiler.inside(element, () => compileNode(element, sources));
    nodes.set(node.id, node);
  }
  for (const node of nodes.values()) {
    for (const reference of referencesOf(node.element)) {
      const requirement = resolve(reference.attributes['href'] ?? '', namespace, nodes, sources);
      if (requirement) node.requires.push(requirement);
      else
        compiler.error(
          'unknownReference',
          `Expected "${node.name}" to require something that exists but found "${reference.attributes['href'] ?? ''}".`,
          node.element,
        );
    }
  }
  return { namespace, nodes };
}

function compileNode(element: XmlElement, { compiler, types }: DrgSources): DrgNode & { requires: Requirement[] } {
  const id = element.attributes['id'] ?? element.attributes['name'] ?? '';
  const name = child(element, 'variable')?.attributes['name'] || element.attributes['name'] || id;
  const kind = KINDS[element.name] as DrgNode['kind'];
  const context: LogicContext = { compiler, types, decisionId: id };
  const type = types(typeRefOf(child(element, 'variable')));
  if (id === '') compiler.error('noId', `Expected ${element.name} to have an id or a name.`, element);
  if (kind === 'decision' && !logicIn(element))
    compiler.error('noLogic', `Expected decision "${name}" to have logic.`, element);
  return { kind, id, name, element, type, logic: logicOf(kind, element, context), requires: [] };
}

function logicOf(kind: DrgNode['kind'], element: XmlElement, context: LogicContext): Logic {
  if (kind === 'decision') return compileLogicIn(element, context);
  const encapsulated = child(element, 'encapsulatedLogic');
  if (kind === 'knowledge' && encapsulated) return compileFunction(encapsulated, context);
  return { reads: [], evaluate: () => null };
}

function referencesOf(element: XmlElement): XmlElement[] {
  if (element.name === 'decisionService') return element.children.filter(({ name }) => SERVICE_MEMBERS.includes(name));
  return element.children
    .filter(({ name }) => REQUIREMENTS.includes(name))
    .flatMap(({ children }) => children.filter(({ name }) => name.startsWith('required')));
}

function resolve(
  href: string,
  namespace: string,
  nodes: ReadonlyMap<string, DrgNode>,
  { imported }: DrgSources,
): Requirement | undefined {
  const [place = '', id = ''] = href.includes('#')
    ? [href.slice(0, href.indexOf('#')), href.slice(href.indexOf('#') + 1)]
    : ['', href];
  const foreign = place !== '' && place !== namespace ? imported.get(place) : undefined;
  const node = foreign ? foreign.file.nodes.get(id) : nodes.get(id);
  return node && (foreign ? { node, importName: foreign.name } : { node });
}

/** Members of a decision service by role, in the order of the file. */
function members(service: DrgNode, role: string): DrgNode[] {
  const hrefs = childrenOf(service.element, role).map((each) => each.attributes['href'] ?? '');
  return hrefs.flatMap((href) =>
    service.requires
      .filter(({ node }) => href.endsWith(`#${node.id}`) || href === node.id)
      .map(({ node }) => node)
      .slice(0, 1),
  );
}

/** Evaluates nodes within one run; each decision once. */
export class GraphEvaluation {
  private readonly values = new Map<string, unknown>();

  constructor(
    private readonly base: FeelScope,
    readonly run: DecisionRun,
    private readonly given: ReadonlyMap<string, unknown> = new Map(),
  ) {}

  valueOf(node: DrgNode): unknown {
    if (this.given.has(node.id)) return this.given.get(node.id);
    if (!this.values.has(node.id)) this.values.set(node.id, this.evaluate(node));
    return this.values.get(node.id);
  }

  /** The result of a service: the value of its one output decision, else a context by name. */
  serviceResult(service: DrgNode): unknown {
    const outputs = members(service, 'outputDecision');
    const [only] = outputs;
    if (outputs.length === 1 && only) return this.valueOf(only);
    return Object.fromEntries(outputs.map((output) => [output.name, this.valueOf(output)]));
  }

  private evaluate(node: DrgNode): unknown {
    if (node.kind === 'input') return conform(this.base.get(node.name), node.type, this.run, node.name);
    if (node.kind === 'service') return this.service(node);
    const value = node.logic.evaluate(this.scopeFor(node), this.run);
    return node.kind === 'decision' ? conform(value, node.type, this.run, node.name) : value;
  }

  private scopeFor(node: DrgNode): FeelScope {
    const variables: Record<string, unknown> = {};
    for (const { node: required, importName } of node.requires) {
      const value = this.valueOf(required);
      if (importName === undefined) variables[required.name] = value;
      else
        variables[importName] = {
          ...(variables[importName] as Record<string, unknown> | undefined),
          [required.name]: value,
        };
    }
    const self = node.kind === 'knowledge' ? selfOf(node, () => this.valueOf(node)) : {};
    return scopeOf({ ...self, ...variables }, this.base);
  }

  /** A service as a function of its input data and input decisions. It sees nothing but these. */
  private service(service: DrgNode): unknown {
    const parameters = [...members(service, 'inputData'), ...members(service, 'inputDecision')];
    return functionValue(
      parameters.map(({ name }) => name),
      (args) => {
        const given = new Map(
          parameters.map((each, index) => [each.id, argumentOf(args[index], each.type, this.run, each.name)]),
        );
        return conform(
          new GraphEvaluation(scopeOf({}), this.run, given).serviceResult(service),
          service.type.returns?.() ?? service.type,
          this.run,
          service.name,
        );
      },
    );
  }
}

/** A business knowledge model may call itself. */
function selfOf(node: DrgNode, value: () => unknown): Record<string, unknown> {
  const parameters = childrenOf(child(node.element, 'encapsulatedLogic'), 'formalParameter').map(
    (each) => each.attributes['name'] ?? '',
  );
  const call = (args: readonly unknown[]): unknown =>
    (value() as ReturnType<typeof functionValue>).invoke(args, { now: 0, timeZone: 'UTC' });
  return { [node.name]: functionValue(parameters, call) };
}

/** Free names of a node and all that it requires; names that a requirement gives are bound. */
export function readsOf(node: DrgNode, seen = new Set<string>()): string[] {
  if (seen.has(node.id)) return [];
  seen.add(node.id);
  const bound = node.requires
    .filter(({ node: required }) => required.kind !== 'input')
    .map(({ node: required, importName }) => importName ?? required.name);
  const own = unbound(node.logic.reads, [...bound, ...(node.kind === 'knowledge' ? [node.name] : [])]);
  return [...new Set([...own, ...node.requires.flatMap(({ node: required }) => readsOf(required, seen))])];
}

/** The names along a cycle of requirements that can be reached from a node; undefined if there is none. */
export function cycleFrom(start: DrgNode): string[] | undefined {
  const done = new Set<DrgNode>();
  const path: DrgNode[] = [];
  const visit = (node: DrgNode): string[] | undefined => {
    const at = path.indexOf(node);
    if (at >= 0) return [...path.slice(at), node].map(({ name }) => name);
    if (done.has(node)) return undefined;
    path.push(node);
    const found = node.requires.map(({ node: required }) => visit(required)).find((each) => each !== undefined);
    path.pop();
    done.add(node);
    return found;
  };
  return visit(start);
}
