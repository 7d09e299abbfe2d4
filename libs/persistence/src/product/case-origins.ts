import type { CaseQuery, RowWrite } from '#runtime';

/**
 * `started`: a message, a call or a signal of the origin began the case. `returned`: so it did, but the hands that hold
 * the origin gave this one back. `named`: a form of the case gives its number. `related`: so it does, as of somebody else's
 * case of the like; whom that one excludes is excluded as for any link, but it is not the same matter coming again.
 * `parted`: it was named or related until a form said that it is not: the two have no more to do with each other, but what
 * was written of the one stands in the other, so whom the one excludes stays excluded.
 */
export type CaseLink = 'started' | 'returned' | 'named' | 'related' | 'parted';

const links = (only: CaseLink | undefined): string => (only === undefined ? '' : ` AND o.link = '${only}'`);

/** These cases, and all that come from them by the links, near and far. A ring of cases that name each other ends. */
export function withDescendants({ sql, params }: CaseQuery, only?: CaseLink): CaseQuery {
  return {
    sql: `SELECT case_key FROM (WITH RECURSIVE reached(case_key) AS (
        SELECT case_key FROM (${sql}) seeds
        UNION SELECT o.case_key FROM reached r JOIN case_origins o ON o.origin_key = r.case_key${links(only)}
      ) SELECT case_key FROM reached) descendants`,
    params,
  };
}

/** Of these cases: pairs of `seed` and `case_key`, the case itself and all that it comes from, near and far. */
export function withOrigins(caseKeys: readonly string[]): CaseQuery {
  return {
    sql: `SELECT seed, case_key FROM (WITH RECURSIVE seeds(case_key) AS (
        VALUES ${caseKeys.map(() => '(CAST(? AS TEXT))').join(', ')}
      ), reached(seed, case_key) AS (
        SELECT case_key, case_key FROM seeds
        UNION SELECT r.seed, o.origin_key FROM reached r JOIN case_origins o ON o.case_key = r.case_key
      ) SELECT seed, case_key FROM reached) origins`,
    params: caseKeys,
  };
}

/**
 * The cases of one matter: those that a case names, and those that they name, with all that name any of them, near and
 * far. Never the case itself.
 */
export const namedMatter = (caseKey: string): CaseQuery => {
  const own = withNamed(caseKey);
  const named = { sql: `${own.sql} WHERE case_key <> ?`, params: [...own.params, caseKey] };
  const { sql, params } = withDescendants(named, 'named');
  return {
    sql: `SELECT case_key FROM (${sql}) matter WHERE case_key <> ? ORDER BY CAST(case_key AS BIGINT)`,
    params: [...params, caseKey],
  };
};

/** The cases that a case relates, and those that relate it; no further. */
export const relatedCases = (caseKey: string): CaseQuery => ({
  sql: `SELECT case_key FROM (
      SELECT origin_key AS case_key FROM case_origins WHERE case_key = ? AND link = 'related'
      UNION SELECT case_key FROM case_origins WHERE origin_key = ? AND link = 'related'
    ) related WHERE case_key <> ? ORDER BY CAST(case_key AS BIGINT)`,
  params: [caseKey, caseKey, caseKey],
});

/** The case itself, and all that it names, near and far. */
const withNamed = (caseKey: string): CaseQuery => ({
  sql: `SELECT case_key FROM (WITH RECURSIVE reached(case_key) AS (
      VALUES (CAST(? AS TEXT))
      UNION SELECT o.origin_key FROM reached r JOIN case_origins o ON o.case_key = r.case_key AND o.link = 'named'
    ) SELECT case_key FROM reached) roots`,
  params: [caseKey],
});

/**
 * That a form of a case says of another that it is not the same matter: what the case names or relates of that matter, the
 * other itself or what leads to it, is parted.
 */
export function partCase(caseKey: string, other: string): readonly RowWrite[] {
  const matter = withDescendants(withNamed(other), 'named');
  const links = `case_key = ? AND link IN ('named', 'related') AND origin_key IN (${matter.sql})`;
  const params = [caseKey, ...matter.params];
  return [
    {
      sql: `INSERT INTO case_origins (case_key, origin_key, link)
        SELECT DISTINCT case_key, origin_key, 'parted' FROM case_origins WHERE ${links} ON CONFLICT DO NOTHING`,
      params,
    },
    { sql: `DELETE FROM case_origins WHERE ${links}`, params },
  ];
}

/** That a form of a case gives the number of another; once is enough. */
export const nameCase = (caseKey: string, named: string, link: 'named' | 'related' = 'named'): RowWrite => ({
  sql: `INSERT INTO case_origins (case_key, origin_key, link) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
  params: [caseKey, named, link],
});
