import { Entity, Index } from 'typeorm';
import { IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** One effect on the outside: `PENDING`, `DELIVERED` (its payload is gone) or `FAILED`, a dead letter that waits for a person. */
@Entity({ name: 'outbox' })
@Index('ux_outbox_idempotency_key', ['idempotencyKey'], { unique: true })
@Index('ix_outbox_state_next_at', ['state', 'nextAt'])
@Index('ix_outbox_process_instance_key', ['processInstanceKey'])
export class OutboxRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('kind') kind!: string;
  @TextColumn('name') name!: string;
  @TextColumn('idempotency_key') idempotencyKey!: string;
  @TextColumn('payload') payload!: string;
  @KeyColumn('process_instance_key', nullable) processInstanceKey!: string | null;
  @TextColumn('state') state!: string;
  @IntegerColumn('attempts') attempts!: number;
  /** Real time, as leases are: a pinned clock holds nothing back. */
  @TimeColumn('next_at') nextAt!: number;
  @TextColumn('error_message', nullable) errorMessage!: string | null;
  @TimeColumn('created_at') createdAt!: number;
  @TimeColumn('settled_at', nullable) settledAt!: number | null;
  /** Epoch of the node that works on it. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}
