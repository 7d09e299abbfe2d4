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
   * another; undefined where that cannot be told without asking a server. Costs a few microseconds.
   */
  version(): number | undefined;
  /** Throws where the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
