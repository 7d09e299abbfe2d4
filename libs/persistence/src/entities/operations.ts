import { Entity, Index } from 'typeorm';
import { BooleanColumn, KeyColumn, TextColumn, TimeColumn, given, nullable, primary } from '../columns.js';

/** The same operation for many instances. */
@Entity({ name: 'batch_operations' })
@Index('ix_batch_operations_state', ['state'])
@Index('ix_batch_operations_type', ['type', 'key'])
@Index('ix_batch_operations_start_at', ['startAt', 'key'])
@Index('ix_batch_operations_end_at', ['endAt'], given('end_at'))
export class BatchOperationRow {
  @KeyColumn('key', primary) key!: string;
  @TextColumn('type') type!: string;
  @TextColumn('state') state!: string;
  @TextColumn('plan') plan!: string;
  @TextColumn('filter') filter!: string;
  @TextColumn('cursor', nullable) cursor!: string | null;
  @BooleanColumn('is_collected') isCollected!: boolean;
  @TextColumn('created_by', nullable) createdBy!: string | null;
  @TextColumn('error_message', nullable) errorMessage!: string | null;
  @TimeColumn('start_at') startAt!: number;
  @TimeColumn('end_at', nullable) endAt!: number | null;
}

/** One instance or incident of a batch operation, and what became of it. */
@Entity({ name: 'batch_operation_items' })
@Index('ix_batch_operation_items_batch_operation_key_state', ['batchOperationKey', 'state'])
@Index('ix_batch_operation_items_process_instance_key', ['processInstanceKey'])
@Index('ix_batch_operation_items_item_key', ['itemKey'])
export class BatchOperationItemRow {
  @KeyColumn('batch_operation_key', primary) batchOperationKey!: string;
  @KeyColumn('item_key', primary) itemKey!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('state') state!: string;
  @TextColumn('error_message', nullable) errorMessage!: string | null;
  @TimeColumn('processed_at', nullable) processedAt!: number | null;
}
