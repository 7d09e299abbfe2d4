import { compileFunction, compileLogicIn, logicIn, type LogicContext } from './boxed.js';
import type { DmnCompiler, Text } from './compiler.js';
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
  /** The import through which another file's node is seen. */
  readonly through?: ImportedFile;
}

/** The graph of one file. */
export interface DrgFile {
  readonly namespace: string;
  /** By id. */
  readonly nodes: ReadonlyMap<string, DrgNode>;
  /** Names of all nodes and imports: a node sees those that it requires and no other (DMN 1.5, 10.4). */
  readonly names: ReadonlySet<string>;
  readonly types: TypeTable;
}

export interface ImportedFile {
  /** Empty where the import has no name: its nodes are then seen like those of the file itself (DMN 1.5, 6.3.3). */
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
  const found = definitions.children.filter(({ name }) => Object.hasOwn(KINDS, name));
  if (found.length > MAX_NODES) compiler.error('tooManyNodes', tooManyNodes(found.length), definitions);
  const nodes = new Map<string, OpenNode>();
  for (const element of found.length > MAX_NODES ? [] : found) {
    const node = compiler.inside(element, () => compileNode(element, sources));
    nodes.set(node.id, node);
  }
  const namespace = definitions.attributes['namespace'] ?? '';
  const names = new Set([...nodes.values(), ...imported.values()].map(({ name }) => name));
  for (const node of nodes.values()) {
    tie(node, namespace, nodes, sources);
    compiler.inside(node.element, () => warnOfUnrequired(node, names, compiler));
  }
  return { namespace, nodes, names, types: sources.types };
}

function compileNode(element: XmlElement, { compiler, types }: DrgSources): OpenNode {
  const id = element.attributes['id'] ?? element.attributes['name'] ?? '';
  const name = child(element, 'variable')?.attributes['name'] || element.attributes['name'] || id;
  const kind = KINDS[element.name] as DrgNode['kind'];
  const context: LogicContext = { compiler, types, decisionId: id };
  const type = types(typeRefOf(child(element, 'variable')));
  if (id === '') compiler.error('noId', noId(element.name), element);
  if (kind === 'decision' && !logicIn(element)) compiler.warning('noLogic', noLogic(name), element);
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
    if (required) node.requires.push({ node: required, ...(foreign && { through: foreign }) });
    else compiler.error('unknownReference', unknownReference(node.name, href), node.element);
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
  const own = [node.name, ...node.requires.map(({ node: { name }, through }) => through?.name || name)];
  const heads = new Set(unbound(node.logic.reads, own).map((read) => read.split('.')[0] as string));
  for (const name of [...heads].filter((each) => names.has(each))) {
    compiler.warning('notRequired', notRequired(node.name, name), node.element);
  }
}

function tooManyNodes(found: number): Text {
  return {
    en: `Expected at most ${MAX_NODES} nodes but found ${found}.`,
    zh: `节点不得超过 ${MAX_NODES} 个，实际有 ${found} 个。`,
  };
}

function noId(element: string): Text {
  return { en: `Expected ${element} to have an id or a name.`, zh: `${element} 必须有 id 或名称。` };
}

function noLogic(name: string): Text {
  return {
    en: `Expected decision "${name}" to have logic; its value is null.`,
    zh: `决策 “${name}” 没有决策逻辑，其值为 null。`,
  };
}

function unknownReference(name: string, href: string): Text {
  return {
    en: `Expected "${name}" to require something that exists but found "${href}".`,
    zh: `“${name}” 依赖的 “${href}” 不存在。`,
  };
}

function notRequired(name: string, read: string): Text {
  return {
    en: `Expected "${name}" to require "${read}", which it reads; without a requirement it reads null.`,
    zh: `“${name}” 读取了 “${read}” 却没有相应的依赖，读到的将是 null，请补上依赖关系。`,
  };
}
