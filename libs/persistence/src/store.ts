import type { RuntimeStore } from '#runtime';
import type { Database } from './database.js';

export interface StoreOptions {
  /** Units of one commit at most; default 200. */
  readonly maxBatch?: number;
  /** Units that wait at most; more are refused with `overloaded`. Default 10,000. */
  readonly maxQueue?: number;
  /** Hot instances kept in memory; default 5,000. */
  readonly cacheSize?: number;
}

/** The database as the runtime needs it: group commit, keys, intent-named reads. */
export function createStore(database: Database, options: StoreOptions = {}): RuntimeStore {
  throw new Error(`not yet: ${database.dialect} ${options.maxBatch}`);
}
