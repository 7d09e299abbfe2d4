import { stat } from 'node:fs/promises';
import { createMasterKey, type MasterKey } from '#vault';
import { type Settings, SettingsError } from '../settings/settings.js';

/** The master key of the installation; unlike a start it makes none. @throws SettingsError where there is none. */
export async function existingMasterKey({ masterKeyFile }: Pick<Settings, 'masterKeyFile'>): Promise<MasterKey> {
  const isThere = await stat(masterKeyFile).then(
    () => true,
    () => false,
  );
  if (isThere) return createMasterKey(masterKeyFile);
  throw new SettingsError([
    `Expected the master key at ${masterKeyFile} but there is none: put it there or set MASTER_KEY_FILE.`,
  ]);
}
