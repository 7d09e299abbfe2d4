import type { Key } from '#engine';
import type { Given, HistoryRequest, Row, RowWrite } from '#runtime';
import { list, type SqlDialect } from './dialect.js';
import { asKey } from './records.js';

/** Everything of an instance but what is sealed, and the record of who looked at it. */
const TABLES = [
  'event_log',
  'instance_snapshots',
  'element_instances',
  'variables',
  'incidents',
  'decision_evaluations',
  'user_tasks',
  'task_turns',
  'task_notes',
  'jobs',
  'timers',
  'message_subscriptions',
  'signal_subscriptions',
  'outbox',
  'acts_in_place',
  'unattended_tasks',
  'ledger_marks',
  'ledger_positions',
  'ledger_rows',
  'ledger_cells',
  'indicator_facts',
  'deadlines',
  'deadline_moves',
] as const;
/** Here the key is a text. */
const TEXT_TABLES = ['documents', 'notices'] as const;

/**
 * Instances whose history may be removed: they have ended, and so has all that they belong to, and nothing of theirs is
 * still to be delivered or waits, given up, for a person's decision. A case that holds protected content stays until its
 * key is destroyed, which has rules of its own.
 */
const REMOVABLE = `p.state <> 'ACTIVE'
  AND NOT EXISTS (SELECT 1 FROM process_instances r WHERE r."key" = p.root_instance_key AND r.state = 'ACTIVE')
  AND NOT EXISTS (SELECT 1 FROM process_instances r WHERE r.case_key = p.case_key AND r.state = 'ACTIVE')
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.process_instance_key = p."key" AND o.state IN ('PENDING', 'FAILED'))
  AND NOT EXISTS (SELECT 1 FROM case_keys k WHERE k.case_key = p.case_key AND k.wrapped_key IS NOT NULL)`;

/** Of the instances asked for, those that may be removed. */
export async function removableInstances(
  { lockForRemoval }: SqlDialect,
  given: Given,
  request: HistoryRequest,
): Promise<readonly Key[]> {
  const rows =
    'keys' in request
      ? await given.query(
          `SELECT p."key" FROM process_instances p WHERE p."key" IN ${list(request.keys.length)} AND ${REMOVABLE} ${lockForRemoval}`,
          request.keys,
        )
      : await given.query(
          `SELECT p."key" FROM process_instances p WHERE p.process_definition_key = ? AND p.end_at < ? AND ${REMOVABLE} ORDER BY p.end_at LIMIT ? ${lockForRemoval}`,
          [request.processDefinitionKey, request.endedBefore, request.limit],
        );
  return rows.map((row: Row) => asKey(row.key));
}

/** What removes these instances, in the transaction that found them. */
export function historyRemoval(keys: readonly Key[]): readonly RowWrite[] {
  if (keys.length === 0) return [];
  const some = list(keys.length);
  const tasks = `(SELECT CAST("key" AS text) FROM user_tasks WHERE process_instance_key IN ${some})`;
  return [
    { sql: `DELETE FROM drafts WHERE user_task_key IN ${tasks}`, params: keys },
    {
      sql: `DELETE FROM user_task_candidates WHERE user_task_key IN (SELECT "key" FROM user_tasks WHERE process_instance_key IN ${some})`,
      params: keys,
    },
    ...[...TEXT_TABLES, ...TABLES].map((table) => ({
      sql: `DELETE FROM ${table} WHERE process_instance_key IN ${some}`,
      params: keys,
    })),
    {
      sql: `DELETE FROM sealed_matches WHERE case_key IN (SELECT case_key FROM process_instances WHERE "key" IN ${some})
            AND case_key IN (SELECT case_key FROM case_keys WHERE wrapped_key IS NULL)
            AND NOT EXISTS (SELECT 1 FROM case_origins o WHERE o.origin_key = sealed_matches.case_key)
            AND NOT EXISTS (SELECT 1 FROM process_instances p WHERE p.case_key = sealed_matches.case_key AND p."key" NOT IN ${some})`,
      params: [...keys, ...keys],
    },
    { sql: `DELETE FROM process_instances WHERE "key" IN ${some}`, params: keys, expectRows: keys.length },
  ];
}
