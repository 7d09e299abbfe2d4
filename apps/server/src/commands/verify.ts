import {
  createVaultQueries,
  type Database,
  integrityFaults,
  openDatabase,
  type Verification,
  verifyChains,
  verifyDatabase,
} from '#persistence';
import { type Settings, SettingsError } from '../settings/settings.js';
import { existingMasterKey } from './existing-master-key.js';

/**
 * Checks the database of the settings, on SQLite and PostgreSQL: key, schema, and that every history replays to its state.
 * It only reads. `sample`: so many instances instead of all.
 *
 * @throws SettingsError with all faults found.
 */
export async function verify(settings: Settings, sample: number | undefined): Promise<string> {
  const { fingerprint } = await existingMasterKey(settings);
  const { databaseUrl } = settings;
  const faults = databaseUrl.startsWith('sqlite:') ? integrityFaults(databaseUrl.slice('sqlite:'.length)) : [];
  const checked =
    faults.length > 0 ? { instances: 0, events: 0, faults } : await verifyAt(databaseUrl, fingerprint, sample);
  if (checked.faults.length > 0) throw new SettingsError(checked.faults);
  return `已核对 Verified: ${checked.instances} instances, ${checked.events} events replayed, nothing amiss\n`;
}

/** Checks a SQLite file that nobody else uses. */
export async function verifyFile(file: string, fingerprint: string): Promise<Verification> {
  const faults = integrityFaults(file);
  if (faults.length > 0)
    return {
      instances: 0,
      events: 0,
      faults: faults.map((fault) => `Expected a sound database but SQLite says: ${fault}`),
    };
  return verifyAt(`sqlite:${file}`, fingerprint);
}

async function verifyAt(url: string, fingerprint: string, sample?: number): Promise<Verification> {
  const database = await openDatabase({ url });
  try {
    const wrongKey = await keyFaults(database, fingerprint);
    if (wrongKey.length > 0) return { instances: 0, events: 0, faults: wrongKey };
    const checked = await verifyDatabase(database, sample === undefined ? {} : { sample });
    return { ...checked, faults: [...checked.faults, ...(await brokenLinks(database))] };
  } finally {
    await database.close();
  }
}

async function keyFaults(database: Database, fingerprint: string): Promise<readonly string[]> {
  const found = await createVaultQueries(database).loadMeta('masterKeyFingerprint');
  if (found === undefined || found === fingerprint) return [];
  return [
    `Expected the master key ${found} of this database but found ${fingerprint}: set MASTER_KEY_FILE to the right one.`,
  ];
}

/** Every history is followed, also where a sample is replayed: a chain that skips what nobody looked at shows nothing. */
async function brokenLinks(database: Database): Promise<readonly string[]> {
  const { broken } = await verifyChains(database);
  return broken.map(
    ({ processInstanceKey, position, message }) =>
      `Expected the chain of events of process instance ${processInstanceKey} to hold but at ${position}: ${message}`,
  );
}
