import type { CaseCipher } from './case-cipher.js';
import type { VaultPorts } from './ports.js';
import { insertInto } from './rows.js';
import type { SealedValueRow, VaultWrite } from './rows.js';

export interface TakeOver {
  /** The case that gives the values away. */
  readonly caseKey: string;
  readonly sealedKeys: readonly string[];
  /** The values stay where they are, too; a file is of one case alone, so it cannot be copied. */
  readonly isCopy?: boolean;
}

export interface TakenOver {
  /** The new key of each value, by its old one. */
  readonly keys: ReadonlyMap<string, string>;
  /** Ids of the files among them: their bytes are still under the key of the other case. */
  readonly files: readonly string[];
  readonly writes: readonly VaultWrite[];
}

interface Parts {
  readonly ports: VaultPorts;
  openCase(caseKey: string): Promise<CaseCipher>;
}

/** See `Vault.takeOver`. */
export async function takeOver(into: CaseCipher, from: TakeOver, parts: Parts): Promise<TakenOver | undefined> {
  const asked = [...new Set(from.sealedKeys)];
  if (asked.length === 0) return { keys: new Map(), files: [], writes: [] };
  const rows = await parts.ports.store.loadSealed(asked);
  if (rows.length < asked.length || !rows.every((row) => isMovable(row, from))) return undefined;
  const cipher = await parts.openCase(from.caseKey);
  const keys = new Map(rows.map((row) => [row.sealed_key, parts.ports.newKey()]));
  const moved = rows.map((row) => resealed(row, keys.get(row.sealed_key)!, { cipher, into }));
  const writes = rows.flatMap((row) =>
    leaving(row, { ...from, sealedKey: keys.get(row.sealed_key)!, into: into.caseKey }),
  );
  const files = filesIn(rows, cipher);
  return { keys, files, writes: [...insertInto('sealed_values', moved), ...writes] };
}

/** Ids of the files that these values are. */
export const filesIn = (rows: readonly SealedValueRow[], cipher: CaseCipher): readonly string[] =>
  rows.filter(isFile).map((row) => (cipher.open(row) as { readonly id: string }).id);

const isFile = ({ kind }: SealedValueRow): boolean => kind === 'file';

const isMovable = (row: SealedValueRow, { caseKey, isCopy }: TakeOver): boolean =>
  row.case_key === caseKey && row.ciphertext !== '' && !(isCopy && isFile(row));

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
