import type { OperationCommand } from './operation-commands.js';
import type { ChosenElement, Key, SealedHandle, TaskCorrections, UserTaskChanges, Variables } from './state.js';
import type { TaskTurnCommand } from './task-turn-commands.js';

/**
 * What somebody asks of one process instance. A command may be refused (`Rejection`); what happened stands in events.
 * `by` is the account name of who asked, absent where the system did.
 */
export type Command =
  | CreateProcessInstance
  | OperationCommand
  | TaskTurnCommand
  | { readonly type: 'cancelProcessInstance'; readonly by?: string; readonly reason?: string }
  /** Goes on where an earlier command stopped because its instruction budget was used up. */
  | { readonly type: 'continueProcessInstance' }
  | {
      readonly type: 'completeUserTask';
      readonly userTaskKey: Key;
      readonly variables: Variables;
      readonly by?: string;
      readonly action?: string;
    }
  /** `assignee: null` takes the assignee away. */
  | {
      readonly type: 'assignUserTask';
      readonly userTaskKey: Key;
      readonly assignee: string | null;
      readonly by?: string;
      readonly allowOverride?: boolean;
      /** Whose it still must be. */
      readonly from?: string;
      readonly reason?: SealedHandle;
    }
  | {
      readonly type: 'updateUserTask';
      readonly userTaskKey: Key;
      readonly changes: UserTaskChanges;
      readonly by?: string;
    }
  | {
      readonly type: 'completeJob';
      readonly jobKey: Key;
      readonly variables: Variables;
      /** Of the job of a task listener. */
      readonly result?: ListenerResult;
      /** Of the job of an ad-hoc sub-process. */
      readonly adHoc?: AdHocResult;
    }
  /** `retryBackoffMs` delays the next activation; `retries: 0` raises an incident. */
  | {
      readonly type: 'failJob';
      readonly jobKey: Key;
      readonly retries: number;
      readonly errorMessage: string;
      readonly retryBackoffMs?: number;
      readonly variables?: Variables;
    }
  | {
      readonly type: 'throwJobError';
      readonly jobKey: Key;
      readonly errorCode: string;
      readonly errorMessage?: string;
      readonly variables?: Variables;
    }
  | { readonly type: 'updateJobRetries'; readonly jobKey: Key; readonly retries: number }
  | { readonly type: 'triggerTimer'; readonly timerKey: Key }
  /** Waits for another moment: one that the calendar or a parameter gives now, counted from where it was counted from. */
  | { readonly type: 'rescheduleTimer'; readonly timerKey: Key; readonly dueAt: number; readonly countedFrom: number }
  | {
      readonly type: 'correlateMessage';
      readonly subscriptionKey: Key;
      readonly messageKey: Key;
      readonly variables: Variables;
    }
  | { readonly type: 'receiveSignal'; readonly subscriptionKey: Key; readonly variables: Variables }
  /** The process started by a call activity has ended; `variables` are those of its root scope. */
  | { readonly type: 'completeCalledProcess'; readonly elementInstanceKey: Key; readonly variables: Variables }
  | {
      readonly type: 'throwCalledProcessError';
      readonly elementInstanceKey: Key;
      readonly errorCode: string;
      readonly errorMessage?: string;
      readonly variables?: Variables;
    }
  | {
      readonly type: 'throwCalledProcessEscalation';
      readonly elementInstanceKey: Key;
      readonly escalationCode: string;
      readonly variables: Variables;
    }
  /** The called process could not be started, or was cancelled on its own: an incident at the call activity. */
  | { readonly type: 'failCalledProcess'; readonly elementInstanceKey: Key; readonly errorMessage: string }
  | {
      readonly type: 'setVariables';
      readonly scopeKey: Key;
      readonly variables: Variables;
      readonly local: boolean;
      readonly by?: string;
    }
  /** What is done next in an ad-hoc sub-process. */
  | {
      readonly type: 'activateAdHocElements';
      readonly elementInstanceKey: Key;
      readonly elements: readonly ChosenElement[];
      readonly cancelRemainingInstances?: boolean;
      readonly by?: string;
    }
  | {
      readonly type: 'resolveIncident';
      readonly incidentKey: Key;
      /** Given to its job where that has none left. */
      readonly retries?: number;
      readonly by?: string;
    };

export interface CreateProcessInstance {
  readonly type: 'createProcessInstance';
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly version: number;
  /** Start event to begin at (message, timer, signal start); absent: the none start event. */
  readonly startElementId?: string;
  /** Elements to begin at instead, as often as each is named, or one start event; not together with `startElementId`. */
  readonly startElementIds?: readonly string[];
  readonly variables: Variables;
  readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key };
  readonly by?: string;
}

/** What a task listener answers: it denies the change, or corrects it. */
export interface ListenerResult {
  readonly denied?: boolean;
  readonly deniedReason?: string;
  readonly corrections?: TaskCorrections;
}

/** What the worker of an ad-hoc sub-process decides: what is done next, or that nothing more is. */
export interface AdHocResult {
  readonly activateElements?: readonly ChosenElement[];
  readonly isCompletionConditionFulfilled?: boolean;
  readonly isCancelRemainingInstances?: boolean;
}

/** Closed union: the HTTP layer maps each code to one status. */
export type RejectionCode = 'notFound' | 'invalidState' | 'alreadyExists' | 'invalidArgument' | 'conflict';

export interface Rejection {
  readonly code: RejectionCode;
  /** "Expected user task 42 to be CREATED but it is COMPLETED." */
  readonly message: string;
}
