import { openDatabase } from '#persistence';
import { verifyEverything } from '../audit/verify-everything.js';
import { type Settings, SettingsError } from '../settings/settings.js';

/**
 * Checks the audit log, the rows that it tells of, the chain of events of every instance, and what was sealed outside the
 * database. It only reads; the server may run.
 *
 * @param olderFolder the folder is knowingly an older copy, or that of another node: what it lacks is told but no fault.
 * @throws SettingsError with all faults found.
 */
export async function auditVerify(
  { databaseUrl, auditDir, auditKnownKeys: knownKeys }: Settings,
  { olderFolder = false } = {},
): Promise<string> {
  const database = await openDatabase({ url: databaseUrl });
  try {
    const { faults, keys, sealedElsewhere, ...counts } = await verifyEverything(database, auditDir, {
      olderFolder,
      knownKeys,
    });
    if (faults.length > 0) throw new SettingsError(faults);
    return [
      `已核对 Verified: ${counts.entries} audit entries, ${counts.rows} rows, ${counts.events} events of ${counts.instances} instances, ${counts.seals} seals with ${counts.heads} heads; nothing amiss`,
      ...(keys.length > 0 ? [`封存公钥指纹 Fingerprint of the key that sealed: ${keys.join(', ')}`] : []),
      ...(counts.seals === 0
        ? [`尚无封存 No seal in ${auditDir}: the end of the log is protected by the chain alone.`]
        : []),
      ...(sealedElsewhere.length > 0
        ? [
            `旧副本中没有、未核对的封存 Seals that the database names but this older folder does not have, not checked: ${sealedElsewhere.join(', ')}`,
          ]
        : []),
      '',
    ].join('\n');
  } finally {
    await database.close();
  }
}
