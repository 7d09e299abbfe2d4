import { mkdir } from 'node:fs/promises';
import { openDatabase } from '#persistence';
import type { Settings } from '../settings/settings.js';

/** Runs the migrations that are missing; gives what to print. */
export async function migrate({ databaseUrl, dataDir }: Settings): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const database = await openDatabase({ url: databaseUrl });
  try {
    const names = await database.migrate();
    return names.length === 0
      ? '数据库已是最新。 The database is up to date.\n'
      : `已升级 Migrated: ${names.join(', ')}\n`;
  } finally {
    await database.close();
  }
}
