/**
 * Rows of the vault's tables. Keys are decimal strings (bigint columns), times epoch ms (bigint), binary columns are
 * base64 text, so that both databases store the same.
 */

/** Table `case_keys`, primary key `case_key`: the data key of a case, wrapped by the master key. */
export interface CaseKeyRow {
  readonly case_key: string;
  /** integer */
  readonly key_version: number;
  /** text; initialisation vector, tag and ciphertext in one; null once the case key was destroyed. */
  readonly wrapped_key: string | null;
  readonly created_at: number;
  readonly destroyed_at: number | null;
}

/** Table `sealed_values`, primary key `sealed_key`, index on `case_key`: one protected leaf each. Never updated but to clear it. */
export interface SealedValueRow {
  readonly sealed_key: string;
  readonly case_key: string;
  /** text; path of the form field without row numbers, such as `demands.text`. */
  readonly field: string;
  /** text; class id of roles.json. */
  readonly class: string;
  /** text; what sort of value it is, for the mask. */
  readonly kind: ValueKind;
  readonly key_version: number;
  readonly iv: string;
  /** Empty, like `iv` and `tag`, once the value was cleared because its time of keeping is over. */
  readonly ciphertext: string;
  readonly tag: string;
  /** text; account id, or `portal`. */
  readonly written_by: string;
  readonly written_at: number;
  /** The task in which it was written; null for a start or a message. */
  readonly user_task_key: string | null;
}

export type ValueKind = 'text' | 'number' | 'boolean' | 'file' | 'list' | 'group';

/**
 * Table `sealed_matches`, primary key (`sealed_key`, `kind`, `hash`), indexes on (`kind`, `hash`) and (`case_key`,
 * `kind`): keyed hashes for predicates inside the sealed store.
 */
export interface SealedMatchRow {
  readonly sealed_key: string;
  readonly case_key: string;
  /** text; `match:<name>` or `excludes`. */
  readonly kind: string;
  /** text; HMAC-SHA-256, base64. */
  readonly hash: string;
}

/** Table `access_log`, primary key `access_key`, indexes on `case_key` and `at`: one row a revealed value. Append-only. */
export interface AccessLogRow {
  readonly access_key: string;
  readonly at: number;
  /** text; account id, `portal`, or the name of a delivery job. */
  readonly account: string;
  /** text; the role that allowed it. */
  readonly role: string;
  readonly class: string;
  readonly field: string;
  readonly case_key: string;
  readonly sealed_key: string;
  readonly process_instance_key: string | null;
  readonly reason: string;
  /** text; `screen`, `document`, `delivery`, `attachment`, or `export` of a ledger, which names neither case nor value. */
  readonly purpose: string;
}

/** Table `vault_meta`, primary key `name`: the fingerprint of the master key. */
export interface VaultMetaRow {
  readonly name: string;
  readonly value: string;
}

/** A draft of a form, whole and encrypted; columns for table `drafts`, primary key (`user_task_key`, `account`). */
export interface DraftRow {
  readonly user_task_key: string;
  readonly account: string;
  /** `0` for a process that is no case. */
  readonly case_key: string;
  readonly key_version: number;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
  readonly saved_at: number;
}

interface TableRows {
  readonly case_keys: CaseKeyRow;
  readonly sealed_values: SealedValueRow;
  readonly sealed_matches: SealedMatchRow;
  readonly access_log: AccessLogRow;
  readonly vault_meta: VaultMetaRow;
}

/** A write that the caller commits in the unit of work of its command; the shape of the runtime's row writes. */
export type VaultWrite =
  | { readonly insert: string; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly sql: string; readonly params: readonly unknown[]; readonly expectRows?: number };

/** Inserts rows into one of the vault's tables; no write at all for no rows. */
export function insertInto<T extends keyof TableRows>(table: T, rows: readonly TableRows[T][]): VaultWrite[] {
  return rows.length === 0 ? [] : [{ insert: table, rows: rows.map((row) => Object.fromEntries(Object.entries(row))) }];
}
