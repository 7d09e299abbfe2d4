import type { CaseKeyRow, SealedValueRow } from './rows.js';

/** Paths of fields without row numbers, and ids of classes. */
export interface FieldsOfClasses {
  readonly fields: readonly string[];
  readonly classes: readonly string[];
}

/** What the vault reads; persistence implements it. It writes nothing itself: writes go with the caller's unit of work. */
export interface VaultStore {
  /** Value of `vault_meta`. */
  loadMeta(name: string): Promise<string | undefined>;
  loadCaseKey(caseKey: string): Promise<CaseKeyRow | undefined>;
  /** Rows of `case_keys`, those that exist, in any order. */
  loadCaseKeys(caseKeys: readonly string[]): Promise<readonly CaseKeyRow[]>;
  /** Rows of `sealed_values`, those that exist, in any order. */
  loadSealed(sealedKeys: readonly string[]): Promise<readonly SealedValueRow[]>;
  /** Rows of `sealed_values` of these cases, fields and classes that were not cleared, in any order. */
  loadFields(caseKeys: readonly string[], among: FieldsOfClasses): Promise<readonly SealedValueRow[]>;
  /** Rows of `sealed_values` of one case and these classes that hold a file and were not cleared. */
  loadFiles(caseKey: string, classes: readonly string[]): Promise<readonly SealedValueRow[]>;
  /** Whether the case holds a row of `sealed_values` of the class that was not cleared. */
  hasClass(caseKey: string, className: string): Promise<boolean>;
  /** Hashes of `sealed_matches` of one case and kind. */
  loadMatchHashes(caseKey: string, kind: string): Promise<readonly string[]>;
  /** Case keys of `sealed_matches` with this kind and hash, distinct. */
  findCasesByMatch(kind: string, hash: string): Promise<readonly string[]>;
  /** Like `loadMatchHashes`, together with those of all cases that the case was started from or names, near and far. */
  loadInheritedHashes(caseKey: string, kind: string): Promise<readonly string[]>;
  /** Like `findCasesByMatch`, together with all cases that were started from one of them or name it, near and far. */
  findInheritingCases(kind: string, hash: string): Promise<readonly string[]>;
}

export interface VaultPorts {
  readonly store: VaultStore;
  /** A fresh decimal key. */
  newKey(): string;
  /** Epoch ms: the engine's clock, as for other records of a case. */
  now(): number;
}
