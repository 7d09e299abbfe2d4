import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';

export interface ConflictQueries {
  /** Keys of the cases in which a user task is or was for one of these roles, in any unit. */
  casesInHandsOf(roles: readonly string[]): Promise<readonly string[]>;
}

/** Reads which cases are in the hands of whom. */
export function createConflictQueries(database: Database): ConflictQueries {
  const query = readerQuery(database);
  return {
    casesInHandsOf: async (roles) => {
      if (roles.length === 0) return [];
      const ofRole = roles.map(() => '(c.value = ? OR c.value LIKE ?)').join(' OR ');
      const rows = await query(
        `SELECT DISTINCT t.case_key FROM user_task_candidates c JOIN user_tasks t ON t.user_task_key = c.user_task_key
         WHERE t.case_key IS NOT NULL AND c.kind = 'group' AND (${ofRole})`,
        roles.flatMap((role) => [role, `${role}@%`]),
      );
      return rows.map((row) => String(row['case_key']));
    },
  };
}
