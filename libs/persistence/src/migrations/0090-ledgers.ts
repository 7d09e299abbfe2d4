import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bool, integer, json, key, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'ledger_marks',
    columns: [key('process_instance_key', primary), integer('revision'), key('claimed_by', nullable)],
  }),
  new Table({
    name: 'ledger_positions',
    columns: [key('process_instance_key', primary), integer('revision'), text('declarations'), text('fault', nullable)],
  }),
  new Table({
    name: 'ledger_rows',
    columns: [
      text('ledger_id', primary),
      text('row_key', primary),
      key('process_instance_key'),
      text('case_key', nullable),
      bool('drill'),
      time('ended_at', nullable),
      json('cells'),
    ],
    indices: [{ name: 'ix_ledger_rows_process_instance_key', columnNames: ['process_instance_key'] }],
  }),
  new Table({
    name: 'ledger_cells',
    columns: [
      text('ledger_id', primary),
      text('row_key', primary),
      text('column_id', primary),
      text('sort_ref'),
      text('sort_text'),
      key('process_instance_key'),
    ],
    indices: [
      { name: 'ix_ledger_cells_sort', columnNames: ['sort_ref', 'sort_text', 'row_key'] },
      { name: 'ix_ledger_cells_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
  new Table({
    name: 'indicator_facts',
    columns: [
      text('indicator_id', primary),
      text('row_key', primary),
      key('process_instance_key'),
      text('case_key', nullable),
      time('period_at'),
      bool('is_numerator'),
      time('value_millionths', nullable),
      text('unit', nullable),
      integer('compared_group', nullable),
    ],
    indices: [
      { name: 'ix_indicator_facts_period', columnNames: ['indicator_id', 'period_at'] },
      { name: 'ix_indicator_facts_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
];

/** Rows of ledgers and facts of indicators, and how far they follow their instances (ADR 18). */
export class Ledgers1764000000090 implements MigrationInterface {
  readonly name = 'Ledgers1764000000090';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
