import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Account whose kept message meets only what exists for it; null: it meets all. */
export class MessageSenders1764000000190 implements MigrationInterface {
  readonly name = 'MessageSenders1764000000190';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE messages ADD COLUMN visible_to text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE messages DROP COLUMN visible_to');
  }
}
