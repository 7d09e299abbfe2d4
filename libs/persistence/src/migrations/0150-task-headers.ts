import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Headers that the model gives a user task, JSON; null where it gives none. */
export class TaskHeaders1764000000150 implements MigrationInterface {
  readonly name = 'TaskHeaders1764000000150';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE user_tasks ADD COLUMN custom_headers text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE user_tasks DROP COLUMN custom_headers');
  }
}
