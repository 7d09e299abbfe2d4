import type { DataSource } from 'typeorm';

export type Dialect = 'sqlite' | 'postgres';
export type DatabaseRole = 'writer' | 'reader';

/** The two connections of a node: `writer` belongs to the group commit alone, everything else reads through `reader`. */
export interface Database {
  readonly dialect: Dialect;
  readonly writer: DataSource;
  readonly reader: DataSource;
  /** Runs the migrations that are missing; gives their names. */
  migrate(): Promise<readonly string[]>;
  /**
   * A number that is another one as soon as another connection than the reader has committed anything, in this process or
   * another (of another perhaps one turn of the event loop later); undefined where that cannot be told without asking a server.
   */
  version(): number | undefined;
  /** Whoever writes with `writer` says here that it has committed, before anybody is told. */
  committed(): void;
  /** Throws where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
