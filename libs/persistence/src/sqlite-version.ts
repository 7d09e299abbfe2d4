import type Sqlite from 'better-sqlite3';
import type { DataSource } from 'typeorm';

/**
 * Reads `PRAGMA data_version` of a connection: the number differs "if changes were committed to the database by any other
 * connection in the interim" (SQLite, "PRAGMA data_version"), also by other processes. Undefined while it cannot be read.
 */
export function sqliteVersion({ driver }: DataSource): () => number | undefined {
  let asking: Sqlite.Statement | undefined;
  return () => {
    try {
      asking ??= handleOf(driver).prepare('PRAGMA data_version').pluck();
      return Number(asking.get());
    } catch {
      // Locked, closed or unreadable: whoever needs the rows asks the database for them, and learns why.
      return undefined;
    }
  };
}

/** TypeORM keeps the one handle of a SQLite connection in its driver. */
const handleOf = (driver: DataSource['driver']): Sqlite.Database =>
  (driver as unknown as { readonly databaseConnection: Sqlite.Database }).databaseConnection;
