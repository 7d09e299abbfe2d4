import type { CaseCipher } from './case-cipher.js';
import type { VaultPorts } from './ports.js';
import { insertInto } from './rows.js';
import type { SealedValueRow, VaultWrite } from './rows.js';

export interface TakeOver {
  /** The case that gives the values away. */
  readonly caseKey: string;
  readonly sealedKeys: readonly string[];
  /** The values stay where they are, too. */
  readonly isCopy?: boolean;
}

export interface TakenOver {
  /** The new key of each value, by its old one. */
  readonly keys: ReadonlyMap<string, string>;
  readonly writes: readonly VaultWrite[];
}

interface Parts {
  readonly ports: VaultPorts;
  openCase(caseKey: string): Promise<CaseCipher>;
}

/** See `Vault.takeOver`. */
export async function takeOver(into: CaseCipher, from: TakeOver, parts: Parts): Promise<TakenOver | undefined> {
  const asked = [...new Set(from.sealedKeys)];
  if (asked.length === 0) return { keys: new Map(), writes: [] };
  const rows = await parts.ports.store.loadSealed(asked);
  if (rows.length < asked.length || !rows.every((row) => isMovable(row, from.caseKey))) return undefined;
  const cipher = await parts.openCase(from.caseKey);
  const keys = new Map(rows.map((row) => [row.sealed_key, parts.ports.newKey()]));
  const moved = rows.map((row) => resealed(row, keys.get(row.sealed_key)!, { cipher, into }));
  const writes = rows.flatMap((row) =>
    leaving(row, { ...from, sealedKey: keys.get(row.sealed_key)!, into: into.caseKey }),
  );
  return { keys, writes: [...insertInto('sealed_values', moved), ...writes] };
}

/** The bytes of a file are bound to its case, so a file cannot move. */
const isMovable = (row: SealedValueRow, caseKey: string): boolean =>
  row.case_key === caseKey && row.ciphertext !== '' && row.kind !== 'file';

function resealed(
  row: SealedValueRow,
  sealedKey: string,
  { cipher, into }: { readonly cipher: CaseCipher; readonly into: CaseCipher },
): SealedValueRow {
  const leaf = { sealedKey, field: row.field, class: row.class, value: cipher.open(row) };
  return into.seal(leaf, { writtenBy: row.written_by, writtenAt: Number(row.written_at) });
}

/** Whom the value excludes stays excluded where it was; the new case excludes them too, as it comes from there. */
function leaving(
  row: SealedValueRow,
  { sealedKey, into, isCopy }: { readonly sealedKey: string; readonly into: string; readonly isCopy?: boolean },
): VaultWrite[] {
  const told = {
    sql: `INSERT INTO sealed_matches (sealed_key, case_key, kind, hash)
      SELECT ?, ?, kind, hash FROM sealed_matches WHERE sealed_key = ?`,
    params: [sealedKey, into, row.sealed_key],
  };
  if (isCopy) return [told];
  const sql = `UPDATE sealed_values SET ciphertext = '', iv = '', tag = '' WHERE sealed_key = ?`;
  return [told, { sql, params: [row.sealed_key] }];
}
