import { Table } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AuditLog, auditStart } from '../audit/audit-log.js';
import { auditedTables } from '../audit/audited-tables.js';
import { noteRows } from '../audit/note-rows.js';
import { integer, json, key, nullable, primary, text, time } from '../columns.js';
import { runStatement, sqlDialect } from '../dialect.js';

const tables = (): readonly Table[] => [
  new Table({
    name: 'audit_log',
    columns: [
      key('position', primary),
      time('at'),
      text('type'),
      integer('version'),
      json('payload', nullable),
      text('salt', nullable),
      text('commitment', nullable),
      text('hash'),
    ],
    indices: [{ name: 'ix_audit_log_type_position', columnNames: ['type', 'position'] }],
  }),
  new Table({ name: 'audit_head', columns: [integer('id', primary), key('position'), text('hash')] }),
  new Table({
    name: 'audit_seals',
    columns: [
      text('day', primary),
      time('sealed_at'),
      key('position'),
      text('hash'),
      integer('instances'),
      text('digest'),
      text('node'),
    ],
  }),
];

/** One chain over all that people with rights did, and when its head was written outside the database (ADR 22). */
export class AuditLog1764000000290 implements MigrationInterface {
  readonly name = 'AuditLog1764000000290';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables()) await queryRunner.createTable(table);
    const dialect = sqlDialect(queryRunner.dataSource.options.type === 'postgres' ? 'postgres' : 'sqlite');
    const run = (sql: string, params: readonly unknown[]) => runStatement(queryRunner, dialect, sql, params);
    await run('INSERT INTO audit_head (id, position, hash) VALUES (1, 0, ?)', [auditStart]);
    const log = new AuditLog(dialect, run);
    for (const table of auditedTables.values()) {
      if (table.on.includes('insert')) await noteRows(log, table, run);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tables()].reverse()) await queryRunner.dropTable(table.name);
  }
}
