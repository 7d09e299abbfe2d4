import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { primary, text } from '../columns.js';

const caseOrigins = () =>
  new Table({
    name: 'case_origins',
    columns: [text('case_key', primary), text('origin_key', primary), text('link', primary)],
    indices: [{ name: 'ix_case_origins_origin_key', columnNames: ['origin_key'] }],
  });

/** From which case another one was started, and which cases it names. */
export class CaseOrigins1764000000330 implements MigrationInterface {
  readonly name = 'CaseOrigins1764000000330';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(caseOrigins());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('case_origins');
  }
}
