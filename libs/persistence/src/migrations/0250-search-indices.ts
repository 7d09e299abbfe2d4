import type { MigrationInterface, QueryRunner } from 'typeorm';

const indices: readonly (readonly [name: string, on: string])[] = [
  ['ix_process_definitions_name', 'process_definitions (name, "key")'],
  ['ix_process_definitions_version', 'process_definitions (version, "key")'],
  ['ix_process_definitions_version_tag', 'process_definitions (version_tag) WHERE version_tag IS NOT NULL'],
  ['ix_process_definitions_resource_name', 'process_definitions (resource_name, "key")'],
  ['ix_process_instances_has_incident', 'process_instances ("key") WHERE has_incident = true'],
  [
    'ix_process_instances_parent_element_instance_key',
    'process_instances (parent_element_instance_key) WHERE parent_element_instance_key IS NOT NULL',
  ],
  ['ix_element_instances_has_incident', 'element_instances ("key") WHERE has_incident = true'],
  ['ix_user_tasks_owner', 'user_tasks (owner) WHERE owner IS NOT NULL'],
  ['ix_incidents_process_definition_key', 'incidents (process_definition_key, "key")'],
  ['ix_incidents_bpmn_process_id', 'incidents (bpmn_process_id, "key")'],
  ['ix_incidents_element_id', 'incidents (element_id, "key")'],
  ['ix_incidents_error_type', 'incidents (error_type, "key")'],
  ['ix_incidents_job_key', 'incidents (job_key) WHERE job_key IS NOT NULL'],
  ['ix_decision_evaluations_at', 'decision_evaluations (at, "key")'],
  ['ix_batch_operations_type', 'batch_operations (type, "key")'],
  ['ix_batch_operations_start_at', 'batch_operations (start_at, "key")'],
  ['ix_batch_operations_end_at', 'batch_operations (end_at) WHERE end_at IS NOT NULL'],
  ['ix_batch_operation_items_item_key', 'batch_operation_items (item_key)'],
];

/**
 * What a search of the engine API may ask for alone is found by an index. On tables that each step writes they hold few
 * rows (those that are marked or have a value); the others are written by deployments, incidents, decisions and batches.
 */
export class SearchIndices1764000000250 implements MigrationInterface {
  readonly name = 'SearchIndices1764000000250';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [name, on] of indices) await queryRunner.query(`CREATE INDEX ${name} ON ${on}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [name] of [...indices].reverse()) await queryRunner.query(`DROP INDEX ${name}`);
  }
}
