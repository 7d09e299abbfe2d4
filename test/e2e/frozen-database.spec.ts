import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { model } from '#testing';
import { testDatabases, type TestDatabase } from '../../libs/persistence/src/contract/test-databases.js';
import { startFreezingProxy, type FreezingProxy } from '../support/freezing-proxy.js';
import { startApp, type TestApp } from './start-app.js';

/** What the setting allows, twice the 5 s that connecting anew may take, and a busy machine; without bounds nothing would be answered at all. */
const SOON_MS = 25_000;

const onPostgres = testDatabases.length > 1 ? describe : describe.skip;

onPostgres('a PostgreSQL that accepts connections and falls silent', () => {
  let test: TestDatabase;
  let proxy: FreezingProxy;
  let app: TestApp;
  let admin: TestAgent;
  const start = () => admin.post('/v2/process-instances').send({ processDefinitionId: 'plain' });
  const stored = async () =>
    ((await test.database.reader.query('SELECT COUNT(*) AS n FROM process_instances')) as { n: string }[])[0]!.n;
  const answers = async (deadline = Date.now() + 20_000): Promise<void> => {
    const { status } = await start();
    if (status === 200 || Date.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await answers(deadline);
  };

  beforeAll(async () => {
    test = await testDatabases[1]!.open();
    const url = new URL(test.url);
    proxy = await startFreezingProxy({ host: url.hostname, port: Number(url.port || 5432) });
    url.host = `127.0.0.1:${proxy.port}`;
    app = await startApp({ environment: { DATABASE_URL: url.href, DATABASE_TIMEOUT_SECONDS: '1' } });
    admin = app.basic('admin');
    const { xml } = model('plain').start().userTask('check', { groups: 'admin', form: '' }).end();
    const files = [{ path: 'plain.bpmn', content: xml, digest: 'plain' }];
    await app.running.platform.runtime.deploy({ hash: 'plain', source: 'api', files });
    await start().expect(200);
  });

  afterAll(async () => {
    proxy.thaw();
    await app.close();
    await proxy.close();
    await test.drop();
  });

  it('lets commands and readers be answered 503 with Retry-After soon, and goes on when it answers again', async () => {
    const before = await stored();
    const since = Date.now();
    proxy.freeze();

    const [written, command, search, live] = await Promise.all([
      app.running.platform.runtime.write([{ sql: 'DELETE FROM drafts', params: [] }]).catch((cause: unknown) => cause),
      start(),
      admin.post('/v2/process-instances/search').send({}),
      admin.get('/health/live'),
    ]);
    const elapsedMs = Date.now() - since;
    const duringFreeze = await stored();
    proxy.thaw();
    await answers();

    expect(written).toMatchObject({ name: 'StoreUnavailable', reason: 'unreachable' });
    expect([command.status, search.status, live.status]).toEqual([503, 503, 200]);
    expect(command.body).toMatchObject({ code: 'unavailable' });
    expect(Number(command.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(search.headers['retry-after'])).toBeGreaterThan(0);
    expect(elapsedMs).toBeLessThan(SOON_MS);
    expect(duringFreeze).toBe(before);
    expect(Number(await stored())).toBe(Number(before) + 1);
    await admin.post('/v2/process-instances/search').send({}).expect(200);
  });
});
