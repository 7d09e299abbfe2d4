import type { EngineEvent } from '#engine';
import type {
  Delivery,
  InboxRow,
  InstanceRecord,
  Row,
  StoredDecision,
  StoredDefinition,
  StoredForm,
  StoredSet,
  ScheduleRecord,
  StartSubscription,
} from '#runtime';

/** Values of raw rows: SQLite gives numbers, PostgreSQL texts for `bigint`. */
export const asKey = (value: unknown): string => String(value);
export const asKeyOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
export const asNumberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
export const asTextOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
export const asBoolean = (value: unknown): boolean => value === true || value === 1;
export const asJson = (value: unknown): Record<string, unknown> => JSON.parse(String(value)) as Record<string, unknown>;

export function toInstanceRecord(row: Row): InstanceRecord {
  return {
    key: asKey(row.key),
    processDefinitionKey: asKey(row.process_definition_key),
    bpmnProcessId: String(row.bpmn_process_id),
    version: Number(row.version),
    setId: Number(row.set_id),
    caseKey: asTextOrNull(row.case_key),
    caseNo: asTextOrNull(row.case_no),
    title: asTextOrNull(row.title),
    publicState: asTextOrNull(row.public_state),
    drill: asBoolean(row.drill),
    hasIncident: asBoolean(row.has_incident),
    state: row.state as InstanceRecord['state'],
    revision: Number(row.revision),
    position: Number(row.position),
    parentInstanceKey: asKeyOrNull(row.parent_instance_key),
    parentElementInstanceKey: asKeyOrNull(row.parent_element_instance_key),
    rootInstanceKey: asKey(row.root_instance_key),
    startMessageName: asTextOrNull(row.start_message_name),
    startCorrelationKey: asTextOrNull(row.start_correlation_key),
    startedBy: asTextOrNull(row.started_by),
    startAt: Number(row.start_at),
    endAt: asNumberOrNull(row.end_at),
  };
}

export function fromInstanceRecord(record: InstanceRecord): Row {
  return {
    key: record.key,
    process_definition_key: record.processDefinitionKey,
    bpmn_process_id: record.bpmnProcessId,
    version: record.version,
    set_id: record.setId,
    parent_instance_key: record.parentInstanceKey,
    parent_element_instance_key: record.parentElementInstanceKey,
    root_instance_key: record.rootInstanceKey,
    start_message_name: record.startMessageName,
    start_correlation_key: record.startCorrelationKey,
    started_by: record.startedBy,
    start_at: record.startAt,
    ...changingColumns(record),
  };
}

/** The columns that a step may change. */
export function changingColumns(record: InstanceRecord): Row {
  return {
    case_key: record.caseKey,
    case_no: record.caseNo,
    title: record.title,
    public_state: record.publicState,
    drill: record.drill,
    has_incident: record.hasIncident,
    state: record.state,
    revision: record.revision,
    position: record.position,
    end_at: record.endAt,
  };
}

export const toEvent = (row: Row): EngineEvent => JSON.parse(String(row.payload)) as EngineEvent;

export function toInboxRow(row: Row): InboxRow {
  return {
    key: asKey(row.key),
    sourceInstance: asKey(row.source_instance),
    sourcePosition: Number(row.source_position),
    target: String(row.target),
    kind: String(row.kind),
    targetInstanceKey: asKeyOrNull(row.target_instance_key),
    payload: asJson(row.payload),
  };
}

export function toDelivery(row: Row): Delivery {
  return {
    key: asKey(row.key),
    kind: String(row.kind),
    name: String(row.name),
    idempotencyKey: String(row.idempotency_key),
    processInstanceKey: asKeyOrNull(row.process_instance_key),
    payload: asJson(row.payload),
    attempt: Number(row.attempts),
  };
}

export function toDefinition(row: Row): StoredDefinition {
  return {
    key: asKey(row.key),
    bpmnProcessId: String(row.bpmn_process_id),
    name: String(row.name),
    version: Number(row.version),
    versionTag: asTextOrNull(row.version_tag),
    setId: Number(row.set_id),
    resourceName: String(row.resource_name),
    xml: String(row.xml),
    digest: String(row.digest),
    isLatest: asBoolean(row.is_latest),
  };
}

/** `imports` are texts of the set that the decision came with. */
export function toDecision(row: Row, imports: readonly string[]): StoredDecision {
  return {
    key: asKey(row.key),
    decisionId: String(row.decision_id),
    name: String(row.name),
    version: Number(row.version),
    setId: Number(row.set_id),
    resourceName: String(row.resource_name),
    xml: String(row.xml),
    imports,
    digest: String(row.digest),
  };
}

export function toForm(row: Row): StoredForm {
  return {
    key: asKey(row.key),
    formId: String(row.form_id),
    version: Number(row.version),
    setId: Number(row.set_id),
    resourceName: String(row.resource_name),
    digest: String(row.digest),
    content: String(row.content),
  };
}

export function toSet(row: Row): StoredSet {
  return {
    id: Number(row.id),
    hash: String(row.hash),
    source: row.source as StoredSet['source'],
    publishedAt: Number(row.published_at),
    by: asTextOrNull(row.published_by),
    message: asTextOrNull(row.message),
  };
}

export function toStartSubscription(row: Row): StartSubscription {
  return {
    key: asKey(row.key),
    processDefinitionKey: asKey(row.process_definition_key),
    bpmnProcessId: String(row.bpmn_process_id),
    elementId: String(row.element_id),
    kind: row.kind as StartSubscription['kind'],
    name: asTextOrNull(row.name),
    dueAt: asNumberOrNull(row.due_at),
    repetitionsLeft: asNumberOrNull(row.repetitions_left),
    anchorAt: asNumberOrNull(row.anchor_at),
    eventIndex: asNumberOrNull(row.event_index),
  };
}

export function toSchedule(row: Row): ScheduleRecord {
  return {
    id: String(row.id),
    digest: String(row.digest),
    dueAt: asNumberOrNull(row.due_at),
    lastAt: asNumberOrNull(row.last_at),
  };
}
