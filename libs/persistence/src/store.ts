import type { RuntimeStore } from '#runtime';
import type { Database } from './database.js';
import { sqlDialect } from './dialect.js';
import { unavailableReason } from './failures.js';
import { GroupCommit } from './group-commit.js';
import { historyRemoval, removableInstances } from './history.js';
import type { RunQuery } from './instance-cache.js';
import { activateJobs } from './job-activation.js';
import { createClaims } from './nodes/claims.js';
import { WakeUps } from './nodes/wake-ups.js';
import { KeySource } from './key-source.js';
import { runtimeReads } from './runtime-reads.js';
import { readerQuery } from './reader-query.js';
import type { BatchMeasure } from './measures.js';

export interface StoreOptions {
  /** Units of one commit at most; default 200. */
  readonly maxBatch?: number;
  /** Units that wait at most; more are refused with `overloaded`. Default 10,000. */
  readonly maxQueue?: number;
  /** Hot instances kept in memory; default 5,000. */
  readonly cacheSize?: number;
  /** How long other nodes wait for one that is silent before they take its work; default 10 s. */
  readonly leaseSeconds?: number;
  /** This machine's clock, epoch ms; default `Date.now`. */
  readonly clock?: () => number;
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
    leaseMs: (options.leaseSeconds ?? 10) * 1_000,
    clock: options.clock ?? Date.now,
  });
  const between: RunQuery = (sql, params) => commit.between(sql, params);
  const keys = new KeySource(between);
  const { membership } = commit;
  const wakeUps = wakeUpsOf(database);
  return {
    commit: (unit) => commit.commit(unit),
    nextKey: () => keys.next(),
    reserveKeys: () => keys.reserve(),
    activateJobs: (given, request) => activateJobs(dialect, given, request),
    removableInstances: (given, request) => removableInstances(dialect, given, request),
    historyRemoval: (keys) => historyRemoval(keys),
    onCommitted: (listener) => commit.onCommitted(listener),
    onMeasured: (observer) => commit.onMeasured(observer),
    queued: () => commit.queued,
    isUnavailable: (cause) => unavailableReason(cause) !== undefined,
    isOnlyNode: database.dialect === 'sqlite',
    reads: runtimeReads(readerQuery(database)),
    join: async () => {
      await membership.join();
      await wakeUps?.open();
    },
    clockOffsetMs: () => membership.clockOffsetMs,
    liveNodes: () => membership.liveNodes,
    removeDeadNodes: () => membership.removeDead(),
    claims: createClaims(dialect, (unit) => commit.commit(unit)),
    tell: (hint) => wakeUps?.tell(hint),
    onHint: (listener) => wakeUps?.onHint(listener) ?? (() => undefined),
    close: async () => {
      await wakeUps?.close();
      await commit.close();
    },
  };
}

/** One node on a SQLite file has nobody to tell. */
function wakeUpsOf({ writer }: Database): WakeUps | undefined {
  return writer.options.type === 'postgres' ? new WakeUps(String(writer.options.url)) : undefined;
}
