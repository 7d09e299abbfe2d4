import { randomBytes } from 'node:crypto';
import { caseCipher } from './case-cipher.js';
import type { Authorship, CaseCipher, LeafToSeal } from './case-cipher.js';
import type { MasterKey } from './master-key.js';
import type { RevealPolicy } from './policy.js';
import type { VaultPorts } from './ports.js';
import { reveal } from './reveal.js';
import type { Commit, Reveal, RevealRequest } from './reveal.js';
import { mostAlike } from './most-alike.js';
import type { AlikeRequest } from './most-alike.js';
import { insertInto } from './rows.js';
import type { SealedMatchRow, SealedValueRow, VaultWrite } from './rows.js';
import { hashPassword, verifyPassword } from './secrets.js';
import { filesIn, takeOver } from './take-over.js';
import type { TakenOver, TakeOver } from './take-over.js';
import { normalizeTrackingCode } from './tracking-code.js';
import { VaultError } from './vault-error.js';

const KEY_VERSION = 1;
const FINGERPRINT = 'masterKeyFingerprint';
/** Kind of the matches by which a case excludes units and accounts. */
export const EXCLUDES = 'excludes';
/** Stands in `case_key` for what belongs to no case. */
const NO_CASE = '0';

/** A protected leaf as libs/forms lists it, with the key that its handle names. */
export interface SealedLeafInput extends LeafToSeal {
  readonly match?: string;
  /** Normalised text of the value. */
  readonly matchValue?: string;
  readonly excludes?: readonly string[];
}

/** The sealed store of an installation. Every write is returned and commits with the caller's unit of work. */
export interface Vault {
  /** Compares the database with the master key; the writes mark a new database. Throws `VaultError` `wrongMasterKey`. */
  claimDatabase(): Promise<VaultWrite[]>;
  /** Makes the data key of a new case; usable at once, before the writes commit. */
  createCase(caseKey: string): { readonly cipher: CaseCipher; readonly writes: VaultWrite[] };
  /** Throws `VaultError` `caseKeyMissing`, `caseKeyDestroyed` or `tampered`. */
  openCase(caseKey: string): Promise<CaseCipher>;
  /** For drafts and files of processes that are no case. */
  readonly common: CaseCipher;
  /** Encrypts leaves, one row each, with the hashes of their predicates. */
  sealLeaves(cipher: CaseCipher, leaves: readonly SealedLeafInput[], by: Authorship): VaultWrite[];
  /**
   * Seals values of another case in the one of the cipher, under new keys and with what is told from them; unless it is
   * a copy, nothing of them stays where they were. Undefined where one is not of that case, was cleared, or is a file to
   * be copied.
   */
  takeOver(cipher: CaseCipher, from: TakeOver): Promise<TakenOver | undefined>;
  /** True where each kept handle names a stored value of this case and, where the form names one, of this class. */
  areKept(caseKey: string, kept: readonly KeptHandle[]): Promise<boolean>;
  reveal(request: RevealRequest, policy: RevealPolicy, commit: Commit): Promise<Reveal>;
  /** Keyed hash of a value for the predicate `kind`; never the value. */
  matchHash(kind: string, value: string): string;
  /**
   * Other cases in which the predicate `match` holds a (normalised) value of this case; undefined where this case has
   * none. A case that excludes anybody whom this one does not exclude is left out: it must not be heard of here.
   */
  casesLike(caseKey: string, match: string): Promise<readonly string[] | undefined>;
  /**
   * Of other cases that may be heard of in this one, the one whose texts are most like its own, if any is alike. Texts are
   * read for this one answer and recorded as nobody's look; values that tell who somebody is must not be among the classes.
   */
  mostAlike(request: AlikeRequest): Promise<string | undefined>;
  /** Of other cases, in order, those that may be heard of in this one: they exclude nobody whom it does not exclude. */
  openTo(caseKey: string, others: readonly string[]): Promise<readonly string[]>;
  /** Of the candidates (ids of units or accounts), those that this case does not exclude, in order. */
  notExcluded(caseKey: string, candidates: readonly string[]): Promise<readonly string[]>;
  /** Whether anything of a sealed class is kept in this case: yes or no, never what. */
  holdsClass(caseKey: string, className: string): Promise<boolean>;
  /** Cases that exclude any of these units or accounts: what must be hidden from them. */
  casesExcluding(ids: readonly string[]): Promise<readonly string[]>;
  /** Takes back what the exclusions of this sealed value hid; other values that exclude the same go on doing so. */
  liftExclusions(sealedKey: string): VaultWrite;
  /** What the stored matches of those cases are found by, for statements that must leave them out. */
  exclusions(ids: readonly string[]): Exclusions;
  /**
   * Deletion of a case: without its key nothing of it can ever be read. Whom it excludes stays known, as keyed hashes, as
   * long as anything of it is left: what is not protected must not open to them.
   */
  destroyCase(caseKey: string): VaultWrite[];
  /** Ids of the files among the values of these classes. */
  filesOf(caseKey: string, classes: readonly string[]): Promise<readonly string[]>;
  /** Clears the values of these classes for good, and what could be told from them; whom they exclude stays known. */
  clearClasses(caseKey: string, classes: readonly string[]): VaultWrite[];
  /** Keyed hash under which a tracking code is stored and found; undefined where the text cannot be a code. */
  trackingHash(code: string): string | undefined;
  /** A PIN is short, so it is hashed with a secret of the installation before scrypt. */
  hashPin(pin: string): Promise<string>;
  verifyPin(pin: string, stored: string | null | undefined): Promise<boolean>;
}

export interface Exclusions {
  readonly kind: string;
  readonly hashes: readonly string[];
}

export interface KeptHandle {
  readonly sealedKey: string;
  readonly field: string;
  readonly class: string | undefined;
}

/** Builds the vault on a master key and what the platform provides. */
export function createVault(master: MasterKey, ports: VaultPorts): Vault {
  const pepper = (pin: string): string => master.indexHash('pin', pin.normalize('NFKC').trim());
  const openCase = (caseKey: string): Promise<CaseCipher> => loadCipher(caseKey, master, ports);
  const exclusions = (ids: readonly string[]): Exclusions => ({
    kind: EXCLUDES,
    hashes: [...new Set(ids)].map((id) => master.indexHash(EXCLUDES, id)),
  });
  return {
    claimDatabase: () => claimDatabase(master, ports),
    createCase: (caseKey) => createCase(caseKey, master, ports),
    openCase,
    common: caseCipher(NO_CASE, KEY_VERSION, master.commonKey),
    sealLeaves: (cipher, leaves, by) => sealLeaves(cipher, leaves, { by, master }),
    takeOver: (cipher, from) => takeOver(cipher, from, { ports, openCase }),
    areKept: (caseKey, kept) => areKept(caseKey, kept, ports),
    reveal: (request, policy, commit) => reveal(request, commit, { ports, policy, openCase }),
    matchHash: (kind, value) => master.indexHash(kind, value),
    casesLike: (caseKey, match) => casesLike(caseKey, matchKind(match), ports),
    mostAlike: (request) => mostAlike(request, { master, ports, openTo: (key, others) => openTo(key, others, ports) }),
    openTo: (caseKey, others) => openTo(caseKey, others, ports),
    async notExcluded(caseKey, candidates) {
      const hashes = new Set(await ports.store.loadInheritedHashes(caseKey, EXCLUDES));
      return candidates.filter((candidate) => !hashes.has(master.indexHash(EXCLUDES, candidate)));
    },
    holdsClass: (caseKey, className) => ports.store.hasClass(caseKey, className),
    async casesExcluding(ids) {
      const { kind, hashes } = exclusions(ids);
      const cases = await Promise.all(hashes.map((hash) => ports.store.findInheritingCases(kind, hash)));
      return [...new Set(cases.flat())];
    },
    exclusions,
    liftExclusions: (sealedKey) => ({
      sql: 'DELETE FROM sealed_matches WHERE sealed_key = ? AND kind = ?',
      params: [sealedKey, EXCLUDES],
    }),
    destroyCase: (caseKey) => destroyCase(caseKey, ports),
    async filesOf(caseKey, classes) {
      const rows = await ports.store.loadFiles(caseKey, classes);
      return rows.length === 0 ? [] : filesIn(rows, await openCase(caseKey));
    },
    clearClasses,
    trackingHash(typed) {
      const code = normalizeTrackingCode(typed);
      return code === undefined ? undefined : master.indexHash('trackingCode', code);
    },
    hashPin: (pin) => hashPassword(pepper(pin)),
    verifyPin: (pin, stored) => verifyPassword(pepper(pin), stored),
  };
}

async function claimDatabase(master: MasterKey, { store }: VaultPorts): Promise<VaultWrite[]> {
  const found = await store.loadMeta(FINGERPRINT);
  if (found === undefined) return insertInto('vault_meta', [{ name: FINGERPRINT, value: master.fingerprint }]);
  if (found === master.fingerprint) return [];
  throw new VaultError(
    'wrongMasterKey',
    `Expected the master key ${found} of this database but found ${master.fingerprint}; set MASTER_KEY_FILE to the right one.`,
  );
}

function createCase(caseKey: string, master: MasterKey, ports: VaultPorts): ReturnType<Vault['createCase']> {
  const dataKey = randomBytes(32);
  const row = {
    case_key: caseKey,
    key_version: KEY_VERSION,
    wrapped_key: master.wrap(dataKey, caseKey, KEY_VERSION),
    created_at: ports.now(),
    destroyed_at: null,
  };
  return { cipher: caseCipher(caseKey, KEY_VERSION, dataKey), writes: insertInto('case_keys', [row]) };
}

/** Read afresh each time: a destroyed key must stop working on every node at once. */
async function loadCipher(caseKey: string, master: MasterKey, { store }: VaultPorts): Promise<CaseCipher> {
  const row = await store.loadCaseKey(caseKey);
  if (!row) throw new VaultError('caseKeyMissing', `Expected a data key for case ${caseKey} but found none.`);
  if (row.wrapped_key === null)
    throw new VaultError('caseKeyDestroyed', `The data key of case ${caseKey} is destroyed.`);
  const version = Number(row.key_version);
  return caseCipher(caseKey, version, master.unwrap(row.wrapped_key, caseKey, version));
}

interface SealParts {
  readonly by: Authorship;
  readonly master: MasterKey;
}

function sealLeaves(cipher: CaseCipher, leaves: readonly SealedLeafInput[], { by, master }: SealParts): VaultWrite[] {
  const rows: SealedValueRow[] = leaves.map((leaf) => cipher.seal(leaf, by));
  const matches = leaves.flatMap((leaf) => matchRows(leaf, cipher.caseKey, master));
  return [...insertInto('sealed_values', rows), ...insertInto('sealed_matches', matches)];
}

function matchRows(leaf: SealedLeafInput, caseKey: string, master: MasterKey): SealedMatchRow[] {
  const row = (kind: string, hash: string): SealedMatchRow => ({
    sealed_key: leaf.sealedKey,
    case_key: caseKey,
    kind,
    hash,
  });
  const { match, matchValue } = leaf;
  const same =
    match === undefined || !matchValue ? [] : [row(matchKind(match), master.indexHash(matchKind(match), matchValue))];
  const excluded = [...new Set(leaf.excludes)].map((id) => row(EXCLUDES, master.indexHash(EXCLUDES, id)));
  return [...same, ...excluded];
}

async function casesLike(caseKey: string, kind: string, ports: VaultPorts): Promise<readonly string[] | undefined> {
  const { store } = ports;
  const hashes = await store.loadMatchHashes(caseKey, kind);
  if (hashes.length === 0) return undefined;
  const found = await Promise.all(hashes.map((hash) => store.findCasesByMatch(kind, hash)));
  return openTo(
    caseKey,
    [...new Set(found.flat())].filter((other) => other !== caseKey),
    ports,
  );
}

async function openTo(caseKey: string, others: readonly string[], { store }: VaultPorts): Promise<readonly string[]> {
  if (others.length === 0) return [];
  const excluded = new Set(await store.loadInheritedHashes(caseKey, EXCLUDES));
  const theirs = await Promise.all(others.map((other) => store.loadInheritedHashes(other, EXCLUDES)));
  return others.filter((_, index) => theirs[index]?.every((hash) => excluded.has(hash)));
}

function matchKind(match: string): string {
  return `match:${match}`;
}

async function areKept(caseKey: string, kept: readonly KeptHandle[], { store }: VaultPorts): Promise<boolean> {
  if (kept.length === 0) return true;
  const rows = await store.loadSealed([...new Set(kept.map(({ sealedKey }) => sealedKey))]);
  const byKey = new Map(rows.map((row) => [row.sealed_key, row]));
  return kept.every((handle) => {
    const row = byKey.get(handle.sealedKey);
    return row?.case_key === caseKey && (handle.class === undefined || row.class === handle.class);
  });
}

function destroyCase(caseKey: string, ports: VaultPorts): VaultWrite[] {
  return [
    {
      sql: 'UPDATE case_keys SET wrapped_key = NULL, destroyed_at = ? WHERE case_key = ? AND destroyed_at IS NULL',
      params: [ports.now(), caseKey],
      expectRows: 1,
    },
    { sql: 'DELETE FROM sealed_matches WHERE case_key = ? AND kind <> ?', params: [caseKey, EXCLUDES] },
  ];
}

function clearClasses(caseKey: string, classes: readonly string[]): VaultWrite[] {
  if (classes.length === 0) return [];
  const ofClasses = `case_key = ? AND class IN (${classes.map(() => '?').join(', ')})`;
  return [
    {
      sql: `DELETE FROM sealed_matches WHERE kind <> ? AND sealed_key IN (SELECT sealed_key FROM sealed_values WHERE ${ofClasses})`,
      params: [EXCLUDES, caseKey, ...classes],
    },
    {
      sql: `UPDATE sealed_values SET ciphertext = '', iv = '', tag = '' WHERE ${ofClasses}`,
      params: [caseKey, ...classes],
    },
  ];
}
