import type Sqlite from 'better-sqlite3';
import type { DataSource } from 'typeorm';

/** Tells whether anything was committed to a file of SQLite. */
export interface SqliteVersion {
  /** Undefined while it cannot be read. */
  read(): number | undefined;
  /** A connection of this process has committed: the next reading asks the file. */
  committed(): void;
}

/**
 * Reads `PRAGMA data_version` of a connection: the number differs "if changes were committed to the database by any other
 * connection in the interim" (SQLite, "PRAGMA data_version"), also by other processes. The answer, which takes locks of the
 * file, holds for one turn of the event loop: what came in together is answered from one look. Commits of this process end
 * that at once, so that only another process's commit within the same turn may be seen one turn later.
 */
export function sqliteVersion({ driver }: DataSource): SqliteVersion {
  let asking: Sqlite.Statement | undefined;
  let looked: number | undefined;

  function look(): number | undefined {
    try {
      asking ??= handleOf(driver).prepare('PRAGMA data_version').pluck();
      return Number(asking.get());
    } catch {
      // Locked, closed or unreadable: whoever needs the rows asks the database for them, and learns why.
      return undefined;
    }
  }

  const forget = (): void => void (looked = undefined);
  return {
    read: () => {
      if (looked !== undefined) return looked;
      looked = look();
      if (looked !== undefined) setImmediate(forget);
      return looked;
    },
    committed: forget,
  };
}

/** TypeORM keeps the one handle of a SQLite connection in its driver. */
const handleOf = (driver: DataSource['driver']): Sqlite.Database =>
  (driver as unknown as { readonly databaseConnection: Sqlite.Database }).databaseConnection;
