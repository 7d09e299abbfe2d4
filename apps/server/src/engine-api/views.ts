import {
  PREVIEW_LENGTH,
  type BatchOperationItemView,
  type BatchOperationView,
  type ElementInstanceView,
  type IncidentView,
  type JobView,
  type ProcessDefinitionView,
  type ProcessInstanceView,
  type UserTaskView,
  type VariableView,
} from '#persistence';
import type { ActivatedJob, StoredForm } from '#runtime';
import { tenant } from './search.js';

const zulu = (at: number): string => new Date(at).toISOString();

/** Leaves out what is not there: the API knows no null in most places. */
function present<T extends Readonly<Record<string, unknown>>>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
  ) as never;
}

export const processDefinitionView = (definition: ProcessDefinitionView) => ({
  ...present({ name: definition.name, versionTag: definition.versionTag }),
  resourceName: definition.resourceName,
  version: definition.version,
  processDefinitionId: definition.processDefinitionId,
  tenantId: tenant,
  processDefinitionKey: definition.processDefinitionKey,
  hasStartForm: false,
});

export const processInstanceView = (instance: ProcessInstanceView) => ({
  processDefinitionId: instance.processDefinitionId,
  processDefinitionName: instance.processDefinitionName,
  processDefinitionVersion: instance.processDefinitionVersion,
  startDate: zulu(instance.startDate),
  state: instance.state,
  hasIncident: instance.hasIncident,
  tenantId: tenant,
  processInstanceKey: instance.processInstanceKey,
  processDefinitionKey: instance.processDefinitionKey,
  ...present({
    processDefinitionVersionTag: instance.processDefinitionVersionTag,
    endDate: instance.endDate === null ? null : zulu(instance.endDate),
    parentProcessInstanceKey: instance.parentProcessInstanceKey,
    parentElementInstanceKey: instance.parentElementInstanceKey,
  }),
});

/** What the API has no name for. */
const otherTypes: Readonly<Record<string, string>> = { transaction: 'SUB_PROCESS', complexGateway: 'UNKNOWN' };

/** `userTask` of the BPMN file is `USER_TASK` of the API. */
export const elementType = (type: string): string =>
  otherTypes[type] ?? type.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
export const storedElementType = (type: unknown): unknown =>
  typeof type === 'string'
    ? type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    : type;

export const elementInstanceView = (element: ElementInstanceView) => ({
  processDefinitionId: element.processDefinitionId,
  startDate: zulu(element.startDate),
  ...present({ endDate: element.endDate === null ? null : zulu(element.endDate) }),
  elementId: element.elementId,
  elementName: element.elementName,
  type: elementType(element.type),
  state: element.state,
  hasIncident: element.hasIncident,
  tenantId: tenant,
  elementInstanceKey: element.elementInstanceKey,
  processInstanceKey: element.processInstanceKey,
  processDefinitionKey: element.processDefinitionKey,
});

const headersOf = (json: string | null) => JSON.parse(json ?? '{}') as Record<string, string>;

export const userTaskView = (task: UserTaskView) => ({
  ...present({
    name: task.name,
    assignee: task.assignee,
    completionDate: task.completionDate === null ? null : zulu(task.completionDate),
    followUpDate: task.followUpDate === null ? null : zulu(task.followUpDate),
    dueDate: task.dueDate === null ? null : zulu(task.dueDate),
    processName: task.processName,
    formKey: task.formKey,
  }),
  state: task.state,
  elementId: task.elementId,
  candidateGroups: task.candidateGroups,
  candidateUsers: task.candidateUsers,
  processDefinitionId: task.processDefinitionId,
  creationDate: zulu(task.creationDate),
  tenantId: tenant,
  processDefinitionVersion: task.processDefinitionVersion,
  customHeaders: headersOf(task.customHeaders),
  priority: task.priority,
  userTaskKey: task.userTaskKey,
  elementInstanceKey: task.elementInstanceKey,
  processDefinitionKey: task.processDefinitionKey,
  processInstanceKey: task.processInstanceKey,
});

export const formView = (form: StoredForm) => ({
  tenantId: tenant,
  formId: form.formId,
  schema: JSON.parse(form.content) as Record<string, unknown>,
  version: form.version,
  formKey: form.key,
});

export const variableView = (variable: VariableView) => ({
  name: variable.name,
  value: variable.value,
  tenantId: tenant,
  variableKey: variable.variableKey,
  scopeKey: variable.scopeKey,
  processInstanceKey: variable.processInstanceKey,
});

export const variableSearchView = (variable: VariableView) => ({
  ...variableView(variable),
  value: variable.isTruncated ? [...variable.value].slice(0, PREVIEW_LENGTH).join('') : variable.value,
  isTruncated: variable.isTruncated,
});

export const activatedJobView = (job: ActivatedJob) => ({
  type: job.type,
  processDefinitionId: job.bpmnProcessId,
  processDefinitionVersion: job.processDefinitionVersion,
  elementId: job.elementId,
  customHeaders: job.headers,
  worker: job.worker,
  retries: job.retries,
  deadline: job.deadline,
  lease: job.lease,
  variables: job.variables,
  tenantId: tenant,
  jobKey: job.key,
  processInstanceKey: job.processInstanceKey,
  processDefinitionKey: job.processDefinitionKey,
  elementInstanceKey: job.elementInstanceKey,
  kind: job.isAdHoc ? 'AD_HOC_SUB_PROCESS' : (job.listener?.kind ?? 'BPMN_ELEMENT'),
  listenerEventType: job.listener?.eventType ?? 'UNSPECIFIED',
  ...(job.listener?.userTask && { userTask: listenedTask(job.listener.userTask) }),
});

const listenedTask = ({ key, formKey }: { readonly key: string; readonly formKey: string | null }) => ({
  userTaskKey: key,
  ...present({ formKey }),
});

export const jobView = (job: JobView) => ({
  customHeaders: headersOf(job.customHeaders),
  deadline: job.deadline === null ? null : zulu(job.deadline),
  elementId: job.elementId,
  elementInstanceKey: job.elementInstanceKey,
  ...present({ endTime: job.endTime === null ? null : zulu(job.endTime) }),
  errorCode: job.errorCode,
  errorMessage: job.errorMessage,
  hasFailedWithRetriesLeft: job.hasFailedWithRetriesLeft,
  jobKey: job.jobKey,
  kind: job.kind,
  listenerEventType: job.listenerEventType,
  processDefinitionId: job.processDefinitionId,
  processDefinitionKey: job.processDefinitionKey,
  processInstanceKey: job.processInstanceKey,
  retries: job.retries,
  state: job.state,
  tenantId: tenant,
  type: job.type,
  worker: job.worker ?? '',
});

/** Error types of the engine that the API has no word for. */
const errorTypes: Readonly<Record<string, string>> = { EXECUTION_LIMIT_EXCEEDED: 'UNKNOWN' };

export const incidentView = (incident: IncidentView) => ({
  processDefinitionId: incident.processDefinitionId,
  errorType: errorTypes[incident.errorType] ?? incident.errorType,
  errorMessage: incident.errorMessage,
  elementId: incident.elementId,
  creationTime: zulu(incident.creationTime),
  state: incident.state,
  tenantId: tenant,
  incidentKey: incident.incidentKey,
  processDefinitionKey: incident.processDefinitionKey,
  processInstanceKey: incident.processInstanceKey,
  elementInstanceKey: incident.elementInstanceKey,
  ...present({ jobKey: incident.jobKey }),
});

export const batchOperationView = (batch: BatchOperationView) => ({
  batchOperationKey: batch.batchOperationKey,
  state: batch.state,
  batchOperationType: batch.operationType,
  startDate: zulu(batch.startDate),
  ...present({ endDate: batch.endDate === null ? null : zulu(batch.endDate) }),
  operationsTotalCount: batch.operationsTotalCount,
  operationsFailedCount: batch.operationsFailedCount,
  operationsCompletedCount: batch.operationsCompletedCount,
  errors: batch.errorMessage === null ? [] : [{ partitionId: 1, type: 'QUERY_FAILED', message: batch.errorMessage }],
});

export const batchItemView = (item: BatchOperationItemView) => ({
  operationType: item.operationType,
  batchOperationKey: item.batchOperationKey,
  itemKey: item.itemKey,
  processInstanceKey: item.processInstanceKey,
  state: item.state,
  ...present({
    processedDate: item.processedDate === null ? null : zulu(item.processedDate),
    errorMessage: item.errorMessage,
  }),
});
