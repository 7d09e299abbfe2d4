import type { Database } from './database.js';

const MOST_ENTRIES = 10_000;

/**
 * Rows that every request needs, kept for as long as nobody has committed anything since they were read. The version is
 * asked each time before an entry is given, so that there is no moment in which a row is used that a commit has changed:
 * a hit is as good as a read. Where the database cannot tell its version cheaply (PostgreSQL, whose other nodes commit
 * too), each time is a read.
 *
 * A read is kept under the version that was asked before it began: a commit in between makes another version, and the
 * entry is never given.
 */
export class KeptReads<T> {
  private version: number | undefined;
  private entries = new Map<string, T>();

  constructor(
    private readonly database: Pick<Database, 'version'>,
    private readonly read: (id: string) => Promise<T>,
  ) {}

  async get(id: string): Promise<T> {
    const version = this.database.version();
    if (version === undefined) return this.read(id);
    if (version !== this.version || this.entries.size >= MOST_ENTRIES) this.entries = new Map();
    this.version = version;
    const { entries } = this;
    const kept = entries.get(id);
    if (kept !== undefined) return kept;
    const found = await this.read(id);
    entries.set(id, found);
    return found;
  }
}
