import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { integer, key, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'nodes',
    columns: [key('epoch', primary), text('name'), time('registered_at'), time('lease_until')],
    indices: [{ name: 'ix_nodes_lease_until', columnNames: ['lease_until'] }],
  }),
  new Table({ name: 'node_epochs', columns: [integer('id', primary), key('last')] }),
];

/** Work that nodes take by claims. */
const CLAIMED = ['timers', 'start_subscriptions', 'inbox', 'jobs'];

/** Nodes with epochs and leases, and who has claimed which work (ADR 17). */
export class Nodes1764000000030 implements MigrationInterface {
  readonly name = 'Nodes1764000000030';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
    await queryRunner.query('INSERT INTO node_epochs (id, "last") VALUES (1, 0)');
    // Not `addColumn`: on SQLite it would copy the whole table.
    for (const table of CLAIMED) await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN claimed_by bigint`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of CLAIMED) await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN claimed_by`);
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
