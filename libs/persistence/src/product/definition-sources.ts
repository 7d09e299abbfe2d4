import type { Key } from '#engine';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';

export interface DefinitionSources {
  /** With which set a process definition came: the configuration folder or the API; undefined where there is none. */
  sourceOf(processDefinitionKey: Key): Promise<string | undefined>;
}

/** Reads and remembers them: a definition never moves. */
export function createDefinitionSources(database: Database): DefinitionSources {
  const query = readerQuery(database);
  const known = new Map<Key, string>();
  return {
    sourceOf: async (key) => {
      const found = known.get(key);
      if (found !== undefined) return found;
      const sql = 'SELECT s.source FROM process_definitions d JOIN config_sets s ON s.id = d.set_id WHERE d."key" = ?';
      const [row] = await query(sql, [key]);
      if (row === undefined) return undefined;
      known.set(key, String(row['source']));
      return known.get(key);
    },
  };
}
