import { Entity, Index } from 'typeorm';
import {
  BooleanColumn,
  IntegerColumn,
  KeyColumn,
  TextColumn,
  TimeColumn,
  given,
  nullable,
  primary,
} from '../columns.js';

/** What happened to an instance, in order; never changed. */
@Entity({ name: 'event_log' })
export class EventLogEntry {
  @KeyColumn('process_instance_key', primary) processInstanceKey!: string;
  @IntegerColumn('position', primary) position!: number;
  @TextColumn('type') type!: string;
  @IntegerColumn('version') version!: number;
  @TextColumn('payload') payload!: string;
  @TimeColumn('at') at!: number;
  /** Null once the content is destroyed. */
  @TextColumn('salt', nullable) salt!: string | null;
  /** Of this event and all before it. */
  @TextColumn('hash', nullable) hash!: string;
  /** Stands for content that is destroyed; otherwise it follows from salt and payload and is null. */
  @TextColumn('commitment', nullable) commitment!: string | null;
}

/** One run of a process; the head of its event log. */
@Entity({ name: 'process_instances' })
@Index('ix_process_instances_state_key', ['state', 'key'])
@Index('ix_process_instances_state_start_at', ['state', 'startAt'])
@Index('ix_process_instances_bpmn_process_id_state', ['bpmnProcessId', 'state', 'key'])
@Index('ix_process_instances_process_definition_key_state', ['processDefinitionKey', 'state', 'key'])
@Index('ix_process_instances_process_definition_key_end_at', ['processDefinitionKey', 'endAt'], given('end_at'))
@Index('ix_process_instances_case_key', ['caseKey'], given('case_key'))
@Index('ix_process_instances_case_no', ['caseNo'], given('case_no'))
@Index('ix_process_instances_parent_instance_key', ['parentInstanceKey'], given('parent_instance_key'))
@Index(
  'ix_process_instances_start_correlation_key_start_message_nam',
  ['startCorrelationKey', 'startMessageName'],
  given('start_correlation_key'),
)
@Index('ix_process_instances_has_incident', ['key'], { where: 'has_incident = true' })
@Index(
  'ix_process_instances_parent_element_instance_key',
  ['parentElementInstanceKey'],
  given('parent_element_instance_key'),
)
export class ProcessInstanceRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @IntegerColumn('version') version!: number;
  @IntegerColumn('set_id') setId!: number;
  @TextColumn('case_key', nullable) caseKey!: string | null;
  @TextColumn('case_no', nullable) caseNo!: string | null;
  @TextColumn('title', nullable) title!: string | null;
  @TextColumn('public_state', nullable) publicState!: string | null;
  @BooleanColumn('drill') drill!: boolean;
  @BooleanColumn('has_incident') hasIncident!: boolean;
  @TextColumn('state') state!: string;
  @IntegerColumn('revision') revision!: number;
  @IntegerColumn('position') position!: number;
  @KeyColumn('parent_instance_key', nullable) parentInstanceKey!: string | null;
  @KeyColumn('parent_element_instance_key', nullable) parentElementInstanceKey!: string | null;
  @KeyColumn('root_instance_key') rootInstanceKey!: string;
  @TextColumn('start_message_name', nullable) startMessageName!: string | null;
  @TextColumn('start_correlation_key', nullable) startCorrelationKey!: string | null;
  @TextColumn('started_by', nullable) startedBy!: string | null;
  @TimeColumn('start_at') startAt!: number;
  @TimeColumn('end_at', nullable) endAt!: number | null;
  @TimeColumn('suspended_at', nullable) suspendedAt!: number | null;
  /** Hash of the last event. */
  @TextColumn('chain_head', nullable) chainHead!: string;
  /** Events up to this position were chained afterwards, when the chain was introduced; null: all as they happened. */
  @IntegerColumn('chained_after', nullable) chainedAfter!: number | null;
}

/** State of an instance at a position; in a table of its own, so that a step does not rewrite it. */
@Entity({ name: 'instance_snapshots' })
export class InstanceSnapshot {
  @KeyColumn('process_instance_key', primary) processInstanceKey!: string;
  @IntegerColumn('position') position!: number;
  @TextColumn('state') state!: string;
}

/** One activation of an element. */
@Entity({ name: 'element_instances' })
@Index('ix_element_instances_process_instance_key', ['processInstanceKey'])
@Index('ix_element_instances_element_id_state', ['elementId', 'state'])
@Index('ix_element_instances_process_definition_key', ['processDefinitionKey', 'key'])
@Index('ix_element_instances_has_incident', ['key'], { where: 'has_incident = true' })
export class ElementInstanceRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @TextColumn('element_id') elementId!: string;
  @TextColumn('element_name') elementName!: string;
  @TextColumn('element_type') elementType!: string;
  @KeyColumn('flow_scope_key', nullable) flowScopeKey!: string | null;
  @TextColumn('state') state!: string;
  @BooleanColumn('has_incident') hasIncident!: boolean;
  @TimeColumn('start_at') startAt!: number;
  @TimeColumn('end_at', nullable) endAt!: number | null;
}

/** Own variables of each scope, as JSON text. */
@Entity({ name: 'variables' })
@Index('ix_variables_process_instance_key', ['processInstanceKey'])
@Index('ix_variables_name', ['name'])
@Index('ix_variables_key', ['key'])
export class VariableRow {
  @KeyColumn('scope_key', primary) scopeKey!: string;
  @TextColumn('name', primary) name!: string;
  @KeyColumn('key') key!: string;
  @TextColumn('value') value!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
}

/** Where an instance is stuck and a person must act. */
@Entity({ name: 'incidents' })
@Index('ix_incidents_state_created_at', ['state', 'createdAt'])
@Index('ix_incidents_process_instance_key_state', ['processInstanceKey', 'state'])
@Index('ix_incidents_process_definition_key', ['processDefinitionKey', 'key'])
@Index('ix_incidents_bpmn_process_id', ['bpmnProcessId', 'key'])
@Index('ix_incidents_element_id', ['elementId', 'key'])
@Index('ix_incidents_error_type', ['errorType', 'key'])
@Index('ix_incidents_job_key', ['jobKey'], given('job_key'))
export class IncidentRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @TextColumn('element_id') elementId!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @KeyColumn('job_key', nullable) jobKey!: string | null;
  @TextColumn('error_type') errorType!: string;
  @TextColumn('error_message') errorMessage!: string;
  @TextColumn('state') state!: string;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('resolved_at', nullable) resolvedAt!: number | null;
  @TextColumn('resolved_by', nullable) resolvedBy!: string | null;
}

/** Which rules a decision table took, with what it read. */
@Entity({ name: 'decision_evaluations' })
@Index('ix_decision_evaluations_process_instance_key', ['processInstanceKey'])
@Index('ix_decision_evaluations_decision_id_at', ['decisionId', 'at'])
@Index('ix_decision_evaluations_at', ['at', 'key'])
export class DecisionEvaluationRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @TextColumn('element_id') elementId!: string;
  @TextColumn('decision_id') decisionId!: string;
  @TextColumn('inputs') inputs!: string;
  @TextColumn('output') output!: string;
  @TextColumn('matched_rules') matchedRules!: string;
  @TimeColumn('at') at!: number;
}
