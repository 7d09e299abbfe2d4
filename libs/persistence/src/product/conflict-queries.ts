import type { CaseQuery } from '#runtime';
import type { Exclusions } from '#vault';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';

export interface ConflictQueries {
  /** Keys of the cases in which a user task is open for one of these roles, in any unit, or was done by who has it. */
  casesInHandsOf(hands: Hands): Promise<readonly string[]>;
  /** Keys of the cases with any match of this kind, such as those that exclude somebody. */
  casesThatExclude(kind: string): Promise<readonly string[]>;
}

/** Roles, and the posts that give one of them. */
export interface Hands {
  readonly roles: readonly string[];
  readonly posts: readonly string[];
}

/** Reads which cases are in the hands of whom. */
export function createConflictQueries(database: Database): ConflictQueries {
  const query = readerQuery(database);
  return {
    casesInHandsOf: async (hands) => {
      if (hands.roles.length === 0) return [];
      const { sql, params } = inHandsOf(hands);
      const rows = await query(sql, [...params]);
      return rows.map((row) => String(row['case_key']));
    },
    casesThatExclude: async (kind) => {
      const rows = await query('SELECT DISTINCT case_key FROM sealed_matches WHERE kind = ?', [kind]);
      return rows.map((row) => String(row['case_key']));
    },
  };
}

/** The cases that exclude somebody by one of these matches, and those in the hands of one of these roles. */
export function casesHiddenBy({ kind, hashes }: Exclusions, hands: Hands): CaseQuery {
  const excluding = `SELECT case_key FROM sealed_matches WHERE kind = ? AND hash IN ${list(hashes.length)}`;
  if (hands.roles.length === 0) return { sql: excluding, params: [kind, ...hashes] };
  const { sql, params } = inHandsOf(hands);
  return { sql: `${excluding} UNION ${sql}`, params: [kind, ...hashes, ...params] };
}

function inHandsOf({ roles, posts }: Hands): CaseQuery {
  const ofGroup = [...roles.map(() => '(c.value = ? OR c.value LIKE ?)'), ...posts.map(() => 'c.value = ?')].join(
    ' OR ',
  );
  const done = (table: string, column: string, among: readonly string[]): CaseQuery => ({
    sql: `SELECT t.case_key FROM ${table} h JOIN user_tasks t ON t.completed_by = h.account
      WHERE t.case_key IS NOT NULL AND h.${column} IN ${list(among.length)}`,
    params: among,
  });
  const parts: readonly CaseQuery[] = [
    {
      sql: `SELECT t.case_key FROM user_task_candidates c JOIN user_tasks t ON t."key" = c.user_task_key
      WHERE t.case_key IS NOT NULL AND c.kind = 'group' AND (${ofGroup})`,
      params: [...roles.flatMap((role) => [role, `${role}@%`]), ...posts.map((post) => `post:${post}`)],
    },
    done('account_roles', 'role', roles),
    ...(posts.length === 0 ? [] : [done('account_posts', 'post', posts)]),
  ];
  return { sql: parts.map(({ sql }) => sql).join(' UNION '), params: parts.flatMap(({ params }) => params) };
}
