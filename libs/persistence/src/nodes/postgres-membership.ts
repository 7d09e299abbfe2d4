import { hostname } from 'node:os';
import type { Database } from '../database.js';
import { sqlDialect } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import type { Row } from '#runtime';
import type { Statement } from '../writer-connection.js';
import { FencedOut } from './membership.js';
import type { Membership } from './membership.js';

/** Leases follow the database's clock, so that the clocks of the nodes do not matter. */
const NOW_MS = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
/** As the statement finds them: a node that it registers itself is not among them. */
const LIVE = `(SELECT COUNT(*) FROM nodes WHERE lease_until > ${NOW_MS})`;
const RENEWALS_PER_LEASE = 3;

/**
 * A node on PostgreSQL. The guard locks the node's row until COMMIT: nobody can declare the node dead while it commits,
 * and it cannot commit once it was declared dead.
 */
export class PostgresMembership implements Membership {
  /** A process that stops in mid-transaction must not keep others waiting for its locks: the database ends the transaction. */
  readonly begin: string;
  clockOffsetMs = 0;
  liveNodes = 0;
  private current = 0;
  private joining: Promise<void> | undefined;
  private renewing: ReturnType<typeof setInterval> | undefined;
  private hasLeft = false;
  private readonly listeners = new Set<() => void>();
  private readonly query: RunQuery;

  constructor(
    database: Database,
    private readonly leaseMs: number,
    private readonly clock: () => number,
  ) {
    const dialect = sqlDialect('postgres');
    this.begin = `${dialect.begin}; SET LOCAL idle_in_transaction_session_timeout = ${Math.round(leaseMs / RENEWALS_PER_LEASE)}`;
    this.query = async (sql, params) => (await database.writer.query(dialect.placeholders(sql), [...params])) as Row[];
  }

  get epoch(): number {
    return this.current;
  }

  async join(): Promise<void> {
    await this.ready();
  }

  async ready(): Promise<number> {
    if (this.current === 0) {
      this.joining ??= this.register().finally(() => (this.joining = undefined));
      await this.joining;
    }
    return this.current;
  }

  async guard(run: Statement, epoch: number): Promise<void> {
    const { rows } = await run(
      `SELECT 1 AS is_mine FROM nodes WHERE epoch = ? AND lease_until > ${NOW_MS} FOR KEY SHARE`,
      [epoch],
    );
    if (rows.length === 0) throw new FencedOut(epoch);
  }

  async rejoin(lost: number): Promise<void> {
    if (this.current !== lost) return void (await this.ready());
    this.current = 0;
    await this.ready();
    this.listeners.forEach((listener) => listener());
    await this.query('DELETE FROM nodes WHERE epoch = ?', [lost]);
  }

  async removeDead(): Promise<number> {
    const rows = await this.query(
      `WITH gone AS (DELETE FROM nodes WHERE epoch IN
         (SELECT epoch FROM nodes WHERE lease_until < ${NOW_MS} FOR UPDATE SKIP LOCKED) RETURNING 1)
       SELECT COUNT(*) AS n FROM gone`,
      [],
    );
    return Number(rows[0]!.n);
  }

  onRejoin(listener: () => void): void {
    this.listeners.add(listener);
  }

  async leave(): Promise<void> {
    this.hasLeft = true;
    clearInterval(this.renewing);
    await this.joining?.catch(() => undefined);
    // A database that does not answer lets the lease run out.
    await this.query('DELETE FROM nodes WHERE epoch = ?', [this.current]).catch(() => undefined);
    this.current = 0;
  }

  private async register(): Promise<void> {
    const askedAt = this.clock();
    const rows = await this.query(
      `WITH next AS (UPDATE node_epochs SET "last" = "last" + 1 WHERE id = 1 RETURNING "last"),
       added AS (INSERT INTO nodes (epoch, name, registered_at, lease_until)
         SELECT "last", ?, ${NOW_MS}, ${NOW_MS} + ? FROM next RETURNING epoch)
       SELECT epoch, ${NOW_MS} AS now, ${LIVE} + 1 AS live FROM added`,
      [`${hostname()}:${process.pid}`, this.leaseMs],
    );
    this.compareClocks(askedAt, Number(rows[0]!.now));
    this.liveNodes = Number(rows[0]!.live);
    this.current = Number(rows[0]!.epoch);
    if (this.renewing || this.hasLeft) return;
    this.renewing = setInterval(() => void this.renew().catch(() => undefined), this.leaseMs / RENEWALS_PER_LEASE);
    this.renewing.unref();
  }

  /** A lease that ran out is not taken up again: its claims may be another node's by now. */
  private async renew(): Promise<void> {
    const epoch = this.current;
    if (epoch === 0) return void (await this.ready());
    const askedAt = this.clock();
    const rows = await this.query(
      `WITH renewed AS (UPDATE nodes SET lease_until = ${NOW_MS} + ? WHERE epoch = ? AND lease_until > ${NOW_MS} RETURNING 1)
       SELECT COUNT(*) AS n, ${NOW_MS} AS now, ${LIVE} AS live FROM renewed`,
      [this.leaseMs, epoch],
    );
    this.liveNodes = Number(rows[0]!.live);
    this.compareClocks(askedAt, Number(rows[0]!.now));
    if (Number(rows[0]!.n) === 0 && this.current === epoch && !this.hasLeft) await this.rejoin(epoch);
  }

  /** The database looked at its clock somewhere between asking and now: what that does not refute stays. */
  private compareClocks(askedAt: number, databaseNow: number): void {
    const [least, most] = [databaseNow - this.clock(), databaseNow - askedAt];
    if (this.clockOffsetMs < least || this.clockOffsetMs > most) this.clockOffsetMs = Math.round((least + most) / 2);
  }
}
