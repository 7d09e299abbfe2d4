import { Table, TableColumn, TableIndex } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bool, json, key, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'batch_operations',
    columns: [
      key('key', primary),
      text('type'),
      text('state'),
      json('plan'),
      json('filter'),
      text('cursor', nullable),
      bool('is_collected'),
      text('created_by', nullable),
      text('error_message', nullable),
      time('start_at'),
      time('end_at', nullable),
    ],
    indices: [{ name: 'ix_batch_operations_state', columnNames: ['state'] }],
  }),
  new Table({
    name: 'batch_operation_items',
    columns: [
      key('batch_operation_key', primary),
      key('item_key', primary),
      key('process_instance_key'),
      text('state'),
      text('error_message', nullable),
      time('processed_at', nullable),
    ],
    indices: [
      { name: 'ix_batch_operation_items_batch_operation_key_state', columnNames: ['batch_operation_key', 'state'] },
      { name: 'ix_batch_operation_items_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
];

const endedInstances = () =>
  new TableIndex({
    name: 'ix_process_instances_process_definition_key_end_at',
    columnNames: ['process_definition_key', 'end_at'],
  });

/** Batch operations, suspension, and the index by which the history of ended instances is removed. */
export class Operations1764000000070 implements MigrationInterface {
  readonly name = 'Operations1764000000070';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
    await queryRunner.addColumn('process_instances', new TableColumn(time('suspended_at', nullable)));
    await queryRunner.createIndex('process_instances', endedInstances());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('process_instances', endedInstances());
    await queryRunner.dropColumn('process_instances', 'suspended_at');
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
