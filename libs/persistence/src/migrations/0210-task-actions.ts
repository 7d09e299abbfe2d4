import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { key, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'task_turns',
    columns: [
      key('turn_id', primary),
      key('user_task_key'),
      key('process_instance_key'),
      text('account'),
      text('kind'),
      text('asked_by'),
      text('reason', nullable),
      text('state'),
      text('comment', nullable),
      time('created_at'),
      time('ended_at', nullable),
    ],
    indices: [
      { name: 'ix_task_turns_user_task_key', columnNames: ['user_task_key'] },
      { name: 'ix_task_turns_process_instance_key', columnNames: ['process_instance_key'] },
    ],
  }),
  new Table({
    name: 'task_notes',
    columns: [
      key('note_key', primary),
      key('user_task_key'),
      key('process_instance_key'),
      text('kind'),
      text('account'),
      text('recipient', nullable),
      text('sealed_key', nullable),
      time('at'),
      time('read_at', nullable),
    ],
    indices: [
      { name: 'ix_task_notes_user_task_key', columnNames: ['user_task_key'] },
      { name: 'ix_task_notes_process_instance_key', columnNames: ['process_instance_key'] },
      { name: 'ix_task_notes_recipient_kind_at', columnNames: ['recipient', 'kind', 'at', 'note_key'] },
    ],
  }),
];

/** Turns in a task, and what people add to it (ADR 19). */
export class TaskActions1764000000210 implements MigrationInterface {
  readonly name = 'TaskActions1764000000210';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE user_tasks ADD COLUMN owner text');
    await queryRunner.query('ALTER TABLE user_tasks ADD COLUMN turn_id bigint');
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
    await queryRunner.query('ALTER TABLE user_tasks DROP COLUMN turn_id');
    await queryRunner.query('ALTER TABLE user_tasks DROP COLUMN owner');
  }
}
