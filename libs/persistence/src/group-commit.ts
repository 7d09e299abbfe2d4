import type { QueryRunner } from 'typeorm';
import type { CommittedUnit, Outcome, Unit } from '#runtime';
import { Batch, CommitConflict } from './batch.js';
import type { BatchConnection } from './batch.js';
import type { Database } from './database.js';
import { runStatement, sqlDialect } from './dialect.js';
import { InstanceCache } from './instance-cache.js';
import { DatabaseAway, isConnectionLost } from './nodes/connection-lost.js';
import { FencedOut, OutcomeUnknown } from './nodes/membership.js';
import type { Membership, Ticket } from './nodes/membership.js';
import { PostgresMembership } from './nodes/postgres-membership.js';
import { SqliteMembership } from './nodes/sqlite-membership.js';
import { tablesOf } from './table-meta.js';

export interface GroupCommitOptions {
  readonly maxBatch: number;
  readonly maxQueue: number;
  readonly cacheSize: number;
  readonly leaseMs: number;
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
  readonly membership: Membership;
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
    this.membership =
      database.dialect === 'postgres'
        ? new PostgresMembership(database, options.leaseMs)
        : new SqliteMembership(database, (sql, params) => this.between(sql, params));
    this.membership.onRejoin(() => this.cache.clear());
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
    if (!outcome.ok) throw new DatabaseAway(outcome.rejection.message);
    return outcome.reply;
  }

  async close(): Promise<void> {
    while (this.running) await this.running;
    await this.membership.leave();
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
      await this.attemptHere(waiting);
    } catch (cause) {
      if (cause instanceof OutcomeUnknown) await this.forgetEpoch(waiting);
      else if (isOut(cause)) waiting.forEach((one) => one.settle(UNAVAILABLE));
      else if (waiting.length > 1) for (const one of waiting) await this.runBatch([one]);
      else await this.runAgain(waiting[0]!, cause);
    }
  }

  /** Claims that may have been taken without anybody here knowing must be free: the epoch ends. */
  private async forgetEpoch(waiting: readonly Waiting[]): Promise<void> {
    waiting.forEach((one) => one.settle(UNKNOWN));
    await this.membership.rejoin(this.membership.epoch).catch(() => undefined);
  }

  /** A unit alone that lost against another node is run once more on the newest state. */
  private async runAgain(waiting: Waiting, cause: unknown): Promise<void> {
    if (!isConflict(cause)) return waiting.fail(cause);
    try {
      await this.attemptHere([waiting]);
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

  /** Once more where the connection broke before COMMIT, or the node was fenced out: nothing of the batch has happened. */
  private async attemptHere(waiting: readonly Waiting[], again = 1): Promise<void> {
    try {
      await this.attempt(waiting);
    } catch (cause) {
      if (again === 0 || !isOut(cause)) throw cause;
      if (cause instanceof FencedOut) await this.membership.rejoin(cause.epoch);
      await this.attemptHere(waiting, again - 1);
    }
  }

  private async attempt(waiting: readonly Waiting[]): Promise<void> {
    const epoch = await this.membership.ready();
    const connection = await this.connection();
    const batch = new Batch(connection, this.cache, epoch);
    const results: { readonly outcome: Outcome<unknown>; readonly committed: CommittedUnit }[] = [];
    let ticket: Ticket;
    try {
      await connection.run(this.membership.begin, []);
      const units = waiting.map((one) => one.unit);
      await batch.prepare(units);
      for (const unit of units) results.push(await decide(batch, unit, epoch));
      await batch.finish();
      ticket = await this.membership.guard(connection, epoch);
    } catch (cause) {
      batch.settle(false);
      await this.rollback(connection);
      throw cause;
    }
    await this.complete(connection, batch, ticket);
    waiting.forEach((one, index) => one.settle(results[index]!.outcome));
    this.notify(results.map((result) => result.committed));
  }

  /** An unanswered COMMIT is looked up: it is never repeated on a guess. */
  private async complete(connection: BatchConnection, batch: Batch, ticket: Ticket): Promise<void> {
    try {
      await connection.run('COMMIT', []);
    } catch (cause) {
      await this.rollback(connection);
      const hasCommitted = await this.membership.hasCommitted(ticket).catch((unknown: unknown) => {
        batch.settle(false);
        throw unknown;
      });
      if (!hasCommitted) {
        batch.settle(false);
        throw cause;
      }
    }
    batch.settle(true);
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
    if (!this.runner || this.runner.isReleased) this.runner = this.database.writer.createQueryRunner();
    const runner = this.runner;
    await runner.connect().catch((cause: unknown) => {
      // A runner that could not connect remembers that for ever.
      this.runner = undefined;
      throw cause;
    });
    return {
      dialect: this.dialect,
      tables: this.tables,
      run: (sql, params) => runStatement(runner, this.dialect, sql, params),
    };
  }
}

/** Nothing of the command has happened. */
const UNAVAILABLE: Outcome<never> = {
  ok: false,
  rejection: {
    code: 'overloaded',
    message: 'Expected this node to reach the database in time but it does not; try again in a moment.',
  },
};

const UNKNOWN: Outcome<never> = {
  ok: false,
  rejection: {
    code: 'overloaded',
    message:
      'Expected the database to answer whether the command took effect but it does not; look before you repeat it, or repeat it with the same Idempotency-Key.',
  },
};

/** The node itself is cut off or too slow for its lease; the commands are not to blame. */
const isOut = (cause: unknown): cause is Error => cause instanceof FencedOut || isConnectionLost(cause);

async function decide(
  batch: Batch,
  unit: Unit<unknown>,
  epoch: number,
): Promise<{ readonly outcome: Outcome<unknown>; readonly committed: CommittedUnit }> {
  if (unit.claim !== undefined && unit.claim !== epoch)
    return { outcome: claimLost(unit.claim), committed: { rows: [] } };
  const { outcome, changes } = await batch.decide(unit, Date.now());
  return {
    outcome,
    committed: {
      ...(unit.instanceKey === undefined ? {} : { instanceKey: unit.instanceKey }),
      rows: changes.rows ?? [],
    },
  };
}

const claimLost = (claim: number): Outcome<never> => ({
  ok: false,
  rejection: {
    code: 'conflict',
    message: `Expected the work to be claimed by this node still but its epoch ${claim} has ended.`,
  },
});

/** SQLSTATE 23505 and SQLite's constraint codes; 40001 and 40P01 (serialisation, deadlock) are worth another try as well. */
function isConflict(cause: unknown): boolean {
  if (cause instanceof CommitConflict) return true;
  const code = String((cause as { readonly driverError?: { readonly code?: unknown } }).driverError?.code ?? '');
  return ['23505', '40001', '40P01', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(code);
}
