import type { Row } from '#runtime';
import type { Database } from '../database.js';
import { list } from '../dialect.js';
import { readerQuery } from '../reader-query.js';
import { withDescendants, withOrigins } from './case-origins.js';

/** Somebody stands in for an account on the days from `fromDay` to `untilDay` (ISO dates), both included. */
export interface SubstitutionRecord {
  readonly substitutionKey: string;
  readonly account: string;
  readonly substitute: string;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly reason: string;
  readonly enteredBy: string;
  readonly enteredAt: number;
  /** Set where it was ended before its last day. */
  readonly endedBy: string | null;
  readonly endedAt: number | null;
}

/** What somebody did with a task in the place of another. */
export interface ActInPlace {
  readonly userTaskKey: string;
  readonly processInstanceKey: string;
  readonly act: string;
  readonly account: string;
  readonly inPlaceOf: string;
  readonly at: number;
}

export interface RecusalRecord {
  readonly recusalKey: string;
  readonly caseKey: string;
  readonly account: string;
  /** The sealed reason; its row of matches is what excludes the account. */
  readonly sealedKey: string;
  readonly enteredBy: string;
  readonly enteredAt: number;
  readonly undoneBy: string | null;
  readonly undoneAt: number | null;
}

/** An open task that none of its candidates can do. */
export interface UnattendedTask {
  readonly userTaskKey: string;
  readonly processInstanceKey: string;
  readonly since: number;
  /** Group that it was offered to; null where there was none with somebody in it. */
  readonly offeredTo: string | null;
}

/** Somebody completed a step of a case or started an instance of it. */
export interface ActInCase {
  readonly caseKey: string;
  readonly account: string;
  readonly at: number;
}

/** Reads of posts, substitutions, recusals and of what nobody could do. */
export interface OrganizationQueries {
  /** Those in which the account is the substitute on this day. */
  substitutionsBy(substitute: string, day: string): Promise<readonly SubstitutionRecord[]>;
  substitution(key: string): Promise<SubstitutionRecord | undefined>;
  /** Not ended and not past, by first day; of all accounts, or where the account is one of the two. */
  substitutions(day: string, account?: string): Promise<readonly SubstitutionRecord[]>;
  actsInPlace(instanceKeys: readonly string[]): Promise<readonly ActInPlace[]>;
  recusal(key: string): Promise<RecusalRecord | undefined>;
  /** The latest first. */
  recusalsOf(caseKey: string): Promise<readonly RecusalRecord[]>;
  unattended(userTaskKeys: readonly string[]): Promise<readonly UnattendedTask[]>;
  /** Those whose task is still open and was offered to nobody, the oldest first. */
  openUnattended(limit: number): Promise<readonly UnattendedTask[]>;
  /** Of these cases, those that exclude anybody, also by a case that they come from. */
  casesWithExclusions(caseKeys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The case and all that come from it, near and far. */
  casesFrom(caseKey: string): Promise<readonly string[]>;
  /** Steps and starts of these cases by accounts, from this moment on. */
  actsInCases(caseKeys: readonly string[], since: number): Promise<readonly ActInCase[]>;
  /** Keys of open tasks above `afterKey`, in their order. */
  openTaskKeys(afterKey: string, limit: number): Promise<readonly string[]>;
}

/** Queries over the reader. */
export function createOrganizationQueries(database: Database): OrganizationQueries {
  const query = readerQuery(database);
  const many = async <T>(sql: string, params: readonly unknown[], map: (row: Row) => T) =>
    (await query(sql, [...params])).map(map);
  return {
    substitutionsBy: (substitute, day) =>
      many(
        `SELECT * FROM substitutions WHERE substitute = ? AND until_day >= ? AND from_day <= ? AND ended_at IS NULL ORDER BY account`,
        [substitute, day, day],
        toSubstitution,
      ),
    substitution: async (key) =>
      (await many('SELECT * FROM substitutions WHERE substitution_key = ?', [key], toSubstitution))[0],
    substitutions: (day, account) =>
      many(
        `SELECT * FROM substitutions WHERE ended_at IS NULL AND until_day >= ?${account === undefined ? '' : ' AND (account = ? OR substitute = ?)'} ORDER BY from_day, substitution_key LIMIT 1000`,
        account === undefined ? [day] : [day, account, account],
        toSubstitution,
      ),
    actsInPlace: async (keys) =>
      keys.length === 0
        ? []
        : many(
            `SELECT * FROM acts_in_place WHERE process_instance_key IN ${list(keys.length)} ORDER BY at`,
            keys,
            toAct,
          ),
    recusal: async (key) => (await many('SELECT * FROM recusals WHERE recusal_key = ?', [key], toRecusal))[0],
    recusalsOf: (caseKey) =>
      many(
        'SELECT * FROM recusals WHERE case_key = ? ORDER BY entered_at DESC, recusal_key DESC',
        [caseKey],
        toRecusal,
      ),
    unattended: async (keys) =>
      keys.length === 0
        ? []
        : many(`SELECT * FROM unattended_tasks WHERE user_task_key IN ${list(keys.length)}`, keys, toUnattended),
    openUnattended: (limit) =>
      many(
        `SELECT u.* FROM unattended_tasks u JOIN user_tasks t ON t."key" = u.user_task_key
          WHERE t.state = 'CREATED' AND u.offered_to IS NULL ORDER BY u.since, u.user_task_key LIMIT ?`,
        [limit],
        toUnattended,
      ),
    casesWithExclusions: async (keys) =>
      keys.length === 0
        ? new Set()
        : new Set(
            await many(
              `SELECT DISTINCT line.seed FROM (${withOrigins(keys).sql}) line
                JOIN sealed_matches m ON m.case_key = line.case_key WHERE m.kind = 'excludes'`,
              keys,
              (row) => String(row['seed']),
            ),
          ),
    casesFrom: (caseKey) => {
      const { sql, params } = withDescendants({ sql: 'SELECT CAST(? AS TEXT) AS case_key', params: [caseKey] });
      return many(sql, params, (row) => String(row['case_key']));
    },
    actsInCases: async (keys, since) =>
      keys.length === 0
        ? []
        : many(
            `SELECT case_key, completed_by AS account, completed_at AS done_at FROM user_tasks
              WHERE case_key IN ${list(keys.length)} AND completed_by IS NOT NULL AND completed_at >= ?
            UNION ALL SELECT case_key, started_by, start_at FROM process_instances
              WHERE case_key IN ${list(keys.length)} AND started_by IS NOT NULL AND start_at >= ?`,
            [...keys, since, ...keys, since],
            (row) => ({
              caseKey: String(row['case_key']),
              account: String(row['account']),
              at: Number(row['done_at']),
            }),
          ),
    openTaskKeys: (after, limit) =>
      many(
        `SELECT "key" AS task_key FROM user_tasks WHERE state = 'CREATED' AND "key" > ? ORDER BY "key" LIMIT ?`,
        [after, limit],
        (row) => String(row['task_key']),
      ),
  };
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const timeOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

const toSubstitution = (row: Row): SubstitutionRecord => ({
  substitutionKey: String(row['substitution_key']),
  account: String(row['account']),
  substitute: String(row['substitute']),
  fromDay: String(row['from_day']),
  untilDay: String(row['until_day']),
  reason: String(row['reason']),
  enteredBy: String(row['entered_by']),
  enteredAt: Number(row['entered_at']),
  endedBy: textOrNull(row['ended_by']),
  endedAt: timeOrNull(row['ended_at']),
});

const toAct = (row: Row): ActInPlace => ({
  userTaskKey: String(row['user_task_key']),
  processInstanceKey: String(row['process_instance_key']),
  act: String(row['act']),
  account: String(row['account']),
  inPlaceOf: String(row['in_place_of']),
  at: Number(row['at']),
});

const toRecusal = (row: Row): RecusalRecord => ({
  recusalKey: String(row['recusal_key']),
  caseKey: String(row['case_key']),
  account: String(row['account']),
  sealedKey: String(row['sealed_key']),
  enteredBy: String(row['entered_by']),
  enteredAt: Number(row['entered_at']),
  undoneBy: textOrNull(row['undone_by']),
  undoneAt: timeOrNull(row['undone_at']),
});

const toUnattended = (row: Row): UnattendedTask => ({
  userTaskKey: String(row['user_task_key']),
  processInstanceKey: String(row['process_instance_key']),
  since: Number(row['since']),
  offeredTo: textOrNull(row['offered_to']),
});
