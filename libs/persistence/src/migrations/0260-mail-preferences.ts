import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { bool, primary, text, time } from '../columns.js';

const mailPreferences = () =>
  new Table({
    name: 'mail_preferences',
    columns: [text('account', primary), text('address'), bool('wanted'), time('changed_at')],
  });

/** Where an account wants its notices by e-mail, and whether. */
export class MailPreferences1764000000260 implements MigrationInterface {
  readonly name = 'MailPreferences1764000000260';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(mailPreferences());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('mail_preferences');
  }
}
