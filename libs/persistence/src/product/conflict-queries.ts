import type { CaseQuery } from '#runtime';
import type { Exclusions } from '#vault';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
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
      const { sql, params } = inHandsOf(roles);
      const rows = await query(sql, [...params]);
      return rows.map((row) => String(row['case_key']));
    },
  };
}

/** The cases that exclude somebody by one of these matches, and those in the hands of one of these roles. */
export function casesHiddenBy({ kind, hashes }: Exclusions, roles: readonly string[]): CaseQuery {
  const excluding = `SELECT case_key FROM sealed_matches WHERE kind = ? AND hash IN ${list(hashes.length)}`;
  if (roles.length === 0) return { sql: excluding, params: [kind, ...hashes] };
  const { sql, params } = inHandsOf(roles);
  return { sql: `${excluding} UNION ${sql}`, params: [kind, ...hashes, ...params] };
}

function inHandsOf(roles: readonly string[]): CaseQuery {
  const ofRole = roles.map(() => '(c.value = ? OR c.value LIKE ?)').join(' OR ');
  return {
    sql: `SELECT t.case_key FROM user_task_candidates c JOIN user_tasks t ON t."key" = c.user_task_key
      WHERE t.case_key IS NOT NULL AND c.kind = 'group' AND (${ofRole})
      UNION SELECT t.case_key FROM account_roles r JOIN user_tasks t ON t.completed_by = r.account
      WHERE t.case_key IS NOT NULL AND r.role IN ${list(roles.length)}`,
    params: [...roles.flatMap((role) => [role, `${role}@%`]), ...roles],
  };
}
