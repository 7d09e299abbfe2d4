import type { Database } from '../database.js';
import type { Queries } from './queries-types.js';

/** Reading for screens and API, through the reader. */
export function createQueries(database: Database): Queries {
  throw new Error(`not yet: ${database.dialect}`);
}
