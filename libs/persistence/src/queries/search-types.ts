/** Comparison of one field; several operators of one field must all hold. `$like`: `*` and `?` are wildcards. */
export interface Operators {
  readonly $eq?: SearchValue;
  readonly $neq?: SearchValue;
  readonly $in?: readonly SearchValue[];
  readonly $notIn?: readonly SearchValue[];
  readonly $like?: string;
  readonly $exists?: boolean;
  readonly $gt?: SearchValue;
  readonly $gte?: SearchValue;
  readonly $lt?: SearchValue;
  readonly $lte?: SearchValue;
}

export type SearchValue = string | number | boolean;
export type Filter = Readonly<Record<string, SearchValue | Operators | undefined>>;

export interface Page {
  /** Offset; not together with a cursor. */
  readonly from?: number;
  /** 0-10,000; default 100. */
  readonly limit?: number;
  readonly after?: string;
  readonly before?: string;
}

/** A variable by its name; its value as JSON text. */
export interface NamedValue {
  readonly name: string;
  readonly value: SearchValue | Operators;
}

export interface SearchRequest {
  readonly filter?: Filter;
  /** At least one of them must hold besides the filter. */
  readonly anyOf?: readonly Filter[];
  /** Variables of the process, and those of the element instance itself; all of them must hold. */
  readonly variables?: readonly NamedValue[];
  readonly localVariables?: readonly NamedValue[];
  readonly sort?: readonly { readonly field: string; readonly order?: 'asc' | 'desc' | 'ASC' | 'DESC' }[];
  readonly page?: Page;
  /** The filter is known to fit nothing: no row is found, fields are checked all the same. */
  readonly isEmpty?: boolean;
  /** Only what this account may see as a candidate or assignee; of user tasks alone. Absent: everything. */
  readonly visibleTo?: TaskSight;
}

export interface TaskSight extends TaskReader {
  readonly inPlaceOf?: readonly TaskReader[];
  /** Cases of which what has ended is not theirs to see. */
  readonly takenCases?: readonly string[];
}

/** Somebody to whom tasks are assigned or offered. */
export interface TaskReader {
  readonly user: string;
  readonly groups: readonly string[];
  /** Cases whose tasks do not exist for them. */
  readonly excludedCases?: readonly string[];
  /** Keys of tasks that are kept from them. */
  readonly barredTasks?: readonly string[];
}

export interface SearchResult<T> {
  readonly items: readonly T[];
  /** Of all pages, at most `COUNTED_ITEMS`. */
  readonly totalItems: number;
  /** There are more than `totalItems`, which are not counted. */
  readonly hasMoreTotalItems: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** Counting stops here, as that of Camunda 8 does; a larger total is said to be larger (`hasMoreTotalItems`). */
export const COUNTED_ITEMS = 10_000;

/** A field that is unknown, a wrong operator or cursor: answer 400 with this message. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
}

export interface ProcessDefinitionView {
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly name: string;
  readonly version: number;
  readonly versionTag: string | null;
  readonly resourceName: string;
  readonly isLatestVersion: boolean;
  readonly setId: number;
}

export interface ProcessInstanceView {
  readonly processInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly processDefinitionName: string;
  readonly processDefinitionVersion: number;
  readonly processDefinitionVersionTag: string | null;
  readonly state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  readonly hasIncident: boolean;
  readonly startDate: number;
  readonly endDate: number | null;
  readonly suspendedDate: number | null;
  readonly parentProcessInstanceKey: string | null;
  readonly parentElementInstanceKey: string | null;
  readonly rootProcessInstanceKey: string;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly title: string | null;
  readonly publicState: string | null;
  readonly drill: boolean;
  readonly startedBy: string | null;
}

export interface ElementInstanceView {
  readonly elementInstanceKey: string;
  readonly processInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly elementId: string;
  readonly elementName: string;
  /** As in the BPMN file: `userTask`, `startEvent`, ... */
  readonly type: string;
  readonly state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED';
  readonly flowScopeKey: string | null;
  readonly hasIncident: boolean;
  readonly startDate: number;
  readonly endDate: number | null;
}

export interface UserTaskView {
  readonly userTaskKey: string;
  readonly elementInstanceKey: string;
  readonly elementId: string;
  readonly name: string;
  readonly processInstanceKey: string;
  readonly rootProcessInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly processDefinitionVersion: number;
  readonly processName: string;
  readonly formId: string | null;
  readonly formKey: string | null;
  readonly formVersion: number | null;
  /** JSON. */
  readonly customHeaders: string | null;
  readonly state: 'CREATED' | 'COMPLETED' | 'CANCELED';
  readonly assignee: string | null;
  /** Whose task it is while another has a turn. */
  readonly owner: string | null;
  readonly turnId: string | null;
  readonly candidateGroups: readonly string[];
  readonly candidateUsers: readonly string[];
  readonly unit: string | null;
  readonly priority: number;
  readonly creationDate: number;
  readonly dueDate: number | null;
  /** When its lamp changes; null without a due date. */
  readonly nearDate: number | null;
  readonly urgentDate: number | null;
  readonly followUpDate: number | null;
  readonly completionDate: number | null;
  readonly completedBy: string | null;
  readonly action: string | null;
  readonly caseKey: string | null;
  readonly caseNo: string | null;
  readonly title: string | null;
  readonly drill: boolean;
}

export interface VariableView {
  readonly variableKey: string;
  readonly name: string;
  /** JSON text. */
  readonly value: string;
  /** Longer than a search gives whole. */
  readonly isTruncated: boolean;
  readonly scopeKey: string;
  readonly processInstanceKey: string;
}

export interface JobView {
  readonly jobKey: string;
  readonly type: string;
  /** JSON. */
  readonly customHeaders: string;
  readonly state: 'CREATED' | 'COMPLETED' | 'FAILED' | 'ERROR_THROWN' | 'CANCELED' | 'RETRIES_UPDATED';
  readonly retries: number;
  readonly worker: string | null;
  readonly deadline: number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly kind: 'BPMN_ELEMENT' | 'EXECUTION_LISTENER' | 'TASK_LISTENER' | 'AD_HOC_SUB_PROCESS';
  readonly listenerEventType: string;
  readonly endTime: number | null;
  readonly hasFailedWithRetriesLeft: boolean;
  readonly processInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly elementId: string;
  readonly elementInstanceKey: string;
}

export interface IncidentView {
  readonly incidentKey: string;
  readonly processInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly elementId: string;
  readonly elementInstanceKey: string;
  readonly jobKey: string | null;
  readonly errorType: string;
  readonly errorMessage: string;
  readonly state: 'ACTIVE' | 'RESOLVED';
  readonly creationTime: number;
}

export interface DecisionDefinitionView {
  readonly decisionDefinitionKey: string;
  readonly decisionDefinitionId: string;
  readonly name: string;
  readonly version: number;
  readonly resourceName: string;
  readonly setId: number;
}

export interface MessageSubscriptionView {
  readonly messageSubscriptionKey: string;
  readonly processInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly processDefinitionId: string;
  readonly elementId: string;
  readonly elementInstanceKey: string;
  readonly messageName: string;
  readonly correlationKey: string;
}

/** A decision that a business rule task evaluated. */
export interface DecisionInstanceView {
  readonly decisionEvaluationKey: string;
  readonly decisionDefinitionId: string;
  readonly evaluationDate: number;
  readonly processInstanceKey: string;
  readonly processDefinitionKey: string;
  readonly elementId: string;
  readonly elementInstanceKey: string;
  /** JSON texts: what was read by name, the result, ids of the rules that matched by decision. */
  readonly inputs: string;
  readonly output: string;
  readonly matchedRules: string;
}

export interface BatchOperationView {
  readonly batchOperationKey: string;
  readonly operationType: string;
  readonly state: string;
  readonly startDate: number;
  readonly endDate: number | null;
  readonly operationsTotalCount: number;
  readonly operationsFailedCount: number;
  readonly operationsCompletedCount: number;
  readonly errorMessage: string | null;
  readonly createdBy: string | null;
  /** All its items are found. */
  readonly isCollected: boolean;
}

export interface BatchOperationItemView {
  readonly batchOperationKey: string;
  readonly operationType: string;
  readonly itemKey: string;
  readonly processInstanceKey: string;
  readonly state: string;
  readonly processedDate: number | null;
  readonly errorMessage: string | null;
}

/** What can be searched, by name, and what one row of it looks like. Times are epoch ms, keys decimal strings. */
export interface SearchViews {
  readonly processDefinitions: ProcessDefinitionView;
  readonly processInstances: ProcessInstanceView;
  readonly elementInstances: ElementInstanceView;
  readonly userTasks: UserTaskView;
  readonly variables: VariableView;
  readonly jobs: JobView;
  readonly incidents: IncidentView;
  readonly decisionDefinitions: DecisionDefinitionView;
  readonly messageSubscriptions: MessageSubscriptionView;
  readonly decisionInstances: DecisionInstanceView;
  readonly batchOperations: BatchOperationView;
  readonly batchOperationItems: BatchOperationItemView;
}

export type Searchable = keyof SearchViews;

/** Longest value that a search of variables gives whole, in characters (code points). */
export const PREVIEW_LENGTH = 8191;
