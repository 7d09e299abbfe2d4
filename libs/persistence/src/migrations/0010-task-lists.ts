import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Table } from 'typeorm';
import { key, primary, text, time } from '../columns.js';

const NEVER_DUE = '9007199254740991';

const before = (): Table =>
  new Table({
    name: 'user_task_candidates',
    columns: [key('user_task_key', primary), text('kind', primary), text('value', primary)],
    indices: [{ name: 'ix_user_task_candidates_value_user_task_key', columnNames: ['value', 'user_task_key'] }],
  });

const after = (): Table =>
  new Table({
    name: 'user_task_candidates',
    columns: [
      key('user_task_key', primary),
      text('kind', primary),
      text('value', primary),
      time('due_sort'),
      time('created_at'),
    ],
    indices: [
      { name: 'ix_user_task_candidates_due', columnNames: ['value', 'kind', 'due_sort', 'user_task_key'] },
      { name: 'ix_user_task_candidates_created', columnNames: ['value', 'kind', 'created_at', 'user_task_key'] },
    ],
  });

/** Lets the lists of a candidate be read in their order from an index, a page at a time. */
export class TaskLists1764000000010 implements MigrationInterface {
  readonly name = 'TaskLists1764000000010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await rebuild(
      queryRunner,
      after(),
      `user_task_key, kind, value, COALESCE(t.due_at, ${NEVER_DUE}), t.created_at
       FROM kept_candidates c JOIN user_tasks t ON t."key" = c.user_task_key`,
    );
    await queryRunner.query('DROP INDEX ix_user_tasks_completed_by_completed_at');
    await queryRunner.query(
      'CREATE INDEX ix_user_tasks_completed_by_completed_at_key ON user_tasks (completed_by, completed_at, "key")',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await rebuild(queryRunner, before(), 'user_task_key, kind, value FROM kept_candidates');
    await queryRunner.query('DROP INDEX ix_user_tasks_completed_by_completed_at_key');
    await queryRunner.query(
      'CREATE INDEX ix_user_tasks_completed_by_completed_at ON user_tasks (completed_by, completed_at)',
    );
  }
}

/** Makes the table anew with the same rows: SQLite adds no column that is neither nullable nor has a default. */
async function rebuild(queryRunner: QueryRunner, table: Table, selected: string): Promise<void> {
  await queryRunner.query(
    'CREATE TABLE kept_candidates AS SELECT user_task_key, kind, value FROM user_task_candidates',
  );
  await queryRunner.dropTable('user_task_candidates');
  await queryRunner.createTable(table);
  await queryRunner.query(`INSERT INTO user_task_candidates SELECT ${selected}`);
  await queryRunner.query('DROP TABLE kept_candidates');
}
