import { copyFile, cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Settings, SettingsError } from '../settings/settings.js';
import { exists, sqliteFile, syncFolder } from './back-up.js';
import { attachmentsName, damageOf, databaseName, readManifest } from './backup-manifest.js';
import { existingMasterKey } from './existing-master-key.js';
import { verifyFile } from './verify.js';

/**
 * Puts a backup in the place of a database that is not there. Nothing is put anywhere before all of it is checked: the
 * digests, the master key, SQLite's own check, the schema, and that every history replays to its state.
 *
 * @throws SettingsError with all faults found.
 */
export async function restore(settings: Settings, source: string): Promise<string> {
  const folder = resolve(source);
  const target = sqliteFile(settings);
  await refuseOccupied(target, join(settings.dataDir, attachmentsName));
  const manifest = await readManifest(folder);
  const damage = await damageOf(folder, manifest);
  if (damage.length > 0) throw new SettingsError(damage);
  const { fingerprint } = await existingMasterKey(settings);
  if (fingerprint !== manifest.masterKeyFingerprint)
    throw new SettingsError([
      `Expected the master key ${manifest.masterKeyFingerprint} of this backup but found ${fingerprint}: set MASTER_KEY_FILE to the right one.`,
    ]);
  await mkdir(dirname(target), { recursive: true });
  const restoring = `${target}.restoring`;
  try {
    await copyFile(join(folder, databaseName), restoring);
    const checked = await verifyFile(restoring, fingerprint);
    if (checked.faults.length > 0) throw new SettingsError(checked.faults);
    await putInPlace(settings, { folder, restoring, target });
    return `已恢复 Restored: ${target} (${manifest.createdAt}; ${checked.instances} instances, ${checked.events} events replayed)\n`;
  } finally {
    for (const suffix of ['', '-wal', '-shm']) await rm(`${restoring}${suffix}`, { force: true });
  }
}

/** A database is never overwritten: whoever restores moves the old one away first. */
async function refuseOccupied(target: string, attachments: string): Promise<void> {
  const faults: string[] = [];
  for (const path of [target, `${target}-wal`, attachments])
    if (await exists(path)) faults.push(`Expected nothing at ${path}: stop the server and move it away first.`);
  if (faults.length > 0) throw new SettingsError(faults);
}

interface Places {
  readonly folder: string;
  readonly restoring: string;
  readonly target: string;
}

/** The attachments first: a database without them would look whole. */
async function putInPlace({ dataDir }: Settings, { folder, restoring, target }: Places): Promise<void> {
  const attachments = join(folder, attachmentsName);
  if (await exists(attachments)) await cp(attachments, join(dataDir, attachmentsName), { recursive: true });
  await rename(restoring, target);
  await syncFolder(dirname(target));
}
