import type { EngineEvent, Key, Variables } from '#engine';
import type {
  CaseQuery,
  InstanceRecord,
  ScheduleRecord,
  StoredDecision,
  StoredDefinition,
  StoredForm,
  StoredSet,
} from '#runtime';
import type { Searchable, SearchRequest, SearchResult, SearchViews, TaskReader, UserTaskView } from './search-types.js';

/** How a deadline stands: half of the time is used (`near`), four fifths (`urgent`), all of it. */
export type LampName = 'normal' | 'near' | 'urgent' | 'overdue';

export interface TaskListRequest {
  /** `mine`: assigned to the user; `claimable`: open, unassigned, the user is a candidate; `done`: completed by the user; `all`: open and visible. */
  readonly view: 'mine' | 'claimable' | 'done' | 'all';
  readonly user: string;
  readonly groups: readonly string[];
  /** Part of title, task name or case number. */
  readonly q?: string;
  /** Case keys whose tasks are neither listed nor counted. */
  readonly excludedCases?: readonly string[];
  /** Keys of tasks that are kept from the user. */
  readonly barredTasks?: readonly string[];
  /** Cases of which what the account did is left out, not what is open. */
  readonly takenCases?: readonly string[];
  /** Those the user stands in for: what is assigned or offered to them is listed too, without what any of the two is excluded from. */
  readonly inPlaceOf?: readonly TaskReader[];
  readonly unit?: string;
  readonly dueBefore?: number;
  /** What its deadline shows, of a task that has ended: when it did; without a due date `normal`. */
  readonly lamp?: LampName;
  /** `due`: soonest first; `created`: newest first; `done` is always sorted by completion, latest first. */
  readonly sort?: 'due' | 'created';
  readonly cursor?: string;
  /** 1-200, default 50. */
  readonly limit?: number;
  /** Engine time, for the number of overdue ones. */
  readonly now: number;
}

export interface TaskList {
  readonly items: readonly UserTaskView[];
  readonly nextCursor: string | null;
  /** Exact below `COUNTED_TASKS`, which stands for itself and all above; so are the counts. */
  readonly total: number;
  readonly counts: {
    readonly mine: number;
    readonly claimable: number;
    readonly done: number;
    readonly overdue: number;
  };
}

export interface LoggedEvent {
  readonly processInstanceKey: Key;
  readonly position: number;
  readonly at: number;
  readonly event: EngineEvent;
}

/** An effect on the outside that was given up. */
export interface DeadLetter {
  readonly key: Key;
  readonly kind: string;
  readonly name: string;
  readonly idempotencyKey: string;
  readonly processInstanceKey: Key | null;
  readonly attempts: number;
  readonly errorMessage: string;
  readonly createdAt: number;
  readonly failedAt: number;
}

/** How many instances of an element there are; `incidents` are among the active ones. */
export interface BatchItemCount {
  readonly batchOperationKey: Key;
  /** Account that asked for the operation. */
  readonly createdBy: string | null;
  readonly state: string;
  readonly items: number;
}

export interface ElementCount {
  readonly elementId: string;
  readonly active: number;
  readonly canceled: number;
  readonly incidents: number;
  readonly completed: number;
}

/** A DMN file as a set brought it, with the decisions that it defines. */
export interface DecisionFile {
  readonly setId: number;
  readonly resourceName: string;
  readonly decisions: readonly {
    readonly key: Key;
    readonly decisionId: string;
    readonly name: string;
    readonly version: number;
  }[];
}

/** Reading for screens and API; all of it sees what was acknowledged. Absent rows are `undefined`. */
export interface Queries {
  search<S extends Searchable>(entity: S, request: SearchRequest): Promise<SearchResult<SearchViews[S]>>;
  get<S extends Searchable>(entity: S, key: Key): Promise<SearchViews[S] | undefined>;

  taskList(request: TaskListRequest): Promise<TaskList>;
  /** Open tasks of everybody, soonest due first; for supervision. */
  openTasks(filter: {
    readonly unit?: string;
    readonly dueBefore?: number;
    readonly limit?: number;
  }): Promise<readonly UserTaskView[]>;
  tasksOfInstances(instanceKeys: readonly Key[]): Promise<readonly UserTaskView[]>;
  tasksOfCases(caseKeys: readonly string[]): Promise<readonly UserTaskView[]>;

  instance(key: Key): Promise<InstanceRecord | undefined>;
  /** All instances of a case, the one that opened it first. */
  instancesOfCase(caseKey: string): Promise<readonly InstanceRecord[]>;
  instancesByCaseNo(caseNo: string): Promise<readonly InstanceRecord[]>;
  /** Values by name; own variables of the scope only. */
  variablesOf(scopeKey: Key): Promise<Variables>;
  /** All that an element instance sees: its own, then those of the scopes around it. */
  visibleVariables(elementInstanceKey: Key): Promise<Variables>;
  /** The same of many element instances. */
  visibleVariablesOf(elementInstanceKeys: readonly Key[]): Promise<ReadonlyMap<Key, Variables>>;
  /** Without those whose content was destroyed. */
  events(instanceKey: Key, afterPosition?: number, limit?: number): Promise<readonly LoggedEvent[]>;

  definition(key: Key): Promise<StoredDefinition | undefined>;
  /** Definitions of all versions, that came with later sets than this one and whose file holds the text. */
  definitionsWith(text: string, afterSet: number): Promise<readonly StoredDefinition[]>;
  decision(decisionId: string, setId?: number): Promise<StoredDecision | undefined>;
  /** Files that were deployed, each version of each once, without their content; the oldest first. */
  decisionFiles(): Promise<readonly DecisionFile[]>;
  formByKey(key: Key): Promise<StoredForm | undefined>;
  form(formId: string, version?: number): Promise<StoredForm | undefined>;
  latestSet(source?: 'folder' | 'api'): Promise<StoredSet | undefined>;
  /** Sets are numbered in the order of their commits; 0 where there is none. */
  latestSetId(): Promise<number>;
  /** Where all schedules stand. */
  schedules(): Promise<readonly ScheduleRecord[]>;
  sets(limit?: number): Promise<readonly StoredSet[]>;
  /** A set, and the one of the same source that was in force before it. */
  publication(setId: number): Promise<{ readonly set: StoredSet; readonly previous: number | null } | undefined>;
  setFiles(
    setId: number,
  ): Promise<readonly { readonly path: string; readonly content: string; readonly digest: string }[]>;
  /** Events of these types of one instance, in their order. */
  eventsOfTypes(key: Key, types: readonly EngineEvent['type'][]): Promise<readonly LoggedEvent[]>;
  /** Element instances by element, of one instance or of a definition's instances that the filter takes. */
  elementCounts(
    of: { readonly processInstanceKey: Key } | { readonly processDefinitionKey: Key },
    instances?: SearchRequest,
  ): Promise<readonly ElementCount[]>;
  /** Items of batch operations whose instances are of these cases, counted by operation and state. */
  batchItemsOf(cases: CaseQuery): Promise<readonly BatchItemCount[]>;
  /** How many instances of each version still run. */
  runningByVersion(bpmnProcessId: string): Promise<readonly { readonly version: number; readonly instances: number }[]>;
  /** Latest first. */
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  deadLetter(key: Key): Promise<DeadLetter | undefined>;
  /** @param leftOut processes whose instances and tasks are not counted. */
  counts(leftOut?: readonly string[]): Promise<{
    readonly activeInstances: number;
    readonly openTasks: number;
    readonly incidents: number;
    readonly pendingInbox: number;
    /** Effects on the outside that are not delivered yet. */
    readonly pendingOutbox: number;
    /** Effects on the outside that were given up. */
    readonly deadLetters: number;
    /** Jobs that a worker may take, now or after a pause. */
    readonly openJobs: number;
    /** Timers whose time has come. */
    readonly dueTimers: number;
  }>;
}
