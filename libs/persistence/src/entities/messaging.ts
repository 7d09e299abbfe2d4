import { Entity, Index } from 'typeorm';
import { BooleanColumn, IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** Running instances that wait for a message. */
@Entity({ name: 'message_subscriptions' })
@Index('ix_message_subscriptions_message_name_correlation_key', ['messageName', 'correlationKey'])
@Index('ix_message_subscriptions_process_instance_key', ['processInstanceKey'])
export class MessageSubscriptionRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @TextColumn('element_id') elementId!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @TextColumn('message_name') messageName!: string;
  @TextColumn('correlation_key') correlationKey!: string;
  @BooleanColumn('is_interrupting') isInterrupting!: boolean;
}

/** Published messages that are kept until they expire. */
@Entity({ name: 'messages' })
@Index('ix_messages_name_correlation_key', ['name', 'correlationKey'])
@Index('ix_messages_expires_at', ['expiresAt'])
@Index('ux_messages_name_correlation_key_message_id', ['name', 'correlationKey', 'messageId'], { unique: true })
export class MessageRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('name') name!: string;
  @TextColumn('correlation_key') correlationKey!: string;
  @TextColumn('message_id', nullable) messageId!: string | null;
  @TextColumn('variables') variables!: string;
  @TextColumn('case_key', nullable) caseKey!: string | null;
  @TextColumn('case_no', nullable) caseNo!: string | null;
  /** Account that sent it, where it meets only what exists for that account. */
  @TextColumn('visible_to', nullable) visibleTo!: string | null;
  @TimeColumn('published_at') publishedAt!: number;
  @TimeColumn('expires_at') expiresAt!: number;
}

/** A message meets each process at most once. */
@Entity({ name: 'message_correlations' })
export class MessageCorrelation {
  @KeyColumn('message_key', primary) messageKey!: string;
  @TextColumn('bpmn_process_id', primary) bpmnProcessId!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
}

/**
 * The instance that a message with a correlation key starts holds the key for its process, from the transaction that
 * publishes the message until it has ended.
 */
@Entity({ name: 'message_starts' })
@Index('ix_message_starts_process_instance_key', ['processInstanceKey'])
export class MessageStart {
  @TextColumn('message_name', primary) messageName!: string;
  @TextColumn('correlation_key', primary) correlationKey!: string;
  @TextColumn('bpmn_process_id', primary) bpmnProcessId!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
}

/** Running instances that wait for a signal. */
@Entity({ name: 'signal_subscriptions' })
@Index('ix_signal_subscriptions_signal_name', ['signalName'])
@Index('ix_signal_subscriptions_process_instance_key', ['processInstanceKey'])
export class SignalSubscriptionRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('element_id') elementId!: string;
  @KeyColumn('element_instance_key') elementInstanceKey!: string;
  @TextColumn('signal_name') signalName!: string;
  @BooleanColumn('is_interrupting') isInterrupting!: boolean;
}

/** Message, signal, timer and conditional start events of the latest definitions. */
@Entity({ name: 'start_subscriptions' })
@Index('ix_start_subscriptions_kind_name', ['kind', 'name'])
@Index('ix_start_subscriptions_due_at', ['dueAt'])
@Index('ix_start_subscriptions_bpmn_process_id', ['bpmnProcessId'])
export class StartSubscriptionRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @TextColumn('element_id') elementId!: string;
  @TextColumn('kind') kind!: string;
  @TextColumn('name', nullable) name!: string | null;
  @TimeColumn('due_at', nullable) dueAt!: number | null;
  @IntegerColumn('repetitions_left', nullable) repetitionsLeft!: number | null;
  /** Of a timer: from when its cycle counts. */
  @TimeColumn('anchor_at', nullable) anchorAt!: number | null;
  /** Of a parallel multiple start event: which of its events this is for, from 0. */
  @IntegerColumn('event_index', nullable) eventIndex!: number | null;
  /** Epoch of the node that works on it. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}

/** What has happened of a parallel multiple start event, until all of it has and the instance begins. */
@Entity({ name: 'start_sets' })
@Index('ix_start_sets_process_definition_key', ['processDefinitionKey'])
@Index('ix_start_sets_bpmn_process_id', ['bpmnProcessId'])
export class StartSetRow {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('process_definition_key') processDefinitionKey!: string;
  @TextColumn('bpmn_process_id') bpmnProcessId!: string;
  @TextColumn('element_id') elementId!: string;
  /** That of its messages; empty before one with a key has come. */
  @TextColumn('correlation_key') correlationKey!: string;
  /** JSON: the indexes of the events that have happened. */
  @TextColumn('happened') happened!: string;
  @TextColumn('variables') variables!: string;
  @KeyColumn('case_key', nullable) caseKey!: string | null;
  @TextColumn('case_no', nullable) caseNo!: string | null;
  @TimeColumn('opened_at') openedAt!: number;
}

/** Where a schedule of the configuration stands. */
@Entity({ name: 'schedules' })
@Index('ix_schedules_due_at', ['dueAt'])
export class ScheduleRow {
  @TextColumn('id', primary) id!: string;
  @TextColumn('digest') digest!: string;
  @TimeColumn('due_at', nullable) dueAt!: number | null;
  @TimeColumn('last_at', nullable) lastAt!: number | null;
}

/** What one instance causes in another; each row is a command that runs exactly once. */
@Entity({ name: 'inbox' })
@Index('ix_inbox_done_at_key', ['doneAt', 'key'])
@Index('ux_inbox_source_instance_source_position_target', ['sourceInstance', 'sourcePosition', 'target'], {
  unique: true,
})
export class InboxEntry {
  @KeyColumn('key', primary) key!: string;
  @KeyColumn('source_instance') sourceInstance!: string;
  @IntegerColumn('source_position') sourcePosition!: number;
  @TextColumn('target') target!: string;
  @TextColumn('kind') kind!: string;
  @KeyColumn('target_instance_key', nullable) targetInstanceKey!: string | null;
  @TextColumn('payload') payload!: string;
  @TimeColumn('created_at') createdAt!: number;
  @IntegerColumn('attempts') attempts!: number;
  @TimeColumn('done_at', nullable) doneAt!: number | null;
  /** Epoch of the node that works on it. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}
