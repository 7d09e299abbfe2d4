import { createPublicKey, verify } from 'node:crypto';
import { changedHeads, createAuditQueries, walkAudit, type Database, type InstanceHead } from '#persistence';
import { readHeads, readSeals, type SignedSeal } from './seal-files.js';
import { fingerprintOf } from './signing-key.js';

export interface SealsReport {
  readonly seals: number;
  /** Heads of instances that were held against the log of events. */
  readonly heads: number;
  /** Public keys that signed, base64url. */
  readonly publicKeys: readonly string[];
  /** Days of seals that the database names but the folder does not have. */
  readonly elsewhere: readonly string[];
  readonly faults: readonly string[];
}

export interface SealsExpected {
  /** The folder is knowingly an older copy, or that of another node: seals that it does not have are no fault. */
  readonly olderFolder?: boolean;
  /** Fingerprints of keys that the operator put in place on purpose: a change between two of them is no fault. */
  readonly knownKeys?: readonly string[];
}

const PAGE = 2_000;
const MOST_FAULTS = 100;
/** Days that a sentence names. */
const MOST_DAYS = 10;

/**
 * Holds what was written outside the database against what it has now: signatures, the order of the seals and that none is
 * missing, the key that signed, the audit log at each sealed position, and each sealed head of an instance (ADR 22). Only
 * reads.
 */
export async function verifySeals(
  database: Database,
  folder: string,
  { olderFolder = false, knownKeys = [] }: SealsExpected = {},
): Promise<SealsReport> {
  // First what the database names: a seal is in the folder before it is named, so one made meanwhile is not missing.
  const named = await namedSeals(database);
  const { seals, unreadable } = await readSeals(folder);
  const faults = unreadable.map((line) => `Expected a seal in line ${line} of seals.jsonl but it cannot be read.`);
  const walk = await walkAudit(database, new Set(seals.map(({ seal }) => seal.log.position)));
  let heads = 0;
  let before: SignedSeal | undefined;
  for (const signed of seals) {
    faults.push(...faultsOfLine(signed, before?.digest ?? ''), ...faultsOfLog(signed, walk.hashAt));
    if (before) faults.push(...faultsOfKey(before, signed, knownKeys));
    const checked = await checkHeads(database, folder, signed, walk.removedInstances);
    heads += checked.heads;
    faults.push(...checked.faults);
    before = signed;
  }
  const digests = new Set(seals.map(({ digest }) => digest));
  const missing = [...named].filter(([digest]) => !digests.has(digest)).map(([, day]) => day);
  const elsewhere = [...new Set(missing)].toSorted().toReversed();
  if (!olderFolder && elsewhere.length > 0) faults.unshift(missingFault(folder, elsewhere));
  return {
    seals: seals.length,
    heads,
    publicKeys: [...new Set(seals.map(({ seal }) => seal.publicKey))],
    elsewhere,
    faults: faults.slice(0, MOST_FAULTS),
  };
}

/** Days by digest, of all seals that the log and its table name: the table alone keeps the newest of a day. */
async function namedSeals(database: Database): Promise<ReadonlyMap<string, string>> {
  const queries = createAuditQueries(database);
  const named = new Map((await queries.seals(Number.MAX_SAFE_INTEGER)).map(({ digest, day }) => [digest, day]));
  for (let before: number | undefined; ;) {
    const entries = await queries.entries({
      table: 'audit_seals',
      limit: PAGE,
      ...(before !== undefined && { before }),
    });
    for (const { facts } of entries) if (facts?.['digest'] && facts['day']) named.set(facts['digest'], facts['day']);
    if (entries.length < PAGE) return named;
    before = entries.at(-1)?.position;
  }
}

function missingFault(folder: string, days: readonly string[]): string {
  const some = days.slice(0, MOST_DAYS).join(', ');
  const more = days.length > MOST_DAYS ? ` and of ${days.length - MOST_DAYS} more days` : '';
  return `Expected the seals of ${some}${more} in seals.jsonl of ${folder}, as the database names them, but they are not there: they were cut off or removed. Where an older copy of the folder is checked on purpose, say so: npm run audit:verify -- --older-folder.`;
}

function faultsOfKey(before: SignedSeal, after: SignedSeal, known: readonly string[]): readonly string[] {
  if (before.seal.publicKey === after.seal.publicKey) return [];
  const [old, now] = [fingerprintOf(before.seal.publicKey), fingerprintOf(after.seal.publicKey)];
  if (known.includes(old) && known.includes(now)) return [];
  return [
    `Expected the seal of ${after.seal.sealedAt} to be signed with the key ${old}, as the one before it, but it was signed with ${now}. Where the key was changed on purpose, name both in AUDIT_KNOWN_KEYS.`,
  ];
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
