import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { blob, integer, nullable, primary, text, time } from '../columns.js';

const tables = (databaseType: string): readonly Table[] => [
  new Table({
    name: 'vault_meta',
    columns: [integer('id', primary), text('fingerprint'), time('created_at')],
  }),
  new Table({
    name: 'case_keys',
    columns: [text('case_key', primary), integer('key_version', primary), blob('wrapped_key', databaseType, nullable), time('created_at'), time('destroyed_at', nullable)],
  }),
  new Table({
    name: 'sealed_values',
    columns: [
      text('sealed_key', primary),
      text('case_key'),
      text('field'),
      text('class'),
      integer('key_version'),
      blob('iv', databaseType),
      blob('ciphertext', databaseType),
      blob('tag', databaseType),
      text('written_by', nullable),
      time('written_at'),
      text('user_task_key', nullable),
    ],
    indices: [{ name: 'ix_sealed_values_case_key', columnNames: ['case_key'] }],
  }),
  new Table({
    name: 'sealed_matches',
    columns: [text('case_key', primary), text('kind', primary), text('hash', primary)],
    indices: [{ name: 'ix_sealed_matches_kind_hash', columnNames: ['kind', 'hash', 'case_key'] }],
  }),
  new Table({
    name: 'access_log',
    columns: [
      text('access_key', primary),
      text('case_key'),
      text('case_no', nullable),
      text('sealed_key', nullable),
      text('field', nullable),
      text('class', nullable),
      text('account'),
      text('role', nullable),
      text('reason'),
      text('purpose'),
      time('at'),
    ],
    indices: [
      { name: 'ix_access_log_case_key_at', columnNames: ['case_key', 'at'] },
      { name: 'ix_access_log_at', columnNames: ['at'] },
    ],
  }),
];

/** Sealed content, its keys and the record of each look at it. */
export class Vault1763900000003 implements MigrationInterface {
  readonly name = 'Vault1763900000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables(queryRunner.dataSource.options.type)) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables(queryRunner.dataSource.options.type)].reverse()) await queryRunner.dropTable(table.name);
  }
}
