import type { Key, Variables } from '#engine';
import type { StartSubscription } from './stored-resources.js';

export interface InboxRow {
  readonly key: Key;
  readonly sourceInstance: Key;
  readonly sourcePosition: number;
  readonly target: string;
  readonly kind: string;
  readonly targetInstanceKey: Key | null;
  readonly payload: Variables;
}

export interface DueTimer {
  readonly key: Key;
  readonly processInstanceKey: Key;
  readonly dueAt: number;
}

/** An effect on the outside that a command asks for; written with it, or not at all. */
export interface DeliveryRequest {
  /** Chooses the handler. */
  readonly kind: string;
  /** For those who look after it: says where it goes without saying what it holds. */
  readonly name: string;
  /** The same at each attempt, and of no other effect. */
  readonly idempotencyKey: string;
  /** Kept until it is delivered. */
  readonly payload: Variables;
}

/** An effect on the outside, as its handler gets it. */
export interface Delivery extends DeliveryRequest {
  readonly key: Key;
  readonly processInstanceKey: Key | null;
  /** From 1; counts those that ended without an answer too. */
  readonly attempt: number;
}

/** Tables whose rows are work without an owner. */
export type ClaimTable = 'timers' | 'start_subscriptions' | 'inbox' | 'jobs' | 'outbox';

/** One row that this node took, in the name of an epoch. */
export interface Claim {
  readonly table: ClaimTable;
  readonly key: Key;
  readonly claim: number;
}

export type Claimed<T> = T & { readonly claim: number };

/** Work that a node takes for itself; none is given to two living nodes. Gives nothing where the database does not answer. */
export interface Claims {
  timers(now: number, limit: number): Promise<readonly Claimed<DueTimer>[]>;
  startTimers(now: number, limit: number): Promise<readonly Claimed<StartSubscription>[]>;
  inbox(limit: number): Promise<readonly Claimed<InboxRow>[]>;
  /** `now` is real time. Each claim is an attempt, whatever becomes of it. */
  deliveries(kinds: readonly string[], now: number, limit: number): Promise<readonly Claimed<Delivery>[]>;
  /** Gives rows back for anybody; false where the database does not answer. */
  release(claims: readonly Claim[]): Promise<boolean>;
}

export interface ActivatedJob {
  readonly key: Key;
  readonly type: string;
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly processDefinitionVersion: number;
  readonly bpmnProcessId: string;
  readonly elementId: string;
  readonly elementInstanceKey: Key;
  readonly headers: Readonly<Record<string, string>>;
  readonly retries: number;
  readonly worker: string;
  /** Real time, epoch ms: the engine's pinned clock does not move leases. 0 for a handler of the node that claimed it. */
  readonly deadline: number;
  /** Epoch that claimed it for a handler in this process. */
  readonly claim?: number;
  /** Fencing token: changes with each activation. */
  readonly lease: number;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly variables: Variables;
  /** Where it is that of a listener. */
  readonly listener?: JobListener;
  /** Its worker decides what is done in an ad-hoc sub-process. */
  readonly isAdHoc?: true;
}

export interface JobListener {
  readonly kind: 'EXECUTION_LISTENER' | 'TASK_LISTENER';
  /** Such as `START` or `COMPLETING`. */
  readonly eventType: string;
  /** Of a task listener: the task that is held until the job is done. */
  readonly userTask?: { readonly key: Key; readonly formKey: Key | null };
}

/** A statement that gives keys of cases, none of them NULL; parameters as `?`. */
export interface CaseQuery {
  readonly sql: string;
  readonly params: readonly unknown[];
}

export interface JobRequest {
  readonly type: string;
  readonly worker: string;
  readonly maxJobs: number;
  readonly timeoutMs: number;
  /** Names of variables to give; absent: all visible ones. */
  readonly fetchVariables?: readonly string[];
  /** A query of keys of cases, whose jobs are left to others. */
  readonly exceptCases?: CaseQuery;
}
