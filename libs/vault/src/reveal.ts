import type { CaseCipher } from './case-cipher.js';
import { permittingRole } from './policy.js';
import type { RevealPolicy } from './policy.js';
import type { VaultPorts } from './ports.js';
import { insertInto } from './rows.js';
import type { AccessLogRow, SealedValueRow, VaultWrite } from './rows.js';

/** What stands in the place of a value that is no longer kept here: its time is over, or it was handed over. */
export const CLEARED = '（已清除）';

const MAX_KEYS = 1_000;
const REASON_LENGTH = { min: 2, max: 200 };
/** What a reader of the record sees: of a reason in characters without a shape nothing would stand there. */
const SEEN = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/gu;

export interface RevealRequest {
  /** The case whose values may be opened; keys of any other count as not there. */
  readonly caseKey: string;
  readonly sealedKeys: readonly string[];
  /** Account id, `portal`, or the name of a delivery job. */
  readonly account: string;
  readonly roles: readonly string[];
  /** At most 200 characters, by the person who asks; 2 of them at least can be seen. */
  readonly reason: string;
  readonly purpose: 'screen' | 'document' | 'delivery' | 'attachment';
  readonly processInstanceKey?: string;
}

export type RevealRefusal = 'reasonMissing' | 'notFound' | 'notAllowed' | 'tooMany';

export type Reveal =
  | { readonly ok: true; readonly values: ReadonlyMap<string, unknown> }
  | { readonly ok: false; readonly code: RevealRefusal };

/** Commits the access log; the values are handed out only after it resolved. */
export type Commit = (writes: readonly VaultWrite[]) => Promise<unknown>;

export interface RevealParts {
  readonly ports: VaultPorts;
  readonly policy: RevealPolicy;
  openCase(caseKey: string): Promise<CaseCipher>;
}

/**
 * Opens values for a person or a delivery job: all that was asked for, or nothing. The record of it is committed first;
 * when that fails nothing is handed out. In the place of a value that was cleared stands `CLEARED`. Throws `VaultError` when the case key is destroyed or a value was changed.
 */
export async function reveal(request: RevealRequest, commit: Commit, parts: RevealParts): Promise<Reveal> {
  const reason = request.reason.trim();
  const isSaid = (reason.match(SEEN) ?? []).length >= REASON_LENGTH.min;
  if (!isSaid || [...reason].length > REASON_LENGTH.max) return { ok: false, code: 'reasonMissing' };
  const keys = [...new Set(request.sealedKeys)];
  if (keys.length > MAX_KEYS) return { ok: false, code: 'tooMany' };

  const stored = keys.length === 0 ? [] : await parts.ports.store.loadSealed(keys);
  const rows = stored.filter((row) => row.case_key === request.caseKey);
  if (rows.length < keys.length) return { ok: false, code: 'notFound' };
  if (!rows.every((row) => isAllowed(row, request, parts))) return { ok: false, code: 'notAllowed' };
  if (rows.length === 0) return { ok: true, values: new Map() };

  const cipher = await parts.openCase(request.caseKey);
  const values = new Map(rows.map((row) => [row.sealed_key, isCleared(row) ? CLEARED : cipher.open(row)]));
  const opened = rows.filter((row) => !isCleared(row));
  const log = opened.flatMap((row) => logRow(row, { ...request, reason }, parts) ?? []);
  if (log.length > 0) await commit(insertInto('access_log', log));
  return { ok: true, values };
}

const isCleared = ({ ciphertext }: SealedValueRow): boolean => ciphertext === '';

const isAllowed = (row: SealedValueRow, { roles }: RevealRequest, { policy }: RevealParts): boolean =>
  permittingRole(roles, row.class, policy)?.sight === 'reason';

function logRow(row: SealedValueRow, request: RevealRequest, parts: RevealParts): AccessLogRow | undefined {
  const permitted = permittingRole(request.roles, row.class, parts.policy);
  if (permitted?.sight !== 'reason') return undefined;
  return {
    access_key: parts.ports.newKey(),
    at: parts.ports.now(),
    account: request.account,
    role: permitted.role,
    class: row.class,
    field: row.field,
    case_key: row.case_key,
    sealed_key: row.sealed_key,
    process_instance_key: request.processInstanceKey ?? null,
    reason: request.reason,
    purpose: request.purpose,
  };
}
