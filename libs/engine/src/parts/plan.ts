import type { BpmnElement, FlowIndex, ProcessDefinition } from '#bpmn';

/**
 * What follows for an element from the definition alone, worked out once for all instances. All plans have one shape, while
 * the elements of a definition have as many as there are combinations of their optional fields.
 */
export interface ElementPlan {
  readonly element: BpmnElement;
  readonly isLoop: boolean;
  /** Nothing is mapped, declared or asked of listeners: only its behavior runs. */
  readonly isPlain: boolean;
  /** Tokens wait before it: a joining gateway, a complex one, or an activity that starts with several. */
  readonly gathersTokens: boolean;
  /** The flows it leaves by, where no condition decides; the default flow comes last. */
  readonly exits: readonly FlowIndex[] | undefined;
  /** Events that it listens to while it is active. */
  readonly ownEvents: readonly BpmnElement[];
  readonly boundaryEvents: readonly BpmnElement[];
  readonly allEvents: readonly BpmnElement[];
  /** The event sub-process that compensates it. */
  readonly compensationSubProcess: BpmnElement | undefined;
  readonly compensable: 'never' | 'always' | 'withRecords';
}

export interface DefinitionPlan {
  /** By the index of the element. */
  readonly elements: readonly ElementPlan[];
  /** It has gateways that go on only when no other token can arrive: inclusive or complex ones. */
  readonly hasLateJoins: boolean;
  /** It has user tasks whose listeners are asked before they are canceled. */
  readonly hasCancelingListeners: boolean;
}

const plans = new WeakMap<ProcessDefinition, DefinitionPlan>();

/** The plan of a definition, made when it is first asked for. */
export function planOf(definition: ProcessDefinition): DefinitionPlan {
  const known = plans.get(definition);
  if (known) return known;
  const elements = definition.elements.map((element) => elementPlan(definition, element));
  const hasLateJoins = definition.elements.some(({ type }) => type === 'inclusiveGateway' || type === 'complexGateway');
  const hasCancelingListeners = definition.elements.some(listensToCanceling);
  const made = { elements, hasLateJoins, hasCancelingListeners };
  plans.set(definition, made);
  return made;
}

export const listensToCanceling = ({ userTask }: BpmnElement): boolean =>
  userTask?.taskListeners.some(({ eventType }) => eventType === 'canceling') ?? false;

function elementPlan(definition: ProcessDefinition, element: BpmnElement): ElementPlan {
  const ownEvents = ownEventsOf(definition, element);
  const boundaryEvents = element.boundaryEvents.flatMap((index) => elementAt(definition, index));
  const compensationSubProcess = compensationSubProcessOf(definition, element);
  return {
    element,
    isLoop: element.multiInstance !== undefined || element.standardLoop !== undefined,
    isPlain: isPlain(element),
    gathersTokens: gathersTokens(element),
    exits: exitsOf(definition, element),
    ownEvents,
    boundaryEvents,
    allEvents: [...ownEvents, ...boundaryEvents],
    compensationSubProcess,
    compensable: compensableOf(element, compensationSubProcess),
  };
}

function elementAt({ elements }: ProcessDefinition, index: number | undefined): readonly BpmnElement[] {
  const element = index === undefined ? undefined : elements[index];
  return element ? [element] : [];
}

function isPlain({ localVariables, inputMappings, outputMappings, executionListeners }: BpmnElement): boolean {
  return localVariables.length + inputMappings.length + outputMappings.length + executionListeners.length === 0;
}

function gathersTokens({ type, incoming, startQuantity }: BpmnElement): boolean {
  if (type === 'complexGateway' || startQuantity !== undefined) return true;
  return incoming.length > 1 && (type === 'parallelGateway' || type === 'inclusiveGateway');
}

function exitsOf({ flows }: ProcessDefinition, element: BpmnElement): readonly FlowIndex[] | undefined {
  const { outgoing, defaultFlow } = element;
  if (outgoing.some((index) => flows[index]?.condition !== undefined)) return undefined;
  const always = outgoing.filter((index) => index !== defaultFlow);
  return defaultFlow === undefined ? always : [...always, defaultFlow];
}

function ownEventsOf(definition: ProcessDefinition, element: BpmnElement): readonly BpmnElement[] {
  const { elements, flows } = definition;
  if (element.type === 'intermediateCatchEvent' || element.type === 'receiveTask') return [element];
  if (element.type === 'eventBasedGateway')
    return element.outgoing.flatMap((index) => elementAt(definition, flows[index]?.target));
  return element.eventSubProcesses.flatMap((index) => elementAt(definition, elements[index]?.startEvent));
}

function compensationSubProcessOf(definition: ProcessDefinition, element: BpmnElement): BpmnElement | undefined {
  const { elements } = definition;
  const isCompensation = (index: number | undefined) =>
    elementAt(definition, index).some(({ event }) => event?.kind === 'compensation');
  const found = element.eventSubProcesses.find((index) => isCompensation(elements[index]?.startEvent));
  return elementAt(definition, found)[0];
}

function compensableOf(element: BpmnElement, subProcess: BpmnElement | undefined): ElementPlan['compensable'] {
  if (element.type === 'process' || element.isForCompensation) return 'never';
  return element.compensationHandler !== undefined || subProcess ? 'always' : 'withRecords';
}
