import type { CollectedProcess, Node } from './collect-nodes.js';
import { childOf, childrenOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { ElementIndex } from './process-definition.js';
import type { Reading } from './reading.js';

/**
 * The handler of each activity with a compensation boundary event: an association leads from the event to it. Source:
 * BPMN 2.0.2, 10.7.1, "Compensation Handler".
 */
export function compensationHandlers(
  reading: Reading,
  collected: CollectedProcess,
): ReadonlyMap<ElementIndex, ElementIndex> {
  const associated = associations(collected);
  const handlers = new Map<ElementIndex, ElementIndex>();
  for (const node of collected.nodes.filter(isCompensationBoundary)) {
    const activity = childOf(node.source, 'attachedToRef');
    const attachedTo = activity && collected.indexOf.get(activity);
    const handler = handlerOf(collected, node, associated);
    if (handler === undefined) reportMissing(reading, node.source);
    else if (attachedTo !== undefined) handlers.set(attachedTo, handler);
  }
  return handlers;
}

function isCompensationBoundary({ type, source }: Node): boolean {
  const definitions = childrenOf(source, 'eventDefinitions');
  return type === 'boundaryEvent' && definitions.some(({ $type }) => $type === 'bpmn:CompensateEventDefinition');
}

/** Associations may be drawn in either direction. */
function associations({ nodes }: CollectedProcess): ReadonlyMap<ModdleElement, readonly ModdleElement[]> {
  const partners = new Map<ModdleElement, ModdleElement[]>();
  const add = (from: ModdleElement, to: ModdleElement) => {
    const known = partners.get(from);
    if (known) known.push(to);
    else partners.set(from, [to]);
  };
  for (const { source } of nodes) {
    for (const artifact of childrenOf(source, 'artifacts')) {
      const from = childOf(artifact, 'sourceRef');
      const to = childOf(artifact, 'targetRef');
      if (!from || !to) continue;
      add(from, to);
      add(to, from);
    }
  }
  return partners;
}

function handlerOf(
  { nodes, indexOf }: CollectedProcess,
  { source, flowScope }: Node,
  associated: ReadonlyMap<ModdleElement, readonly ModdleElement[]>,
): ElementIndex | undefined {
  return (associated.get(source) ?? [])
    .filter((partner) => partner['isForCompensation'] === true)
    .map((partner) => indexOf.get(partner))
    .find((index) => index !== undefined && nodes[index]?.flowScope === flowScope);
}

function reportMissing(reading: Reading, event: ModdleElement): void {
  reading.problems.error('missingCompensationHandler', event, {
    en: `Expected an association from compensation event ${label(event)} to an activity beside it with isForCompensation but there is none. Draw one.`,
    zh: `补偿边界事件 ${label(event)} 没有关联到同一层的补偿活动（isForCompensation），请添加关联。`,
  });
}
