import type { MigrationInterface, QueryRunner } from 'typeorm';

const THIRTY_DAYS_MS = 30 * 24 * 3_600_000;

/** When a granted sight ends; what was granted without an end before ends 30 days after it was granted. */
export class SightUntil1764000000352 implements MigrationInterface {
  readonly name = 'SightUntil1764000000352';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sight_grants ADD COLUMN until_at bigint NOT NULL DEFAULT 0');
    await queryRunner.query(`UPDATE sight_grants SET until_at = granted_at + ${THIRTY_DAYS_MS}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sight_grants DROP COLUMN until_at');
  }
}
