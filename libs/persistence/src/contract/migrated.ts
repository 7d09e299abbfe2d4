import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../open-database.js';

/** Migrates an empty database and closes it, so that all of it is in one place and can be copied. */
export async function migrateOnly(url: string): Promise<void> {
  const database = await openDatabase({ url });
  await database.migrate();
  await database.close();
}

/**
 * Bytes of an empty, migrated SQLite database: migrating costs far more than writing what was migrated, so each file of
 * specs migrates once.
 */
export const migratedSqlite = once(async (): Promise<Buffer> => {
  const home = await mkdtemp(join(tmpdir(), 'changtong-migrated-'));
  const file = join(home, 'migrated.sqlite');
  try {
    await migrateOnly(`sqlite:${file}`);
    return await readFile(file);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/** Makes something when it is first asked for, and gives the same ever after. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
