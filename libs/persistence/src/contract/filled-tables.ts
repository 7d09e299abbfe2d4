import type { DataSource } from 'typeorm';
import { searchAccess } from '../queries/search-access.js';

const ROWS = 20_000;
/** Of what is deployed. */
const DEFINITIONS = 300;
/** Rows with a number that leaves this rest have what most rows do not have. */
const RARE = 'n % 500 = 7';

const numbers: Readonly<Record<string, string>> = {
  SQLite: `(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${ROWS}) SELECT n FROM c)`,
  PostgreSQL: `generate_series(1, ${ROWS}) AS n`,
};

const tables: Readonly<Record<string, readonly string[]>> = {
  process_definitions: [],
  process_instances: searchAccess.processInstances.states!,
  element_instances: searchAccess.processInstances.states!,
  variables: [],
  user_tasks: searchAccess.userTasks.states!,
  user_task_candidates: [],
  jobs: searchAccess.jobs.states!,
  incidents: ['RESOLVED', 'ACTIVE'],
  message_subscriptions: [],
  decision_evaluations: [],
  batch_operations: ['COMPLETED', 'ACTIVE'],
  batch_operation_items: ['COMPLETED', 'FAILED'],
};

/** Statements that fill all tables that are searched, the most of whose rows are alike in state and empty columns. */
export function filledTables(source: DataSource, kind: string): readonly string[] {
  return Object.entries(tables).map(([table, states]) => {
    const columns = source.entityMetadatas.find(({ tableName }) => tableName === table)!.columns;
    const values = columns.map((one) => {
      const value = valueOf(table, one.databaseName, String(one.type), states);
      return one.isNullable ? `CASE WHEN ${RARE} THEN ${value} END` : value;
    });
    const few = table === 'process_definitions' ? ` WHERE n <= ${DEFINITIONS}` : '';
    const names = columns.map(({ databaseName }) => `"${databaseName}"`);
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${numbers[kind]}${few}`;
  });
}

function valueOf(table: string, column: string, type: string, states: readonly string[]): string {
  if (column === 'state') return `CASE WHEN ${RARE} THEN '${states[1] ?? ''}' ELSE '${states[0] ?? ''}' END`;
  if (column === 'kind' && table === 'user_task_candidates') return `CASE WHEN ${RARE} THEN 'user' ELSE 'group' END`;
  if (type === 'integer' && table === 'process_definitions') return 'n';
  if (column === 'bpmn_process_id' && table === 'process_definitions') return `'x' || n`;
  if (type === 'boolean') return `(${RARE})`;
  if (type === 'text') return `'x' || (n % ${DEFINITIONS})`;
  if (column === 'process_definition_key') return `(n % ${DEFINITIONS}) + 1`;
  return type === 'integer' ? '(n % 40)' : 'n';
}
