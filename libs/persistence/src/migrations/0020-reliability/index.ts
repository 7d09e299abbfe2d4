import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableColumn } from 'typeorm';
import { integer, nullable, text } from '../../columns.js';
import { chainOldEvents } from './chain-old-events.js';
import { reliabilityTables } from './tables.js';

/** Columns of the chain; the events that are there get their values right after. */
const chainColumns = {
  event_log: [text('salt', nullable), text('hash', nullable), text('commitment', nullable)],
  process_instances: [text('chain_head', nullable), integer('chained_after', nullable)],
};

/** Marks of commits, requests with a key, chain of events. */
export class Reliability1764000000020 implements MigrationInterface {
  readonly name = 'Reliability1764000000020';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of reliabilityTables()) await queryRunner.createTable(table);
    for (const [table, columns] of Object.entries(chainColumns))
      for (const { name, type } of columns) await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
    await chainOldEvents(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(chainColumns))
      await queryRunner.dropColumns(
        table,
        columns.map((column) => new TableColumn(column)),
      );
    for (const table of [...reliabilityTables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
