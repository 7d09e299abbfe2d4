import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDatabase } from '#persistence';

const scheme = 'sqlite:';

/** Bytes of the file, made once for a file of specs: writing them takes a tenth of the time that all migrations take. */
let migrated: Promise<Buffer> | undefined;

/** Lays an empty, migrated database where a server will open it; nothing happens where there is one, or on PostgreSQL. */
export async function layMigrated(url: string): Promise<void> {
  if (!url.startsWith(scheme)) return;
  const file = url.slice(scheme.length);
  await mkdir(dirname(file), { recursive: true });
  migrated ??= migrate();
  await writeFile(file, await migrated, { flag: 'wx' }).catch(unlessThere);
}

async function migrate(): Promise<Buffer> {
  const home = await mkdtemp(join(tmpdir(), 'changtong-migrated-'));
  const file = join(home, 'migrated.sqlite');
  try {
    const database = await openDatabase({ url: `${scheme}${file}` });
    await database.migrate();
    await database.close();
    return await readFile(file);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function unlessThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
}
