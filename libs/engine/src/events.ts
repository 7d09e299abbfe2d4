import type { BpmnElementType, BindingType } from '#bpmn';
import type { ElementState, Key, Variables } from './state.js';

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
  | IncidentEvent;

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
      readonly by?: string;
      readonly at: number;
    }
  /** `variables` are those of the root scope, for the caller. */
  | { readonly type: 'processInstanceCompleted'; readonly variables: Variables; readonly at: number }
  | { readonly type: 'processInstanceTerminated'; readonly by?: string; readonly reason?: string; readonly at: number }
  /** The command's instruction budget is used up; the runtime sends `continueProcessInstance`. */
  | { readonly type: 'processInstancePaused' };

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
      readonly at: number;
    }
  /** `joinElementId`: the token now waits before this joining gateway; activating the gateway takes one token of each flow. */
  | {
      readonly type: 'sequenceFlowTaken';
      readonly flowId: string;
      readonly flowScopeKey: Key;
      readonly joinElementId?: string;
    }
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

export type UserTaskEvent =
  | {
      readonly type: 'userTaskCreated';
      readonly userTaskKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly name: string;
      readonly formId?: string;
      readonly assignee?: string;
      readonly candidateGroups: readonly string[];
      readonly candidateUsers: readonly string[];
      readonly dueAt?: number;
      readonly followUpAt?: number;
      readonly priority: number;
      readonly at: number;
    }
  | {
      readonly type: 'userTaskAssigned';
      readonly userTaskKey: Key;
      readonly assignee: string | null;
      readonly by?: string;
    }
  | {
      readonly type: 'userTaskUpdated';
      readonly userTaskKey: Key;
      readonly changes: {
        readonly candidateGroups?: readonly string[];
        readonly candidateUsers?: readonly string[];
        readonly dueAt?: number | null;
        readonly followUpAt?: number | null;
        readonly priority?: number;
      };
      readonly by?: string;
    }
  | {
      readonly type: 'userTaskCompleted';
      readonly userTaskKey: Key;
      readonly by?: string;
      readonly action?: string;
      readonly at: number;
    }
  | { readonly type: 'userTaskCanceled'; readonly userTaskKey: Key; readonly at: number };

export type JobEvent =
  | {
      readonly type: 'jobCreated';
      readonly jobKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly jobType: string;
      readonly retries: number;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly type: 'jobCompleted'; readonly jobKey: Key }
  /** `retryAt` is epoch ms. */
  | {
      readonly type: 'jobFailed';
      readonly jobKey: Key;
      readonly retries: number;
      readonly errorMessage: string;
      readonly retryAt?: number;
    }
  | {
      readonly type: 'jobErrorThrown';
      readonly jobKey: Key;
      readonly errorCode: string;
      readonly errorMessage?: string;
    }
  | { readonly type: 'jobRetriesUpdated'; readonly jobKey: Key; readonly retries: number }
  | { readonly type: 'jobCanceled'; readonly jobKey: Key };

export type SubscriptionEvent =
  | {
      readonly type: 'timerCreated';
      readonly timerKey: Key;
      /** The instance that waits: the catch event itself, the activity of a boundary event, or the scope of an event sub-process. */
      readonly elementInstanceKey: Key;
      /** The event that fires. */
      readonly elementId: string;
      readonly dueAt: number;
      /** Of a cycle: how often it still fires after this one; -1 without end. */
      readonly repetitionsLeft?: number;
      /** Of a cycle: ISO 8601 duration, or the cron text. */
      readonly interval?: string;
    }
  | { readonly type: 'timerTriggered'; readonly timerKey: Key; readonly at: number }
  | { readonly type: 'timerCanceled'; readonly timerKey: Key }
  | {
      readonly type: 'messageSubscriptionCreated';
      readonly subscriptionKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly messageName: string;
      readonly correlationKey: string;
      /** A non-interrupting subscription stays open after a correlation. */
      readonly isInterrupting: boolean;
    }
  | {
      readonly type: 'messageSubscriptionCorrelated';
      readonly subscriptionKey: Key;
      readonly messageKey: Key;
      readonly closes: boolean;
    }
  | { readonly type: 'messageSubscriptionCanceled'; readonly subscriptionKey: Key }
  | {
      readonly type: 'signalSubscriptionCreated';
      readonly subscriptionKey: Key;
      readonly elementInstanceKey: Key;
      readonly elementId: string;
      readonly signalName: string;
      readonly isInterrupting: boolean;
    }
  | { readonly type: 'signalSubscriptionTriggered'; readonly subscriptionKey: Key; readonly closes: boolean }
  | { readonly type: 'signalSubscriptionCanceled'; readonly subscriptionKey: Key };

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
