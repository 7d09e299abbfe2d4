import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bool, nullable, primary, text, time } from '../columns.js';

const threadEntries = () =>
  new Table({
    name: 'thread_entries',
    columns: [
      text('entry_key', primary),
      text('case_key'),
      text('process_instance_key', nullable),
      bool('from_visitor'),
      text('sealed_key'),
      time('created_at'),
    ],
    indices: [{ name: 'ix_thread_entries_case_key_created_at', columnNames: ['case_key', 'created_at'] }],
  });

/** The conversation about a case between who follows it and the office. */
export class CaseThread1764000000240 implements MigrationInterface {
  readonly name = 'CaseThread1764000000240';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(threadEntries());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('thread_entries');
  }
}
