import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A notice that tells of two cases is for who may open both. */
export class NoticesOfTwo1764000000361 implements MigrationInterface {
  readonly name = 'NoticesOfTwo1764000000361';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE notices ADD COLUMN other_instance_key text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE notices DROP COLUMN other_instance_key');
  }
}
