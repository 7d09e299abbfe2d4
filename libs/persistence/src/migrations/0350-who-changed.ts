import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AuditLog } from '../audit/audit-log.js';
import { auditedTables } from '../audit/audited-tables.js';
import { noteRows } from '../audit/note-rows.js';
import { runStatement, sqlDialect } from '../dialect.js';

const columns: readonly (readonly [table: string, column: string, type: string])[] = [
  ['approvals', 'kind', "text NOT NULL DEFAULT 'publication'"],
  ['config_sets', 'approved_by', 'text'],
  ['accounts', 'changed_by', 'text'],
  ['accounts', 'approved_by', 'text'],
  ['accounts', 'password_changed_at', 'bigint'],
  ['account_roles', 'changed_by', 'text'],
  ['account_posts', 'changed_by', 'text'],
];

/** Who changed an account, its roles and its posts, who approved it or a publication, and what waits for approval. */
export class WhoChanged1764000000350 implements MigrationInterface {
  readonly name = 'WhoChanged1764000000350';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column, type] of columns)
      await queryRunner.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
    const dialect = sqlDialect(queryRunner.dataSource.options.type === 'postgres' ? 'postgres' : 'sqlite');
    const run = (sql: string, params: readonly unknown[]) => runStatement(queryRunner, dialect, sql, params);
    for (const table of ['approvals', 'accounts'])
      await noteRows(new AuditLog(dialect, run), auditedTables.get(table)!, run);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column] of [...columns].reverse())
      await queryRunner.query(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  }
}
