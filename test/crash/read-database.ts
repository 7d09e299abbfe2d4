import Sqlite from 'better-sqlite3';

/** What the database says after all kills; it must agree with what was acknowledged. */
export interface DatabaseFacts {
  readonly caseNumbers: readonly string[];
  taskState(userTaskKey: string): string | undefined;
  /** How often the log completes the same task, at most. */
  readonly completionsOfOneTask: number;
  /** Active instances without an open task, job, timer, subscription, call or incident. */
  readonly strandedInstances: readonly string[];
  /** Instances whose log does not count 1, 2, 3, … */
  readonly logsWithGaps: readonly string[];
  /** Handles in variables that name no stored value. */
  readonly unsealedHandles: readonly string[];
  readonly integrity: string;
}

export function readDatabase(file: string): DatabaseFacts {
  const database = new Sqlite(file, { readonly: true });
  const column = (sql: string): string[] => database.prepare(sql).pluck().all().map(String);
  const facts = {
    caseNumbers: column(`SELECT case_no FROM process_instances WHERE bpmn_process_id = 'xf_main' ORDER BY case_no`),
    tasks: new Map(
      database.prepare('SELECT CAST("key" AS TEXT), state FROM user_tasks').raw().all() as [string, string][],
    ),
    completionsOfOneTask: Number(
      database
        .prepare(
          `SELECT COALESCE(MAX(n), 0) FROM (SELECT COUNT(*) AS n FROM event_log WHERE type = 'userTaskCompleted' GROUP BY json_extract(payload, '$.userTaskKey'))`,
        )
        .pluck()
        .get(),
    ),
    strandedInstances: column(`SELECT "key" FROM process_instances p WHERE p.state = 'ACTIVE'
      AND NOT EXISTS (SELECT 1 FROM user_tasks t WHERE t.process_instance_key = p."key" AND t.state = 'CREATED')
      AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.process_instance_key = p."key" AND j.state NOT IN ('COMPLETED', 'CANCELED'))
      AND NOT EXISTS (SELECT 1 FROM timers m WHERE m.process_instance_key = p."key")
      AND NOT EXISTS (SELECT 1 FROM message_subscriptions s WHERE s.process_instance_key = p."key")
      AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.target_instance_key = p."key")`),
    logsWithGaps: column(
      `SELECT process_instance_key FROM event_log GROUP BY process_instance_key HAVING MIN(position) <> 1 OR MAX(position) <> COUNT(*)`,
    ),
    unsealedHandles: column(`SELECT json_extract(value, '$."$sealed"') FROM variables WHERE value LIKE '{"$sealed"%'
      AND json_extract(value, '$."$sealed"') NOT IN (SELECT sealed_key FROM sealed_values)`),
    integrity: String(database.pragma('integrity_check', { simple: true })),
  };
  database.close();
  return { ...facts, taskState: (key) => facts.tasks.get(key) };
}
