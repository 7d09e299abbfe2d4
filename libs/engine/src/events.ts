import type { BpmnElementType, BindingType } from '#bpmn';
import type { AfterTermination, ChosenElement, ElementState, Key, Variables } from './state.js';
import type { OperationEvent } from './operation-events.js';
import type { SubscriptionEvent } from './subscription-events.js';
import type { JobEvent, UserTaskEvent } from './work-events.js';

export type { OperationEvent } from './operation-events.js';
export type { SubscriptionEvent } from './subscription-events.js';
export type { JobEvent, UserTaskEvent } from './work-events.js';

/**
 * What happened, in the past tense; never refused. The log of these is history, audit and the source of the state:
 * `replay(events)` equals the state after every step. `version` says with which meaning the event was written.
 */
export type EngineEvent = { readonly version: 1 } & EventBody;

export type EventBody =
  | ProcessInstanceEvent
  | ElementEvent
  | UserTaskEvent
  | JobEvent
  | SubscriptionEvent
  | CrossInstanceEvent
  | IncidentEvent
  | OperationEvent;

export type ProcessInstanceEvent =
  | {
      readonly type: 'processInstanceCreated';
      readonly processInstanceKey: Key;
      readonly processDefinitionKey: Key;
      readonly bpmnProcessId: string;
      readonly processVersion: number;
      readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key };
      /** Start event it begins at, where that is not the none start event. */
      readonly startElementId?: string;
      /** Elements it begins at instead of an event. */
      readonly startElementIds?: readonly string[];
      readonly by?: string;
      readonly at: number;
    }
  /** `variables` are those of the root scope, for the caller. */
  | { readonly type: 'processInstanceCompleted'; readonly variables: Variables; readonly at: number }
  | { readonly type: 'processInstanceTerminated'; readonly by?: string; readonly reason?: string; readonly at: number }
  /** The command's instruction budget is used up; the runtime sends `continueProcessInstance`. */
  | {
      readonly type: 'processInstancePaused';
      /** How often in a row; absent in older logs: once. */
      readonly pauses?: number;
    };

export type ElementEvent =
  | {
      readonly type: 'elementActivating';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly elementType: BpmnElementType;
      /** Key of the scope's element instance; the process instance key for the process' own children; absent for the process. */
      readonly flowScopeKey?: Key;
      /** Position in the collection, 1-based, of a multi-instance inner instance. */
      readonly loopCounter?: number;
      /** An interrupting event sub-process: tokens that wait at joins of its scope are gone. */
      readonly dropsTokens?: true;
      /** Tokens it takes, by flow; absent: of a joining gateway one of each flow that has one. */
      readonly takes?: Readonly<Record<string, number>>;
      /** A compensation handler, or a scope made again for its compensation: whose record it works off. */
      readonly compensates?: { readonly elementInstanceKey: Key; readonly record: string };
      /** In an ad-hoc sub-process with sequential ordering: it was the next one chosen. */
      readonly isChosen?: true;
      readonly at: number;
    }
  /** Every later state: activated, completing, completed, terminating, terminated. */
  | {
      readonly type: 'elementTransitioned';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly to: Exclude<ElementState, 'activating'>;
      /** A multi-instance body that is activated: its input collection. */
      readonly items?: readonly unknown[];
      /** A multi-instance inner instance that is completed: its output element. */
      readonly output?: unknown;
      /** It is completed and leaves a record by which it can be compensated. */
      readonly isCompensable?: true;
      /** It is terminated: what it was to compensate and has not begun goes back to where it completed. */
      readonly returnsPending?: true;
      readonly at: number;
    }
  /** `joinElementId`: the token now waits before this joining gateway; activating the gateway takes one token of each flow. */
  | {
      readonly type: 'sequenceFlowTaken';
      readonly flowId: string;
      readonly flowScopeKey: Key;
      readonly joinElementId?: string;
    }
  /** Each of its other flows has a token or can get none: the complex gateway waits for start again. */
  | {
      readonly type: 'complexGatewayReset';
      readonly flowScopeKey: Key;
      readonly elementId: string;
      readonly takes: Readonly<Record<string, number>>;
    }
  /** The records of a scope are worked off by this instance, last one first. */
  | {
      readonly type: 'compensationTriggered';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly scopeKey: Key;
      readonly records: readonly string[];
      readonly hasLeft?: true;
    }
  /** A transaction ends by its cancel event when all in it is compensated. */
  | { readonly type: 'transactionCancelled'; readonly elementInstanceKey: Key; readonly elementId: string }
  /** One definition of a parallel multiple event has happened. */
  | {
      readonly type: 'eventOccurred';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly eventIndex: number;
    }
  /** All of them have happened: the count begins anew. */
  | { readonly type: 'parallelMultipleOccurred'; readonly elementInstanceKey: Key; readonly elementId: string }
  /** Something in the scope is being ended and listeners are asked first; then this goes on. */
  | {
      readonly type: 'terminationAwaited';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly roots: readonly Key[];
      readonly next: AfterTermination;
    }
  /** These have ended: it goes on. */
  | {
      readonly type: 'terminationEnded';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly roots: readonly Key[];
    }
  | {
      readonly type: 'adHocElementsChosen';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly elements: readonly ChosenElement[];
      readonly by?: string;
    }
  /** The completion condition holds; what runs may end. */
  | { readonly type: 'adHocEnding'; readonly elementInstanceKey: Key; readonly elementId: string }
  /** Merged into the scope's own variables. */
  | { readonly type: 'variablesSet'; readonly scopeKey: Key; readonly variables: Variables; readonly by?: string }
  | {
      readonly type: 'decisionEvaluated';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly decisionId: string;
      readonly inputs: Variables;
      readonly output: unknown;
      /** Ids of the rules that matched, by decision. */
      readonly matchedRules: Readonly<Record<string, readonly string[]>>;
    };

/** Each of these becomes an inbox row, written in the same transaction (ADR 13). */
export type CrossInstanceEvent =
  | {
      readonly type: 'processCallRequested';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      /** Key that the called process instance gets. */
      readonly childKey: Key;
      readonly bpmnProcessId: string;
      readonly bindingType: BindingType;
      readonly versionTag?: string;
      readonly variables: Variables;
    }
  | { readonly type: 'processCallCanceled'; readonly elementInstanceKey: Key; readonly childKey: Key }
  /** A message thrown by the model without a job type: published as `POST /v2/messages/publication` would. */
  | {
      readonly type: 'messageThrown';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly messageKey: Key;
      readonly messageName: string;
      readonly correlationKey: string;
      readonly timeToLiveMs: number;
      readonly variables: Variables;
    }
  | {
      readonly type: 'signalThrown';
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly signalKey: Key;
      readonly signalName: string;
      readonly variables: Variables;
    }
  /** No handler in this instance; the caller gets it. */
  | {
      readonly type: 'errorPropagatedToCaller';
      readonly errorCode: string;
      readonly errorMessage?: string;
      readonly variables: Variables;
    }
  /** No catcher in this instance; the caller gets it, this instance goes on. */
  | { readonly type: 'escalationPropagatedToCaller'; readonly escalationCode: string; readonly variables: Variables };

export type IncidentErrorType =
  | 'CONDITION_ERROR'
  | 'EXTRACT_VALUE_ERROR'
  | 'IO_MAPPING_ERROR'
  | 'CALLED_ELEMENT_ERROR'
  | 'CALLED_DECISION_ERROR'
  | 'DECISION_EVALUATION_ERROR'
  | 'FORM_NOT_FOUND'
  | 'JOB_NO_RETRIES'
  | 'AD_HOC_SUB_PROCESS_NO_RETRIES'
  | 'UNHANDLED_ERROR_EVENT'
  | 'MESSAGE_SIZE_EXCEEDED'
  | 'EXECUTION_LIMIT_EXCEEDED'
  | 'UNKNOWN';

export type IncidentEvent =
  | {
      readonly type: 'incidentCreated';
      readonly incidentKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly jobKey?: Key;
      readonly errorType: IncidentErrorType;
      /** What was expected and what was found. */
      readonly errorMessage: string;
      readonly at: number;
    }
  | {
      readonly type: 'incidentResolved';
      readonly incidentKey: Key;
      /** This job can be activated again. */ readonly jobKey?: Key;
      readonly by?: string;
      readonly at: number;
    };
