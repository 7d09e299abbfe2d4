import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { key, nullable, primary, text, time } from '../columns.js';

const startSets = (): Table =>
  new Table({
    name: 'start_sets',
    columns: [
      key('key', primary),
      key('process_definition_key'),
      text('bpmn_process_id'),
      text('element_id'),
      text('correlation_key'),
      text('happened'),
      text('variables'),
      key('case_key', nullable),
      text('case_no', nullable),
      time('opened_at'),
    ],
    indices: [
      { name: 'ix_start_sets_process_definition_key', columnNames: ['process_definition_key'] },
      { name: 'ix_start_sets_bpmn_process_id', columnNames: ['bpmn_process_id'] },
    ],
  });

/** What has happened of parallel multiple start events, and which of their events a subscription is for. */
export class StartSets1764000000160 implements MigrationInterface {
  readonly name = 'StartSets1764000000160';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(startSets());
    await queryRunner.query('ALTER TABLE start_subscriptions ADD COLUMN event_index integer');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE start_subscriptions DROP COLUMN event_index');
    await queryRunner.dropTable('start_sets');
  }
}
