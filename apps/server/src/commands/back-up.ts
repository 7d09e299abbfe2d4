import { cp, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { backUpSqlite } from '#persistence';
import { partialOf } from '../backups/nightly-folders.js';
import { type Settings, SettingsError } from '../settings/settings.js';
import { attachmentsName, type BackupManifest, databaseName, digestsBelow, manifestPath } from './backup-manifest.js';
import { existingMasterKey } from './existing-master-key.js';
import { verifyFile } from './verify.js';

const urlStart = 'sqlite:';

/**
 * Backs up database and attachments into a new folder while the server runs: the database first, so that no attachment
 * that it names is missing. The master key stays where it is.
 *
 * @throws SettingsError on PostgreSQL, where the folder exists, or where the copy is not sound.
 */
export async function backUp(settings: Settings, target: string): Promise<string> {
  const folder = resolve(target);
  const source = sqliteFile(settings);
  if (await exists(folder)) throw new SettingsError([`Expected a new folder for the backup but ${folder} exists.`]);
  const { fingerprint } = await existingMasterKey(settings);
  const partial = partialOf(folder);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    await backUpSqlite(source, join(partial, databaseName));
    const checked = await verifyFile(join(partial, databaseName), fingerprint);
    if (checked.faults.length > 0) throw new SettingsError(checked.faults);
    await copyAttachments(settings, partial);
    await seal(partial, fingerprint);
    await rename(partial, folder);
    return `已备份 Backed up: ${folder} (${checked.instances} instances, ${checked.events} events replayed)\n主密钥不在备份中，请另行保管。 The master key is not in it: keep it apart (${settings.masterKeyFile}).\n`;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** The database file. @throws SettingsError on PostgreSQL, which has tools of its own. */
export function sqliteFile({ databaseUrl }: Settings): string {
  if (databaseUrl.startsWith(urlStart)) return databaseUrl.slice(urlStart.length);
  throw new SettingsError([
    'Expected a SQLite database: back up PostgreSQL with pg_dump -Fc, restore it with pg_restore, then run "npm start -- verify".',
  ]);
}

export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function copyAttachments({ dataDir }: Settings, folder: string): Promise<void> {
  const attachments = join(dataDir, attachmentsName);
  if (await exists(attachments)) await cp(attachments, join(folder, attachmentsName), { recursive: true });
}

async function seal(folder: string, masterKeyFingerprint: string): Promise<void> {
  const createdAt = new Date().toISOString();
  const manifest: BackupManifest = { format: 1, createdAt, masterKeyFingerprint, files: await digestsBelow(folder) };
  await writeFile(manifestPath(folder), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  await syncFolder(folder);
}

/** Makes the names in a folder as durable as the contents. */
export async function syncFolder(folder: string): Promise<void> {
  for (const path of [folder, dirname(folder)]) {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }
}
