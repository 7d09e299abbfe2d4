import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { key, nullable, primary, text, time } from '../columns.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'account_posts',
    columns: [text('account', primary), text('post', primary)],
    indices: [{ name: 'ix_account_posts_post', columnNames: ['post'] }],
  }),
  new Table({
    name: 'substitutions',
    columns: [
      key('substitution_key', primary),
      text('account'),
      text('substitute'),
      text('from_day'),
      text('until_day'),
      text('reason'),
      text('entered_by'),
      time('entered_at'),
      text('ended_by', nullable),
      time('ended_at', nullable),
    ],
    indices: [
      { name: 'ix_substitutions_substitute_until_day', columnNames: ['substitute', 'until_day'] },
      { name: 'ix_substitutions_account', columnNames: ['account'] },
    ],
  }),
  new Table({
    name: 'acts_in_place',
    columns: [
      key('act_key', primary),
      key('user_task_key'),
      key('process_instance_key'),
      text('act'),
      text('account'),
      text('in_place_of'),
      time('at'),
    ],
    indices: [{ name: 'ix_acts_in_place_process_instance_key', columnNames: ['process_instance_key'] }],
  }),
  new Table({
    name: 'recusals',
    columns: [
      key('recusal_key', primary),
      text('case_key'),
      text('account'),
      text('sealed_key'),
      text('entered_by'),
      time('entered_at'),
      text('undone_by', nullable),
      time('undone_at', nullable),
    ],
    indices: [{ name: 'ix_recusals_case_key', columnNames: ['case_key'] }],
  }),
  new Table({
    name: 'unattended_tasks',
    columns: [key('user_task_key', primary), key('process_instance_key'), time('since'), text('offered_to', nullable)],
    indices: [{ name: 'ix_unattended_tasks_process_instance_key', columnNames: ['process_instance_key'] }],
  }),
];

/** Who holds which post, who stands in for whom, who is recused, and which tasks nobody could do. */
export class Organization1764000000220 implements MigrationInterface {
  readonly name = 'Organization1764000000220';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
