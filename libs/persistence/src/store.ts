import type { RuntimeStore } from '#runtime';
import type { Database } from './database.js';
import { sqlDialect } from './dialect.js';
import { GroupCommit } from './group-commit.js';
import { historyRemoval, removableInstances } from './history.js';
import type { RunQuery } from './instance-cache.js';
import { activateJobs } from './job-activation.js';
import { KeySource } from './key-source.js';
import { runtimeReads } from './runtime-reads.js';
import { readerQuery } from './reader-query.js';

export interface StoreOptions {
  /** Units of one commit at most; default 200. */
  readonly maxBatch?: number;
  /** Units that wait at most; more are refused with `overloaded`. Default 10,000. */
  readonly maxQueue?: number;
  /** Hot instances kept in memory; default 5,000. */
  readonly cacheSize?: number;
}

/** The database as the runtime needs it: group commit, keys, intent-named reads. One store per node. */
export function createStore(database: Database, options: StoreOptions = {}): RuntimeStore {
  const dialect = sqlDialect(database.dialect);
  const commit = new GroupCommit(database, {
    maxBatch: options.maxBatch ?? 200,
    maxQueue: options.maxQueue ?? 10_000,
    cacheSize: options.cacheSize ?? 5_000,
  });
  const between: RunQuery = (sql, params) => commit.between(sql, params);
  const keys = new KeySource(between);
  return {
    commit: (unit) => commit.commit(unit),
    nextKey: () => keys.next(),
    reserveKeys: () => keys.reserve(),
    activateJobs: (given, request) => activateJobs(dialect, given, request),
    removableInstances: (given, request) => removableInstances(given, request),
    historyRemoval: (keys) => historyRemoval(keys),
    onCommitted: (listener) => commit.onCommitted(listener),
    reads: runtimeReads(readerQuery(database)),
    close: () => commit.close(),
  };
}
