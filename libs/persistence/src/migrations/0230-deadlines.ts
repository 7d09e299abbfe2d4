import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { integer, json, key, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'deadlines',
    columns: [
      text('id', primary),
      text('deadline_id'),
      key('process_instance_key'),
      text('item'),
      key('user_task_key', nullable),
      text('case_key', nullable),
      text('unit', nullable),
      text('state'),
      time('from_at'),
      time('due_at', nullable),
      time('near_at', nullable),
      time('urgent_at', nullable),
      time('closed_at', nullable),
      json('inputs'),
      json('marks'),
      json('performed'),
      text('next_mark', nullable),
      time('next_at', nullable),
      text('fault', nullable),
      key('claimed_by', nullable),
    ],
    indices: [
      { name: 'ix_deadlines_next_at', columnNames: ['next_at'] },
      { name: 'ix_deadlines_state_due_at', columnNames: ['state', 'due_at'] },
      { name: 'ix_deadlines_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
  new Table({
    name: 'deadline_moves',
    columns: [
      integer('set_id', primary),
      text('id', primary),
      text('title'),
      key('process_instance_key'),
      time('moved_at'),
      time('from_due', nullable),
      time('to_due', nullable),
      integer('is_kept'),
    ],
    indices: [{ name: 'ix_deadline_moves_process_instance_key', columnNames: ['process_instance_key'] }],
  }),
  new Table({
    name: 'deadline_publications',
    columns: [integer('set_id', primary), time('done_at'), integer('earlier'), integer('later'), integer('kept')],
  }),
];

const COLUMNS = ['near_at', 'urgent_at'];

/** Deadlines, their moves by publications, and when the lamp of a task changes (ADR 21). */
export class Deadlines1764000000230 implements MigrationInterface {
  readonly name = 'Deadlines1764000000230';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
    for (const column of COLUMNS) await queryRunner.query(`ALTER TABLE user_tasks ADD COLUMN ${column} bigint`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const column of COLUMNS) await queryRunner.query(`ALTER TABLE user_tasks DROP COLUMN ${column}`);
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
