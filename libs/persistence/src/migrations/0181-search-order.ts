import type { MigrationInterface, QueryRunner } from 'typeorm';

const byKey = [
  ['ix_process_instances_state_key', 'process_instances'],
  ['ix_user_tasks_state_key', 'user_tasks'],
] as const;
const ordered = [
  ['ix_process_instances_bpmn_process_id_state', 'bpmn_process_id, state'],
  ['ix_process_instances_process_definition_key_state', 'process_definition_key, state'],
] as const;

/** Searches of instances and tasks are sorted by key unless something else is asked for: their indices give the rows in this order. */
export class SearchOrder1764000000181 implements MigrationInterface {
  readonly name = 'SearchOrder1764000000181';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [name, table] of byKey) await queryRunner.query(`CREATE INDEX ${name} ON ${table} (state, "key")`);
    for (const [name, columns] of ordered) await replace(queryRunner, name, `${columns}, "key"`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [name, columns] of ordered) await replace(queryRunner, name, columns);
    for (const [name] of byKey) await queryRunner.query(`DROP INDEX ${name}`);
  }
}

async function replace(queryRunner: QueryRunner, name: string, columns: string): Promise<void> {
  await queryRunner.query(`DROP INDEX ${name}`);
  await queryRunner.query(`CREATE INDEX ${name} ON process_instances (${columns})`);
}
