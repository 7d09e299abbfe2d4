import { openDatabase } from '#persistence';
import { verifyEverything } from '../audit/verify-everything.js';
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
    const { faults, keys, sealedElsewhere, ...counts } = await verifyEverything(database, auditDir);
    if (faults.length > 0) throw new SettingsError(faults);
    return [
      `已核对 Verified: ${counts.entries} audit entries, ${counts.rows} rows, ${counts.events} events of ${counts.instances} instances, ${counts.seals} seals with ${counts.heads} heads; nothing amiss`,
      ...(keys.length > 0 ? [`封存公钥指纹 Fingerprint of the key that sealed: ${keys.join(', ')}`] : []),
      ...(counts.seals === 0
        ? [`尚无封存 No seal in ${auditDir}: the end of the log is protected by the chain alone.`]
        : []),
      ...(sealedElsewhere.length > 0
        ? [
            `数据库记有、文件夹中没有、未核对的封存 Seals that the database tells of but that are not in ${auditDir}, removed or kept elsewhere, and not checked: ${sealedElsewhere.join(', ')}`,
          ]
        : []),
      '',
    ].join('\n');
  } finally {
    await database.close();
  }
}
