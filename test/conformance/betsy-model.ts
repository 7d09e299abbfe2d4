import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import type { ScriptBinding } from './betsy-work.js';

export interface BetsyExpression {
  /** Local name of the XML element that holds the expression. */
  readonly ownerElement: string;
  /** Its id, where it has one. */
  readonly owner: string | null;
  readonly kind: string;
  /** As it stands in the file. */
  readonly raw?: string;
  readonly feel: string;
}

interface Node {
  readonly $type: string;
  readonly id?: string;
  readonly $descriptor?: { readonly properties: readonly Property[] };
  [property: string]: unknown;
}

interface Property {
  readonly name: string;
  readonly isReference?: boolean;
  readonly isAttr?: boolean;
}

/** Puts jobs in place of the marker scripts and FEEL in place of the neutral expressions. */
export async function inOurDialect(
  xml: string,
  bindings: Readonly<Record<string, ScriptBinding>>,
  expressions: readonly BetsyExpression[],
): Promise<string> {
  const moddle = new BpmnModdle({ zeebe });
  const { rootElement } = (await moddle.fromXML(xml)) as unknown as { rootElement: Node };
  const nodes = [...everyNode(rootElement)];
  for (const node of nodes.filter(({ id, $type }) => isScript($type) && bindings[id ?? ''])) bindScript(moddle, node);
  for (const expression of expressions) placeExpression(moddle, nodes, expression);
  return (await moddle.toXML(rootElement)).xml;
}

const isScript = (type: string) => type === 'bpmn:ScriptTask' || type === 'bpmn:GlobalScriptTask';

/** Every element of the tree, by what holds it; references are not followed. */
function* everyNode(node: Node): Generator<Node> {
  yield node;
  for (const { name, isReference } of node.$descriptor?.properties ?? []) {
    const held = isReference ? [] : [node[name.replace(/^.*:/, '')] ?? []].flat();
    for (const child of held) if (isNode(child)) yield* everyNode(child);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && '$type' in value && '$descriptor' in value;
}

function bindScript(moddle: BpmnModdle, task: Node): void {
  delete task['script'];
  extend(moddle, task, moddle.create('zeebe:TaskDefinition', { type: task.id }));
}

function extend(moddle: BpmnModdle, node: Node, extension: unknown): void {
  node['extensionElements'] = moddle.create('bpmn:ExtensionElements', { values: [extension] });
}

/** The expression stands in the element that is named, or in each one of its kind that says the same. */
function placeExpression(moddle: BpmnModdle, nodes: readonly Node[], expression: BetsyExpression): void {
  const { owner, kind, feel } = expression;
  for (const node of nodes.filter((each) => holds(each, expression))) {
    const isPlain = typeof node[kind] === 'number' || (typeof node[kind] === 'string' && isAttribute(node, kind));
    node[kind] = isPlain ? feel : moddle.create('bpmn:FormalExpression', { body: `=${feel}` });
    if (owner !== null) return;
  }
}

function holds(node: Node, { ownerElement, owner, kind, raw }: BetsyExpression): boolean {
  if (owner !== null && node.id === owner) return true;
  const isKind = node.$type.replace(/^.*:/, '').toLowerCase() === ownerElement.toLowerCase();
  if (owner !== null || !isKind || node[kind] === undefined) return false;
  const said = isNode(node[kind]) ? node[kind]['body'] : node[kind];
  return raw === undefined || String(said ?? '').trim() === raw.trim();
}

function isAttribute(node: Node, kind: string): boolean {
  return node.$descriptor?.properties.some(({ name, isAttr }) => name.endsWith(`:${kind}`) && isAttr) ?? false;
}
