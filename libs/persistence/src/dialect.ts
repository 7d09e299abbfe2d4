import type { QueryRunner } from 'typeorm';
import type { Row } from '#runtime';
import type { Dialect } from './database.js';

/** What differs between the databases when statements are written. */
export interface SqlDialect {
  readonly name: Dialect;
  readonly begin: string;
  /** Rows of one multi-row statement on SQLite, largest first: few sizes, so that prepared statements are found again. */
  readonly chunkSizes: readonly number[];
  readonly skipLocked: string;
  /** Ends the statement that reads the instances of a batch: nodes take the same locks in the same order. */
  readonly lockInOrder: string;
  /** Ends a statement that reads instances: none of them is removed before the transaction ends; steps go on. */
  readonly keepInOrder: string;
  /** Ends the statement that chooses instances to remove: those that another transaction keeps wait for the next time. */
  readonly lockForRemoval: string;
  /** Turns `?` into the database's own placeholders. */
  placeholders(sql: string): string;
  /** A placeholder in a VALUES list that no column gives a type to. */
  typed(columnType: string): string;
}

const sqlite: SqlDialect = {
  name: 'sqlite',
  begin: 'BEGIN IMMEDIATE',
  chunkSizes: [100, 25, 10, 5, 3, 2, 1],
  skipLocked: '',
  lockInOrder: '',
  keepInOrder: '',
  lockForRemoval: '',
  placeholders: (sql) => sql,
  typed: () => '?',
};

const postgres: SqlDialect = {
  name: 'postgres',
  begin: 'BEGIN',
  chunkSizes: [1000, 1],
  skipLocked: 'FOR UPDATE SKIP LOCKED',
  lockInOrder: 'ORDER BY "key" FOR NO KEY UPDATE',
  keepInOrder: 'ORDER BY "key" FOR KEY SHARE',
  lockForRemoval: 'FOR UPDATE OF p SKIP LOCKED',
  placeholders: (sql) => {
    let index = 0;
    return sql.replaceAll('?', () => `$${++index}`);
  },
  typed: (columnType) => `?::${columnType}`,
};

/** The rules of one database. */
export const sqlDialect = (name: Dialect): SqlDialect => (name === 'postgres' ? postgres : sqlite);

export interface StatementResult {
  readonly rows: readonly Row[];
  readonly affected: number;
}

/** Runs one statement with `?` placeholders on an open query runner. */
export async function runStatement(
  runner: QueryRunner,
  dialect: SqlDialect,
  sql: string,
  params: readonly unknown[],
): Promise<StatementResult> {
  const result = await runner.query(dialect.placeholders(sql), [...params], true);
  return { rows: (result.records ?? []) as Row[], affected: result.affected ?? result.records?.length ?? 0 };
}

/** `(?, ?, ?)` for a list of `count` values. */
export const list = (count: number): string => `(${Array.from({ length: count }, () => '?').join(', ')})`;

/**
 * A list of keys of any length in one placeholder, which both databases read: statements take some ten thousands of
 * placeholders only, and a list of tasks repeats its conditions for each group of its reader.
 */
export const KEYS_OF_OBJECT = '(SELECT CAST(o."key" AS bigint) FROM json_each(?) AS o)';

/** What `KEYS_OF_OBJECT` takes. */
export const keysAsObject = (keys: readonly string[]): string =>
  JSON.stringify(Object.fromEntries(keys.map((key) => [key, 0])));
