import type { BpmnElementType } from './process-definition.js';

/** What the engine executes, by the type of BPMN 2.0; everything else that carries a token is refused by name. */
export const elementTypes: Readonly<Record<string, BpmnElementType>> = {
  'bpmn:StartEvent': 'startEvent',
  'bpmn:IntermediateCatchEvent': 'intermediateCatchEvent',
  'bpmn:IntermediateThrowEvent': 'intermediateThrowEvent',
  'bpmn:BoundaryEvent': 'boundaryEvent',
  'bpmn:EndEvent': 'endEvent',
  'bpmn:UserTask': 'userTask',
  'bpmn:ServiceTask': 'serviceTask',
  'bpmn:ScriptTask': 'scriptTask',
  'bpmn:BusinessRuleTask': 'businessRuleTask',
  'bpmn:SendTask': 'sendTask',
  'bpmn:ReceiveTask': 'receiveTask',
  'bpmn:ManualTask': 'manualTask',
  'bpmn:Task': 'task',
  'bpmn:CallActivity': 'callActivity',
  'bpmn:SubProcess': 'subProcess',
  'bpmn:ExclusiveGateway': 'exclusiveGateway',
  'bpmn:ParallelGateway': 'parallelGateway',
  'bpmn:InclusiveGateway': 'inclusiveGateway',
  'bpmn:EventBasedGateway': 'eventBasedGateway',
};

/** Parts of a diagram that carry no token: kept in the file, not executed. */
export const silentTypes: ReadonlySet<string> = new Set([
  'bpmn:SequenceFlow',
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
]);

type EventPlace =
  | 'startEvent'
  | 'eventSubProcessStart'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  | 'endEvent';

/** Event definitions by where they stand. */
export const eventKinds: Readonly<Record<EventPlace, readonly string[]>> = {
  startEvent: ['none', 'message', 'timer', 'signal'],
  eventSubProcessStart: ['message', 'timer', 'signal', 'error', 'escalation'],
  intermediateCatchEvent: ['message', 'timer', 'signal', 'link'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'escalation', 'link'],
  boundaryEvent: ['message', 'timer', 'signal', 'error', 'escalation'],
  endEvent: ['none', 'message', 'signal', 'error', 'escalation', 'terminate'],
};

/** Zeebe extension elements that are read; another one is refused, for silence would change the meaning. */
export const zeebeExtensions: ReadonlySet<string> = new Set([
  'zeebe:TaskDefinition',
  'zeebe:TaskHeaders',
  'zeebe:IoMapping',
  'zeebe:UserTask',
  'zeebe:AssignmentDefinition',
  'zeebe:TaskSchedule',
  'zeebe:PriorityDefinition',
  'zeebe:FormDefinition',
  'zeebe:Script',
  'zeebe:CalledDecision',
  'zeebe:CalledElement',
  'zeebe:LoopCharacteristics',
  'zeebe:Subscription',
  'zeebe:Properties',
  'zeebe:VersionTag',
]);

export interface SupportRow {
  readonly element: string;
  /** Event definitions it is executed with, and other limits. */
  readonly executedWith: string;
}

const eventRow = (element: string, place: EventPlace): SupportRow => ({
  element,
  executedWith: eventKinds[place].join(', '),
});

/** The support table of the README: what is executed, and with what. */
export const supportedElements: readonly SupportRow[] = [
  eventRow('start event', 'startEvent'),
  eventRow('start event of an event sub-process', 'eventSubProcessStart'),
  eventRow('intermediate catch event', 'intermediateCatchEvent'),
  eventRow('intermediate throw event', 'intermediateThrowEvent'),
  eventRow('boundary event', 'boundaryEvent'),
  eventRow('end event', 'endEvent'),
  { element: 'user task', executedWith: 'zeebe:formDefinition formId' },
  { element: 'service task', executedWith: 'zeebe:taskDefinition' },
  { element: 'script task', executedWith: 'zeebe:script (FEEL), zeebe:taskDefinition' },
  { element: 'business rule task', executedWith: 'zeebe:calledDecision, zeebe:taskDefinition' },
  { element: 'send task', executedWith: 'messageRef, zeebe:taskDefinition' },
  { element: 'receive task', executedWith: 'messageRef' },
  { element: 'manual task, undefined task', executedWith: 'pass through' },
  { element: 'call activity', executedWith: 'zeebe:calledElement' },
  { element: 'sub-process', executedWith: 'embedded; event sub-process, interrupting or not' },
  { element: 'exclusive gateway', executedWith: 'FEEL conditions, default flow' },
  { element: 'inclusive gateway', executedWith: 'FEEL conditions, default flow; joins by reachability of tokens' },
  { element: 'parallel gateway', executedWith: 'split and join' },
  { element: 'event-based gateway', executedWith: 'message, timer, signal, receive task' },
  {
    element: 'multi-instance',
    executedWith: 'parallel, sequential; by collection or loopCardinality; on every activity',
  },
];
