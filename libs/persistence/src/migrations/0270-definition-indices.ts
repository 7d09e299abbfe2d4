import type { MigrationInterface, QueryRunner } from 'typeorm';

const indices: readonly (readonly [name: string, on: string])[] = [
  ['ix_element_instances_process_definition_key', 'element_instances (process_definition_key, "key")'],
  ['ix_jobs_process_definition_key', 'jobs (process_definition_key, "key")'],
];

/** All that ran on a definition is found by its key alone. */
export class DefinitionIndices1764000000270 implements MigrationInterface {
  readonly name = 'DefinitionIndices1764000000270';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [name, on] of indices) await queryRunner.query(`CREATE INDEX ${name} ON ${on}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [name] of [...indices].reverse()) await queryRunner.query(`DROP INDEX ${name}`);
  }
}
