import { NEAR_AT, URGENT_AT } from './lamp-moments.js';
import { PREVIEW_LENGTH, type Searchable } from './search-types.js';

export type Kind = 'key' | 'text' | 'number' | 'boolean' | 'time';

export interface SearchField {
  readonly sql: string;
  readonly kind: Kind;
  readonly isNullable: boolean;
}

export interface SearchSource {
  readonly from: string;
  /** Field that identifies a row and breaks ties when sorting. */
  readonly key: string;
  readonly fields: Readonly<Record<string, SearchField>>;
  /** What can be filtered by and stands in other tables. */
  readonly related?: readonly RelatedRows[];
  /** Column with the scope of the process' variables, and with that of the element's own ones. */
  readonly variableScope?: string;
  readonly localScope?: string;
}

/** Rows of another table that belong to one of the source; `from` joins them by an index. */
export interface RelatedRows {
  readonly from: string;
  readonly fields: Readonly<Record<string, SearchField>>;
}

const field = (sql: string, kind: Kind, isNullable = false): SearchField => ({ sql, kind, isNullable });
const key = (sql: string): SearchField => field(sql, 'key');
const text = (sql: string): SearchField => field(sql, 'text');
const number = (sql: string): SearchField => field(sql, 'number');
const boolean = (sql: string): SearchField => field(sql, 'boolean');
const time = (sql: string): SearchField => field(sql, 'time');
const nullable = (given: SearchField): SearchField => ({ ...given, isNullable: true });

const place = {
  processInstanceKey: key('t.process_instance_key'),
  processDefinitionKey: key('t.process_definition_key'),
  processDefinitionId: text('t.bpmn_process_id'),
  elementId: text('t.element_id'),
  elementInstanceKey: key('t.element_instance_key'),
};

const itemCount = (condition = '') =>
  number(`(SELECT COUNT(*) FROM batch_operation_items i WHERE i.batch_operation_key = t."key"${condition})`);

/** What may be filtered, sorted and read: the API's names on the left, columns on the right. */
export const searchSources: Readonly<Record<Searchable, SearchSource>> = {
  processDefinitions: {
    from: 'process_definitions t',
    key: 'processDefinitionKey',
    fields: {
      processDefinitionKey: key('t."key"'),
      processDefinitionId: text('t.bpmn_process_id'),
      name: text('t.name'),
      version: number('t.version'),
      versionTag: nullable(text('t.version_tag')),
      resourceName: text('t.resource_name'),
      isLatestVersion: boolean('t.is_latest'),
      setId: number('t.set_id'),
    },
  },
  processInstances: {
    from: 'process_instances t LEFT JOIN process_definitions d ON d."key" = t.process_definition_key',
    key: 'processInstanceKey',
    fields: {
      processInstanceKey: key('t."key"'),
      processDefinitionKey: key('t.process_definition_key'),
      processDefinitionId: text('t.bpmn_process_id'),
      processDefinitionName: text('d.name'),
      processDefinitionVersion: number('t.version'),
      processDefinitionVersionTag: nullable(text('d.version_tag')),
      state: text('t.state'),
      hasIncident: boolean('t.has_incident'),
      startDate: time('t.start_at'),
      endDate: nullable(time('t.end_at')),
      suspendedDate: nullable(time('t.suspended_at')),
      parentProcessInstanceKey: nullable(key('t.parent_instance_key')),
      parentElementInstanceKey: nullable(key('t.parent_element_instance_key')),
      rootProcessInstanceKey: key('t.root_instance_key'),
      caseKey: nullable(text('t.case_key')),
      caseNo: nullable(text('t.case_no')),
      title: nullable(text('t.title')),
      publicState: nullable(text('t.public_state')),
      drill: boolean('t.drill'),
      startedBy: nullable(text('t.started_by')),
    },
    variableScope: 't."key"',
    related: [
      {
        from: 'element_instances e WHERE e.process_instance_key = t."key"',
        fields: {
          elementId: text('e.element_id'),
          elementInstanceState: text('e.state'),
          hasElementInstanceIncident: boolean('e.has_incident'),
        },
      },
      {
        from: `incidents f WHERE f.process_instance_key = t."key" AND f.state = 'ACTIVE'`,
        fields: { errorMessage: text('f.error_message') },
      },
      {
        from: `jobs j WHERE j.process_instance_key = t."key" AND j.state = 'FAILED'`,
        fields: { hasRetriesLeft: boolean('(j.retries > 0)') },
      },
      {
        from: 'batch_operation_items b WHERE b.process_instance_key = t."key"',
        fields: { batchOperationId: key('b.batch_operation_key') },
      },
    ],
  },
  elementInstances: {
    from: 'element_instances t',
    key: 'elementInstanceKey',
    fields: {
      ...place,
      elementInstanceKey: key('t."key"'),
      elementName: text('t.element_name'),
      type: text('t.element_type'),
      state: text('t.state'),
      flowScopeKey: nullable(key('t.flow_scope_key')),
      hasIncident: boolean('t.has_incident'),
      startDate: time('t.start_at'),
      endDate: nullable(time('t.end_at')),
    },
    related: [
      {
        from: `incidents f WHERE f.element_instance_key = t."key" AND f.process_instance_key = t.process_instance_key`,
        fields: { incidentKey: key('f."key"') },
      },
    ],
  },
  userTasks: {
    from: 'user_tasks t',
    key: 'userTaskKey',
    fields: {
      ...place,
      userTaskKey: key('t."key"'),
      name: text('t.name'),
      rootProcessInstanceKey: key('t.root_instance_key'),
      processDefinitionVersion: number('t.process_version'),
      processName: text('t.process_name'),
      formId: nullable(text('t.form_id')),
      formKey: nullable(key('t.form_key')),
      formVersion: nullable(number('t.form_version')),
      state: text('t.state'),
      assignee: nullable(text('t.assignee')),
      owner: nullable(text('t.owner')),
      turnId: nullable(key('t.turn_id')),
      unit: nullable(text('t.unit')),
      priority: number('t.priority'),
      creationDate: time('t.created_at'),
      dueDate: nullable(time('t.due_at')),
      nearDate: nullable(time(NEAR_AT)),
      urgentDate: nullable(time(URGENT_AT)),
      followUpDate: nullable(time('t.follow_up_at')),
      completionDate: nullable(time('t.completed_at')),
      completedBy: nullable(text('t.completed_by')),
      action: nullable(text('t.action')),
      caseKey: nullable(text('t.case_key')),
      caseNo: nullable(text('t.case_no')),
      title: nullable(text('t.title')),
      drill: boolean('t.drill'),
      customHeaders: nullable(text('t.custom_headers')),
    },
    variableScope: 't.process_instance_key',
    localScope: 't.element_instance_key',
    related: [
      {
        from: `user_task_candidates c WHERE c.user_task_key = t."key" AND c.kind = 'group'`,
        fields: { candidateGroup: text('c.value') },
      },
      {
        from: `user_task_candidates c WHERE c.user_task_key = t."key" AND c.kind = 'user'`,
        fields: { candidateUser: text('c.value') },
      },
    ],
  },
  variables: {
    from: 'variables t',
    key: 'variableKey',
    fields: {
      variableKey: key('t."key"'),
      name: text('t.name'),
      value: text('t.value'),
      isTruncated: boolean(`(LENGTH(t.value) > ${PREVIEW_LENGTH})`),
      scopeKey: key('t.scope_key'),
      processInstanceKey: place.processInstanceKey,
    },
  },
  jobs: {
    from: 'jobs t',
    key: 'jobKey',
    fields: {
      ...place,
      jobKey: key('t."key"'),
      type: text('t.type'),
      customHeaders: text('t.headers'),
      state: text('t.state'),
      retries: number('t.retries'),
      worker: nullable(text('t.worker')),
      deadline: nullable(time('t.deadline')),
      errorCode: nullable(text('t.error_code')),
      errorMessage: nullable(text('t.error_message')),
      kind: text(`COALESCE(t.kind, 'BPMN_ELEMENT')`),
      listenerEventType: text(`COALESCE(t.listener_event, 'UNSPECIFIED')`),
      endTime: nullable(time('t.ended_at')),
      hasFailedWithRetriesLeft: boolean(`(t.state = 'FAILED' AND t.retries > 0)`),
    },
  },
  incidents: {
    from: 'incidents t',
    key: 'incidentKey',
    fields: {
      ...place,
      incidentKey: key('t."key"'),
      jobKey: nullable(key('t.job_key')),
      errorType: text('t.error_type'),
      errorMessage: text('t.error_message'),
      state: text('t.state'),
      creationTime: time('t.created_at'),
    },
  },
  decisionDefinitions: {
    from: 'decision_definitions t',
    key: 'decisionDefinitionKey',
    fields: {
      decisionDefinitionKey: key('t."key"'),
      decisionDefinitionId: text('t.decision_id'),
      name: text('t.name'),
      version: number('t.version'),
      resourceName: text('t.resource_name'),
      setId: number('t.set_id'),
    },
  },
  messageSubscriptions: {
    from: 'message_subscriptions t JOIN process_instances i ON i."key" = t.process_instance_key',
    key: 'messageSubscriptionKey',
    fields: {
      messageSubscriptionKey: key('t."key"'),
      processInstanceKey: place.processInstanceKey,
      processDefinitionKey: key('i.process_definition_key'),
      processDefinitionId: place.processDefinitionId,
      elementId: place.elementId,
      elementInstanceKey: place.elementInstanceKey,
      messageName: text('t.message_name'),
      correlationKey: text('t.correlation_key'),
    },
  },
  decisionInstances: {
    from: 'decision_evaluations t JOIN process_instances i ON i."key" = t.process_instance_key',
    key: 'decisionEvaluationKey',
    fields: {
      decisionEvaluationKey: key('t."key"'),
      decisionDefinitionId: text('t.decision_id'),
      evaluationDate: time('t.at'),
      processInstanceKey: place.processInstanceKey,
      processDefinitionKey: key('i.process_definition_key'),
      elementId: place.elementId,
      elementInstanceKey: place.elementInstanceKey,
      inputs: text('t.inputs'),
      output: text('t.output'),
      matchedRules: text('t.matched_rules'),
    },
  },
  batchOperations: {
    from: 'batch_operations t',
    key: 'batchOperationKey',
    fields: {
      batchOperationKey: key('t."key"'),
      operationType: text('t.type'),
      state: text('t.state'),
      startDate: time('t.start_at'),
      endDate: nullable(time('t.end_at')),
      operationsTotalCount: itemCount(),
      operationsFailedCount: itemCount(` AND i.state = 'FAILED'`),
      operationsCompletedCount: itemCount(` AND i.state = 'COMPLETED'`),
      errorMessage: nullable(text('t.error_message')),
      createdBy: nullable(text('t.created_by')),
      isCollected: boolean('t.is_collected'),
    },
  },
  batchOperationItems: {
    from: 'batch_operation_items t JOIN batch_operations b ON b."key" = t.batch_operation_key',
    key: 'itemKey',
    fields: {
      batchOperationKey: key('t.batch_operation_key'),
      operationType: text('b.type'),
      itemKey: key('t.item_key'),
      processInstanceKey: place.processInstanceKey,
      state: text('t.state'),
      processedDate: nullable(time('t.processed_at')),
      errorMessage: nullable(text('t.error_message')),
    },
  },
};
