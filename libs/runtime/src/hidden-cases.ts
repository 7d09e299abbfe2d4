import type { CaseQuery } from './work-items.js';

/** The cases that do not exist for an account; undefined where all do, as for nobody. */
export type HiddenCases = (account: string | null | undefined) => Promise<CaseQuery | undefined>;

export const allExist: HiddenCases = () => Promise.resolve(undefined);

/** A condition, from its AND on, that the instance in a column is of none of these cases. */
export function notOfCases(instanceColumn: string, cases: CaseQuery | undefined): CaseQuery {
  if (!cases) return { sql: '', params: [] };
  return {
    sql: ` AND NOT EXISTS (SELECT 1 FROM process_instances h WHERE h."key" = ${instanceColumn} AND h.case_key IN (${cases.sql}))`,
    params: cases.params,
  };
}

/** All cases that there are, for `notOfCases` alone: the condition compares an instance with itself. */
export const everyCase: CaseQuery = { sql: 'SELECT h.case_key WHERE h.case_key IS NOT NULL', params: [] };

/** What a message or a signal of an account does not meet: a case is changed by what its people do, or by two persons. */
export const outOfReach = (account: string | null | undefined): CaseQuery | undefined =>
  account ? everyCase : undefined;
