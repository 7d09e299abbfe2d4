import type { QueryRunner } from 'typeorm';
import { chainStart, commitmentOf, linkOf, newSalt } from '../../chain.js';
import { runStatement, sqlDialect, type SqlDialect } from '../../dialect.js';
import type { Row } from '#runtime';

const PAGE = 500;

/** Chains what was logged before there was a chain; how far that reaches is kept in `chained_after` of each instance. */
export async function chainOldEvents(queryRunner: QueryRunner): Promise<void> {
  const dialect = sqlDialect(queryRunner.dataSource.options.type === 'postgres' ? 'postgres' : 'sqlite');
  const run = (sql: string, params: readonly unknown[]) => runStatement(queryRunner, dialect, sql, params);
  let after = '-1';
  for (;;) {
    const { rows } = await run('SELECT "key" FROM process_instances WHERE "key" > ? ORDER BY "key" LIMIT ?', [
      after,
      PAGE,
    ]);
    for (const row of rows) await chainInstance(run, dialect, String(row.key));
    if (rows.length < PAGE) return;
    after = String(rows.at(-1)!.key);
  }
}

type Run = (sql: string, params: readonly unknown[]) => Promise<{ readonly rows: readonly Row[] }>;

async function chainInstance(run: Run, dialect: SqlDialect, key: string): Promise<void> {
  let head = chainStart(key);
  let position = 0;
  for (;;) {
    const { rows } = await run(
      'SELECT position, type, version, payload, at FROM event_log WHERE process_instance_key = ? AND position > ? ORDER BY position LIMIT ?',
      [key, position, PAGE],
    );
    if (rows.length === 0) break;
    const links = rows.map((row) => {
      const salt = newSalt();
      position = Number(row.position);
      const event = { position, type: String(row.type), version: Number(row.version), at: Number(row.at) };
      head = linkOf(head, event, commitmentOf(salt, String(row.payload)));
      return [position, salt, head];
    });
    const [first, ...others] = [`(${['integer', 'text', 'text'].map(dialect.typed).join(', ')})`, '(?, ?, ?)'];
    const values = links.map((_, index) => (index === 0 ? first : others[0])).join(', ');
    await run(
      `UPDATE event_log SET salt = v.column2, hash = v.column3 FROM (VALUES ${values}) AS v
       WHERE event_log.process_instance_key = ? AND event_log.position = v.column1`,
      [...links.flat(), key],
    );
  }
  await run('UPDATE process_instances SET chain_head = ?, chained_after = position WHERE "key" = ?', [head, key]);
}
