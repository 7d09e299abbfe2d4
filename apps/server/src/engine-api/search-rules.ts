import type { SearchRules } from './search.js';
import { storedElementType } from './views.js';

/** How the searches of the API are asked of persistence, one by one. */
export const processDefinitionRules: SearchRules = { constants: { hasStartForm: false } };

export const processInstanceRules: SearchRules = {
  times: ['startDate', 'endDate'],
  variables: { variables: 'variables' },
  hasAlternatives: true,
  refused: {
    incidentErrorHashCode: 'messages of incidents have no hash code here; ask for errorMessage',
    tags: 'process instances have no tags here',
  },
};

export const elementInstanceRules: SearchRules = {
  names: { elementInstanceScopeKey: 'flowScopeKey' },
  times: ['startDate', 'endDate'],
  values: { type: storedElementType },
};

export const userTaskRules: SearchRules = {
  times: ['creationDate', 'completionDate', 'followUpDate', 'dueDate'],
  variables: { processInstanceVariables: 'variables', localVariables: 'localVariables' },
};

export const incidentRules: SearchRules = { times: ['creationTime'] };

const unrecorded = 'what a task listener answered stands in the log of its instance';

export const jobRules: SearchRules = {
  times: ['deadline', 'endTime'],
  refused: { isDenied: unrecorded, deniedReason: unrecorded },
};

export const batchOperationRules: SearchRules = { times: ['startDate', 'endDate'] };
