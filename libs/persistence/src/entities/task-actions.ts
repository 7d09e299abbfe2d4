import { Entity, Index } from 'typeorm';
import { KeyColumn, TextColumn, TimeColumn } from '../columns.js';

const primary = { primary: true } as const;
const nullable = { nullable: true } as const;

/** A turn that somebody has or had in a user task; `reason` and `comment` are keys of sealed values. */
@Entity({ name: 'task_turns' })
@Index('ix_task_turns_user_task_key', ['userTaskKey'])
@Index('ix_task_turns_process_instance_key', ['processInstanceKey'])
export class TaskTurnRow {
  @KeyColumn('turn_id', primary) turnId!: string;
  @KeyColumn('user_task_key') userTaskKey!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('account') account!: string;
  /** `delegate`, `signBefore` or `signAfter`. */
  @TextColumn('kind') kind!: string;
  @TextColumn('asked_by') askedBy!: string;
  @TextColumn('reason', nullable) reason!: string | null;
  /** `open`, `done`, `agreed`, `disagreed` or `removed`. */
  @TextColumn('state') state!: string;
  @TextColumn('comment', nullable) comment!: string | null;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('ended_at', nullable) endedAt!: number | null;
}

/** A comment, a file, an urge, or a copy to one person: what people add to a task without changing its course. */
@Entity({ name: 'task_notes' })
@Index('ix_task_notes_user_task_key', ['userTaskKey'])
@Index('ix_task_notes_process_instance_key', ['processInstanceKey'])
@Index('ix_task_notes_recipient_kind_at', ['recipient', 'kind', 'at', 'noteKey'])
export class TaskNoteRow {
  @KeyColumn('note_key', primary) noteKey!: string;
  @KeyColumn('user_task_key') userTaskKey!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  /** `comment`, `attachment`, `urge` or `copy`. */
  @TextColumn('kind') kind!: string;
  @TextColumn('account') account!: string;
  /** Of a copy. */
  @TextColumn('recipient', nullable) recipient!: string | null;
  /** Key of the sealed text or file. */
  @TextColumn('sealed_key', nullable) sealedKey!: string | null;
  @TimeColumn('at') at!: number;
  /** When the recipient of a copy looked at it. */
  @TimeColumn('read_at', nullable) readAt!: number | null;
}
