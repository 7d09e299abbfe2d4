import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';

export interface ConflictQueries {
  /** Keys of the cases in which a user task is open for one of these roles, in any unit, or was done by who has it. */
  casesInHandsOf(roles: readonly string[]): Promise<readonly string[]>;
}

/** Reads which cases are in the hands of whom. */
export function createConflictQueries(database: Database): ConflictQueries {
  const query = readerQuery(database);
  return {
    casesInHandsOf: async (roles) => {
      if (roles.length === 0) return [];
      const ofRole = roles.map(() => '(c.value = ? OR c.value LIKE ?)').join(' OR ');
      const marks = roles.map(() => '?').join(', ');
      const rows = await query(
        `SELECT t.case_key FROM user_task_candidates c JOIN user_tasks t ON t."key" = c.user_task_key
         WHERE t.case_key IS NOT NULL AND c.kind = 'group' AND (${ofRole})
         UNION SELECT t.case_key FROM account_roles r JOIN user_tasks t ON t.completed_by = r.account
         WHERE t.case_key IS NOT NULL AND r.role IN (${marks})`,
        [...roles.flatMap((role) => [role, `${role}@%`]), ...roles],
      );
      return rows.map((row) => String(row['case_key']));
    },
  };
}
