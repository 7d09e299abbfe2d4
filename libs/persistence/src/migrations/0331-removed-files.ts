import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when the bytes of an attachment are gone because its time of keeping is over. */
export class RemovedFiles1764000000331 implements MigrationInterface {
  readonly name = 'RemovedFiles1764000000331';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE attachments ADD COLUMN removed_at bigint');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE attachments DROP COLUMN removed_at');
  }
}
