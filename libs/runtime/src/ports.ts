import type { EngineEvent, InstanceState, Key, RejectionCode } from '#engine';
import type { BatchReads } from './operations.js';
import type { ScheduleRecord } from './schedules.js';
import type { StartSubscription, StoredDecision, StoredDefinition, StoredForm, StoredSet } from './stored-resources.js';
import type { ActivatedJob, Claims, DueTimer, InboxRow, JobRequest } from './work-items.js';

export type * from './stored-resources.js';
export type * from './work-items.js';

/** One row: column name (snake_case) to value. Keys are decimal strings, times epoch ms, JSON columns already text. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * A change of one row known by its primary key. Changes of one batch are merged by key before they are written, so a task
 * that is created and completed in one batch costs one insert.
 */
export type RowOperation =
  | { readonly insert: string; readonly row: Row }
  /** `row` holds the primary key too; an existing row takes the new values of all other columns. */
  | { readonly upsert: string; readonly row: Row }
  | { readonly update: string; readonly key: Row; readonly set: Row }
  | { readonly delete: string; readonly key: Row };

/**
 * A write that commits together with the command it is given to (protected content, documents, drafts, ...).
 * SQL uses `?` placeholders on every database. `expectRows` that is not met refuses the whole unit with `conflict`.
 */
export type RowWrite =
  | { readonly insert: string; readonly rows: readonly Row[] }
  | { readonly sql: string; readonly params: readonly unknown[]; readonly expectRows?: number };

/** `conflict`: another command was faster, or a write of the unit met another row than expected. `overloaded`: try again later. */
export type RuntimeRejectionCode = RejectionCode | 'conflict' | 'overloaded';

export interface RuntimeRejection {
  readonly code: RuntimeRejectionCode;
  /** "Expected user task 42 to be CREATED but it is COMPLETED." */
  readonly message: string;
}

export type Outcome<R> =
  { readonly ok: true; readonly reply: R } | { readonly ok: false; readonly rejection: RuntimeRejection };

/** What the database knows of a process instance besides its state. */
export interface InstanceRecord {
  readonly key: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly version: number;
  readonly setId: number;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly title: string | null;
  readonly publicState: string | null;
  readonly drill: boolean;
  readonly hasIncident: boolean;
  readonly state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  readonly revision: number;
  readonly position: number;
  readonly parentInstanceKey: Key | null;
  readonly parentElementInstanceKey: Key | null;
  readonly rootInstanceKey: Key;
  /** Name and correlation key of the message that started it, where the key is not empty. */
  readonly startMessageName: string | null;
  readonly startCorrelationKey: string | null;
  readonly startedBy: string | null;
  readonly startAt: number;
  readonly endAt: number | null;
}

/** A stored instance: its state is `replay(snapshot, tail)`. From the cache the snapshot is current and the tail empty. */
export interface StoredInstance {
  readonly record: InstanceRecord;
  readonly snapshot?: InstanceState;
  readonly tail: readonly EngineEvent[];
}

/** What a unit changes. */
export interface Changes {
  /** The instance after the step; `events` are appended to its log. */
  readonly instance?: {
    readonly record: InstanceRecord;
    readonly state: InstanceState;
    readonly events: readonly EngineEvent[];
    readonly at: number;
  };
  readonly rows?: readonly RowOperation[];
  readonly writes?: readonly RowWrite[];
}

export type Decision<R> =
  | { readonly ok: true; readonly reply: R; readonly changes: Changes }
  | { readonly ok: false; readonly rejection: RuntimeRejection };

/** Given to a unit while its batch runs, inside the transaction. */
export interface Given {
  /** The node's epoch in this transaction, in whose name work is claimed; 0 where the node is not registered. */
  readonly epoch: number;
  /** The instance asked for, with all that earlier units of the batch did to it; absent where there is none. */
  readonly instance?: StoredInstance;
  /** Draws the next number of a series that the unit declared; given back when the unit is refused. */
  draw(series: string, year: number): number;
  /** Reads in the transaction; changes of earlier units of the batch are written before. */
  query(sql: string, params: readonly unknown[]): Promise<readonly Row[]>;
}

/** One unit of work: all of it commits, or nothing. */
export interface Unit<R> {
  /** What is asked, such as `completeUserTask`; for measurements and logs. */
  readonly kind?: string;
  /** Units of one lane (a process) share their turn, so that none starves the others. Units of one instance have one lane. */
  readonly lane?: string;
  /** The instance that is stepped or created. */
  readonly instanceKey?: Key;
  /** `instanceKey` was drawn for this unit, so that nothing is stored under it yet. */
  readonly isNew?: boolean;
  readonly series?: readonly { readonly series: string; readonly year: number }[];
  /** A unit seen before (same key and account) is not run again: its first reply is given. */
  readonly idempotency?: { readonly key: string; readonly account: string };
  /** Names that only one transaction on any node holds at a time; taken before `decide`, given back with COMMIT. */
  readonly locks?: readonly string[];
  /** Epoch in whose name the work was claimed; refused with `conflict` when the node has another one by now. */
  readonly claim?: number;
  /** Decides on the freshest state; runs again when the batch is retried, so it must not act outside. */
  decide(given: Given): Decision<R> | Promise<Decision<R>>;
}

/** What the outside learns after a commit: which rows changed, never what stands in them. */
export interface CommittedUnit {
  readonly instanceKey?: Key;
  readonly rows: readonly RowOperation[];
  /** Tables that its writes put rows into. */
  readonly written?: readonly string[];
}

/** What a commit may mean for other nodes. Carries no content, may be lost. */
export interface Hint {
  /** Names of the tables whose rows changed. */
  readonly tables: readonly string[];
  readonly userTaskKeys: readonly Key[];
  readonly instanceKeys: readonly Key[];
  /** Jobs that wait for a worker or for a node with time. */
  readonly jobTypes: readonly string[];
  /** Inbox rows that nobody has claimed. */
  readonly hasInbox: boolean;
  /** Effects on the outside that this node does not deliver. */
  readonly hasOutbox: boolean;
  /** Epoch ms of the earliest timer that was set. */
  readonly timerDueAt?: number;
}

/** Reads that the runtime asks of the database; each sees everything that was acknowledged. */
export interface RuntimeReads {
  definitionByKey(key: Key): Promise<StoredDefinition | undefined>;
  latestDefinition(bpmnProcessId: string): Promise<StoredDefinition | undefined>;
  definitionByVersion(bpmnProcessId: string, version: number): Promise<StoredDefinition | undefined>;
  definitionByVersionTag(bpmnProcessId: string, versionTag: string): Promise<StoredDefinition | undefined>;
  /** The version that was current when the set was published. */
  definitionInSet(bpmnProcessId: string, setId: number): Promise<StoredDefinition | undefined>;
  /** Absent set: the latest. */
  decision(decisionId: string, setId?: number): Promise<StoredDecision | undefined>;
  form(formId: string, setId?: number): Promise<StoredForm | undefined>;
  latestSet(source?: 'folder' | 'api'): Promise<StoredSet | undefined>;
  latestDefinitions(): Promise<readonly (StoredDefinition & { readonly source: 'folder' | 'api' })[]>;
  instanceRecord(key: Key): Promise<InstanceRecord | undefined>;
  /** The instance that holds a user task, job, incident, element instance or timer. */
  instanceOf(kind: 'userTask' | 'job' | 'incident' | 'element' | 'timer', key: Key): Promise<Key | undefined>;
  dueTimers(now: number, limit: number): Promise<readonly DueTimer[]>;
  dueStartTimers(now: number, limit: number): Promise<readonly StartSubscription[]>;
  /** Schedules that are due, the longest waiting first. */
  dueSchedules(now: number): Promise<readonly ScheduleRecord[]>;
  /** Start events with conditions, of one definition or of all. */
  conditionalStarts(processDefinitionKey?: Key): Promise<readonly StartSubscription[]>;
  /** Epoch ms of the next timer of either kind that no node has claimed, absent if none waits. */
  nextTimerAt(): Promise<number | undefined>;
  /** Types of jobs that can be taken now, of those named. */
  jobTypesReady(types: readonly string[], now: number, realNow: number): Promise<readonly string[]>;
  /** Whether something of these kinds can be delivered now: real time. */
  areDeliveriesDue(kinds: readonly string[], now: number): Promise<boolean>;
  pendingInbox(limit: number, afterKey?: Key): Promise<readonly InboxRow[]>;
  clock(): Promise<number | null>;
  lastEventAt(): Promise<number | null>;
  /** All process definitions, and whether their file holds this text. */
  definitionsNaming(text: string): Promise<readonly { readonly key: Key; readonly isNaming: boolean }[]>;
  readonly batches: BatchReads;
}

/** Ended instances by key, or the oldest of one definition. `endedBefore` is epoch ms. */
export type HistoryRequest =
  | { readonly keys: readonly Key[] }
  | { readonly processDefinitionKey: Key; readonly endedBefore: number; readonly limit: number };

/** The database as the runtime needs it; `createStore(database)` of persistence implements it. */
export interface RuntimeStore {
  /** Queues one unit for the next commit; resolves after COMMIT. A full queue is refused with `overloaded`. */
  commit<R>(unit: Unit<R>): Promise<Outcome<R>>;
  /** The next key of this node's block; `reserveKeys` must have been awaited. */
  nextKey(): Key;
  /** Makes sure that at least a few thousand keys can be taken without waiting. */
  reserveKeys(): Promise<void>;
  /** Locks jobs for a worker, within the unit that `given` belongs to. */
  activateJobs(
    given: Given,
    request: JobRequest & { readonly now: number; readonly realNow: number; readonly isForThisNode: boolean },
  ): Promise<readonly ActivatedJob[]>;
  /** Of these instances, those whose history may be removed; within the unit that `given` belongs to. */
  removableInstances(given: Given, request: HistoryRequest): Promise<readonly Key[]>;
  /** The writes that remove them. */
  historyRemoval(keys: readonly Key[]): readonly RowWrite[];
  /** Called after each commit, in order. Gives back a function that ends it. */
  onCommitted(listener: (units: readonly CommittedUnit[]) => void): () => void;
  /** Whether an error says that the database does not answer, and nothing against what it was asked. */
  isUnavailable(cause: unknown): boolean;
  readonly reads: RuntimeReads;
  /** No other node changes this database (SQLite): what was read stays true until this one changes it. */
  readonly isOnlyNode: boolean;
  /** Registers this node, so that it can claim work and hear hints. Throws where a SQLite file has a node already. */
  join(): Promise<void>;
  /** How far the clock that all nodes share is ahead of this machine's, ms. */
  clockOffsetMs(): number;
  /** How many nodes share the database, of which this node heard at the last renewal of its lease. */
  liveNodes(): number;
  /** Declares nodes dead whose lease has run out; gives how many. */
  removeDeadNodes(): Promise<number>;
  readonly claims: Claims;
  /** Tells the other nodes, soon. */
  tell(hint: Hint): void;
  /** Called with what other nodes tell. Gives back a function that ends it. */
  onHint(listener: (hint: Hint) => void): () => void;
  /** Ends after all queued units are committed. */
  close(): Promise<void>;
}
