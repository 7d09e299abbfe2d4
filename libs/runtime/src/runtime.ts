import type { Cascade } from './cascades.js';
import type { FeelFunction } from '#feel';
import type { Command, InstanceState, Key, Variables } from '#engine';
import type { BatchOperations, MigrateInstanceRequest } from './operations.js';
import type { RuntimeClock } from './runtime-clock.js';
import type { ScheduleDefinition } from './schedules.js';
import type { ActivatedJob, Delivery, DeliveryRequest, Outcome, RowWrite, RuntimeStore, Unit } from './ports.js';
import type { CaseQuery, JobRequest } from './work-items.js';

export interface RuntimeOptions {
  readonly store: RuntimeStore;
  /** Real time, epoch ms. Default `Date.now`. */
  readonly wallClock?: () => number;
  /** IANA name; default `Asia/Shanghai`. */
  readonly timeZone?: string;
  /** FEEL functions of the platform (working days, parameters, ...); read anew at each step, so a publication takes effect. */
  readonly functions?: () => Readonly<Record<string, FeelFunction>>;
  /** A number from 0 up to and without 1, for FEEL's `random number()` and `uuid()` and to spread deliveries that are tried again. Default: of the system's secure source. */
  readonly random?: () => number;
  /** Schedules of the configuration in force; none where it is not loaded yet. */
  readonly schedules?: () => readonly ScheduleDefinition[];
  /** Unit of a role or of a post (`post:<id>`), where a task's candidate groups name none (`role@unit` does). */
  readonly unitOfRole?: (role: string) => string | undefined;
  /** Whether a read model follows the instances of a process: each of their steps raises a mark (ADR 18). Default: none. */
  readonly isFollowed?: (bpmnProcessId: string) => boolean;
  /** Role that a lane stands for, by its id or name; undefined where it stands for none. */
  readonly roleOfLane?: (lane: string) => string | undefined;
  /** Rounds of 2,000 instructions before an instance that never rests becomes an incident; default 2,500. */
  readonly maxRounds?: number;
  /** Calls, messages and signals by which instances may cause one another before one becomes an incident; default 10,000. */
  readonly maxCascade?: number;
  /** Pattern of a series, for cases that a message or a call starts; default `<series>-{yyyy}-{00000}`. */
  readonly numberPattern?: (series: string) => string | undefined;
  /** ISO 8601 duration after which the history of ended instances is removed; `ct.historyTimeToLive` of a process goes before. Default: it is kept. */
  readonly historyTimeToLive?: string;
  /** Cases that do not exist for an account, for what it asks of many instances at once. Default: all exist for all. */
  readonly hiddenCases?: (account: string) => Promise<CaseQuery | undefined>;
  readonly nodeId?: string;
  readonly log?: RuntimeLog;
}

export interface RuntimeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ExecuteRequest {
  /** Absent: found by the key that the command names (task, job, incident, scope). */
  readonly instanceKey?: Key;
  readonly command: Command;
  /** Commit together with the command, or not at all. */
  readonly writes?: readonly RowWrite[];
  /** Effects on the outside that commit with the command and are delivered afterwards. */
  readonly deliveries?: readonly DeliveryRequest[];
  readonly idempotencyKey?: string;
  /** Account; part of the idempotency key. */
  readonly by?: string;
  /** Epoch that claimed the work which the command does (a due timer, a job, an inbox row). */
  readonly claim?: number;
  /** What led to the command in other instances; absent: something outside. */
  readonly cascade?: Cascade | undefined;
}

export interface ExecuteReply {
  readonly instanceKey: Key;
  readonly caseNo: string | null;
  /** The instance after the command; `completed` and `terminated` ones take no further command. */
  readonly status: InstanceState['status'];
}

export interface CreateInstanceRequest {
  /** The latest version, unless `version` is given. */
  readonly bpmnProcessId?: string;
  readonly processDefinitionKey?: Key;
  readonly version?: number;
  /** Starts at the message start event of this name instead of the none start event. */
  readonly startMessage?: string;
  readonly startElementId?: string;
  /** Elements to begin at instead of an event. */
  readonly startElementIds?: readonly string[];
  readonly variables: Variables;
  readonly by?: string;
  /** Gap-free number drawn in the commit; `variable` (default `caseNo`) takes it. Absent: as `ct.case` of the process says. */
  readonly caseNumber?: { readonly series: string; readonly pattern: string; readonly variable?: string };
  /** Key of the vault's case; default: the process instance key where a case number is drawn, else none. */
  readonly caseKey?: string;
  /** Case number of the case that it joins. */
  readonly caseNo?: string;
  readonly drill?: boolean;
  /** Called before the commit with keys that are final; rows commit together with the start. May run again on a retry. */
  readonly writes?: (keys: StartKeys) => readonly RowWrite[];
  readonly idempotencyKey?: string;
  /** Key taken before by `nextKey()`, so that content can be sealed under it first. */
  readonly processInstanceKey?: Key;
}

export interface StartKeys {
  readonly processInstanceKey: Key;
  readonly caseNo: string | null;
}

export interface StartReply {
  readonly processInstanceKey: Key;
  readonly processDefinitionKey: Key;
  readonly bpmnProcessId: string;
  readonly version: number;
  readonly caseNo: string | null;
  readonly status: InstanceState['status'];
}

export interface MessageRequest {
  readonly name: string;
  /** Empty: only start events are met. */
  readonly correlationKey: string;
  /** 0: not kept for a subscription that comes later. Default 0. */
  readonly timeToLiveMs?: number;
  /** The same id (with name and correlation key) is refused while the first is kept. */
  readonly messageId?: string;
  readonly variables: Variables;
  /** An instance that it starts joins this case, unless its process is a case itself. */
  readonly caseKey?: string;
  readonly caseNo?: string;
  readonly by?: string;
  /** Account: it meets no instance of a case, also while it is kept, and starts beside cases that do not exist for it. Absent: it meets all. */
  readonly visibleTo?: string;
  readonly writes?: readonly RowWrite[];
  readonly idempotencyKey?: string;
}

export interface SignalRequest {
  readonly name: string;
  readonly variables: Variables;
  /** Account: it wakes no instance of a case. Absent: it wakes all. */
  readonly visibleTo?: string;
}

export interface ConditionRequest {
  /** Asks the start events of this definition alone, which must be the latest version of its process. */
  readonly processDefinitionKey?: Key;
  /** What the conditions are asked of, and what the instances begin with. */
  readonly variables: Variables;
  readonly by?: string;
}

export interface StartedByCondition {
  readonly processDefinitionKey: Key;
  readonly processInstanceKey: Key;
}

/** A condition that is neither true nor false of the variables. */
export interface ConditionFault {
  readonly processDefinitionKey: Key;
  readonly elementId: string;
  readonly message: string;
}

export interface DeploymentSet {
  /** Hash of all contents. */
  readonly hash: string;
  /** A set from the configuration folder replaces the one before; one from the API adds to what is there. */
  readonly source: 'folder' | 'api';
  readonly by?: string;
  /** Who agreed, where a second person had to. */
  readonly approvedBy?: string;
  readonly message?: string;
  /** `.bpmn`, `.dmn` and `.form.json` files become definitions; the others are kept as they are. `digest` = hash of `content`. */
  readonly files: readonly { readonly path: string; readonly content: string; readonly digest: string }[];
  /** Of the folder alone: replace those of the set before. */
  readonly schedules?: readonly ScheduleDefinition[];
}

export interface DeployedResource {
  readonly kind: 'process' | 'decision' | 'form';
  /** bpmnProcessId, decision id, form id. */
  readonly id: string;
  readonly key: Key;
  readonly version: number;
  readonly resourceName: string;
  /** False where the digest is the one of the version before. */
  readonly isNew: boolean;
}

export interface DeploymentReply {
  readonly setId: number;
  readonly hash: string;
  readonly resources: readonly DeployedResource[];
}

/** What an in-process job handler gives back. `writes` and `deliveries` commit together with the job's completion. */
export type JobResult =
  | {
      readonly variables?: Variables;
      readonly writes?: readonly RowWrite[];
      readonly deliveries?: readonly DeliveryRequest[];
    }
  | { readonly bpmnError: { readonly code: string; readonly message?: string; readonly variables?: Variables } }
  /** `retries` default: one less than now. */
  | { readonly failure: { readonly message: string; readonly retries?: number; readonly retryBackoffMs?: number } };

/**
 * What came of one attempt. `message` is shown to operators and holds nothing of the payload. `isFinal`: trying again does
 * not help.
 */
export type DeliveryResult =
  { readonly ok: true } | { readonly ok: false; readonly message: string; readonly isFinal?: boolean };

/** Delivers one effect; may be asked again for one that was delivered already, under the same idempotency key. */
export type DeliveryHandler = (delivery: Delivery) => Promise<DeliveryResult>;

export type JobHandler = (job: ActivatedJob) => Promise<JobResult> | JobResult;

/** After a COMMIT: which rows changed. Carries no content. */
export interface CommittedNotice {
  readonly instanceKeys: readonly Key[];
  readonly userTaskKeys: readonly Key[];
  /** Those among them that the commit opened; absent where it opened none, and on other nodes than the one that committed. */
  readonly openedTaskKeys?: readonly Key[];
  /** Names of the tables whose rows changed. */
  readonly tables: readonly string[];
}

/**
 * Load, step, save, act: the one door through which process instances change. Replies come after COMMIT. A refused
 * command comes back as `{ ok: false, rejection }`; only bugs and a lost database throw.
 */
export interface Runtime extends RuntimeClock {
  /** Registers the node and follows the others. `work` (default true): runs timers, inbox and job handlers, too. */
  start(options?: { readonly work: boolean }): Promise<void>;
  /** Ends timers and handlers and waits for what is under way. */
  stop(): Promise<void>;
  /** Whether it was asked to: who waits for something to happen should not wait longer. */
  isStopping(): boolean;

  execute(request: ExecuteRequest): Promise<Outcome<ExecuteReply>>;
  createInstance(request: CreateInstanceRequest): Promise<Outcome<StartReply>>;
  /** Takes an instance to another definition; refused where a mapping is missing or does not fit. */
  migrateInstance(request: MigrateInstanceRequest): Promise<Outcome<ExecuteReply>>;
  /** Removes an instance that has ended, with its history. */
  deleteInstance(key: Key): Promise<Outcome<null>>;
  readonly batches: BatchOperations;
  /** A key that no other row has; for `processInstanceKey`, sealed content, documents. */
  nextKey(): Promise<Key>;
  /** Asks for effects on the outside in the commit of another command: give it these as `writes`. */
  deliveryWrites(requests: readonly DeliveryRequest[], processInstanceKey: Key): Promise<readonly RowWrite[]>;

  /** Meets open subscriptions and message start events, one instance per process; kept for `timeToLiveMs`. */
  publishMessage(message: MessageRequest): Promise<Outcome<{ readonly messageKey: Key }>>;
  /** Meets a subscription now or is refused with `notFound`; the instance is null where it waits for other events to start. */
  correlateMessage(
    message: MessageRequest,
  ): Promise<Outcome<{ readonly messageKey: Key; readonly processInstanceKey: Key | null }>>;
  broadcastSignal(signal: SignalRequest): Promise<Outcome<{ readonly signalKey: Key }>>;
  /** Starts an instance for each condition of a start event that holds; one that fails is told and stops no other. */
  evaluateConditions(request: ConditionRequest): Promise<
    Outcome<{
      readonly evaluationKey: Key;
      readonly started: readonly StartedByCondition[];
      readonly faults: readonly ConditionFault[];
    }>
  >;
  /** Next gap-free number of a series and year, with `{yyyyMM}` of a month; `writes` commit with it. Pattern: `XF-{yyyy}-{00000}`. */
  drawNumber(
    series: string,
    pattern: string,
    writes?: (number: string) => readonly RowWrite[],
  ): Promise<Outcome<string>>;
  /** Writes without a command, queued with the others. */
  write(writes: readonly RowWrite[], idempotency?: Unit<null>['idempotency']): Promise<Outcome<null>>;

  /** Stores a set, bumps versions of what changed, switches start events. Refuses a broken or foreign resource. */
  deploy(set: DeploymentSet): Promise<Outcome<DeploymentReply>>;

  /** How many nodes share the database. */
  liveNodes(): number;
  /** Takes jobs for a worker outside; waits up to `requestTimeoutMs` (default 0) until there is one. */
  activateJobs(request: JobRequest & { readonly requestTimeoutMs?: number }): Promise<readonly ActivatedJob[]>;
  /** Sets a job's deadline to now + `timeoutMs`, and its retries where they are given: both or neither. */
  extendJob(jobKey: Key, timeoutMs: number, retries?: number): Promise<Outcome<null>>;
  /** Runs jobs of this type in this process. */
  registerJobHandler(type: string, handler: JobHandler): void;
  /** Whether jobs of this type are run in this process. */
  runsJobs(type: string): boolean;

  /** Delivers effects of this kind from this process. */
  registerDeliveryHandler(kind: string, handler: DeliveryHandler): void;
  /** Delivers an effect that was given up, from the first attempt on and under its old key. */
  retryDelivery(key: Key): Promise<Outcome<null>>;
  /** Gives such an effect up for good. */
  discardDelivery(key: Key): Promise<Outcome<null>>;

  on(event: 'committed', listener: (notice: CommittedNotice) => void): () => void;
  /** Resolves when inbox, due timers, in-process jobs and due deliveries have nothing left to do. For scenarios and tests. */
  idle(): Promise<void>;
}
