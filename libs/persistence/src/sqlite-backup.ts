import Sqlite from 'better-sqlite3';

/** Copies all that is left in one step: readers of a write-ahead log hold nobody up, and the copy never begins anew. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies a SQLite database that others may be writing to; the copy holds every commit up to one moment and needs no
 * write-ahead log beside it.
 */
export async function backUpSqlite(file: string, target: string): Promise<void> {
  const source = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    await source.backup(target, { progress: () => ALL_PAGES });
  } finally {
    source.close();
  }
  const copy = new Sqlite(target);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/** What SQLite itself finds wrong with a database file; empty where it is sound. */
export function integrityFaults(file: string): readonly string[] {
  try {
    const database = new Sqlite(file, { fileMustExist: true });
    try {
      const found = database.prepare('PRAGMA integrity_check').pluck().all().map(String);
      return found.filter((line) => line !== 'ok');
    } finally {
      database.close();
    }
  } catch (cause) {
    return [cause instanceof Error ? cause.message : String(cause)];
  }
}
