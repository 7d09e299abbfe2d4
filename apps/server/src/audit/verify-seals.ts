import { createPublicKey, verify } from 'node:crypto';
import { changedHeads, createAuditQueries, walkAudit, type Database, type InstanceHead } from '#persistence';
import { readHeads, readSeals, type SignedSeal } from './seal-files.js';

export interface SealsReport {
  readonly seals: number;
  /** Heads of instances that were held against the log of events. */
  readonly heads: number;
  /** Public keys that signed, base64url. */
  readonly publicKeys: readonly string[];
  /** Days that were sealed in another folder, as the database says. */
  readonly elsewhere: readonly string[];
  readonly faults: readonly string[];
}

const PAGE = 2_000;
const MOST_FAULTS = 100;
const MOST_DAYS = 10_000;

/**
 * Holds what was written outside the database against what it has now: signatures, the order of the seals, the audit log
 * at each sealed position, and each sealed head of an instance (ADR 22). Only reads.
 */
export async function verifySeals(database: Database, folder: string): Promise<SealsReport> {
  const { seals, unreadable } = await readSeals(folder);
  const faults = unreadable.map((line) => `Expected a seal in line ${line} of seals.jsonl but it cannot be read.`);
  const walk = await walkAudit(database, new Set(seals.map(({ seal }) => seal.log.position)));
  let heads = 0;
  let previous = '';
  for (const signed of seals) {
    faults.push(...faultsOfLine(signed, previous), ...faultsOfLog(signed, walk.hashAt));
    const checked = await checkHeads(database, folder, signed, walk.removedInstances);
    heads += checked.heads;
    faults.push(...checked.faults);
    previous = signed.digest;
  }
  const digests = new Set(seals.map(({ digest }) => digest));
  const elsewhere = (await createAuditQueries(database).seals(MOST_DAYS)).filter(({ digest }) => !digests.has(digest));
  return {
    seals: seals.length,
    heads,
    publicKeys: [...new Set(seals.map(({ seal }) => seal.publicKey))],
    elsewhere: elsewhere.map(({ day }) => day),
    faults: faults.slice(0, MOST_FAULTS),
  };
}

function faultsOfLine({ seal, text, signature }: SignedSeal, previous: string): readonly string[] {
  return [
    ...(isSigned(seal.publicKey, text, signature)
      ? []
      : [`Expected the seal of ${seal.sealedAt} as it was signed but it was changed.`]),
    ...(seal.previous === previous
      ? []
      : [`Expected the seal of ${seal.sealedAt} to follow the one before it but a seal was removed, added or moved.`]),
  ];
}

function isSigned(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

function faultsOfLog({ seal }: SignedSeal, hashAt: ReadonlyMap<number, string>): readonly string[] {
  const { position, hash } = seal.log;
  if (position === 0) return [];
  const found = hashAt.get(position);
  if (found === hash) return [];
  const what = found === undefined ? 'it is gone' : 'it has another hash';
  return [`Expected entry ${position} of the audit log as it was sealed at ${seal.sealedAt} but ${what}.`];
}

async function checkHeads(
  database: Database,
  folder: string,
  { seal: { heads: sealed, sealedAt } }: SignedSeal,
  removed: ReadonlySet<string>,
) {
  const faults: string[] = [];
  let heads = 0;
  const check = async (some: readonly InstanceHead[]) => {
    heads += some.length;
    for (const { processInstanceKey, position } of await changedHeads(database, some))
      if (!removed.has(processInstanceKey))
        faults.push(
          `Expected event ${position} of process instance ${processInstanceKey} as it was sealed at ${sealedAt} but it was changed or removed.`,
        );
  };
  try {
    const reading = readHeads(folder, sealed.file);
    let some: InstanceHead[] = [];
    for (let next = await reading.next(); ; next = await reading.next()) {
      if (next.done) {
        if (next.value !== sealed.digest) faults.push(`Expected ${sealed.file} as it was sealed but it was changed.`);
        break;
      }
      if (some.push(next.value) < PAGE) continue;
      await check(some);
      some = [];
    }
    await check(some);
  } catch (error) {
    faults.push(`Expected ${sealed.file}, which the seal of ${sealedAt} names: ${String((error as Error).message)}`);
  }
  return { heads, faults };
}
