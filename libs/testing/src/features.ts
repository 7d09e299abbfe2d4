import {
  eventKinds,
  multipleCatch,
  singleEventsOf,
  supportedElements,
  type BpmnElement,
  type EventPlace,
  type ProcessDefinition,
} from '#bpmn';

/** What of the support table a definition uses, in short: `boundaryEvent timer beside`, `userTask loop`. */
export function featuresOf(definition: ProcessDefinition): readonly string[] {
  return definition.elements.flatMap((element) => [
    ...(element.event ? eventFeatures(definition, element) : [element.type]),
    ...activityFeatures(element),
    ...gatewayFeatures(definition, element),
  ]);
}

function eventFeatures({ elements }: ProcessDefinition, element: BpmnElement): readonly string[] {
  const { type, event, isInterrupting } = element;
  const isInside = type === 'startEvent' && elements[element.flowScope]?.type === 'eventSubProcess';
  const place = isInside ? 'eventSubProcessStart' : type;
  const how = isInterrupting === false ? ' beside' : '';
  const kinds = singleEventsOf(element).map(({ kind }) => `${place} ${kind}${how}`);
  if (event?.kind !== 'multiple') return kinds;
  return [...kinds, `${place} ${event.isParallel ? 'parallel multiple' : 'multiple'}${how}`];
}

function activityFeatures(element: BpmnElement): readonly string[] {
  const { type, multiInstance, standardLoop, adHoc, boundaryEvents, compensationHandler } = element;
  const isActivity = type.endsWith('ask') || type.endsWith('ubProcess') || type === 'transaction';
  const order = multiInstance?.isSequential ? 'sequential' : 'parallel';
  return [
    ...(multiInstance
      ? [`multi-instance ${order} ${multiInstance.inputCollection ? 'collection' : 'cardinality'}`]
      : []),
    ...(multiInstance?.completionCondition ? ['multi-instance completion condition'] : []),
    ...(multiInstance?.behavior ? [`multi-instance behavior ${multiInstance.behavior.kind}`] : []),
    ...(multiInstance && boundaryEvents.length > 0 ? ['multi-instance with boundary event'] : []),
    ...(standardLoop ? [`loop ${standardLoop.testBefore ? 'before' : 'after'}`] : []),
    ...(standardLoop?.maximum ? ['loop maximum'] : []),
    ...(adHoc ? [`ad-hoc ${adHoc.ordering}`] : []),
    ...(adHoc?.completionCondition ? [`ad-hoc ${adHoc.cancelRemainingInstances ? 'ends' : 'waits for'} the rest`] : []),
    ...(adHoc && !adHoc.completionCondition ? ['ad-hoc without condition'] : []),
    ...(compensationHandler === undefined ? [] : [multiInstance ? 'compensation of each' : 'compensation handler']),
    ...(element.startQuantity ? ['start quantity'] : []),
    ...(element.completionQuantity ? ['completion quantity'] : []),
    ...(element.executionListeners.length > 0 ? ['execution listener'] : []),
    ...(element.userTask?.taskListeners ?? []).map(({ eventType }) => `task listener ${eventType}`),
    ...(element.inputMappings.length > 0 ? ['input mapping'] : []),
    ...(element.outputMappings.length > 0 ? ['output mapping'] : []),
    ...(element.localVariables.length > 0 ? ['property'] : []),
    ...(element.implicitStarts.length > 0 && type === 'process' ? ['implicit start'] : []),
    ...(isActivity && element.outgoing.length > 1 ? ['several flows out'] : []),
    ...(isActivity && element.incoming.length > 1 ? ['several flows in'] : []),
    ...(isActivity && element.defaultFlow !== undefined ? ['default flow of an activity'] : []),
    ...(element.isInstantiating ? ['instantiating receive task'] : []),
  ];
}

function gatewayFeatures({ flows }: ProcessDefinition, element: BpmnElement): readonly string[] {
  const { type, eventGateway, activationCondition, outgoing, incoming } = element;
  const readsPhase = outgoing.some((flow) => flows[flow]?.condition?.reads.includes('waitingForStart'));
  const kind = eventGateway?.isParallel ? 'parallel' : 'exclusive';
  return [
    ...(type.endsWith('Gateway') && outgoing.length > 1 ? [`${type} splits`] : []),
    ...(type.endsWith('Gateway') && incoming.length > 1 ? [`${type} joins`] : []),
    ...(eventGateway?.isInstantiating ? [`instantiating event-based gateway ${kind}`] : []),
    ...(activationCondition ? ['complex gateway with activation condition'] : []),
    ...(readsPhase ? ['complex gateway with flows at reset'] : []),
  ];
}

const always: ReadonlySet<string> = new Set(['error', 'cancel', 'compensation']);

/** Every event of the support table in every place, interrupting and not where both exist. */
function everyEvent(): readonly string[] {
  return (Object.entries(eventKinds) as [EventPlace, readonly string[]][]).flatMap(([place, kinds]) => {
    const canBeBeside = place === 'boundaryEvent' || place === 'eventSubProcessStart';
    const isCatch = canBeBeside || place === 'intermediateCatchEvent' || place === 'startEvent';
    const all = [...kinds, 'multiple', ...(isCatch ? ['parallel multiple'] : [])];
    return all.flatMap((kind) => [
      `${place} ${kind}`,
      ...(canBeBeside && !always.has(kind) ? [`${place} ${kind} beside`] : []),
    ]);
  });
}

const everyElement = supportedElements.map(({ type }) => type).filter((type) => !type.endsWith('Event'));
const tasksWithEvent: ReadonlySet<string> = new Set(['sendTask', 'receiveTask']);

const others = [
  ...['parallel', 'sequential'].flatMap((order) => [
    `multi-instance ${order} collection`,
    `multi-instance ${order} cardinality`,
    `ad-hoc ${order}`,
  ]),
  ...['none', 'one', 'complex'].map((kind) => `multi-instance behavior ${kind}`),
  ...['exclusive', 'parallel', 'inclusive', 'complex'].flatMap((kind) => [
    `${kind}Gateway splits`,
    `${kind}Gateway joins`,
  ]),
  ...['creating', 'assigning', 'updating', 'completing', 'canceling'].map((type) => `task listener ${type}`),
  'multi-instance completion condition',
  'multi-instance with boundary event',
  'loop before',
  'loop after',
  'loop maximum',
  'ad-hoc ends the rest',
  'ad-hoc waits for the rest',
  'ad-hoc without condition',
  'compensation handler',
  'compensation of each',
  'start quantity',
  'completion quantity',
  'execution listener',
  'input mapping',
  'output mapping',
  'property',
  'implicit start',
  'several flows out',
  'several flows in',
  'default flow of an activity',
  'instantiating receive task',
  'instantiating event-based gateway exclusive',
  'instantiating event-based gateway parallel',
  'complex gateway with activation condition',
  'complex gateway with flows at reset',
];

/** All that random models have to show, from the support table and from what it says besides the kinds of elements. */
export const everyFeature: readonly string[] = [
  ...everyElement.map((type) => (tasksWithEvent.has(type) ? `${type} message` : type)),
  ...everyEvent(),
  ...multipleCatch.map((kind) => `boundaryEvent ${kind}`),
  ...others,
];
