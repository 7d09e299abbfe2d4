import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

/** What a script task of a betsy model stands for. */
export interface ScriptBinding {
  readonly do: string;
  readonly token?: string;
  readonly name?: string;
  readonly code?: string;
  readonly value?: unknown;
}

export interface BetsyExpression {
  readonly ownerElement: string;
  readonly owner: string | null;
  readonly kind: string;
  readonly feel: string;
}

interface Node {
  $type: string;
  id?: string;
  $parent?: Node;
  [property: string]: unknown;
}

/** Puts jobs in place of the marker scripts and FEEL in place of the neutral expressions. */
export async function inOurDialect(
  xml: string,
  bindings: Readonly<Record<string, ScriptBinding>>,
  expressions: readonly BetsyExpression[],
): Promise<string> {
  const moddle = new BpmnModdle({ zeebe });
  const { rootElement } = (await moddle.fromXML(xml)) as { rootElement: Node };
  const nodes = [...everyNode(rootElement)];
  for (const node of nodes.filter(({ id, $type }) => $type === 'bpmn:ScriptTask' && bindings[id ?? '']))
    bindScript(moddle, node);
  for (const expression of expressions) placeExpression(moddle, nodes, expression);
  return (await moddle.toXML(rootElement)).xml;
}

function* everyNode(node: Node): Generator<Node> {
  yield node;
  for (const list of ['rootElements', 'flowElements', 'eventDefinitions']) {
    for (const child of (node[list] as Node[] | undefined) ?? []) yield* everyNode(child);
  }
}

function bindScript(moddle: BpmnModdle, task: Node): void {
  delete task['script'];
  extend(moddle, task, moddle.create('zeebe:TaskDefinition', { type: task.id }));
}

function extend(moddle: BpmnModdle, node: Node, extension: unknown): void {
  node['extensionElements'] = moddle.create('bpmn:ExtensionElements', { values: [extension] });
}

function placeExpression(moddle: BpmnModdle, nodes: readonly Node[], { owner, kind, feel }: BetsyExpression): void {
  if (kind === 'loopCardinality') return nodes.forEach((node) => placeCardinality(moddle, node, feel));
  const node = nodes.find(({ id }) => id === owner);
  if (node) node[kind] = moddle.create('bpmn:FormalExpression', { body: `=${feel}` });
}

/** The standard's own cardinality, in FEEL. */
function placeCardinality(moddle: BpmnModdle, node: Node, feel: string): void {
  const loop = node['loopCharacteristics'] as Node | undefined;
  if (loop) loop['loopCardinality'] = moddle.create('bpmn:FormalExpression', { body: `=${feel}` });
}
