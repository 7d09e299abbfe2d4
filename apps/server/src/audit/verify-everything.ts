import { verifyAudit, verifyChains, type Database } from '#persistence';
import { fingerprintOf } from './signing-key.js';
import { verifySeals, type SealsExpected } from './verify-seals.js';

export interface WholeReport {
  readonly entries: number;
  /** Rows that were held against their last entry. */
  readonly rows: number;
  readonly instances: number;
  readonly events: number;
  readonly seals: number;
  readonly heads: number;
  /** Days of seals that the database names but the folder does not have. */
  readonly sealedElsewhere: readonly string[];
  /** Fingerprints of the keys that sealed. */
  readonly keys: readonly string[];
  readonly faults: readonly string[];
}

/** The audit log, the rows that it tells of, the chain of each instance, and what was sealed in `auditDir`. Only reads. */
export async function verifyEverything(
  database: Database,
  auditDir: string,
  expected: SealsExpected = {},
): Promise<WholeReport> {
  const log = await verifyAudit(database);
  const { instances, events, broken } = await verifyChains(database);
  const { seals, heads, elsewhere, publicKeys, faults } = await verifySeals(database, auditDir, expected);
  const links = broken.map(({ processInstanceKey, message }) => `Process instance ${processInstanceKey}: ${message}`);
  return {
    entries: log.entries,
    rows: log.rows,
    instances,
    events,
    seals,
    heads,
    sealedElsewhere: elsewhere,
    keys: publicKeys.map(fingerprintOf),
    faults: [...log.faults, ...links, ...faults],
  };
}
