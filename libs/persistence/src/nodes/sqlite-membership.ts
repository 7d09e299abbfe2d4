import Sqlite from 'better-sqlite3';
import type { Database } from '../database.js';
import { sqlDialect } from '../dialect.js';
import type { RunQuery } from '../instance-cache.js';
import { DatabaseInUse } from './membership.js';
import type { Membership } from './membership.js';

/** A process that was just killed needs a moment to go. */
const WAIT_FOR_LOCK_MS = 1_000;
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * The one node of a SQLite file. An exclusive lock on a second file beside it, which the operating system gives back when
 * the process ends however it ends, keeps another server away; who only writes an account or a backup is not kept away.
 */
export class SqliteMembership implements Membership {
  readonly begin = sqlDialect('sqlite').begin;
  readonly clockOffsetMs = 0;
  private current = 0;
  private joining: Promise<void> | undefined;
  private lock: Sqlite.Database | undefined;

  /** `query` runs outside of any open transaction. */
  constructor(
    private readonly database: Database,
    private readonly query: RunQuery,
  ) {}

  get epoch(): number {
    return this.current;
  }

  get liveNodes(): number {
    return this.current === 0 ? 0 : 1;
  }

  async join(): Promise<void> {
    this.joining ??= this.register();
    await this.joining.catch((cause: unknown) => {
      this.joining = undefined;
      throw cause;
    });
  }

  ready = async (): Promise<number> => this.current;
  guard = async (): Promise<void> => undefined;
  rejoin = async (): Promise<void> => undefined;
  removeDead = async (): Promise<number> => 0;
  onRejoin = (): void => undefined;

  async leave(): Promise<void> {
    this.lock?.close();
    this.lock = undefined;
  }

  private async register(): Promise<void> {
    this.lock = lockBeside(String(this.database.writer.options.database));
    const [row] = await this.query('UPDATE node_epochs SET "last" = "last" + 1 WHERE id = 1 RETURNING "last"', []);
    await this.query('DELETE FROM nodes', []);
    const epoch = Number(row!.last);
    const values = [epoch, `pid ${process.pid}`, Date.now(), FOREVER];
    await this.query('INSERT INTO nodes (epoch, name, registered_at, lease_until) VALUES (?, ?, ?, ?)', values);
    this.current = epoch;
  }
}

function lockBeside(file: string): Sqlite.Database {
  const lock = new Sqlite(`${file}.lock`, { timeout: WAIT_FOR_LOCK_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    if ((cause as { code?: unknown }).code !== 'SQLITE_BUSY') throw cause;
    throw new DatabaseInUse(
      `数据库文件 ${file} 正由另一进程使用，请先停止它，或改用 PostgreSQL 运行多个节点。\nExpected ${file} to be served by one process but another one serves it: stop that one, or use PostgreSQL for several nodes.`,
      { cause },
    );
  }
}
