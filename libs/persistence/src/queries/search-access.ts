import type { Searchable } from './search-types.js';

/**
 * How the rows of a source are found and ordered without reading its table. What stands here has an index, shown by
 * `search-plans.spec.ts`; what does not, is refused unless the filter has something that stands here.
 */
export interface SearchAccess {
  /** Fields that an index leads to rows by: one value, some of a list, a range. */
  readonly found: readonly string[];
  /** Fields in whose order an index gives the rows, with few that are equal. */
  readonly sorted: readonly string[];
  /** Booleans with an index of the rows for which they are true. */
  readonly marked?: readonly string[];
  /** All values of the field `state`, for indices that begin with it. */
  readonly states?: readonly string[];
  /** Fields that come after the state in such an index: found and sorted state by state. */
  readonly behindState?: readonly string[];
  /** Key fields with which rows may be left out of any walk by key: they are listed, so they are few. */
  readonly leftOut?: readonly string[];
  /** Keys of element instances that lead to the process instance, whose rows are few. */
  readonly overElement?: readonly string[];
  /** Rows are made by deployments or by hand, not by runs: every operator is served. */
  readonly isSmall?: boolean;
}

const ofInstance = { leftOut: ['processInstanceKey'], overElement: ['elementInstanceKey'] };

export const searchAccess: Readonly<Record<Searchable, SearchAccess>> = {
  processDefinitions: {
    found: [
      'processDefinitionKey',
      'processDefinitionId',
      'name',
      'version',
      'versionTag',
      'resourceName',
      'isLatestVersion',
      'setId',
    ],
    sorted: ['processDefinitionKey', 'processDefinitionId', 'name', 'version', 'resourceName'],
    isSmall: true,
  },
  processInstances: {
    found: [
      'processInstanceKey',
      'processDefinitionKey',
      'processDefinitionId',
      'processDefinitionName',
      'processDefinitionVersion',
      'processDefinitionVersionTag',
      'state',
      'parentProcessInstanceKey',
      'parentElementInstanceKey',
      'caseKey',
      'caseNo',
    ],
    marked: ['hasIncident'],
    sorted: ['processInstanceKey'],
    states: ['ACTIVE', 'COMPLETED', 'TERMINATED'],
    behindState: ['startDate'],
    leftOut: ['processInstanceKey', 'caseKey'],
  },
  elementInstances: {
    found: ['elementInstanceKey', 'processInstanceKey', 'processDefinitionKey', 'elementId'],
    marked: ['hasIncident'],
    sorted: ['elementInstanceKey', 'processInstanceKey'],
    leftOut: ['processInstanceKey'],
    overElement: ['flowScopeKey'],
  },
  userTasks: {
    found: [
      'userTaskKey',
      'state',
      'assignee',
      'owner',
      'unit',
      'processInstanceKey',
      'elementInstanceKey',
      'completedBy',
      'caseKey',
    ],
    sorted: ['userTaskKey', 'processInstanceKey', 'elementInstanceKey'],
    states: ['CREATED', 'COMPLETED', 'CANCELED'],
    behindState: ['creationDate'],
    leftOut: ['processInstanceKey', 'caseKey'],
  },
  variables: {
    found: ['variableKey', 'name', 'scopeKey', 'processInstanceKey'],
    sorted: ['variableKey', 'scopeKey', 'processInstanceKey'],
    leftOut: ['processInstanceKey'],
  },
  jobs: {
    found: ['jobKey', 'type', 'state', 'processInstanceKey', 'processDefinitionKey'],
    marked: ['hasFailedWithRetriesLeft'],
    sorted: ['jobKey', 'processInstanceKey'],
    states: ['CREATED', 'COMPLETED', 'FAILED', 'ERROR_THROWN', 'CANCELED', 'RETRIES_UPDATED'],
    ...ofInstance,
  },
  incidents: {
    found: [
      'incidentKey',
      'processInstanceKey',
      'processDefinitionKey',
      'processDefinitionId',
      'elementId',
      'jobKey',
      'errorType',
      'state',
    ],
    sorted: ['incidentKey', 'processInstanceKey'],
    states: ['ACTIVE', 'RESOLVED'],
    behindState: ['creationTime'],
    ...ofInstance,
  },
  decisionDefinitions: { found: [], sorted: [], isSmall: true },
  messageSubscriptions: {
    found: [
      'messageSubscriptionKey',
      'processInstanceKey',
      'processDefinitionKey',
      'processDefinitionId',
      'messageName',
    ],
    sorted: ['messageSubscriptionKey', 'processInstanceKey'],
    ...ofInstance,
  },
  decisionInstances: {
    found: [
      'decisionEvaluationKey',
      'processInstanceKey',
      'processDefinitionKey',
      'decisionDefinitionId',
      'evaluationDate',
    ],
    sorted: ['decisionEvaluationKey', 'processInstanceKey', 'evaluationDate'],
    ...ofInstance,
  },
  batchOperations: {
    found: ['batchOperationKey', 'operationType', 'state', 'startDate', 'endDate'],
    sorted: ['batchOperationKey', 'operationType', 'state', 'startDate'],
    isSmall: true,
  },
  batchOperationItems: {
    found: ['batchOperationKey', 'itemKey', 'processInstanceKey'],
    sorted: ['itemKey', 'batchOperationKey', 'processInstanceKey'],
    leftOut: ['batchOperationKey', 'processInstanceKey'],
  },
};
