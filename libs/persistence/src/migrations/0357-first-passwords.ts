import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an account has a password that somebody else set; nobody is asked to change what was there before. */
export class FirstPasswords1764000000357 implements MigrationInterface {
  readonly name = 'FirstPasswords1764000000357';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE accounts ADD COLUMN must_change_password boolean NOT NULL DEFAULT false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE accounts DROP COLUMN must_change_password');
  }
}
