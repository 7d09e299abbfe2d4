import type { CollectedProcess } from './collect-nodes.js';
import { childOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { ElementIndex, FlowIndex, SequenceFlow } from './process-definition.js';
import { compileStandard, type Reading } from './reading.js';
import { elementTypes } from './supported-elements.js';

export interface FlowTable {
  readonly flows: readonly SequenceFlow[];
  readonly incoming: ReadonlyMap<ElementIndex, readonly FlowIndex[]>;
  readonly outgoing: ReadonlyMap<ElementIndex, readonly FlowIndex[]>;
  readonly indexOf: ReadonlyMap<ModdleElement, FlowIndex>;
}

/** Reads the sequence flows; one that hangs in the air or crosses the border of a sub-process is noted. */
export function readFlows(reading: Reading, collected: CollectedProcess): FlowTable {
  const flows: SequenceFlow[] = [];
  const incoming = new Map<ElementIndex, FlowIndex[]>();
  const outgoing = new Map<ElementIndex, FlowIndex[]>();
  const indexOf = new Map<ModdleElement, FlowIndex>();
  for (const source of collected.flows) {
    const ends = endsOf(reading, collected, source);
    if (!ends) continue;
    checkImmediate(reading, source);
    const index = flows.length;
    indexOf.set(source, index);
    push(outgoing, ends.source, index);
    push(incoming, ends.target, index);
    const condition = compileStandard(reading, source, 'condition', childOf(source, 'conditionExpression'));
    flows.push({
      id: source.id ?? '',
      ...(source.name && { name: source.name }),
      ...ends,
      ...(condition && { condition }),
    });
  }
  return { flows, incoming, outgoing, indexOf };
}

/** Source: BPMN 2.0.2, 8.4.13, "Sequence Flow", `isImmediate`: between the ends of a flow of an executable process nothing else happens. */
function checkImmediate(reading: Reading, flow: ModdleElement): void {
  if (flow['isImmediate'] !== false) return;
  reading.problems.error(
    'notImmediate',
    flow,
    {
      en: `Expected sequence flow ${label(flow)} to be followed at once but isImmediate is false, which an executable process may not have. Remove the attribute.`,
      zh: `顺序流 ${label(flow)} 的 isImmediate 为 false，可执行的流程不允许这样，请删除该属性。`,
    },
    { place: 'isImmediate' },
  );
}

function endsOf(
  reading: Reading,
  { nodes, indexOf }: CollectedProcess,
  flow: ModdleElement,
): { source: ElementIndex; target: ElementIndex } | undefined {
  const from = childOf(flow, 'sourceRef');
  const to = childOf(flow, 'targetRef');
  if (!from || !to) {
    reading.problems.error('danglingFlow', flow, {
      en: `Expected sequence flow ${label(flow)} to join two elements but its ${from ? 'target' : 'source'} is missing.`,
      zh: `顺序流 ${label(flow)} 的${from ? '终点' : '起点'}不存在，请重新连接。`,
    });
    return undefined;
  }
  const source = indexOf.get(from);
  const target = indexOf.get(to);
  if (source === undefined || target === undefined) {
    const end = source === undefined ? from : to;
    if (elementTypes[end.$type] === undefined) reportEnd(reading, flow, end);
    return undefined;
  }
  if (nodes[source]?.flowScope === nodes[target]?.flowScope) return { source, target };
  reading.problems.error('flowCrossesScope', flow, {
    en: `Expected sequence flow ${label(flow)} to stay inside one sub-process but it crosses a border.`,
    zh: `顺序流 ${label(flow)} 跨越了子流程边界，请改用子流程的边界事件或结束事件。`,
  });
  return undefined;
}

/** Source: BPMN 2.0.2, 8.4.13: a sequence flow joins flow nodes. */
function reportEnd(reading: Reading, flow: ModdleElement, end: ModdleElement): void {
  reading.problems.error('danglingFlow', flow, {
    en: `Expected sequence flow ${label(flow)} to join two flow nodes of the process but ${label(end)} is a ${end.$type.replace('bpmn:', '')}. Join it to an event, activity or gateway.`,
    zh: `顺序流 ${label(flow)} 只能连接本流程的事件、活动或网关，${label(end)} 不是，请重新连接。`,
  });
}

function push(map: Map<ElementIndex, FlowIndex[]>, key: ElementIndex, value: FlowIndex): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
