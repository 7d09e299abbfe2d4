import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timerProcess } from '../../libs/persistence/src/contract/models.js';
import { startApp, type TestApp } from './start-app.js';

const HOUR = 3_600_000;

describe('a node with ROLE=worker', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ environment: { ROLE: 'worker' } })));
  afterAll(() => app.close());

  it('answers health and metrics', async () => {
    await app.anonymous().get('/health/live').expect(200);
    await app.anonymous().get('/health/ready').expect(200);
    await app.anonymous().get('/metrics').expect(200);
  });

  it.each(['/api/reference', '/v2/topology', '/api/openapi.json', '/'])('refuses %s', async (path) => {
    const { body } = await app
      .anonymous()
      .get(path)
      .expect(404)
      .expect('content-type', /problem\+json/);

    expect(body).toMatchObject({ code: 'notFound', status: 404 });
  });
});

describe('a node with ROLE=api', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ environment: { ROLE: 'api' } })));
  afterAll(() => app.close());

  it('takes commands but fires no timer', async () => {
    const admin = app.basic('admin');
    await admin.post('/v2/deployments').attach('resources', Buffer.from(timerProcess), 'wait.bpmn').expect(200);
    await admin.post('/v2/process-instances').send({ processDefinitionId: 'wait', variables: {} }).expect(200);

    await app.running.platform.runtime.pinClock(Date.now() + 2 * HOUR);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const due = await app.running.platform.store.reads.dueTimers(Date.now() + 2 * HOUR, 10);

    expect(due).toHaveLength(1);
  });
});

describe('two servers on one SQLite file', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('are one too many: the second is told so', async () => {
    const second = startApp({
      environment: {
        DATABASE_URL: `sqlite:${app.dataDir}/changtong.sqlite`,
        MASTER_KEY_FILE: `${app.dataDir}/master.key`,
      },
    });

    await expect(second).rejects.toThrow(/another one serves it/);
  });
});
