import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { integer, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({ name: 'vault_meta', columns: [text('name', primary), text('value')] }),
  new Table({
    name: 'case_keys',
    columns: [
      text('case_key', primary),
      integer('key_version'),
      text('wrapped_key', nullable),
      time('created_at'),
      time('destroyed_at', nullable),
    ],
  }),
  new Table({
    name: 'sealed_values',
    columns: [
      text('sealed_key', primary),
      text('case_key'),
      text('field'),
      text('class'),
      text('kind'),
      integer('key_version'),
      text('iv'),
      text('ciphertext'),
      text('tag'),
      text('written_by'),
      time('written_at'),
      text('user_task_key', nullable),
    ],
    indices: [{ name: 'ix_sealed_values_case_key', columnNames: ['case_key'] }],
  }),
  new Table({
    name: 'sealed_matches',
    columns: [text('sealed_key', primary), text('case_key'), text('kind', primary), text('hash', primary)],
    indices: [
      { name: 'ix_sealed_matches_kind_hash', columnNames: ['kind', 'hash'] },
      { name: 'ix_sealed_matches_case_key_kind_hash', columnNames: ['case_key', 'kind', 'hash'] },
    ],
  }),
  new Table({
    name: 'access_log',
    columns: [
      text('access_key', primary),
      time('at'),
      text('account'),
      text('role'),
      text('class'),
      text('field'),
      text('case_key'),
      text('sealed_key'),
      text('process_instance_key', nullable),
      text('reason'),
      text('purpose'),
    ],
    indices: [
      { name: 'ix_access_log_case_key_at', columnNames: ['case_key', 'at'] },
      { name: 'ix_access_log_at_access_key', columnNames: ['at', 'access_key'] },
    ],
  }),
];

/** Sealed content, its keys and the record of each look at it. */
export class Vault1763900000003 implements MigrationInterface {
  readonly name = 'Vault1763900000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
