import type { Row } from '#runtime';
import type { Database } from './database.js';
import { sqlDialect } from './dialect.js';
import type { RunQuery } from './instance-cache.js';

/** Runs one reading statement with `?` placeholders on the reader. */
export function readerQuery(database: Database): RunQuery {
  const dialect = sqlDialect(database.dialect);
  return async (sql, params) => (await database.reader.query(dialect.placeholders(sql), [...params])) as Row[];
}
