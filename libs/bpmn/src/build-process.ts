import { collectNodes, lanesOf, type CollectedProcess, type Node } from './collect-nodes.js';
import { checkStructure } from './check-structure.js';
import { childOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import type { BpmnElement, ElementIndex, EventDefinition, ProcessDefinition } from './process-definition.js';
import { readEvent, readMessage, type EventPlace } from './read-events.js';
import {
  checkExtensions,
  missing,
  readCalledDecision,
  readCalledElement,
  readJob,
  readMappings,
  readMultiInstance,
  readProperties,
  readScript,
  readUserTask,
} from './read-extensions.js';
import { linkEvents } from './link-events.js';
import { readFlows, type FlowTable } from './read-flows.js';
import type { Reading } from './reading.js';

interface Building {
  readonly reading: Reading;
  readonly collected: CollectedProcess;
  readonly table: FlowTable;
  readonly lanes: ReadonlyMap<string, string>;
  readonly children: readonly (readonly Node[])[];
  readonly boundaryEvents: ReadonlyMap<ElementIndex, readonly ElementIndex[]>;
}

/** Builds the indexed definition of one process; faults go to the reading. */
export function buildProcess(reading: Reading, process: ModdleElement): ProcessDefinition {
  reading.bpmnProcessId = process.id ?? '';
  const collected = collectNodes(reading, process);
  const building: Building = {
    reading,
    collected,
    table: readFlows(reading, collected),
    lanes: lanesOf(process),
    children: collected.nodes.map(({ index }) => collected.nodes.filter((node) => node.flowScope === index)),
    boundaryEvents: boundaryEventsOf(collected),
  };
  const elements = linkEvents(
    reading,
    collected.nodes.map((node) => readElement(building, node)),
  );
  const versionTag = textOf(extensionOf(process, 'zeebe:VersionTag'), 'value');
  const definition: ProcessDefinition = {
    bpmnProcessId: process.id ?? '',
    name: process.name ?? process.id ?? '',
    ...(versionTag && { versionTag }),
    properties: readProperties(process),
    elements,
    flows: building.table.flows,
    startEvents: startEventsOf(building, 0).map(({ index }) => index),
    indexById: new Map(elements.map(({ id, index }) => [id, index])),
  };
  checkStructure(reading, definition);
  return definition;
}

function readElement(building: Building, node: Node): BpmnElement {
  const { reading, table } = building;
  const { source, index, type } = node;
  checkExtensions(reading, source);
  const defaultFlow = defaultFlowOf(building, source);
  const lane = building.lanes.get(source.id ?? '');
  const multiInstance = readMultiInstance(reading, source);
  const event = eventOf(building, node);
  return {
    index,
    id: source.id ?? '',
    name: source.name ?? '',
    type,
    flowScope: node.flowScope,
    incoming: table.incoming.get(index) ?? [],
    outgoing: table.outgoing.get(index) ?? [],
    ...(defaultFlow !== undefined && { defaultFlow }),
    boundaryEvents: building.boundaryEvents.get(index) ?? [],
    ...scopePartsOf(building, node),
    ...placeOf(building, node),
    ...(event && { event }),
    inputMappings: readMappings(reading, source, 'inputParameters'),
    outputMappings: readMappings(reading, source, 'outputParameters'),
    ...(multiInstance && { multiInstance }),
    executionListeners: [],
    localVariables: [],
    ...workOf(reading, node),
    properties: readProperties(source),
    ...(lane && { lane }),
  };
}

/** What a scope holds: its children, its start event, the event sub-processes that listen in it. */
function scopePartsOf(
  building: Building,
  node: Node,
): Pick<BpmnElement, 'children' | 'eventSubProcesses' | 'startEvent'> {
  const children = building.children[node.index] ?? [];
  const starts = startEventsOf(building, node.index);
  const start = node.type === 'eventSubProcess' ? starts[0] : starts.find(({ source }) => !source['eventDefinitions']);
  return {
    children: children.map(({ index }) => index),
    eventSubProcesses: children.filter(({ type }) => type === 'eventSubProcess').map(({ index }) => index),
    ...(start && { startEvent: start.index }),
  };
}

function startEventsOf(building: Building, scope: ElementIndex): readonly Node[] {
  return (building.children[scope] ?? []).filter(({ type }) => type === 'startEvent');
}

function placeOf(
  { collected }: Building,
  { source, type, flowScope }: Node,
): Pick<BpmnElement, 'attachedTo' | 'isInterrupting'> {
  if (type === 'boundaryEvent') {
    const activity = childOf(source, 'attachedToRef');
    const attachedTo = activity && collected.indexOf.get(activity);
    return { ...(attachedTo !== undefined && { attachedTo }), isInterrupting: source['cancelActivity'] !== false };
  }
  const isEventSubProcessStart = type === 'startEvent' && collected.nodes[flowScope]?.type === 'eventSubProcess';
  return isEventSubProcessStart ? { isInterrupting: source['isInterrupting'] !== false } : {};
}

function eventOf({ reading, collected }: Building, { source, type, flowScope }: Node): EventDefinition | undefined {
  switch (type) {
    case 'receiveTask':
      return readMessage(reading, source, childOf(source, 'messageRef'), 'catch');
    case 'sendTask':
      return extensionOf(source, 'zeebe:TaskDefinition')
        ? undefined
        : readMessage(reading, source, childOf(source, 'messageRef'), 'throw');
    case 'startEvent':
      return readEvent(
        reading,
        source,
        collected.nodes[flowScope]?.type === 'eventSubProcess' ? 'eventSubProcessStart' : 'startEvent',
      );
    case 'intermediateCatchEvent':
    case 'intermediateThrowEvent':
    case 'boundaryEvent':
    case 'endEvent':
      return readEvent(reading, source, type satisfies EventPlace);
    default:
      return undefined;
  }
}

type Work = Pick<BpmnElement, 'userTask' | 'job' | 'script' | 'calledDecision' | 'calledElement'>;

/** Who does the work of a task: a person, a worker, an expression, a decision or another process. */
function workOf(reading: Reading, { source, type }: Node): Work {
  switch (type) {
    case 'userTask':
      return { userTask: readUserTask(reading, source) };
    case 'callActivity':
      return optional('calledElement', readCalledElement(reading, source));
    case 'serviceTask':
      if (!extensionOf(source, 'zeebe:TaskDefinition'))
        missing(reading, source, 'zeebe:taskDefinition', '任务类型（zeebe:taskDefinition）');
      return optional('job', readJob(reading, source));
    case 'scriptTask':
    case 'businessRuleTask':
      return jobOrOwn(reading, source, type);
    default:
      return optional('job', readJob(reading, source));
  }
}

function jobOrOwn(reading: Reading, source: ModdleElement, type: 'scriptTask' | 'businessRuleTask'): Work {
  const isJob = extensionOf(source, 'zeebe:TaskDefinition') !== undefined;
  if (isJob) return optional('job', readJob(reading, source));
  const isScript = type === 'scriptTask';
  const work: Work = isScript
    ? optional('script', readScript(reading, source))
    : optional('calledDecision', readCalledDecision(reading, source));
  const isDefined = isScript
    ? (textOf(extensionOf(source, 'zeebe:Script'), 'expression') ?? textOf(source, 'script'))
    : work.calledDecision;
  if (!isDefined)
    missing(
      reading,
      source,
      isScript ? 'zeebe:script' : 'zeebe:calledDecision',
      isScript ? '脚本（zeebe:script）' : '决策（zeebe:calledDecision）',
    );
  return work;
}

function optional<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V };
}

function defaultFlowOf({ table }: Building, source: ModdleElement): number | undefined {
  const flow = childOf(source, 'default');
  return flow && table.indexOf.get(flow);
}

function boundaryEventsOf({ nodes, indexOf }: CollectedProcess): ReadonlyMap<ElementIndex, readonly ElementIndex[]> {
  const events = new Map<ElementIndex, ElementIndex[]>();
  for (const { source, type, index } of nodes) {
    const activity = type === 'boundaryEvent' ? childOf(source, 'attachedToRef') : undefined;
    const attachedTo = activity && indexOf.get(activity);
    if (attachedTo !== undefined) events.set(attachedTo, [...(events.get(attachedTo) ?? []), index]);
  }
  return events;
}
