import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import SqliteDatabase from 'better-sqlite3';
import { join } from 'node:path';
import type TestAgent from 'supertest/lib/agent.js';
import { model } from '#testing';
import { startApp, type TestApp } from './start-app.js';

/** The server while its database takes no changes, and after. */
describe('a database that takes no changes', () => {
  let app: TestApp;
  let admin: TestAgent;
  let acknowledged = 0;

  const pragma = (text: string) => app.running.platform.database.writer.query(`PRAGMA ${text}`);
  const start = () =>
    admin
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'plain', variables: { text: 'x'.repeat(100_000) } });
  const stored = async () =>
    (
      (await app.running.platform.database.reader.query(
        `SELECT COUNT(*) AS n FROM process_instances WHERE bpmn_process_id = 'plain'`,
      )) as { n: number }[]
    )[0]?.n;
  const acknowledge = async () => {
    await start().expect(200);
    acknowledged += 1;
  };

  beforeAll(async () => {
    app = await startApp();
    admin = app.basic('admin');
    const { xml } = model('plain').start().userTask('check', { groups: 'admin', form: '' }).end();
    const files = [{ path: 'plain.bpmn', content: xml, digest: 'plain' }];
    await app.running.platform.runtime.deploy({ hash: 'plain', source: 'api', files });
    await acknowledge();
  });
  afterAll(() => app.close());

  afterEach(async () => {
    await acknowledge();
    expect(await stored()).toBe(acknowledged);
  });

  it('answers 503 with what to do when its disk is full, still answers readers, and goes on when there is room again', async () => {
    // The file may not grow beyond its pages, so that SQLite itself says SQLITE_FULL.
    await pragma('max_page_count = 1');

    const refused = await start().expect(503);
    const again = await Promise.all([start(), start(), start()]);
    const found = await admin
      .post('/v2/process-instances/search')
      .send({ filter: { processDefinitionId: 'plain' } })
      .expect(200);

    await pragma('max_page_count = 1073741823');
    expect(again.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(found.body.items).toHaveLength(acknowledged);
    expect(refused.body.detail).toContain('free space');
    expect(refused.body).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('full') });
    expect(refused.headers['content-type']).toContain('application/problem+json');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('answers 503 when it can only be read, still answers readers, and goes on when it can be written', async () => {
    await pragma('query_only = ON');

    const refused = await start().expect(503);
    await admin.post('/v2/process-instances/search').send({}).expect(200);

    await pragma('query_only = OFF');
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('only be read') });
  });

  it('answers 503 when another program holds it, stays awake meanwhile, and goes on when it is let go', async () => {
    const other = new SqliteDatabase(join(app.dataDir, 'changtong.sqlite'));
    other.exec('BEGIN EXCLUSIVE');

    const [refused] = await Promise.all([start().expect(503), admin.get('/health/live').expect(200)]);

    other.exec('ROLLBACK');
    other.close();
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('Another program') });
  });

  it('waits for a lock that is short', async () => {
    const other = new SqliteDatabase(join(app.dataDir, 'changtong.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    setTimeout(() => other.exec('ROLLBACK'), 300);

    await acknowledge();

    other.close();
  });
});
