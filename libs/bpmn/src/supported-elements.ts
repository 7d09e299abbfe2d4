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
  'bpmn:AdHocSubProcess': 'adHocSubProcess',
  'bpmn:Transaction': 'transaction',
  'bpmn:ExclusiveGateway': 'exclusiveGateway',
  'bpmn:ParallelGateway': 'parallelGateway',
  'bpmn:InclusiveGateway': 'inclusiveGateway',
  'bpmn:EventBasedGateway': 'eventBasedGateway',
  'bpmn:ComplexGateway': 'complexGateway',
};

/** What boundary events may be attached to, and what may be repeated. Source: BPMN 2.0.2, 10.3. */
export const activityTypes: ReadonlySet<BpmnElementType> = new Set([
  'userTask',
  'serviceTask',
  'scriptTask',
  'businessRuleTask',
  'sendTask',
  'receiveTask',
  'manualTask',
  'task',
  'callActivity',
  'subProcess',
  'adHocSubProcess',
  'transaction',
] as const);

/** Elements that hold others. */
export const scopeTypes: ReadonlySet<BpmnElementType> = new Set([
  'process',
  'subProcess',
  'eventSubProcess',
  'adHocSubProcess',
  'transaction',
] as const);

/** Parts of a diagram that carry no token: kept in the file, not executed. */
export const silentTypes: ReadonlySet<string> = new Set([
  'bpmn:SequenceFlow',
  'bpmn:DataObject',
  'bpmn:DataObjectReference',
  'bpmn:DataStoreReference',
]);

export type EventPlace =
  | 'startEvent'
  | 'eventSubProcessStart'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  | 'endEvent';

/** Event definitions by where they stand. */
export const eventKinds: Readonly<Record<EventPlace, readonly string[]>> = {
  startEvent: ['none', 'message', 'timer', 'signal', 'conditional'],
  eventSubProcessStart: ['message', 'timer', 'signal', 'error', 'escalation', 'conditional', 'compensation'],
  intermediateCatchEvent: ['message', 'timer', 'signal', 'link', 'conditional'],
  intermediateThrowEvent: ['none', 'message', 'signal', 'escalation', 'link', 'compensation'],
  boundaryEvent: ['message', 'timer', 'signal', 'error', 'escalation', 'conditional', 'compensation', 'cancel'],
  endEvent: ['none', 'message', 'signal', 'error', 'escalation', 'terminate', 'compensation', 'cancel'],
};

/** What a catching event with several definitions may hold: each can happen by itself. */
export const multipleCatch: readonly string[] = ['message', 'timer', 'signal', 'conditional', 'error', 'escalation'];
/** What may be thrown beside others, at once. Of the rest an event throws at most one, and throws it last. */
export const thrownAtOnce: readonly string[] = ['message', 'signal', 'escalation'];

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
  'zeebe:ExecutionListeners',
  'zeebe:TaskListeners',
  'zeebe:AdHoc',
  'zeebe:ConditionalFilter',
]);

/** Attributes of other engines that are read as their zeebe counterparts, by element. */
export const translatedAttributes: Readonly<Record<string, readonly string[]>> = {
  userTask: ['assignee', 'candidateGroups', 'candidateUsers', 'dueDate', 'followUpDate', 'priority'],
  scriptTask: ['resultVariable'],
  process: ['versionTag'],
};

/** Attributes of other engines that say how those store and schedule; nothing that is executed depends on them here. */
export const inertAttributes: ReadonlySet<string> = new Set([
  'async',
  'asyncAfter',
  'asyncBefore',
  'diagramRelationId',
  'exclusive',
  'historyTimeToLive',
  'isStartableInTasklist',
  'jobPriority',
  'taskPriority',
]);
