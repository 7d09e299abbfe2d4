import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Names and digests of attachments, sealed. What stands in `name` and `digest` is sealed by the server at its start, which
 * has the keys, and empty from then on; of what is gone already it is emptied here.
 */
export class SealedFileNames1764000000362 implements MigrationInterface {
  readonly name = 'SealedFileNames1764000000362';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE attachments ADD COLUMN sealed text');
    await queryRunner.query(
      `UPDATE attachments SET name = '', digest = '' WHERE removed_at IS NOT NULL OR case_key IN
         (SELECT case_key FROM case_keys WHERE destroyed_at IS NOT NULL)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE attachments DROP COLUMN sealed');
  }
}
