import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { nullable, primary, text, time } from '../columns.js';

/** Where each schedule of the configuration stands. */
export class Schedules1764000000140 implements MigrationInterface {
  readonly name = 'Schedules1764000000140';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'schedules',
        columns: [text('id', primary), text('digest'), time('due_at', nullable), time('last_at', nullable)],
        indices: [{ name: 'ix_schedules_due_at', columnNames: ['due_at'] }],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('schedules');
  }
}
