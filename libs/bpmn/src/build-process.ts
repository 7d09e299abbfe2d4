import { collectNodes, lanesOf, type CollectedProcess, type Lane, type Node } from './collect-nodes.js';
import { compensationHandlers } from './compensation.js';
import { checkDropped } from './check-dropped.js';
import { checkExtensions } from './check-extensions.js';
import { checkStructure } from './check-structure.js';
import { childOf, childrenOf, extensionOf, textOf, type ModdleElement } from './moddle.js';
import type { BpmnElement, ElementIndex, EventDefinition, ProcessDefinition } from './process-definition.js';
import { checkTransactionMethod, readChoice } from './read-choice.js';
import { readAssociations, readLocalVariables } from './read-data.js';
import { readEvent, readMessage } from './read-events.js';
import {
  readCalledDecision,
  readCalledElement,
  readJob,
  readMappings,
  readProperties,
  readScript,
  readUserTask,
} from './read-extensions.js';
import { linkEvents } from './link-events.js';
import { readFlows, type FlowTable } from './read-flows.js';
import { readExecutionListeners } from './read-listeners.js';
import { readAdHoc } from './read-ad-hoc.js';
import { readLoop, readQuantity } from './read-loops.js';
import { compileStandard, missing, textOrForeign, type Reading } from './reading.js';
import { activityTypes, scopeTypes, type EventPlace } from './supported-elements.js';

interface Building {
  readonly reading: Reading;
  readonly collected: CollectedProcess;
  readonly table: FlowTable;
  readonly lanes: ReadonlyMap<ElementIndex, Lane>;
  readonly children: readonly (readonly Node[])[];
  readonly boundaryEvents: ReadonlyMap<ElementIndex, readonly ElementIndex[]>;
  /** What compensates an activity, by the activity. */
  readonly handlers: ReadonlyMap<ElementIndex, ElementIndex>;
}

/** Builds the indexed definition of one process; faults go to the reading. */
export function buildProcess(reading: Reading, process: ModdleElement): ProcessDefinition {
  checkExtensions(reading, process);
  const collected = collectNodes(reading, process);
  reading.bpmnProcessId = process.id ?? '';
  reading.indexOf = collected.indexOf;
  const building: Building = {
    reading,
    collected,
    table: readFlows(reading, collected),
    lanes: lanesOf(collected),
    children: childrenByScope(collected),
    boundaryEvents: boundaryEventsOf(collected),
    handlers: compensationHandlers(reading, collected),
  };
  const elements = linkEvents(
    reading,
    collected.nodes.map((node) => readElement(building, node)),
  );
  const versionTag = textOrForeign(reading, process, undefined, 'versionTag');
  const definition: ProcessDefinition = {
    bpmnProcessId: process.id ?? '',
    name: process.name ?? process.id ?? '',
    ...optional('versionTag', textOf(extensionOf(process, 'zeebe:VersionTag'), 'value') ?? versionTag),
    properties: readProperties(process),
    elements,
    flows: building.table.flows,
    startEvents: instantiatingOf(building, elements),
    indexById: new Map(elements.map(({ id, index }) => [id, index])),
  };
  checkStructure(reading, definition);
  checkDropped(reading, process, collected, definition);
  return definition;
}

function childrenByScope({ nodes }: CollectedProcess): readonly (readonly Node[])[] {
  const children: Node[][] = nodes.map(() => []);
  for (const node of nodes) children[node.flowScope]?.push(node);
  return children;
}

/** Start events, what follows an instantiating event-based gateway, and instantiating receive tasks of the process itself. */
function instantiatingOf({ table, children }: Building, elements: readonly BpmnElement[]): readonly ElementIndex[] {
  return (children[0] ?? []).flatMap(({ index }) => {
    const { type, isInstantiating, eventGateway, outgoing } = elements[index]!;
    if (eventGateway?.isInstantiating) return outgoing.flatMap((flow) => table.flows[flow]?.target ?? []);
    return type === 'startEvent' || isInstantiating ? [index] : [];
  });
}

const sourcesOf = (nodes: readonly Node[]): readonly ModdleElement[] => nodes.map(({ source }) => source);

function readElement(building: Building, node: Node): BpmnElement {
  const { reading, table } = building;
  const { source, index, type } = node;
  const defaultFlow = defaultFlowOf(building, source);
  const lane = building.lanes.get(index);
  return {
    index,
    id: source.id ?? '',
    name: source.name ?? '',
    type,
    flowScope: node.flowScope,
    incoming: table.incoming.get(index) ?? [],
    outgoing: table.outgoing.get(index) ?? [],
    ...optional('defaultFlow', defaultFlow),
    boundaryEvents: building.boundaryEvents.get(index) ?? [],
    ...scopePartsOf(building, node),
    ...(type === 'adHocSubProcess' && { adHoc: readAdHoc(reading, source, sourcesOf(startsIn(building, node))) }),
    ...placeOf(building, node),
    ...optional('event', eventOf(building, node)),
    ...optional('compensationHandler', building.handlers.get(index)),
    ...standardPartsOf(reading, node),
    inputMappings: [
      ...readAssociations(reading, source, 'dataInputAssociations'),
      ...readMappings(reading, source, 'inputParameters'),
    ],
    outputMappings: [
      ...readMappings(reading, source, 'outputParameters'),
      ...readAssociations(reading, source, 'dataOutputAssociations'),
    ],
    ...(activityTypes.has(type) && readLoop(reading, source)),
    executionListeners: readExecutionListeners(reading, source),
    localVariables: readLocalVariables(source),
    ...workOf(reading, node),
    properties: readProperties(source),
    ...(lane && { lane: lane.name, laneRole: lane.role }),
  };
}

/** What the standard says by attributes of its own. */
function standardPartsOf(reading: Reading, { source, type }: Node): Partial<BpmnElement> {
  const condition = childOf(source, 'activationCondition');
  const gatewayType = readChoice(reading, source, { name: 'eventGatewayType', values: ['Exclusive', 'Parallel'] });
  if (type === 'transaction') checkTransactionMethod(reading, source);
  return {
    ...(source['isForCompensation'] === true && { isForCompensation: true }),
    ...optional('startQuantity', readQuantity(reading, source, 'startQuantity')),
    ...optional('completionQuantity', readQuantity(reading, source, 'completionQuantity')),
    ...(type === 'receiveTask' && source['instantiate'] === true && { isInstantiating: true }),
    ...(type === 'eventBasedGateway' && {
      eventGateway: {
        isInstantiating: source['instantiate'] === true,
        isParallel: gatewayType === 'Parallel',
      },
    }),
    ...(condition &&
      optional('activationCondition', compileStandard(reading, source, 'activationCondition', condition))),
  };
}

/** What a scope holds: its children, how it begins, the event sub-processes that listen in it. */
function scopePartsOf(
  building: Building,
  node: Node,
): Pick<BpmnElement, 'children' | 'eventSubProcesses' | 'startEvent' | 'implicitStarts'> {
  const children = building.children[node.index] ?? [];
  const starts = startEventsOf(building, node.index);
  const start = node.type === 'eventSubProcess' ? starts[0] : starts.find(({ source }) => !source['eventDefinitions']);
  const isImplicit = scopeTypes.has(node.type) && starts.length === 0;
  return {
    children: children.map(({ index }) => index),
    eventSubProcesses: children.filter(({ type }) => type === 'eventSubProcess').map(({ index }) => index),
    ...(start && { startEvent: start.index }),
    implicitStarts: isImplicit ? startsIn(building, node).map(({ index }) => index) : [],
  };
}

/** What begins in a scope by itself, or can be chosen to. */
function startsIn(building: Building, { index }: Node): readonly Node[] {
  return (building.children[index] ?? []).filter((child) => isStart(building, child));
}

/** Source: BPMN 2.0.2, 13.2: flow nodes without incoming flows begin, unless something else leads to them. */
function isStart({ table, collected }: Building, { index, type, source }: Node): boolean {
  if (type === 'boundaryEvent' || type === 'eventSubProcess' || source['isForCompensation'] === true) return false;
  if (source['instantiate'] === true) return false;
  const isLinkCatch =
    type === 'intermediateCatchEvent' &&
    childrenOf(source, 'eventDefinitions').some(({ $type }) => $type === 'bpmn:LinkEventDefinition');
  return !isLinkCatch && collected.nodes[index] !== undefined && !table.incoming.has(index);
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
    return { ...optional('attachedTo', attachedTo), isInterrupting: source['cancelActivity'] !== false };
  }
  const isEventSubProcessStart = type === 'startEvent' && collected.nodes[flowScope]?.type === 'eventSubProcess';
  return isEventSubProcessStart ? { isInterrupting: source['isInterrupting'] !== false } : {};
}

function eventOf({ reading, collected }: Building, { source, type, flowScope }: Node): EventDefinition | undefined {
  switch (type) {
    case 'receiveTask':
      return readMessage(reading, source, messageOf(source), source['instantiate'] === true ? 'start' : 'catch');
    case 'sendTask':
      return extensionOf(source, 'zeebe:TaskDefinition')
        ? undefined
        : readMessage(reading, source, messageOf(source), 'throw');
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

/** Of a send or receive task: its message, else the one that goes into its operation. Source: BPMN 2.0.2, 8.4.3, "Operation". */
function messageOf(source: ModdleElement): ModdleElement | undefined {
  return childOf(source, 'messageRef') ?? childOf(childOf(source, 'operationRef') ?? source, 'inMessageRef');
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
    if (attachedTo === undefined) continue;
    const attached = events.get(attachedTo);
    if (attached) attached.push(index);
    else events.set(attachedTo, [index]);
  }
  return events;
}
