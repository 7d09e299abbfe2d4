import type { CompiledExpression } from '#feel';
import type { AdHoc } from './ad-hoc-definition.js';

export type { ActivatableElement, AdHoc } from './ad-hoc-definition.js';

/** Index of an element in `ProcessDefinition.elements`; the process itself is element 0. */
export type ElementIndex = number;
/** Index of a sequence flow in `ProcessDefinition.flows`. */
export type FlowIndex = number;

/**
 * One executable process of a BPMN file, parsed once and never changed. Everything that points at an element or a flow
 * does so by integer index, so the engine never looks a name up while it runs.
 */
export interface ProcessDefinition {
  readonly bpmnProcessId: string;
  readonly name: string;
  readonly versionTag?: string;
  /** `zeebe:properties` of the process, such as `ct.case`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly elements: readonly BpmnElement[];
  readonly flows: readonly SequenceFlow[];
  /**
   * What creates an instance: start events of the process itself, the events of an instantiating event-based gateway, and
   * receive tasks that instantiate.
   */
  readonly startEvents: readonly ElementIndex[];
  readonly indexById: ReadonlyMap<string, ElementIndex>;
}

export interface SequenceFlow {
  readonly id: string;
  readonly name?: string;
  readonly source: ElementIndex;
  readonly target: ElementIndex;
  /** Absent: unconditional. */
  readonly condition?: CompiledExpression;
}

export type BpmnElementType =
  | 'process'
  | 'startEvent'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  | 'endEvent'
  | 'userTask'
  | 'serviceTask'
  | 'scriptTask'
  | 'businessRuleTask'
  | 'sendTask'
  | 'receiveTask'
  | 'manualTask'
  | 'task'
  | 'callActivity'
  | 'subProcess'
  | 'eventSubProcess'
  | 'adHocSubProcess'
  | 'transaction'
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'eventBasedGateway'
  | 'complexGateway';

export interface BpmnElement {
  readonly index: ElementIndex;
  readonly id: string;
  readonly name: string;
  readonly type: BpmnElementType;
  /** The scope that holds it; -1 for the process. */
  readonly flowScope: ElementIndex;
  readonly incoming: readonly FlowIndex[];
  readonly outgoing: readonly FlowIndex[];
  readonly defaultFlow?: FlowIndex;
  /** Boundary events attached to this activity. */
  readonly boundaryEvents: readonly ElementIndex[];
  /** Of a scope: the direct children. */
  readonly children: readonly ElementIndex[];
  /** Of a scope: its none start event (process, sub-process) or only start event (event sub-process). */
  readonly startEvent?: ElementIndex;
  /** Of a scope without start event: what no sequence flow leads to; all of it begins with the scope. BPMN 2.0.2, 13.3.4. */
  readonly implicitStarts: readonly ElementIndex[];
  /** Of a receive task: its message creates the process instance. */
  readonly isInstantiating?: boolean;
  /** Of a scope: the event sub-processes that listen while it is active. */
  readonly eventSubProcesses: readonly ElementIndex[];
  /** Of a boundary event: the activity it is attached to. */
  readonly attachedTo?: ElementIndex;
  /** Of a boundary event or the start event of an event sub-process. Default true. */
  readonly isInterrupting?: boolean;
  readonly event?: EventDefinition;
  /** Of a link throw event: the link catch event of the same name in the same scope. */
  readonly linkTarget?: ElementIndex;
  /** Of an activity: what compensates it, by the association of its compensation boundary event. */
  readonly compensationHandler?: ElementIndex;
  /** It runs only when what it compensates is compensated; no sequence flow reaches it. */
  readonly isForCompensation?: boolean;
  /** Of an event-based gateway: whether one of its events, or each, creates the process instance or must happen. */
  readonly eventGateway?: { readonly isInstantiating: boolean; readonly isParallel: boolean };
  /** Of a complex gateway: evaluated on every arriving token; sees `activationCount` and the counts of its incoming flows. */
  readonly activationCondition?: CompiledExpression;
  readonly adHoc?: AdHoc;
  readonly inputMappings: readonly VariableMapping[];
  readonly outputMappings: readonly VariableMapping[];
  readonly multiInstance?: MultiInstance;
  readonly standardLoop?: StandardLoop;
  /** Tokens that must have arrived before the activity starts; default 1. */
  readonly startQuantity?: number;
  /** Tokens that leave by each outgoing flow; default 1. */
  readonly completionQuantity?: number;
  readonly executionListeners: readonly ExecutionListener[];
  /** Data objects of a scope and properties of a process, activity or event: variables of its own, null at first. */
  readonly localVariables: readonly string[];
  readonly userTask?: UserTaskDefinition;
  /** Service, send, and job-worker tasks of other kinds; of an ad-hoc sub-process whose worker decides what is done. */
  readonly job?: JobDefinition;
  readonly script?: { readonly expression: CompiledExpression; readonly resultVariable: string };
  readonly calledDecision?: {
    readonly decisionId: string;
    readonly resultVariable: string;
    readonly bindingType: BindingType;
  };
  readonly calledElement?: CalledElement;
  readonly properties: Readonly<Record<string, string>>;
  /** Name of the innermost lane that holds it. */
  readonly lane?: string;
  /** Role that the lane stands for, where it says so; a task without assignment offers itself to it. */
  readonly laneRole?: string;
}

export type BindingType = 'latest' | 'deployment' | 'versionTag';

export type EventDefinition = SingleEventDefinition | MultipleEventDefinition;

/** Several event definitions: one of them is enough (or all are thrown); parallel: all have to happen. */
export interface MultipleEventDefinition {
  readonly kind: 'multiple';
  readonly isParallel: boolean;
  readonly events: readonly SingleEventDefinition[];
}

export type SingleEventDefinition =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'message';
      readonly name: CompiledExpression;
      readonly messageName?: string;
      readonly correlationKey?: CompiledExpression;
      readonly timeToLive?: CompiledExpression;
    }
  | { readonly kind: 'timer'; readonly timer: TimerDefinition }
  | { readonly kind: 'signal'; readonly name: CompiledExpression; readonly signalName?: string }
  | {
      readonly kind: 'error';
      /** Absent: catches every error. */ readonly errorCode?: string;
      readonly errorCodeExpression?: CompiledExpression;
    }
  | {
      readonly kind: 'escalation';
      /** Absent: catches every escalation. */ readonly escalationCode?: string;
      readonly escalationCodeExpression?: CompiledExpression;
    }
  | ConditionalEventDefinition
  | {
      readonly kind: 'compensation';
      /** Of a throwing event: the one activity to compensate; absent: all of the scope. */
      readonly activity?: ElementIndex;
      /** Of a throwing event: false goes on at once. Default true. */
      readonly waitForCompletion: boolean;
    }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'link'; readonly name: string }
  | { readonly kind: 'terminate' };

/** The definitions of an event, however many it has. */
export function singleEventsOf({ event }: Pick<BpmnElement, 'event'>): readonly SingleEventDefinition[] {
  if (!event) return [];
  return event.kind === 'multiple' ? event.events : [event];
}

export interface ConditionalEventDefinition {
  readonly kind: 'conditional';
  readonly condition: CompiledExpression;
  /** `zeebe:conditionalFilter`: only changes of these variables are looked at; absent: every change. */
  readonly variableNames?: readonly string[];
  /** `zeebe:conditionalFilter`: kinds of change that count; absent: all. */
  readonly variableEvents?: readonly ('create' | 'update')[];
}

export interface TimerDefinition {
  readonly type: 'date' | 'duration' | 'cycle';
  /** Yields an ISO 8601 text, a FEEL date and time or a FEEL duration. */
  readonly expression: CompiledExpression;
}

/** Zeebe `zeebe:input` / `zeebe:output`: evaluate `source`, assign to the (possibly dotted) `target`. */
export interface VariableMapping {
  readonly source: CompiledExpression;
  readonly target: string;
}

/** By collection or by number of instances; just one of the two. */
export interface MultiInstance {
  readonly isSequential: boolean;
  readonly inputCollection?: CompiledExpression;
  readonly loopCardinality?: CompiledExpression;
  readonly inputElement?: string;
  readonly outputCollection?: string;
  readonly outputElement?: CompiledExpression;
  readonly completionCondition?: CompiledExpression;
  /** When an inner instance that completes throws an event to the boundary; `all` (the default): never. */
  readonly behavior?: MultiInstanceBehavior;
}

/** BPMN 2.0.2, Table 13.1 "MultiInstanceLoopCharacteristics": none = each completion, one = the first, complex = by condition. */
export interface MultiInstanceBehavior {
  readonly kind: 'none' | 'one' | 'complex';
  readonly throws: readonly ImplicitThrow[];
}

export interface ImplicitThrow {
  /** Of `complex`: throws where it holds. */
  readonly condition?: CompiledExpression;
  readonly event: SingleEventDefinition;
}

export interface StandardLoop {
  /** Absent: true, so that only the maximum ends it. */
  readonly condition?: CompiledExpression;
  /** True tests before each run (while), false after it (until the condition no longer holds). */
  readonly testBefore: boolean;
  readonly maximum?: CompiledExpression;
}

export interface ExecutionListener extends JobDefinition {
  readonly eventType: 'start' | 'end';
}

export interface TaskListener extends JobDefinition {
  readonly eventType: 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling';
}

export interface UserTaskDefinition {
  readonly formId?: string;
  readonly formBinding: BindingType;
  readonly assignee?: CompiledExpression;
  /** Yields a text or a list of texts. */
  readonly candidateGroups?: CompiledExpression;
  readonly candidateUsers?: CompiledExpression;
  readonly dueDate?: CompiledExpression;
  readonly followUpDate?: CompiledExpression;
  /** 0-100, default 50. */
  readonly priority?: CompiledExpression;
  readonly taskListeners: readonly TaskListener[];
  /** `zeebe:taskHeaders`, for whoever shows the task. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface JobDefinition {
  readonly type: CompiledExpression;
  readonly retries: CompiledExpression;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CalledElement {
  readonly processId: CompiledExpression;
  readonly bindingType: BindingType;
  readonly versionTag?: string;
  readonly propagateAllParentVariables: boolean;
  readonly propagateAllChildVariables: boolean;
}

/** A fault found in a file. All faults of a file are reported at once. */
export interface Problem {
  /** An error hinders deployment; a warning is to be looked at; an information says how else the file could be used. */
  readonly severity: 'error' | 'warning' | 'information';
  /** Machine-readable, such as `bpmn.unsupportedElement`. */
  readonly code: string;
  /** What was expected, what was found, what to do; a full sentence in English. */
  readonly message: string;
  /** The same sentence for Chinese screens. */
  readonly messageZh?: string;
  readonly file?: string;
  readonly elementId?: string;
  readonly elementName?: string;
  /** JSON pointer, DMN rule, form field key or other place inside the file. */
  readonly place?: string;
  readonly line?: number;
}
