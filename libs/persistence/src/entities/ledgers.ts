import { Entity, Index } from 'typeorm';
import { BooleanColumn, IntegerColumn, KeyColumn, TextColumn, TimeColumn, nullable, primary } from '../columns.js';

/** An instance whose rows are to be made again; written with the step that changed it (ADR 18). */
@Entity({ name: 'ledger_marks' })
export class LedgerMark {
  @KeyColumn('process_instance_key', primary) processInstanceKey!: string;
  /** Of the step that raised it last; 0 where only the declarations changed. */
  @IntegerColumn('revision') revision!: number;
  /** Epoch of the node that works on it. */
  @KeyColumn('claimed_by', nullable) claimedBy!: string | null;
}

/** How far the rows of an instance are. */
@Entity({ name: 'ledger_positions' })
export class LedgerPosition {
  @KeyColumn('process_instance_key', primary) processInstanceKey!: string;
  @IntegerColumn('revision') revision!: number;
  /** Hash of the declarations that the rows were made by. */
  @TextColumn('declarations') declarations!: string;
  /** The first formula that gave nothing, by its place; never a value. */
  @TextColumn('fault', nullable) fault!: string | null;
}

@Entity({ name: 'ledger_rows' })
@Index('ix_ledger_rows_process_instance_key', ['processInstanceKey'])
export class LedgerRowEntity {
  @TextColumn('ledger_id', primary) ledgerId!: string;
  /** Instance and item, of one width, so that it sorts by them. */
  @TextColumn('row_key', primary) rowKey!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('case_key', nullable) caseKey!: string | null;
  @BooleanColumn('drill') drill!: boolean;
  @TimeColumn('ended_at', nullable) endedAt!: number | null;
  /** JSON by column id. */
  @TextColumn('cells') cells!: string;
}

/** A cell that may be sorted or filtered, under a text that sorts as its value. */
@Entity({ name: 'ledger_cells' })
@Index('ix_ledger_cells_sort', ['sortRef', 'sortText', 'rowKey'])
@Index('ix_ledger_cells_process_instance_key', ['processInstanceKey'])
export class LedgerCell {
  @TextColumn('ledger_id', primary) ledgerId!: string;
  @TextColumn('row_key', primary) rowKey!: string;
  @TextColumn('column_id', primary) columnId!: string;
  /** Ledger and column once more: a look at one cell names the others and so can use no index but the key. */
  @TextColumn('sort_ref') sortRef!: string;
  @TextColumn('sort_text') sortText!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
}

/** What an instance counts for an indicator. */
@Entity({ name: 'indicator_facts' })
@Index('ix_indicator_facts_period', ['indicatorId', 'periodAt'])
@Index('ix_indicator_facts_process_instance_key', ['processInstanceKey'])
export class IndicatorFactRow {
  @TextColumn('indicator_id', primary) indicatorId!: string;
  @TextColumn('row_key', primary) rowKey!: string;
  @KeyColumn('process_instance_key') processInstanceKey!: string;
  @TextColumn('case_key', nullable) caseKey!: string | null;
  @TimeColumn('period_at') periodAt!: number;
  @BooleanColumn('is_numerator') isNumerator!: boolean;
  /** The number in millionths, so that it is summed exactly; null where the indicator has no values. */
  @TimeColumn('value_millionths', nullable) valueMillionths!: number | null;
  @TextColumn('unit', nullable) unit!: string | null;
  @IntegerColumn('compared_group', nullable) comparedGroup!: number | null;
}
