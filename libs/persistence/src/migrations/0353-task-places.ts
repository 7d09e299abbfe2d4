import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds the open tasks of one element: a list of many tasks asks for the few that its reader is kept from. */
export class TaskPlaces1764000000353 implements MigrationInterface {
  readonly name = 'TaskPlaces1764000000353';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX ix_user_tasks_place ON user_tasks (bpmn_process_id, element_id, state)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX ix_user_tasks_place');
  }
}
