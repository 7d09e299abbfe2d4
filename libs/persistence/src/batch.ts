import { writeState, type Key } from '#engine';
import type { Changes, Decision, Given, Outcome, Row, RowWrite, Unit } from '#runtime';
import { AuditLog } from './audit/audit-log.js';
import { auditedBy, changeOf } from './audit/audited-tables.js';
import { chainStart } from './chain.js';
import type { SqlDialect } from './dialect.js';
import { list } from './dialect.js';
import { EventBuffer } from './event-buffer.js';
import { CommitConflict } from './failures.js';
import { loadInstances, snapshotIsDue } from './instance-cache.js';
import type { HotInstance, InstanceCache } from './instance-cache.js';
import { changingColumns, fromInstanceRecord } from './records.js';
import { RowBuffer } from './row-buffer.js';
import { insertStatements, tableStatements } from './statements.js';
import type { Statement } from './statements.js';
import { SeriesCounters } from './series-counters.js';
import type { Tables } from './table-meta.js';

export interface BatchConnection {
  readonly dialect: SqlDialect;
  readonly tables: Tables;
  run(sql: string, params: readonly unknown[]): Promise<{ readonly rows: readonly Row[]; readonly affected: number }>;
}

interface Touched {
  hot: HotInstance;
  /** Revision that the database has; absent: not there yet. */
  storedRevision: number | undefined;
  dirty: boolean;
  /** It was stepped in this batch, whether that is written already or not. */
  isStepped: boolean;
}

/**
 * One transaction: units decide one after the other, each on what the ones before it did; what they change is collected
 * and written with multi-row statements, at the end or before a unit reads the database itself.
 */
export class Batch {
  private readonly buffer: RowBuffer;
  /** The node holds the lock of its SQLite file, so that nobody else steps instances. */
  private readonly isAlone: boolean;
  private readonly events = new EventBuffer();
  private readonly instances = new Map<Key, Touched>();
  private readonly series: SeriesCounters;
  private readonly audit: AuditLog;
  private readonly replies = new Map<string, string>();
  private writes: { readonly write: RowWrite; readonly by: number }[] = [];
  /** How many units have been asked. */
  private asked = 0;
  /** What all units share is being written: a failure there is nobody's in particular. */
  private isShared = false;
  /** The unit that made the batch fail, by its place; undefined where that is not known. */
  culprit: number | undefined;

  constructor(
    private readonly connection: BatchConnection,
    private readonly cache: InstanceCache,
    private readonly epoch: number,
  ) {
    this.buffer = new RowBuffer(connection.tables);
    this.series = new SeriesCounters(connection);
    this.audit = new AuditLog(connection.dialect, (sql, params) => connection.run(sql, params));
    this.isAlone = connection.dialect.name === 'sqlite' && epoch > 0;
  }

  /** Loads all that the units name, with one statement of each kind. */
  async prepare(units: readonly Unit<unknown>[]): Promise<void> {
    await this.lockNames([...new Set(units.flatMap((unit) => unit.locks ?? []))]);
    await this.loadNamedInstances(namedInstances(units));
    await this.loadReplies(units.flatMap((unit) => unit.idempotency ?? []));
    await this.series.lock(units.flatMap((unit) => unit.series ?? []));
  }

  async decide<R>(unit: Unit<R>, now: number): Promise<{ readonly outcome: Outcome<R>; readonly changes: Changes }> {
    const place = this.asked++;
    const id = unit.idempotency && idempotencyId(unit.idempotency);
    const seen = id === undefined ? undefined : this.replies.get(id);
    if (seen !== undefined) return { outcome: { ok: true, reply: JSON.parse(seen) as R }, changes: {} };
    const drawn = new Map<string, number>();
    const decision = await this.ask(unit, drawn, place);
    if (!decision.ok) return { outcome: decision, changes: {} };
    this.series.keep(drawn);
    this.collect(decision.changes, place);
    if (unit.idempotency) this.remember(unit.idempotency, decision.reply, now);
    return { outcome: { ok: true, reply: decision.reply }, changes: decision.changes };
  }

  /** Writes everything that is collected. */
  async flush(): Promise<void> {
    this.isShared = true;
    await this.writeInstances();
    for (const changes of this.buffer.take().map((each) => this.audit.noted(each)))
      await this.runAll(tableStatements(changes, this.connection.dialect));
    const writes = this.writes;
    this.writes = [];
    for (const { write, by } of writes) {
      this.culprit = by;
      await this.runWrite(write);
    }
    this.culprit = undefined;
    this.isShared = false;
  }

  async finish(): Promise<void> {
    for (const [key, touched] of this.instances) this.snapshot(key, touched);
    for (const row of this.series.rows()) this.buffer.add(row);
    await this.flush();
    await this.audit.append(Date.now());
  }

  /** After COMMIT: what is hot now. After ROLLBACK: forgets what the batch touched. */
  settle(committed: boolean): void {
    for (const [key, touched] of this.instances) {
      if (committed && touched.hot.record.state === 'ACTIVE') this.cache.set(key, touched.hot);
      else this.cache.delete(key);
    }
  }

  private async ask<R>(unit: Unit<R>, drawn: Map<string, number>, place: number): Promise<Decision<R>> {
    try {
      return await unit.decide(this.given(unit, drawn));
    } catch (cause) {
      if (!this.isShared) this.culprit = place;
      throw cause;
    }
  }

  private given(unit: Unit<unknown>, drawn: Map<string, number>): Given {
    const touched = unit.instanceKey === undefined ? undefined : this.instances.get(unit.instanceKey);
    return {
      epoch: this.epoch,
      ...(touched ? { instance: touched.hot } : {}),
      draw: (series, year) => this.series.draw(series, year, drawn),
      query: async (sql, params) => {
        await this.flush();
        return (await this.connection.run(sql, params)).rows;
      },
    };
  }

  private collect(changes: Changes, by: number): void {
    if (changes.instance) this.advance(changes.instance);
    changes.rows?.forEach((operation) => this.buffer.add(operation));
    changes.writes?.forEach((write) => this.writes.push({ write, by }));
  }

  private advance({ record, state, events, at }: NonNullable<Changes['instance']>): void {
    const { key } = record;
    const before = this.instances.get(key);
    const first = record.position - events.length + 1;
    const { head, bytes } = this.events.append(key, events, first, at, before?.hot.head ?? chainStart(key));
    const snapshotBytes = before?.hot.snapshotBytes ?? 0;
    const tailBytes = (before?.hot.tailBytes ?? 0) + bytes;
    this.instances.set(key, {
      hot: { record, snapshot: state, tail: [], head, snapshotBytes, tailBytes },
      storedRevision: before?.storedRevision,
      dirty: true,
      isStepped: true,
    });
  }

  private snapshot(key: Key, touched: Touched): void {
    const { record, snapshot, snapshotBytes, tailBytes } = touched.hot;
    if (record.state !== 'ACTIVE') {
      if (snapshotBytes > 0) this.buffer.add({ delete: 'instance_snapshots', key: { process_instance_key: key } });
    } else if (snapshot && touched.isStepped && snapshotIsDue(snapshotBytes, tailBytes)) {
      const text = writeState(snapshot);
      this.buffer.add({
        upsert: 'instance_snapshots',
        row: { process_instance_key: key, position: record.position, state: text },
      });
      touched.hot = { ...touched.hot, snapshotBytes: text.length, tailBytes: 0 };
    }
  }

  private async writeInstances(): Promise<void> {
    const dirty = [...this.instances.values()].filter((touched) => touched.dirty);
    const created = dirty.filter((touched) => touched.storedRevision === undefined);
    const { dialect } = this.connection;
    const records = created.map(({ hot }) => ({ ...fromInstanceRecord(hot.record), chain_head: hot.head }));
    await this.runAll(insertStatements('process_instances', records, dialect));
    await this.updateRecords(dirty.filter((touched) => touched.storedRevision !== undefined));
    await this.runAll(this.events.take(dialect));
    for (const touched of dirty) Object.assign(touched, { dirty: false, storedRevision: touched.hot.record.revision });
  }

  /** Conditional on the revision: a row that another node moved on is not met, and the batch fails with a conflict. */
  private async updateRecords(changed: readonly Touched[]): Promise<void> {
    if (changed.length === 0) return;
    const rows = changed.map((touched) => ({
      kind: 'update' as const,
      key: { key: touched.hot.record.key, revision: touched.storedRevision },
      set: { ...changingColumns(touched.hot.record), chain_head: touched.hot.head },
    }));
    const table = this.connection.tables.get('process_instances')!;
    const affected = await this.runAll(tableStatements({ table, rows }, this.connection.dialect));
    if (affected !== changed.length)
      throw new CommitConflict(
        `Expected ${changed.length} process instances at their last revision but found ${affected}.`,
      );
  }

  private async runAll(statements: readonly Statement[]): Promise<number> {
    let affected = 0;
    for (const statement of statements)
      affected += (await this.connection.run(statement.sql, statement.params)).affected;
    return affected;
  }

  private async runWrite(write: RowWrite): Promise<void> {
    if ('insert' in write) {
      const table = auditedBy({ table: write.insert, change: 'insert' });
      if (table) this.audit.add(table, 'insert', write.rows);
      await this.runAll(insertStatements(write.insert, write.rows, this.connection.dialect));
      return;
    }
    const changed = changeOf(write.sql);
    const table = auditedBy(changed);
    const { rows, affected } = await this.connection.run(table ? `${write.sql} RETURNING *` : write.sql, write.params);
    if (table) this.audit.add(table, changed!.change, rows);
    if (write.expectRows !== undefined && affected !== write.expectRows) {
      throw new CommitConflict(`Expected a write to meet ${write.expectRows} rows but it met ${affected}.`);
    }
  }

  private async loadNamedInstances(keys: readonly Key[]): Promise<void> {
    const unknown = this.isAlone ? keys.filter((key) => !this.useCached(key)) : keys;
    await this.loadAtRevision(unknown);
  }

  /** The cache of the only node is as the database is; where it were not, the conditional update would tell. */
  private useCached(key: Key): boolean {
    const hot = this.cache.get(key);
    if (hot) this.instances.set(key, { hot, storedRevision: hot.record.revision, dirty: false, isStepped: false });
    return hot !== undefined;
  }

  private async loadAtRevision(keys: readonly Key[]): Promise<void> {
    if (keys.length === 0) return;
    const revisions = await this.connection.run(
      `SELECT "key", revision FROM process_instances WHERE "key" IN ${list(keys.length)} ${this.connection.dialect.lockInOrder}`,
      keys,
    );
    const current = new Map(revisions.rows.map((row) => [String(row.key), Number(row.revision)]));
    const cached = keys.flatMap((key) => {
      const hot = this.cache.get(key);
      return hot && hot.record.revision === current.get(key) ? [[key, hot] as const] : [];
    });
    const hotKeys = new Set(cached.map(([key]) => key));
    const missing = keys.filter((key) => current.has(key) && !hotKeys.has(key));
    const loaded = await loadInstances(async (sql, params) => (await this.connection.run(sql, params)).rows, missing);
    for (const [key, hot] of [...cached, ...loaded])
      this.instances.set(key, { hot, storedRevision: hot.record.revision, dirty: false, isStepped: false });
  }

  /** In one order on all nodes. SQLite has one writer anyway. */
  private async lockNames(names: readonly string[]): Promise<void> {
    if (names.length === 0 || this.connection.dialect.name === 'sqlite') return;
    await this.connection.run(
      `SELECT pg_advisory_xact_lock(id) FROM (SELECT DISTINCT hashtextextended(name, 0) AS id
       FROM (VALUES ${names.map(() => '(?)').join(', ')}) AS v(name) ORDER BY id) AS locks`,
      names,
    );
  }

  private async loadReplies(keys: readonly { readonly key: string; readonly account: string }[]): Promise<void> {
    if (keys.length === 0) return;
    const { rows } = await this.connection.run(
      `SELECT "key", account, response FROM idempotency_keys WHERE "key" IN ${list(keys.length)}`,
      keys.map((entry) => entry.key),
    );
    for (const row of rows)
      this.replies.set(idempotencyId({ key: String(row.key), account: String(row.account) }), String(row.response));
  }

  private remember(idempotency: { readonly key: string; readonly account: string }, reply: unknown, at: number): void {
    const response = JSON.stringify(reply ?? null);
    this.replies.set(idempotencyId(idempotency), response);
    this.buffer.add({
      insert: 'idempotency_keys',
      row: { key: idempotency.key, account: idempotency.account, response, at },
    });
  }
}

function namedInstances(units: readonly Unit<unknown>[]): readonly Key[] {
  const keys = new Set<Key>();
  for (const { instanceKey, isNew } of units) if (instanceKey !== undefined && !isNew) keys.add(instanceKey);
  return [...keys];
}

const idempotencyId = (entry: { readonly key: string; readonly account: string }): string =>
  `${entry.account}\u0000${entry.key}`;
