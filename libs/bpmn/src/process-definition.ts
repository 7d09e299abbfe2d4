import type { CompiledExpression } from '#feel';

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
  /** Start events of the process itself, by what starts them. */
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
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'eventBasedGateway';

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
  /** Of a scope: the event sub-processes that listen while it is active. */
  readonly eventSubProcesses: readonly ElementIndex[];
  /** Of a boundary event: the activity it is attached to. */
  readonly attachedTo?: ElementIndex;
  /** Of a boundary event or the start event of an event sub-process. Default true. */
  readonly isInterrupting?: boolean;
  readonly event?: EventDefinition;
  readonly inputMappings: readonly VariableMapping[];
  readonly outputMappings: readonly VariableMapping[];
  readonly multiInstance?: MultiInstance;
  readonly userTask?: UserTaskDefinition;
  /** Service, send, and job-worker tasks of other kinds. */
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
}

export type BindingType = 'latest' | 'deployment' | 'versionTag';

export type EventDefinition =
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
  | { readonly kind: 'escalation'; readonly escalationCode?: string }
  | { readonly kind: 'terminate' };

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

export interface MultiInstance {
  readonly isSequential: boolean;
  readonly inputCollection: CompiledExpression;
  readonly inputElement?: string;
  readonly outputCollection?: string;
  readonly outputElement?: CompiledExpression;
  readonly completionCondition?: CompiledExpression;
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
  readonly severity: 'error' | 'warning';
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
