import type { Row, RowWrite } from '#runtime';
import type { Database } from '../database.js';
import { readerQuery } from '../reader-query.js';
import { asTextOrNull } from '../records.js';

/** One text of the conversation about a case; the text itself lies in the vault. */
export interface ThreadEntry {
  readonly entryKey: string;
  readonly caseKey: string;
  readonly processInstanceKey: string | null;
  /** Of who follows the case with its code; else of the office. */
  readonly fromVisitor: boolean;
  readonly sealedKey: string;
  /** Engine time, epoch ms. */
  readonly createdAt: number;
}

export interface ThreadEntries {
  /** The newest ones, oldest first. */
  of(caseKey: string, limit: number): Promise<readonly ThreadEntry[]>;
}

export function createThreadEntries(database: Database): ThreadEntries {
  const query = readerQuery(database);
  return {
    of: async (caseKey, limit) => {
      const sql = 'SELECT * FROM thread_entries WHERE case_key = ? ORDER BY created_at DESC, entry_key DESC LIMIT ?';
      return (await query(sql, [caseKey, limit])).map(toEntry).toReversed();
    },
  };
}

export function insertThreadEntry(entry: ThreadEntry): RowWrite {
  const row = {
    entry_key: entry.entryKey,
    case_key: entry.caseKey,
    process_instance_key: entry.processInstanceKey,
    from_visitor: entry.fromVisitor,
    sealed_key: entry.sealedKey,
    created_at: entry.createdAt,
  };
  return { insert: 'thread_entries', rows: [row] };
}

const toEntry = (row: Row): ThreadEntry => ({
  entryKey: String(row.entry_key),
  caseKey: String(row.case_key),
  processInstanceKey: asTextOrNull(row.process_instance_key),
  fromVisitor: row.from_visitor === true || row.from_visitor === 1,
  sealedKey: String(row.sealed_key),
  createdAt: Number(row.created_at),
});
