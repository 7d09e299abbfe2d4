import type { BindingType, BpmnElementType, ExecutionListener, TaskListener } from '#bpmn';
import type { Command } from './commands.js';
import type { Table } from './table.js';

/** A 63-bit key as a decimal string. */
export type Key = string;

/** JSON values only. Protected content stands here as a handle `{"$sealed": "<sealedKey>"}`, never as a value. */
export type Variables = Readonly<Record<string, unknown>>;

export type ElementState = 'activating' | 'activated' | 'completing' | 'completed' | 'terminating' | 'terminated';

/**
 * State of one process instance, immutable, changed by appliers alone. Holds only what is still alive. `writeState`
 * gives its stored form, `readState` reads that back.
 */
export interface InstanceState {
  readonly schema: 2;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly processVersion: number;
  readonly status: 'active' | 'completed' | 'terminated';
  readonly parent?: { readonly processInstanceKey: Key; readonly elementInstanceKey: Key };
  /** Start event to begin at, where that is not the none start event. */
  readonly startElementId?: string;
  /** Number of events applied so far; the position of the last one. */
  readonly position: number;
  /** While it is suspended: what reached it meanwhile, in order. */
  readonly suspension?: { readonly deferred: readonly DeferredCommand[] };
  /** Pauses in a row since a command other than `continueProcessInstance`. */
  readonly pauses?: number;
  readonly elements: Table<ElementInstance>;
  /** Own variables of each scope, by element instance key (the process: its process instance key). */
  readonly variables: Table<Variables>;
  readonly userTasks: Table<UserTaskState>;
  readonly jobs: Table<JobState>;
  readonly timers: Table<TimerState>;
  readonly subscriptions: Table<SubscriptionState>;
  /** Conditional events that are waited for. */
  readonly conditions: Table<ConditionState>;
  /** Called processes, by the element instance key of the call activity. */
  readonly calls: Table<CallState>;
  readonly incidents: Table<IncidentState>;
  /** Index, not stored: the keys of the instances that live directly in each scope. */
  readonly children: Table<Table<true>>;
}

/** What time, messages and other instances bring; nobody waits for the answer. */
export type DeferredCommand = Extract<
  Command,
  {
    readonly type:
      | 'triggerTimer'
      | 'correlateMessage'
      | 'receiveSignal'
      | 'completeCalledProcess'
      | 'throwCalledProcessError'
      | 'throwCalledProcessEscalation'
      | 'failCalledProcess';
  }
>;

/** What belongs to one element instance and ends with it. */
interface Owned {
  readonly elementInstanceKey: Key;
}

export interface UserTaskState extends Owned {
  /** Of those who have a turn: the one whose turn it is. */
  readonly assignee?: string;
  /** Whose task it is while others have their turn. */
  readonly owner?: string;
  /** Turns that are still to come, in order; none: absent. */
  readonly turns?: readonly TaskTurn[];
  /** A change that those who sign after it or its listeners hold back. */
  readonly held?: HeldChange;
}

/** Somebody else does the task, or signs it: before its owner completes it, or before the completion takes effect. */
export interface TaskTurn {
  readonly id: Key;
  readonly account: string;
  readonly kind: 'delegate' | 'signBefore' | 'signAfter';
  /** Who asked for it. */
  readonly by: string;
  /** Of one who signs after: agrees to the completion that is held; another completion is asked about anew. */
  readonly hasAgreed?: true;
}

export type TurnOutcome = 'done' | 'agreed' | 'disagreed';

/** Stands for protected content. */
export interface SealedHandle {
  readonly $sealed: string;
}

/** What somebody asked of a user task and its listeners may still deny or correct. */
export interface HeldChange {
  readonly eventType: TaskListener['eventType'];
  /** To be assigned; null takes the assignee away. */
  readonly assignee?: string | null;
  readonly changes?: UserTaskChanges;
  /** With which it is to be completed. */
  readonly variables?: Variables;
  readonly action?: string;
  readonly by?: string;
  readonly reason?: SealedHandle;
  readonly corrections?: TaskCorrections;
}

/**
 * What goes on in a scope when element instances in it have ended, for which listeners of their cancellation are asked
 * first.
 */
export type AfterTermination =
  | { readonly kind: 'boundaryEvent' | 'eventSubProcess'; readonly elementId: string; readonly variables: Variables }
  /** The scope completes. */
  | { readonly kind: 'complete' }
  | { readonly kind: 'chooseElements'; readonly elements: readonly ChosenElement[]; readonly by?: string }
  /** After a modification: the scope ends where nothing is left in it. */
  | { readonly kind: 'endIfEmpty' }
  /** The process instance itself has ended. */
  | ({ readonly kind: 'end' } & ProcessEnd);

/** Why a process instance is terminated, and the error that its caller is told of. */
export interface ProcessEnd {
  readonly by?: string;
  readonly reason?: string;
  readonly error?: { readonly errorCode: string; readonly errorMessage?: string; readonly variables: Variables };
}

export interface AwaitedTermination {
  readonly roots: readonly Key[];
  readonly next: AfterTermination;
}

/** What a task listener puts in place of what was asked. */
export interface TaskCorrections extends UserTaskChanges {
  readonly assignee?: string | null;
}

export interface UserTaskChanges {
  readonly candidateGroups?: readonly string[];
  readonly candidateUsers?: readonly string[];
  /** Epoch ms; null removes it. */
  readonly dueAt?: number | null;
  readonly followUpAt?: number | null;
  readonly priority?: number;
}

export interface JobState extends Owned {
  readonly retries: number;
  /** Back-off after a failure, epoch ms. */
  readonly retryAt?: number;
  /** Of the job of a listener: how many are done when it is, and what they hold back. */
  readonly listener?: ListenerPlace;
}

export interface ListenerPlace {
  readonly kind: 'execution' | 'task';
  readonly eventType: ExecutionListener['eventType'] | TaskListener['eventType'];
  /** Place among the listeners of its event type, 0-based. */
  readonly index: number;
}

export interface TimerState extends Owned {
  readonly elementId: string;
  readonly eventIndex?: number;
  readonly dueAt: number;
  readonly repetitionsLeft?: number;
  readonly interval?: string;
}

export interface SubscriptionState extends Owned {
  readonly kind: 'message' | 'signal';
  readonly name: string;
  readonly elementId: string;
  /** Of an event with several definitions: which of them. */
  readonly eventIndex?: number;
  readonly isInterrupting: boolean;
}

export interface ConditionState extends Owned {
  readonly elementId: string;
  readonly eventIndex?: number;
  /** Whether the condition held when it was last asked; it happens when it comes to hold. */
  readonly holds: boolean;
}

/** An activity that completed and can be compensated, or a scope that was cancelled after something in it completed. */
export interface CompensationRecord {
  readonly elementId: string;
  /** Its own variables when it completed. */
  readonly variables?: Variables;
  /** Of a sub-process: what completed in it, by the position of the event that said so. */
  readonly inner?: Table<CompensationRecord>;
  /** Of a pending one: the scope in which its handler runs. */
  readonly scopeKey?: Key;
  /** It was cancelled with its transaction: what completed in it is compensated, its own handler is not for it. */
  readonly isPartial?: true;
}

export interface CallState extends Owned {
  readonly childKey: Key;
  readonly bpmnProcessId: string;
  readonly bindingType: BindingType;
}

export interface IncidentState extends Owned {
  readonly jobKey?: Key;
  readonly errorType: string;
}

/** Absent fields may stand as undefined: the appliers keep one shape for all instances (`copyOf`). */
export interface ElementInstance {
  readonly key: Key;
  readonly elementId: string;
  readonly elementType: BpmnElementType;
  readonly state: ElementState;
  readonly flowScopeKey?: Key | undefined;
  readonly loopCounter?: number | undefined;
  /** Keys of the user task, jobs, timers, subscriptions and incidents that belong to it. */
  readonly owns?: readonly Key[] | undefined;
  /** Of a scope: tokens waiting before joining gateways: element id -> flow id -> count. */
  readonly tokens?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** Of a scope: complex gateways that wait for reset, with the flows whose token they have taken. */
  readonly resets?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Of a scope or loop body: what completed in it and can be compensated, by the position of the event that said so. */
  readonly compensable?: Table<CompensationRecord> | undefined;
  /** Of who compensates (throwing event, scope, cancelled transaction): what is left, and the handler that runs now. */
  readonly compensation?:
    | {
        readonly pending: Table<CompensationRecord>;
        readonly running?: Key;
        /** A throwing event that does not wait: its tokens have left already. */
        readonly hasLeft?: true;
      }
    | undefined;
  /** Of a compensation handler, or of a scope made again for its compensation: who waits for it. */
  readonly compensates?: Key | undefined;
  /** A scope that was made again to compensate what completed in it. */
  readonly isCompensating?: true | undefined;
  /** Of such a scope: it had not completed, so that its own compensation event sub-process is not for it. */
  readonly isPartial?: true | undefined;
  /** A transaction that is being cancelled. */
  readonly isCancelled?: true | undefined;
  /** Parallel multiple events it listens to: element id -> which of their definitions have happened. */
  readonly happened?: Readonly<Record<string, readonly number[]>> | undefined;
  /** Of an ad-hoc sub-process: what is chosen and waits for its turn; once it is ending nothing more can be chosen. */
  readonly adHoc?: { readonly chosen: readonly ChosenElement[]; readonly isEnding?: true } | undefined;
  /** Of a scope: what goes on in it when these have ended. */
  readonly awaited?: readonly AwaitedTermination[] | undefined;
  /** Listeners that are done in the present state. */
  readonly listenersDone?: number | undefined;
  /** Of a multi-instance or loop body: what is still to run and what came out. */
  readonly multiInstance?:
    | {
        readonly items: readonly unknown[];
        readonly next: number;
        readonly completed: number;
        /** By loop counter. */
        readonly outputs: Table<unknown>;
      }
    | undefined;
}

/** An element of an ad-hoc sub-process that somebody chose, with variables of its own. */
export interface ChosenElement {
  readonly elementId: string;
  readonly variables?: Variables;
}
