import type { BpmnElementType, BindingType } from '#bpmn';

/** A 63-bit key as a decimal string. */
export type Key = string;

/** JSON values only. Protected content stands here as a handle `{"$sealed": "<sealedKey>"}`, never as a value. */
export type Variables = Readonly<Record<string, unknown>>;

export type ElementState = 'activating' | 'activated' | 'completing' | 'completed' | 'terminating' | 'terminated';

/** State of one process instance: plain, JSON-serialisable, changed by appliers alone. Holds only what is still alive. */
export interface InstanceState {
  readonly schema: 1;
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
  readonly elements: Readonly<Record<Key, ElementInstance>>;
  /** Own variables of each scope, by element instance key (the process: its process instance key). */
  readonly variables: Readonly<Record<Key, Variables>>;
  readonly userTasks: Readonly<Record<Key, { readonly elementInstanceKey: Key; readonly assignee?: string }>>;
  readonly jobs: Readonly<Record<Key, { readonly elementInstanceKey: Key; readonly retries: number }>>;
  readonly timers: Readonly<
    Record<
      Key,
      {
        readonly elementInstanceKey: Key;
        readonly elementId: string;
        readonly dueAt: number;
        readonly repetitionsLeft?: number;
        readonly interval?: string;
      }
    >
  >;
  readonly subscriptions: Readonly<
    Record<
      Key,
      {
        readonly kind: 'message' | 'signal';
        readonly name: string;
        readonly elementInstanceKey: Key;
        readonly elementId: string;
        readonly isInterrupting: boolean;
      }
    >
  >;
  /** Called processes, by the element instance key of the call activity. */
  readonly calls: Readonly<
    Record<
      Key,
      {
        readonly elementInstanceKey: Key;
        readonly childKey: Key;
        readonly bpmnProcessId: string;
        readonly bindingType: BindingType;
      }
    >
  >;
  readonly incidents: Readonly<
    Record<Key, { readonly elementInstanceKey: Key; readonly jobKey?: Key; readonly errorType: string }>
  >;
  /** Tokens waiting before joining gateways: `<flowScopeKey>/<elementId>` -> flow id -> count. */
  readonly joins: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface ElementInstance {
  readonly key: Key;
  readonly elementId: string;
  readonly elementType: BpmnElementType;
  readonly state: ElementState;
  readonly flowScopeKey?: Key;
  readonly loopCounter?: number;
  /** Of a scope or a multi-instance body: how many element instances live directly in it. */
  readonly activeChildren?: number;
  /** Of a multi-instance body: what is still to run and what came out. */
  readonly multiInstance?: {
    readonly items: readonly unknown[];
    readonly next: number;
    readonly completed: number;
    readonly outputs: readonly unknown[];
  };
}
