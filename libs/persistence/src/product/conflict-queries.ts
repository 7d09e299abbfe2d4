import type { CaseQuery } from '#runtime';
import type { Exclusions } from '#vault';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { comparableCases, type ComparableCases } from './comparable-cases.js';
import { type CaseLink, namedMatter, relatedCases, withDescendants } from './case-origins.js';

export interface ConflictQueries {
  /**
   * Keys of the cases in which a user task is open for one of these roles, in any unit, or was done by who has it, and of
   * those of the named processes; with all cases that were started from them.
   */
  casesInHandsOf(hands: Hands): Promise<readonly string[]>;
  /** Keys of the cases with any match of this kind, such as those that exclude somebody, and of all that come from them. */
  casesThatExclude(kind: string): Promise<readonly string[]>;
  /** Of the cases in the hands of these roles, those in which one of these user tasks is open or was done. */
  casesTakenOver(steps: readonly TakeoverStep[], hands: Omit<Hands, 'processes'>): Promise<readonly string[]>;
  /** Keys of the cases from which this one was started, one step back. */
  casesThatStarted(caseKey: string): Promise<readonly string[]>;
  /** Keys of the cases that this one started, one step on, in the order of their keys; none that it gave back. */
  casesStartedBy(caseKey: string): Promise<readonly string[]>;
  /** Keys of the cases that this one gave back out of exclusive hands, in the order of their keys. */
  casesReturnedBy(caseKey: string): Promise<readonly string[]>;
  /**
   * Keys of the cases of the same matter as its forms and theirs say (`x-names-case`): those that this one names, near and
   * far, and all that name any of those, in the order of their keys.
   */
  casesOfMatter(caseKey: string): Promise<readonly string[]>;
  /** Keys of the cases that this one relates, and that relate this one, in the order of their keys. */
  casesRelatedTo(caseKey: string): Promise<readonly string[]>;
  /** Keys of the cases whose texts may be compared, newest first. */
  comparableCases(asked: ComparableCases): Promise<readonly string[]>;
}

export interface TakeoverStep {
  readonly process: string;
  readonly elementId: string;
}

/** Roles, the posts that give one of them, and the processes whose cases are theirs from the start. */
export interface Hands {
  readonly roles: readonly string[];
  readonly posts: readonly string[];
  readonly processes: readonly string[];
}

/** Reads which cases are in the hands of whom. */
export function createConflictQueries(database: Database): ConflictQueries {
  const query = readerQuery(database);
  const keysOf = async ({ sql, params }: CaseQuery): Promise<readonly string[]> =>
    (await query(sql, [...params])).map((row) => String(row['case_key']));
  const begunBy = async (caseKey: string, link: CaseLink): Promise<readonly string[]> => {
    const sql = `SELECT case_key FROM case_origins WHERE origin_key = ? AND link = ? ORDER BY CAST(case_key AS BIGINT)`;
    const rows = await query(sql, [caseKey, link]);
    return rows.map((row) => String(row['case_key']));
  };
  return {
    casesInHandsOf: async (hands) => {
      if (isNobody(hands)) return [];
      const { sql, params } = inHandsOf(hands);
      const rows = await query(sql, [...params]);
      return rows.map((row) => String(row['case_key']));
    },
    casesThatExclude: async (kind) => {
      const { sql, params } = withDescendants({
        sql: 'SELECT case_key FROM sealed_matches WHERE kind = ?',
        params: [kind],
      });
      const rows = await query(sql, [...params]);
      return rows.map((row) => String(row['case_key']));
    },
    casesTakenOver: async (steps, hands) => {
      if (steps.length === 0 || hands.roles.length === 0) return [];
      const anyStep = steps.map(() => '(t.bpmn_process_id = ? AND t.element_id = ?)').join(' OR ');
      const which = steps.flatMap(({ process, elementId }) => [process, elementId]);
      const parts = tasksOf(hands).map(({ sql, params }) => ({
        sql: `${sql} AND (${anyStep})`,
        params: [...params, ...which],
      }));
      const rows = await query(
        parts.map(({ sql }) => sql).join(' UNION '),
        parts.flatMap(({ params }) => params),
      );
      return rows.map((row) => String(row['case_key']));
    },
    casesThatStarted: async (caseKey) => {
      const sql = `SELECT origin_key FROM case_origins WHERE case_key = ? AND link IN ('started', 'returned')`;
      const rows = await query(sql, [caseKey]);
      return rows.map((row) => String(row['origin_key']));
    },
    casesStartedBy: (caseKey) => begunBy(caseKey, 'started'),
    casesReturnedBy: (caseKey) => begunBy(caseKey, 'returned'),
    casesOfMatter: (caseKey) => keysOf(namedMatter(caseKey)),
    casesRelatedTo: (caseKey) => keysOf(relatedCases(caseKey)),
    comparableCases: (asked) => keysOf(comparableCases(asked)),
  };
}

/**
 * The cases that exclude somebody by one of these matches, with all that were started from them or name them, and those in
 * the hands of one of these roles, with all that were started from them.
 */
export function casesHiddenBy({ kind, hashes }: Exclusions, hands: Hands): CaseQuery {
  const seeds = `SELECT case_key FROM sealed_matches WHERE kind = ? AND hash IN ${list(hashes.length)}`;
  const excluding = withDescendants({ sql: seeds, params: [kind, ...hashes] });
  if (isNobody(hands)) return excluding;
  const { sql, params } = inHandsOf(hands);
  return { sql: `${excluding.sql} UNION ${sql}`, params: [...excluding.params, ...params] };
}

const isNobody = ({ roles, processes }: Hands): boolean => roles.length === 0 && processes.length === 0;

function inHandsOf(hands: Hands): CaseQuery {
  const parts = [...(hands.roles.length === 0 ? [] : tasksOf(hands)), ...ofProcesses(hands)];
  const seeds = { sql: parts.map(({ sql }) => sql).join(' UNION '), params: parts.flatMap(({ params }) => params) };
  return withDescendants(seeds, 'started');
}

function tasksOf({ roles, posts }: Omit<Hands, 'processes'>): readonly CaseQuery[] {
  const ofGroup = [...roles.map(() => '(c.value = ? OR c.value LIKE ?)'), ...posts.map(() => 'c.value = ?')].join(
    ' OR ',
  );
  const done = (table: string, column: string, among: readonly string[]): CaseQuery => ({
    sql: `SELECT t.case_key FROM ${table} h JOIN user_tasks t ON t.completed_by = h.account
      WHERE t.case_key IS NOT NULL AND h.${column} IN ${list(among.length)}`,
    params: among,
  });
  return [
    {
      sql: `SELECT t.case_key FROM user_task_candidates c JOIN user_tasks t ON t."key" = c.user_task_key
      WHERE t.case_key IS NOT NULL AND c.kind = 'group' AND (${ofGroup})`,
      params: [...roles.flatMap((role) => [role, `${role}@%`]), ...posts.map((post) => `post:${post}`)],
    },
    done('account_roles', 'role', roles),
    ...(posts.length === 0 ? [] : [done('account_posts', 'post', posts)]),
  ];
}

/** Cases that such a process opened; an instance that only joined another's case does not hide it. */
function ofProcesses({ processes }: Hands): readonly CaseQuery[] {
  if (processes.length === 0) return [];
  const sql = `SELECT case_key FROM process_instances
    WHERE case_key = CAST("key" AS TEXT) AND bpmn_process_id IN ${list(processes.length)}`;
  return [{ sql, params: processes }];
}
