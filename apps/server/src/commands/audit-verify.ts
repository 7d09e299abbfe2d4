import { openDatabase, verifyAudit, verifyChains } from '#persistence';
import { fingerprintOf } from '../audit/signing-key.js';
import { verifySeals } from '../audit/verify-seals.js';
import { type Settings, SettingsError } from '../settings/settings.js';

/**
 * Checks the audit log, the rows that it tells of, the chain of events of every instance, and what was sealed outside the
 * database. It only reads; the server may run.
 *
 * @throws SettingsError with all faults found.
 */
export async function auditVerify({ databaseUrl, auditDir }: Settings): Promise<string> {
  const database = await openDatabase({ url: databaseUrl });
  try {
    const log = await verifyAudit(database);
    const chains = await verifyChains(database);
    const seals = await verifySeals(database, auditDir);
    const broken = chains.broken.map(
      ({ processInstanceKey, message }) => `Process instance ${processInstanceKey}: ${message}`,
    );
    const faults = [...log.faults, ...broken, ...seals.faults];
    if (faults.length > 0) throw new SettingsError(faults);
    const keys = seals.publicKeys.map(fingerprintOf);
    return [
      `已核对 Verified: ${log.entries} audit entries, ${log.rows} rows, ${chains.events} events of ${chains.instances} instances, ${seals.seals} seals with ${seals.heads} heads; nothing amiss`,
      ...(keys.length > 0 ? [`封存公钥指纹 Fingerprint of the key that sealed: ${keys.join(', ')}`] : []),
      ...(seals.seals === 0
        ? [`尚无封存 No seal in ${auditDir}: the end of the log is protected by the chain alone.`]
        : []),
      ...(seals.elsewhere.length > 0
        ? [`其他文件夹中的封存 Sealed in another folder: ${seals.elsewhere.join(', ')}`]
        : []),
      '',
    ].join('\n');
  } finally {
    await database.close();
  }
}
