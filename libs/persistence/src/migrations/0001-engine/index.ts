import type { MigrationInterface, QueryRunner } from 'typeorm';
import { processesTables } from './processes.js';
import { workTables } from './work.js';
import { messagingTables } from './messaging.js';
import { definitionsTables } from './definitions.js';
import { platformTables } from './platform.js';

/** Keys begin here: partition 1 of 2^51, as Camunda 8 gives them. */
const FIRST_KEY = '2251799813685249';

const tables = () => [
  ...processesTables(),
  ...workTables(),
  ...messagingTables(),
  ...definitionsTables(),
  ...platformTables(),
];

/** All tables of engine and runtime, the counter of keys and the clock. */
export class Engine1763900000001 implements MigrationInterface {
  readonly name = 'Engine1763900000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
    await queryRunner.query(`INSERT INTO key_blocks (id, next_key) VALUES (1, ${FIRST_KEY})`);
    await queryRunner.query('INSERT INTO clock (id, pinned_at) VALUES (1, NULL)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables().reverse()) await queryRunner.dropTable(table.name);
  }
}
