import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { primary, text, time } from '../columns.js';

const calendarTokens = () =>
  new Table({
    name: 'calendar_tokens',
    columns: [text('account', primary), text('token_hash'), time('created_at')],
    indices: [{ name: 'ux_calendar_tokens_token_hash', columnNames: ['token_hash'], isUnique: true }],
  });

/** By what an account's calendars are read without signing in: the hash of a secret that stands in their address. */
export class CalendarTokens1764000000300 implements MigrationInterface {
  readonly name = 'CalendarTokens1764000000300';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(calendarTokens());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('calendar_tokens');
  }
}
