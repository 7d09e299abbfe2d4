import type { QueryRunner } from 'typeorm';
import type { CommittedUnit, Outcome, Unit } from '#runtime';
import { Batch, CommitConflict } from './batch.js';
import type { BatchConnection } from './batch.js';
import type { Database } from './database.js';
import { runStatement, sqlDialect } from './dialect.js';
import { InstanceCache } from './instance-cache.js';
import { tablesOf } from './table-meta.js';

export interface GroupCommitOptions {
  readonly maxBatch: number;
  readonly maxQueue: number;
  readonly cacheSize: number;
}

interface Waiting {
  readonly unit: Unit<unknown>;
  settle(outcome: Outcome<unknown>): void;
  fail(cause: unknown): void;
}

type Listener = (units: readonly CommittedUnit[]) => void;

/**
 * The one writer of a node (ADR 4): takes the units that arrived while the last commit ran, runs them in one
 * transaction, answers after COMMIT. A batch that fails is rolled back and its units are run one by one, so that none
 * fails its neighbours.
 */
export class GroupCommit {
  private readonly queue: Waiting[] = [];
  private readonly cache: InstanceCache;
  private readonly dialect;
  private readonly tables;
  private readonly listeners = new Set<Listener>();
  private running: Promise<void> | undefined;
  private runner: QueryRunner | undefined;

  constructor(
    private readonly database: Database,
    private readonly options: GroupCommitOptions,
  ) {
    this.cache = new InstanceCache(options.cacheSize);
    this.dialect = sqlDialect(database.dialect);
    this.tables = tablesOf(database.writer);
  }

  commit<R>(unit: Unit<R>): Promise<Outcome<R>> {
    if (this.queue.length >= this.options.maxQueue) {
      return Promise.resolve({
        ok: false,
        rejection: {
          code: 'overloaded',
          message: `Expected fewer than ${this.options.maxQueue} waiting commands; try again later.`,
        },
      });
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ unit, settle: (outcome) => resolve(outcome as Outcome<R>), fail: reject });
      this.running ??= this.work();
    });
  }

  onCommitted(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Runs a statement of its own between two batches. */
  async between(sql: string, params: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    const outcome = await this.commit({
      decide: async (given) => ({ ok: true, reply: await given.query(sql, params), changes: {} }),
    });
    if (!outcome.ok) throw new Error(outcome.rejection.message);
    return outcome.reply;
  }

  async close(): Promise<void> {
    while (this.running) await this.running;
    if (this.database.dialect === 'postgres') await this.runner?.release();
    this.runner = undefined;
  }

  private async work(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    try {
      while (this.queue.length > 0) await this.runBatch(this.queue.splice(0, this.options.maxBatch));
    } finally {
      this.running = undefined;
    }
  }

  private async runBatch(waiting: readonly Waiting[]): Promise<void> {
    try {
      await this.attempt(waiting);
    } catch (cause) {
      if (waiting.length > 1) for (const one of waiting) await this.runBatch([one]);
      else await this.runAgain(waiting[0]!, cause);
    }
  }

  /** A unit alone that lost against another node is run once more on the newest state. */
  private async runAgain(waiting: Waiting, cause: unknown): Promise<void> {
    if (!isConflict(cause)) return waiting.fail(cause);
    try {
      await this.attempt([waiting]);
    } catch (again) {
      if (!isConflict(again)) return waiting.fail(again);
      waiting.settle({
        ok: false,
        rejection: {
          code: 'conflict',
          message:
            again instanceof CommitConflict
              ? again.message
              : 'Expected a new row but one with the same unique values exists.',
        },
      });
    }
  }

  private async attempt(waiting: readonly Waiting[]): Promise<void> {
    const connection = await this.connection();
    const batch = new Batch(connection, this.cache);
    const results: { readonly outcome: Outcome<unknown>; readonly committed: CommittedUnit }[] = [];
    await connection.run(this.dialect.begin, []);
    try {
      const units = waiting.map((one) => one.unit);
      await batch.prepare(units);
      for (const unit of units) results.push(await decide(batch, unit));
      await batch.finish();
      await connection.run('COMMIT', []);
    } catch (cause) {
      batch.settle(false);
      await this.rollback(connection);
      throw cause;
    }
    batch.settle(true);
    waiting.forEach((one, index) => one.settle(results[index]!.outcome));
    this.notify(results.map((result) => result.committed));
  }

  private notify(units: readonly CommittedUnit[]): void {
    for (const listener of this.listeners) listener(units);
  }

  private async rollback(connection: BatchConnection): Promise<void> {
    try {
      await connection.run('ROLLBACK', []);
    } catch {
      // The connection itself is gone, and the transaction with it: the next batch takes a new one.
      if (this.database.dialect === 'postgres') await this.runner?.release().catch(() => undefined);
      this.runner = undefined;
    }
  }

  private async connection(): Promise<BatchConnection> {
    this.runner ??= this.database.writer.createQueryRunner();
    const runner = this.runner;
    await runner.connect();
    return {
      dialect: this.dialect,
      tables: this.tables,
      run: (sql, params) => runStatement(runner, this.dialect, sql, params),
    };
  }
}

async function decide(
  batch: Batch,
  unit: Unit<unknown>,
): Promise<{ readonly outcome: Outcome<unknown>; readonly committed: CommittedUnit }> {
  const { outcome, changes } = await batch.decide(unit, Date.now());
  return {
    outcome,
    committed: {
      ...(unit.instanceKey === undefined ? {} : { instanceKey: unit.instanceKey }),
      rows: changes.rows ?? [],
    },
  };
}

/** SQLSTATE 23505 and SQLite's constraint codes; 40001 and 40P01 (serialisation, deadlock) are worth another try as well. */
function isConflict(cause: unknown): boolean {
  if (cause instanceof CommitConflict) return true;
  const code = String((cause as { readonly driverError?: { readonly code?: unknown } }).driverError?.code ?? '');
  return ['23505', '40001', '40P01', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(code);
}
