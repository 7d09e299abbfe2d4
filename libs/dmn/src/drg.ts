import { compileFunction, compileLogicIn, logicIn, type LogicContext } from './boxed.js';
import type { DmnCompiler } from './compiler.js';
import { NULL_LOGIC, unbound, type Logic } from './logic.js';
import type { DmnType, TypeTable } from './types.js';
import { child, typeRefOf, type XmlElement } from './xml-tree.js';

/** A node of the decision requirements graph: input data, decision, business knowledge model or decision service (DMN 1.5, 6.3). */
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
  /** Name of the import through which another file's node is seen; empty where the import has no name. */
  readonly importName?: string;
}

/** The graph of one file. */
export interface DrgFile {
  readonly namespace: string;
  /** By id. */
  readonly nodes: ReadonlyMap<string, DrgNode>;
  /** Names of all nodes: a node sees those that it requires and no other (DMN 1.5, 10.4). */
  readonly names: ReadonlySet<string>;
  /** Graphs of the imported files by the name of their import. */
  readonly imports: ReadonlyMap<string, DrgFile>;
}

export interface ImportedFile {
  readonly name: string;
  readonly file: DrgFile;
}

export interface DrgSources {
  readonly definitions: XmlElement;
  readonly compiler: DmnCompiler;
  readonly types: TypeTable;
  /** By namespace. */
  readonly imported: ReadonlyMap<string, ImportedFile>;
}

type OpenNode = DrgNode & { readonly requires: Requirement[] };

const KINDS: Readonly<Record<string, DrgNode['kind']>> = {
  inputData: 'input',
  decision: 'decision',
  businessKnowledgeModel: 'knowledge',
  decisionService: 'service',
};
const REQUIREMENTS = ['informationRequirement', 'knowledgeRequirement'];
const SERVICE_MEMBERS = ['outputDecision', 'encapsulatedDecision', 'inputDecision', 'inputData'];

/** Nodes that one file may hold. */
const MAX_NODES = 1_000;

/** Compiles all nodes of a file and ties them by their requirements. */
export function readGraph(sources: DrgSources): DrgFile {
  const { definitions, compiler, imported } = sources;
  const elements = definitions.children.filter(({ name }) => Object.hasOwn(KINDS, name));
  if (elements.length > MAX_NODES)
    compiler.error('tooManyNodes', `Expected at most ${MAX_NODES} nodes but found ${elements.length}.`, definitions);
  const nodes = new Map<string, OpenNode>();
  for (const element of elements.slice(0, MAX_NODES)) {
    const node = compiler.inside(element, () => compileNode(element, sources));
    nodes.set(node.id, node);
  }
  const namespace = definitions.attributes['namespace'] ?? '';
  const names = new Set([...nodes.values()].map(({ name }) => name));
  for (const node of nodes.values()) {
    tie(node, namespace, nodes, sources);
    compiler.inside(node.element, () => warnOfUnrequired(node, names, compiler));
  }
  return { namespace, nodes, names, imports: new Map([...imported.values()].map(({ name, file }) => [name, file])) };
}

function compileNode(element: XmlElement, { compiler, types }: DrgSources): OpenNode {
  const id = element.attributes['id'] ?? element.attributes['name'] ?? '';
  const name = child(element, 'variable')?.attributes['name'] || element.attributes['name'] || id;
  const kind = KINDS[element.name] as DrgNode['kind'];
  const context: LogicContext = { compiler, types, decisionId: id };
  const type = types(typeRefOf(child(element, 'variable')));
  if (id === '') compiler.error('noId', `Expected ${element.name} to have an id or a name.`, element);
  if (kind === 'decision' && !logicIn(element))
    compiler.warning('noLogic', `Expected decision "${name}" to have logic; its value is null.`, element);
  return { kind, id, name, element, type, logic: logicOf(kind, element, context), requires: [] };
}

function logicOf(kind: DrgNode['kind'], element: XmlElement, context: LogicContext): Logic {
  if (kind === 'decision') return compileLogicIn(element, context);
  const encapsulated = child(element, 'encapsulatedLogic');
  return kind === 'knowledge' && encapsulated ? compileFunction(encapsulated, context) : NULL_LOGIC;
}

function tie(
  node: OpenNode,
  namespace: string,
  nodes: ReadonlyMap<string, DrgNode>,
  { compiler, imported }: DrgSources,
): void {
  for (const reference of referencesOf(node.element)) {
    const href = reference.attributes['href'] ?? '';
    const at = href.indexOf('#');
    const [place, id] = at < 0 ? ['', href] : [href.slice(0, at), href.slice(at + 1)];
    const foreign = place !== '' && place !== namespace ? imported.get(place) : undefined;
    const required = (foreign?.file.nodes ?? nodes).get(id);
    if (required) node.requires.push({ node: required, ...(foreign && { importName: foreign.name }) });
    else
      compiler.error(
        'unknownReference',
        `Expected "${node.name}" to require something that exists but found "${href}".`,
        node.element,
      );
  }
}

function referencesOf(element: XmlElement): XmlElement[] {
  if (element.name === 'decisionService') return element.children.filter(({ name }) => SERVICE_MEMBERS.includes(name));
  return element.children
    .filter(({ name }) => REQUIREMENTS.includes(name))
    .flatMap(({ children }) => children.filter(({ name }) => name.startsWith('required')));
}

/** What a node reads by the name of another node must be required: without the arrow it is null. */
function warnOfUnrequired(node: DrgNode, names: ReadonlySet<string>, compiler: DmnCompiler): void {
  const own = [node.name, ...node.requires.map(({ node: { name }, importName }) => importName || name)];
  const heads = new Set(unbound(node.logic.reads, own).map((read) => read.split('.')[0] as string));
  for (const name of [...heads].filter((each) => names.has(each))) {
    compiler.warning(
      'notRequired',
      `Expected "${node.name}" to require "${name}", which it reads; without a requirement it reads null.`,
      node.element,
    );
  }
}
