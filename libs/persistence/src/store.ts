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
import type { BatchMeasure } from './measures.js';
import type { WriterOptions } from './writer-connection.js';

export interface StoreOptions extends WriterOptions {
  /** Units of one commit at most; default 200. */
  readonly maxBatch?: number;
  /** Units that wait at most; more are refused with `overloaded`. Default 10,000. */
  readonly maxQueue?: number;
  /** Hot instances kept in memory; default 5,000. */
  readonly cacheSize?: number;
}

/** The runtime's store, with what operators watch. */
export interface Store extends RuntimeStore {
  /** Units that wait for a commit. */
  queued(): number;
  /** Called after each commit, and for units that were refused without one. Gives back a function that ends it. */
  onMeasured(observer: (measure: BatchMeasure) => void): () => void;
}

/** The database as the runtime needs it: group commit, keys, intent-named reads. One store per node. */
export function createStore(database: Database, options: StoreOptions = {}): Store {
  const dialect = sqlDialect(database.dialect);
  const commit = new GroupCommit(database, {
    maxBatch: options.maxBatch ?? 200,
    maxQueue: options.maxQueue ?? 10_000,
    cacheSize: options.cacheSize ?? 5_000,
    ...(options.beforeCommit ? { beforeCommit: options.beforeCommit } : {}),
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
    onMeasured: (observer) => commit.onMeasured(observer),
    queued: () => commit.queued,
    reads: runtimeReads(readerQuery(database)),
    close: () => commit.close(),
  };
}
