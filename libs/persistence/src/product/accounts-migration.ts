import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { bool, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'accounts',
    columns: [
      text('id', primary),
      text('name'),
      text('unit', nullable),
      text('password_hash'),
      bool('disabled'),
      time('created_at'),
    ],
  }),
  new Table({
    name: 'account_roles',
    columns: [text('account', primary), text('role', primary)],
  }),
  new Table({
    name: 'sessions',
    columns: [text('token_hash', primary), text('account'), time('created_at'), time('expires_at')],
    indices: [
      { name: 'ix_sessions_account', columnNames: ['account'] },
      { name: 'ix_sessions_expires_at', columnNames: ['expires_at'] },
    ],
  }),
];

/** Accounts, their roles and their sessions. */
export class Accounts1763900000002 implements MigrationInterface {
  readonly name = 'Accounts1763900000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
