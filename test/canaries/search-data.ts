import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { marksIn } from './marks.js';

/** Where a mark was found although nobody had opened it. */
export interface Find {
  readonly where: string;
  readonly fields: readonly string[];
}

export type Look = (kind: string, where: string, bytes: Buffer) => void;

/** Looks through every file of a data folder, the database's among them, and the log that was written beside it. */
export function searchData(dataDir: string, log: string): readonly Find[] {
  const finds: Find[] = [];
  const look: Look = (_, where, bytes) => {
    const fields = marksIn(bytes);
    if (fields.length > 0) finds.push({ where, fields });
  };
  searchFiles(dataDir, look);
  look('log', 'log', Buffer.from(log));
  return finds;
}

export function searchFiles(folder: string, look: Look): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && statSync(path).size > 0) look('files', path.slice(folder.length), readFileSync(path));
  }
}

/** Reads what the database gives for each row, which may stand in other bytes on the disk. */
export function searchTables(dataDir: string, look: Look): void {
  const database = new Database(join(dataDir, 'changtong.sqlite'), { readonly: true });
  const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all() as string[];
  for (const table of tables)
    for (const row of database.prepare(`SELECT * FROM "${table}"`).iterate() as Iterable<Record<string, unknown>>)
      look('rows', `table ${table}`, Buffer.concat(Object.values(row).map(bytesOf)));
  database.close();
}

const bytesOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.from(`${String(value)}\n`));
