import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when the cycle of a timer start event counts; unknown for those that are there already. */
export class StartTimerAnchors1764000000120 implements MigrationInterface {
  readonly name = 'StartTimerAnchors1764000000120';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE start_subscriptions ADD COLUMN anchor_at bigint');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE start_subscriptions DROP COLUMN anchor_at');
  }
}
