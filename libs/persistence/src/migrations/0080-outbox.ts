import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { integer, json, key, nullable, primary, text, time } from '../columns.js';

const outbox = (): Table =>
  new Table({
    name: 'outbox',
    columns: [
      key('key', primary),
      text('kind'),
      text('name'),
      text('idempotency_key'),
      json('payload'),
      key('process_instance_key', nullable),
      text('state'),
      integer('attempts'),
      time('next_at'),
      text('error_message', nullable),
      time('created_at'),
      time('settled_at', nullable),
      key('claimed_by', nullable),
    ],
    indices: [
      { name: 'ux_outbox_idempotency_key', columnNames: ['idempotency_key'], isUnique: true },
      { name: 'ix_outbox_state_next_at', columnNames: ['state', 'next_at'] },
      { name: 'ix_outbox_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  });

/** What is to reach the outside, written with the command that causes it (ADR 17). */
export class Outbox1764000000080 implements MigrationInterface {
  readonly name = 'Outbox1764000000080';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(outbox());
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('outbox');
  }
}
