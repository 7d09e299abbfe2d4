import type { BpmnElementType, BindingType } from '#bpmn';
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
  readonly elements: Table<ElementInstance>;
  /** Own variables of each scope, by element instance key (the process: its process instance key). */
  readonly variables: Table<Variables>;
  readonly userTasks: Table<UserTaskState>;
  readonly jobs: Table<JobState>;
  readonly timers: Table<TimerState>;
  readonly subscriptions: Table<SubscriptionState>;
  /** Called processes, by the element instance key of the call activity. */
  readonly calls: Table<CallState>;
  readonly incidents: Table<IncidentState>;
  /** Index, not stored: the keys of the instances that live directly in each scope. */
  readonly children: Table<Table<true>>;
}

/** What belongs to one element instance and ends with it. */
interface Owned {
  readonly elementInstanceKey: Key;
}

export interface UserTaskState extends Owned {
  readonly assignee?: string;
}

export interface JobState extends Owned {
  readonly retries: number;
}

export interface TimerState extends Owned {
  readonly elementId: string;
  readonly dueAt: number;
  readonly repetitionsLeft?: number;
  readonly interval?: string;
}

export interface SubscriptionState extends Owned {
  readonly kind: 'message' | 'signal';
  readonly name: string;
  readonly elementId: string;
  readonly isInterrupting: boolean;
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

export interface ElementInstance {
  readonly key: Key;
  readonly elementId: string;
  readonly elementType: BpmnElementType;
  readonly state: ElementState;
  readonly flowScopeKey?: Key;
  readonly loopCounter?: number;
  /** Keys of the user task, jobs, timers, subscriptions and incidents that belong to it. */
  readonly owns?: readonly Key[];
  /** Of a scope: tokens waiting before joining gateways: element id -> flow id -> count. */
  readonly tokens?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of a multi-instance body: what is still to run and what came out. */
  readonly multiInstance?: {
    readonly items: readonly unknown[];
    readonly next: number;
    readonly completed: number;
    /** By loop counter. */
    readonly outputs: Table<unknown>;
  };
}
