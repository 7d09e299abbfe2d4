import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { primary, text, time } from '../columns.js';

const sightGrants = () =>
  new Table({
    name: 'sight_grants',
    columns: [
      text('grant_key', primary),
      text('case_key'),
      text('class'),
      text('recipient'),
      text('process_instance_key'),
      time('granted_at'),
    ],
    indices: [{ name: 'ix_sight_grants_case_key', columnNames: ['case_key'] }],
  });

/** Who may see a protected class in one case because a process granted it there. */
export class SightGrants1764000000320 implements MigrationInterface {
  readonly name = 'SightGrants1764000000320';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(sightGrants());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('sight_grants');
  }
}
