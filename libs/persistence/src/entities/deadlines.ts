import { Entity, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** A declared deadline of an instance, of one of its tasks or of an item (ADR 21). */
@Entity({ name: 'deadlines' })
@Index('ix_deadlines_next_at', ['nextAt'])
@Index('ix_deadlines_state_due_at', ['state', 'dueAt'])
@Index('ix_deadlines_process_instance_key', ['processInstanceKey'])
export class DeadlineRow {
  /** Declaration, instance and item. */
  @TextColumn('id', primary) id!: string;
  @TextColumn('deadline_id') deadlineId!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('item') item!: string;
  @KeyColumn('user_task_key', nullable) userTaskKey!: string | null;
  @TextColumn('case_key', nullable) caseKey!: string | null;
  @TextColumn('unit', nullable) unit!: string | null;
  /** OPEN, PAUSED or CLOSED. */
  @TextColumn('state') state!: string;
  @TimeColumn('from_at') fromAt!: number;
  /** Null while it is paused. */
  @TimeColumn('due_at', nullable) dueAt!: number | null;
  @TimeColumn('near_at', nullable) nearAt!: number | null;
  @TimeColumn('urgent_at', nullable) urgentAt!: number | null;
  @TimeColumn('closed_at', nullable) closedAt!: number | null;
  /** JSON of what it was worked out from. */
  @TextColumn('inputs') inputs!: string;
  /** JSON of the moments of all marks, by time. */
  @TextColumn('marks') marks!: string;
  /** JSON of the marks that were performed. */
  @TextColumn('performed') performed!: string;
  @TextColumn('next_mark', nullable) nextMark!: string | null;
  @TimeColumn('next_at', nullable) nextAt!: number | null;
  /** Why the act of a mark could not be worked out, by its place. */
  @TextColumn('fault', nullable) fault!: string | null;
  /** Epoch of the node that performs the next mark. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}

/** A deadline that a publication moved, or would have moved later. */
@Entity({ name: 'deadline_moves' })
@Index('ix_deadline_moves_process_instance_key', ['processInstanceKey'])
export class DeadlineMoveRow {
  @IntegerColumn('set_id', primary) setId!: number;
  @TextColumn('id', primary) id!: string;
  @TextColumn('title') title!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TimeColumn('moved_at') movedAt!: number;
  @TimeColumn('from_due', nullable) fromDue!: number | null;
  @TimeColumn('to_due', nullable) toDue!: number | null;
  /** 1: it kept its date, since a publication does not loosen it. */
  @IntegerColumn('is_kept') isKept!: number;
}

/** A publication all of whose open deadlines are computed again. */
@Entity({ name: 'deadline_publications' })
export class DeadlinePublicationRow {
  @IntegerColumn('set_id', primary) setId!: number;
  @TimeColumn('done_at') doneAt!: number;
  @IntegerColumn('earlier') earlier!: number;
  @IntegerColumn('later') later!: number;
  @IntegerColumn('kept') kept!: number;
}
