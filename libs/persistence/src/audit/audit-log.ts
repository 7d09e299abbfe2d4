import type { Row } from '#runtime';
import { commitmentOf, linkOf, newSalt, sha256 } from '../chain.js';
import type { SqlDialect } from '../dialect.js';
import type { TableChanges } from '../row-buffer.js';
import { insertStatements } from '../statements.js';
import { type AuditedChange, type AuditedTable, auditedTables, factsOf } from './audited-tables.js';

/** Where the chain of the audit log begins. */
export const auditStart = sha256('changtong audit log 1');
/** Of the form of entries. */
export const AUDIT_VERSION = 1;

interface Entry {
  readonly type: string;
  readonly payload: string;
}

export interface AuditHead {
  readonly position: number;
  readonly hash: string;
}

type Run = (sql: string, params: readonly unknown[]) => Promise<{ readonly rows: readonly Row[] }>;

/** Collects what a transaction changed in audited tables, and appends it to the one chain as the last thing it does. */
export class AuditLog {
  private entries: Entry[] = [];

  constructor(
    private readonly dialect: SqlDialect,
    private readonly run: Run,
  ) {}

  /** `rows`: as the database has them now; of a delete, as they were. */
  add(table: AuditedTable, change: AuditedChange, rows: readonly Row[]): void {
    for (const row of rows)
      this.entries.push({ type: `${table.name}.${change}`, payload: JSON.stringify(factsOf(table, row, change)) });
  }

  /** Notes the rows that are inserted into an audited table; gives the changes as they are to be written. */
  noted(changes: TableChanges): TableChanges {
    const table = auditedTables.get(changes.table.name);
    if (!table) return changes;
    const rows = [...changes.rows];
    this.add(
      table,
      'insert',
      rows.flatMap((each) => (each.kind === 'insert' ? [each.row] : [])),
    );
    return { table: changes.table, rows };
  }

  /** Locks the head, so that no other transaction appends before this one has ended. */
  async append(at: number): Promise<void> {
    if (this.entries.length === 0) return;
    const { entries } = this;
    this.entries = [];
    const lock = this.dialect.name === 'postgres' ? ' FOR UPDATE' : '';
    const { rows } = await this.run(`SELECT position, hash FROM audit_head WHERE id = 1${lock}`, []);
    const head = { position: Number(rows[0]?.position), hash: String(rows[0]?.hash) };
    const { links, last } = chained(head, entries, at);
    for (const { sql, params } of insertStatements('audit_log', links, this.dialect)) await this.run(sql, params);
    await this.run('UPDATE audit_head SET position = ?, hash = ? WHERE id = 1', [last.position, last.hash]);
  }
}

function chained(head: AuditHead, entries: readonly Entry[], at: number) {
  let last = head;
  const links = entries.map(({ type, payload }) => {
    const salt = newSalt();
    const position = last.position + 1;
    const hash = linkOf(last.hash, { position, type, version: AUDIT_VERSION, at }, commitmentOf(salt, payload));
    last = { position, hash };
    return { position, at, type, version: AUDIT_VERSION, payload, salt, commitment: null, hash };
  });
  return { links, last };
}
