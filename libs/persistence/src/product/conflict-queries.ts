import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';

export interface ConflictQueries {
  /** Keys of the cases whose sealed content names somebody as no candidate; who it is only the vault can tell. */
  casesWithExclusions(): Promise<readonly string[]>;
}

/** Reads in which cases a conflict of interest is possible at all. */
export function createConflictQueries(database: Database): ConflictQueries {
  const query = readerQuery(database);
  return {
    casesWithExclusions: async () => {
      const rows = await query("SELECT DISTINCT case_key FROM sealed_matches WHERE kind = 'excludes'", []);
      return rows.map((row) => String(row['case_key']));
    },
  };
}
