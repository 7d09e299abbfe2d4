import { masterKeyOf } from './master-key.js';
import type { VaultStore } from './ports.js';
import type { CaseKeyRow, SealedMatchRow, SealedValueRow, VaultMetaRow, VaultWrite } from './rows.js';
import { createVault } from './vault.js';
import type { Vault } from './vault.js';

/** Keeps committed rows in memory: enough of a database for the vault's own rules; the SQL has specs of its own. */
export interface MemoryTables {
  readonly tables: Record<string, Readonly<Record<string, unknown>>[]>;
  readonly store: VaultStore;
  commit(writes: readonly VaultWrite[]): Promise<void>;
}

export function memoryTables(): MemoryTables {
  const tables: MemoryTables['tables'] = {};
  const rows = <T>(table: string): T[] => (tables[table] ?? []) as T[];
  const matches = (): SealedMatchRow[] => rows<SealedMatchRow>('sealed_matches');
  const hashesOf = (caseKey: string, kind: string): readonly string[] =>
    matches().flatMap((row) => (row.case_key === caseKey && row.kind === kind ? [row.hash] : []));
  const casesWith = (kind: string, hash: string): readonly string[] =>
    matches().flatMap((row) => (row.kind === kind && row.hash === hash ? [row.case_key] : []));
  return {
    tables,
    async commit(writes) {
      for (const write of writes) {
        if ('insert' in write) (tables[write.insert] ??= []).push(...write.rows);
        else if (write.sql.startsWith('DELETE FROM sealed_matches WHERE sealed_key')) {
          const [sealedKey, kind] = write.params;
          tables['sealed_matches'] = matches()
            .filter((row) => row.sealed_key !== sealedKey || row.kind !== kind)
            .map((row) => ({ ...row }));
        } else if (write.sql.startsWith('UPDATE case_keys')) {
          const [at, caseKey] = write.params;
          tables['case_keys'] = rows<CaseKeyRow>('case_keys').map((row) =>
            row.case_key === caseKey ? { ...row, wrapped_key: null, destroyed_at: at } : { ...row },
          );
        }
      }
    },
    store: {
      loadMeta: async (name) => rows<VaultMetaRow>('vault_meta').find((row) => row.name === name)?.value,
      loadCaseKey: async (key) => rows<CaseKeyRow>('case_keys').find((row) => row.case_key === key),
      loadCaseKeys: async (keys) => rows<CaseKeyRow>('case_keys').filter((row) => keys.includes(row.case_key)),
      loadFields: async (keys, { fields, classes }) =>
        rows<SealedValueRow>('sealed_values').filter(
          (row) =>
            keys.includes(row.case_key) &&
            fields.includes(row.field) &&
            classes.includes(row.class) &&
            row.ciphertext !== '',
        ),
      loadSealed: async (keys) => rows<SealedValueRow>('sealed_values').filter((row) => keys.includes(row.sealed_key)),
      loadFiles: async (caseKey, classes) =>
        rows<SealedValueRow>('sealed_values').filter(
          (row) => row.case_key === caseKey && row.kind === 'file' && classes.includes(row.class),
        ),
      hasClass: async (caseKey, className) =>
        rows<SealedValueRow>('sealed_values').some(
          (row) => row.case_key === caseKey && row.class === className && row.ciphertext !== '',
        ),
      loadMatchHashes: async (caseKey, kind) => hashesOf(caseKey, kind),
      findCasesByMatch: async (kind, hash) => casesWith(kind, hash),
      loadInheritedHashes: async (caseKey, kind) => hashesOf(caseKey, kind),
      findInheritingCases: async (kind, hash) => casesWith(kind, hash),
    },
  };
}

/** A vault on memory tables with counted keys and a still clock. */
export function specVault(memory: MemoryTables, secret = 1): Vault {
  let last = 9_000;
  return createVault(masterKeyOf(Buffer.alloc(32, secret)), {
    store: memory.store,
    newKey: () => String(++last),
    now: () => 1_000,
  });
}
