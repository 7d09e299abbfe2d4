import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { migratedSqlite } from '../../libs/persistence/src/contract/migrated.js';

const scheme = 'sqlite:';

/** Lays an empty, migrated database where a server will open it; nothing happens where there is one, or on PostgreSQL. */
export async function layMigrated(url: string): Promise<void> {
  if (!url.startsWith(scheme)) return;
  const file = url.slice(scheme.length);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await migratedSqlite(), { flag: 'wx' }).catch(unlessThere);
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
