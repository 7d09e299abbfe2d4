import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import type { CommittedUnit, Outcome, Unit } from '#runtime';
import { Batch } from './batch.js';
import type { BatchConnection } from './batch.js';
import type { BatchMeasure, UnitMeasure } from './measures.js';
import type { Database } from './database.js';
import { decideOne, passUnitEdges } from './decide-unit.js';
import type { Decided } from './decide-unit.js';
import { passEdge } from './edges.js';
import { CommitConflict, OutcomeUnknown, StoreUnavailable, failureKind, unavailableReason } from './failures.js';
import type { FailureKind } from './failures.js';
import { FairQueue } from './fair-queue.js';
import { InstanceCache } from './instance-cache.js';
import { FencedOut } from './nodes/membership.js';
import type { Membership } from './nodes/membership.js';
import { PostgresMembership } from './nodes/postgres-membership.js';
import { SqliteMembership } from './nodes/sqlite-membership.js';
import { tracedCommit, tracedUnit } from './spans.js';
import { tablesOf } from './table-meta.js';
import { WriterConnection } from './writer-connection.js';

export interface GroupCommitOptions {
  readonly maxBatch: number;
  readonly maxQueue: number;
  readonly cacheSize: number;
  readonly leaseMs: number;
  /** This machine's clock, epoch ms. */
  readonly clock: () => number;
}

interface Waiting {
  readonly unit: Unit<unknown>;
  readonly lane: string;
  readonly since: number;
  readonly span: Span;
  settle(outcome: Outcome<unknown>): void;
  fail(cause: unknown): void;
}

interface Failure {
  readonly kind: FailureKind;
  readonly cause: unknown;
  /** The unit whose fault it is, where that is known. */
  readonly culprit: number | undefined;
}

type Listener = (units: readonly CommittedUnit[]) => void;

/** Deciding of one batch should take no longer; more waits for the next batch. */
const BATCH_BUDGET_MS = 30;
/** A lock or a lost connection is waited for so long before the units are refused. */
const PATIENCE_MS = 3_000;
const FIRST_WAIT_MS = 5;
const LONGEST_WAIT_MS = 200;

/**
 * The one writer of a node (ADR 4): takes the units that arrived while the last commit ran, runs them in one
 * transaction, answers after COMMIT. A batch that fails is rolled back; the unit at fault is taken out, or found by
 * halving, so that none fails its neighbours.
 */
export class GroupCommit {
  readonly membership: Membership;
  private readonly queue: FairQueue<Waiting>;
  private readonly cache: InstanceCache;
  private readonly writer: WriterConnection;
  private readonly connection: BatchConnection;
  private readonly listeners = new Set<Listener>();
  private readonly observers = new Set<(measure: BatchMeasure) => void>();
  /** What the work of the writer is not part of: the request that happened to wake it. */
  private readonly apart = AsyncLocalStorage.snapshot();
  private running: Promise<void> | undefined;
  /** The last transaction could not be made: the next one is tried without waiting. */
  private isDown = false;

  constructor(
    database: Database,
    private readonly options: GroupCommitOptions,
  ) {
    this.queue = new FairQueue(options.maxQueue);
    this.cache = new InstanceCache(options.cacheSize);
    this.membership =
      database.dialect === 'postgres'
        ? new PostgresMembership(database, options.leaseMs, options.clock)
        : new SqliteMembership(database, (sql, params) => this.between(sql, params));
    this.membership.onRejoin(() => this.cache.clear());
    this.writer = new WriterConnection(database, this.membership);
    this.connection = { dialect: this.writer.dialect, tables: tablesOf(database.writer), run: this.writer.run };
  }

  get queued(): number {
    return this.queue.size;
  }

  commit<R>(unit: Unit<R>): Promise<Outcome<R>> {
    return tracedUnit(unit, (span) => this.enqueue(unit, span));
  }

  onCommitted(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  onMeasured(observer: (measure: BatchMeasure) => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
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
    await this.membership.leave();
    await this.writer.close();
  }

  private enqueue<R>(unit: Unit<R>, span: Span): Promise<Outcome<R>> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        unit,
        lane: unit.lane ?? '',
        since: performance.now(),
        span,
        settle: (outcome) => resolve(outcome as Outcome<R>),
        fail: reject,
      };
      if (!this.queue.push(waiting)) return resolve(this.overloaded(unit));
      this.running ??= this.apart(() => this.work());
    });
  }

  private overloaded(unit: Unit<unknown>): Outcome<never> {
    this.measure({ units: [{ kind: unit.kind, outcome: 'overloaded', waitMs: 0, totalMs: 0 }] });
    const message = `Expected fewer than ${this.options.maxQueue} waiting commands, and fewer than half of them of one process; try again later.`;
    return { ok: false, rejection: { code: 'overloaded', message } };
  }

  /** Lets the process breathe before each batch: SQLite answers at once, so that nothing else would have its turn. */
  private async work(): Promise<void> {
    while (this.queue.size > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.runBatch(this.queue.take(this.options.maxBatch, BATCH_BUDGET_MS));
    }
    this.running = undefined;
  }

  private async runBatch(waiting: readonly Waiting[]): Promise<void> {
    const failure = await this.tryRepeatedly(waiting);
    if (!failure) return;
    if (failure.kind === 'unavailable') return waiting.forEach((one) => this.fail(one, failure));
    if (waiting.length === 1) return this.refuse(waiting[0]!, failure);
    if (failure.culprit === undefined) {
      const middle = waiting.length >> 1;
      await this.runBatch(waiting.slice(0, middle));
      return this.runBatch(waiting.slice(middle));
    }
    await this.runBatch(waiting.filter((_, index) => index !== failure.culprit));
    const culprit = waiting[failure.culprit]!;
    if (failure.kind === 'conflict') await this.runBatch([culprit]);
    else this.refuse(culprit, failure);
  }

  /** Undefined where the units are committed (or, past the time of a batch, wait again). */
  private async tryRepeatedly(waiting: readonly Waiting[]): Promise<Failure | undefined> {
    const until = performance.now() + (this.isDown ? 0 : PATIENCE_MS);
    for (let attempt = 1; ; attempt++) {
      const spans = waiting.map(({ span }) => span);
      const failure = await tracedCommit(spans, () => this.attempt(waiting));
      if (failure) await this.endEpoch(failure.cause);
      if (!failure) {
        this.isDown = false;
        return undefined;
      }
      const isLate = performance.now() >= until;
      if (!isWorthAnother(failure, waiting.length, attempt, isLate)) {
        this.isDown = failure.kind === 'busy' || failure.kind === 'unavailable';
        return this.isDown ? { ...failure, kind: 'unavailable' } : failure;
      }
      await pause(attempt);
    }
  }

  /** Claims that others may have by now, or that may have been taken without anybody here knowing, must be free. */
  private async endEpoch(cause: unknown): Promise<void> {
    const lost = cause instanceof OutcomeUnknown ? this.membership.epoch : cause instanceof FencedOut && cause.epoch;
    if (lost !== false) await this.membership.rejoin(lost).catch(() => undefined);
  }

  private async attempt(waiting: readonly Waiting[]): Promise<Failure | undefined> {
    const startedAt = performance.now();
    const units = waiting.map((one) => one.unit);
    let batch: Batch | undefined;
    let decided: readonly Decided[];
    try {
      const epoch = await this.membership.ready();
      batch = new Batch(this.connection, this.cache, epoch);
      await this.writer.begin(epoch);
      await batch.prepare(units);
      decided = await this.decide(batch, waiting, epoch);
      await batch.finish();
      passUnitEdges(units, 'before');
      await this.writer.commit();
      passUnitEdges(units, 'after');
    } catch (cause) {
      batch?.settle(false);
      await this.writer.rollback();
      return { kind: failureKind(cause), cause, culprit: batch?.culprit };
    }
    batch.settle(true);
    this.queue.putBack(waiting.slice(decided.length));
    passEdge('beforeReply');
    decided.forEach(({ outcome }, index) => waiting[index]!.settle(outcome));
    this.report(waiting, decided, startedAt);
    return undefined;
  }

  /** Ends early where the units take much longer than expected, so that the others need not wait for all of them. */
  private async decide(batch: Batch, waiting: readonly Waiting[], epoch: number): Promise<readonly Decided[]> {
    const decided: Decided[] = [];
    let spent = 0;
    for (const { unit, lane } of waiting) {
      await this.writer.breath.take();
      const before = performance.now();
      decided.push(await decideOne(batch, unit, epoch));
      const took = performance.now() - before;
      this.queue.charge(lane, took);
      spent += took;
      if (spent > 2 * BATCH_BUDGET_MS) break;
    }
    return decided;
  }

  private refuse(waiting: Waiting, failure: Failure): void {
    if (failure.kind !== 'conflict') return this.fail(waiting, failure);
    const { cause } = failure;
    const message =
      cause instanceof CommitConflict
        ? cause.message
        : 'Expected a new row but one with the same unique values exists.';
    this.measureOne(waiting, 'conflict');
    waiting.settle({ ok: false, rejection: { code: 'conflict', message } });
  }

  private fail(waiting: Waiting, { kind, cause }: Failure): void {
    this.measureOne(waiting, kind === 'unavailable' ? 'unavailable' : 'failed');
    if (kind !== 'unavailable' || cause instanceof StoreUnavailable) return waiting.fail(cause);
    waiting.fail(new StoreUnavailable(unavailableReason(cause) ?? 'unreachable', { cause }));
  }

  private report(waiting: readonly Waiting[], decided: readonly Decided[], startedAt: number): void {
    const committed = decided.map((one) => one.committed);
    for (const listener of this.listeners) guarded(() => listener(committed));
    if (this.observers.size === 0) return;
    const now = performance.now();
    const units = decided.map(({ outcome }, index): UnitMeasure => {
      const { unit, since } = waiting[index]!;
      const name = outcome.ok ? 'ok' : outcome.rejection.code;
      return { kind: unit.kind, outcome: name, waitMs: startedAt - since, totalMs: now - since };
    });
    this.measure({ units, commitMs: now - startedAt });
  }

  private measureOne({ unit, since }: Waiting, outcome: string): void {
    const ms = performance.now() - since;
    this.measure({ units: [{ kind: unit.kind, outcome, waitMs: ms, totalMs: ms }] });
  }

  private measure(measure: BatchMeasure): void {
    for (const observer of this.observers) guarded(() => observer(measure));
  }
}

/** What came of a commit is told after it: a listener that fails must not make it look undone. */
function guarded(tell: () => void): void {
  try {
    tell();
  } catch (cause) {
    process.emitWarning(`A listener to commits failed: ${String(cause)}`);
  }
}

function isWorthAnother({ kind, culprit }: Failure, units: number, attempt: number, isLate: boolean): boolean {
  if (kind === 'conflict') return attempt < 2 && (culprit === undefined || units === 1);
  if (kind === 'busy') return !isLate;
  return kind === 'unavailable' && attempt < 2 && !isLate;
}

const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS)));
