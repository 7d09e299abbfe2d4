import type { Row } from '#runtime';
import type { AuditLog } from './audit-log.js';
import type { AuditedTable } from './audited-tables.js';

const PAGE = 500;

type Run = (sql: string, params: readonly unknown[]) => Promise<{ readonly rows: readonly Row[] }>;

/** Notes the rows that a table has before it is audited, as if they were inserted now. */
export async function noteRows(log: AuditLog, table: AuditedTable, run: Run): Promise<void> {
  const order = table.key.map((column) => `"${column}"`).join(', ');
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await run(`SELECT * FROM ${table.name} ORDER BY ${order} LIMIT ? OFFSET ?`, [PAGE, offset]);
    log.add(table, 'insert', rows);
    await log.append(Date.now());
    if (rows.length < PAGE) return;
  }
}
