import { randomUUID } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import { Breath } from './breath.js';
import type { Database } from './database.js';
import { runStatement, sqlDialect } from './dialect.js';
import type { StatementResult } from './dialect.js';
import { passEdge } from './edges.js';
import { OutcomeUnknown } from './failures.js';

/** Marks of writers that are gone are kept so long. */
const MARKS_KEPT_MS = 7 * 24 * 3_600_000;
/** How long a COMMIT of unknown outcome is asked about. */
const ASK_FOR_MS = 30_000;
const ASK_EVERY_MS = 100;
/** SQLite's own waiting stops the whole process, so that it is short: the group commit waits instead. */
const SQLITE_BUSY_MS = 50;

export type Statement = (sql: string, params: readonly unknown[]) => Promise<StatementResult>;

/** What the membership of the node has to do with its transactions. */
export interface Fence {
  /** First statement of a transaction. */
  readonly begin: string;
  /** Run as the last of each transaction that changed something; what it throws rolls the transaction back. */
  guard(run: Statement, epoch: number): Promise<void>;
}

/**
 * The one transaction of a node at a time. Each that changes something raises this writer's mark in `commit_marks`; where
 * COMMIT gave an error, the mark tells whether it took effect. On PostgreSQL the asking waits for the row lock, so that a
 * COMMIT still under way has ended when the answer comes.
 */
export class WriterConnection {
  readonly dialect;
  /** Others read while a transaction is under way: only this connection writes. */
  readonly breath = new Breath();
  private readonly writer = randomUUID();
  private runner: QueryRunner | undefined;
  private isRegistered = false;
  /** A ROLLBACK failed, so that a transaction may still be open. */
  private mayBeOpen = false;
  private hasWritten = false;
  private batch = 0;
  private epoch = 0;

  constructor(
    private readonly database: Database,
    private readonly fence: Fence,
  ) {
    this.dialect = sqlDialect(database.dialect);
  }

  /** `epoch`: that of the node, in which the transaction has to end. */
  async begin(epoch: number): Promise<void> {
    this.epoch = epoch;
    this.breath.begun();
    // Only here: a statement in the middle of a transaction must not go on over a new connection, outside of it.
    if (this.runner?.isReleased) this.runner = undefined;
    if (this.mayBeOpen) await this.rollback();
    if (!this.isRegistered) await this.register();
    passEdge('beforeBegin');
    this.hasWritten = false;
    await this.statement(this.fence.begin);
    passEdge('afterBegin');
  }

  readonly run: Statement = async (sql, params) => {
    await this.breath.take();
    const result = await this.statement(sql, params);
    if (result.affected > 0 && !sql.startsWith('SELECT')) this.hasWritten = true;
    passEdge('betweenStatements');
    return result;
  };

  /** Returns where the transaction is committed, throws where it is not; `OutcomeUnknown` where nobody can tell. */
  async commit(): Promise<void> {
    const isMarked = this.hasWritten;
    if (isMarked) await this.mark();
    if (isMarked) await this.fence.guard(this.run, this.epoch);
    passEdge('beforeCommit');
    try {
      await this.statement('COMMIT');
    } catch (cause) {
      if (!isMarked || !(await this.hasTakenEffect(cause))) throw cause;
    } finally {
      this.database.committed();
    }
    passEdge('afterCommit');
  }

  /** Never throws: a transaction that may still be open is ended before the next one begins. */
  async rollback(): Promise<void> {
    try {
      await this.statement('ROLLBACK');
      this.mayBeOpen = false;
    } catch (cause) {
      if (this.database.dialect === 'postgres') return this.drop(cause);
      this.mayBeOpen = !String(cause).includes('no transaction is active');
    }
  }

  async close(): Promise<void> {
    if (this.database.dialect === 'postgres') await this.runner?.release();
    this.runner = undefined;
  }

  private async register(): Promise<void> {
    if (this.dialect.name === 'sqlite') await this.statement(`PRAGMA busy_timeout = ${SQLITE_BUSY_MS}`);
    const now = Date.now();
    await this.statement('INSERT INTO commit_marks (writer, batch, at) VALUES (?, 0, ?) ON CONFLICT DO NOTHING', [
      this.writer,
      now,
    ]);
    await this.statement('DELETE FROM commit_marks WHERE at < ? AND writer <> ?', [now - MARKS_KEPT_MS, this.writer]);
    this.isRegistered = true;
  }

  private async mark(): Promise<void> {
    this.batch += 1;
    const params = [this.batch, Date.now(), this.writer];
    const { affected } = await this.statement('UPDATE commit_marks SET batch = ?, at = ? WHERE writer = ?', params);
    if (affected === 1) return;
    this.isRegistered = false;
    throw new Error('Expected the mark of this writer in commit_marks but it is gone.');
  }

  private async hasTakenEffect(cause: unknown): Promise<boolean> {
    await this.rollback();
    const until = Date.now() + ASK_FOR_MS;
    for (;;) {
      const seen = await this.markedBatch();
      if (seen !== undefined) return seen === this.batch;
      if (Date.now() > until) throw new OutcomeUnknown(cause);
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }

  /** Undefined where the database does not answer. */
  private async markedBatch(): Promise<number | undefined> {
    try {
      if (this.mayBeOpen) await this.rollback();
      if (this.mayBeOpen) return undefined;
      const lock = this.dialect.name === 'postgres' ? ' FOR UPDATE' : '';
      const { rows } = await this.statement(`SELECT batch FROM commit_marks WHERE writer = ?${lock}`, [this.writer]);
      return rows[0] && Number(rows[0].batch);
    } catch (cause) {
      if (this.dialect.name === 'postgres') await this.drop(cause);
      return undefined;
    }
  }

  private async statement(sql: string, params: readonly unknown[] = []): Promise<StatementResult> {
    return runStatement(await this.opened(), this.dialect, sql, params);
  }

  private async opened(): Promise<QueryRunner> {
    if (this.runner) return this.runner;
    const runner = this.database.writer.createQueryRunner();
    await runner.connect();
    this.runner = runner;
    return runner;
  }

  /** Gives the connection back as broken, so that the pool closes it and its transaction ends. */
  private async drop(cause: unknown): Promise<void> {
    const runner = this.runner as
      (QueryRunner & { releasePostgresConnection?(error: unknown): Promise<void> }) | undefined;
    this.runner = undefined;
    this.mayBeOpen = false;
    await runner?.releasePostgresConnection?.(cause).catch(() => undefined);
  }
}
