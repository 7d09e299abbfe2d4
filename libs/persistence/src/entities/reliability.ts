import { Entity, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** The last batch that a writer committed: tells whether a COMMIT whose answer was lost took effect. */
@Entity({ name: 'commit_marks' })
export class CommitMark {
  @TextColumn('writer', primary) writer!: string;
  @IntegerColumn('batch') batch!: number;
  @TimeColumn('at') at!: number;
}

/** A command of a client that came with an `Idempotency-Key`, and what was answered. */
@Entity({ name: 'client_requests' })
@Index('ix_client_requests_at', ['at'])
export class ClientRequest {
  @TextColumn('account', primary) account!: string;
  @TextColumn('key', primary) key!: string;
  /** Digest of method, path and body. */
  @TextColumn('fingerprint') fingerprint!: string;
  /** Null as long as the effect is committed and the answer not yet known. */
  @IntegerColumn('status', nullable) status!: number | null;
  @TextColumn('body', nullable) body!: string | null;
  @TimeColumn('at') at!: number;
}

/** What is to reach the outside, written with the command that causes it. */
@Entity({ name: 'outbox' })
@Index('ix_outbox_state_due_at', ['state', 'dueAt'])
@Index('ix_outbox_process_instance_key', ['processInstanceKey'])
export class OutboxEntry {
  @KeyColumn('key', primary) key!: string;
  /** The receiver recognises a repetition by it. */
  @TextColumn('idempotency_key') idempotencyKey!: string;
  @TextColumn('kind') kind!: string;
  @TextColumn('target') target!: string;
  @TextColumn('body') body!: string;
  @TextColumn('state') state!: string;
  @IntegerColumn('attempts') attempts!: number;
  @TimeColumn('due_at') dueAt!: number;
  @TextColumn('last_error', nullable) lastError!: string | null;
  @KeyColumn('process_instance_key', nullable) processInstanceKey!: string | null;
  @KeyColumn('job_key', nullable) jobKey!: string | null;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('ended_at', nullable) endedAt!: number | null;
  /** Epoch of the node that works on it. */
  @TextColumn('claimed_by', nullable) claimedBy!: string | null;
  @TimeColumn('claimed_until', nullable) claimedUntil!: number | null;
}
