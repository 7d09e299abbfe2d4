import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AuditLog } from '../audit/audit-log.js';
import { auditedTables } from '../audit/audited-tables.js';
import { noteRows } from '../audit/note-rows.js';
import { runStatement, sqlDialect } from '../dialect.js';

/** Whether an account has a password that somebody else set stands in the audit log from here on: it begins with how it is. */
export class AuditedPasswords1764000000360 implements MigrationInterface {
  readonly name = 'AuditedPasswords1764000000360';

  async up(queryRunner: QueryRunner): Promise<void> {
    const dialect = sqlDialect(queryRunner.dataSource.options.type === 'postgres' ? 'postgres' : 'sqlite');
    const run = (sql: string, params: readonly unknown[]) => runStatement(queryRunner, dialect, sql, params);
    await noteRows(new AuditLog(dialect, run), auditedTables.get('accounts')!, run);
  }

  /** Entries are never taken back: the ones that were noted say nothing else than the rows. */
  async down(): Promise<void> {}
}
