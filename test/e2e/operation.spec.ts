import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

const securityHeaders = {
  'content-security-policy': expect.stringContaining("default-src 'self'"),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

describe('operation', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('says that it is alive and ready', async () => {
    await app.anonymous().get('/health/live').expect(200, { status: 'up' });

    const ready = await app.anonymous().get('/health/ready').expect(200);

    expect(ready.body).toMatchObject({ status: 'up', folderProblems: 0 });
  });

  it('gives metrics in the text format of Prometheus', async () => {
    const metrics = await app.anonymous().get('/metrics').expect(200);

    expect(metrics.text).toContain('changtong_open{kind="openTasks"}');
    expect(metrics.text).toContain('changtong_http_request_seconds_bucket');
  });

  it('describes all endpoints in OpenAPI', async () => {
    const { body } = await app.anonymous().get('/api/openapi.json').expect(200);

    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/v2/user-tasks/search', '/api/session', '/health/live']),
    );
  });

  it('names things for every screen', async () => {
    const { body } = await app.anonymous().get('/api/reference').expect(200);

    expect(body).toMatchObject({
      demo: true,
      language: 'zh',
      demoAccounts: expect.arrayContaining([expect.objectContaining({ id: 'admin' })]),
    });
  });

  it('sends no script of other hosts and allows no frame', async () => {
    const { headers } = await app.anonymous().get('/health/live');

    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it.each(['/v2/topology', '/v2/nothing'])(
    'lets nothing of the answer of %s be loaded, run or framed',
    async (path) => {
      const { headers } = await app.anonymous().get(path);

      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none';sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
    },
  );

  it.each(['/health/live', '/api/nothing', '/api/session'])(
    'protects the answer of %s with the same headers',
    async (path) => {
      const { headers } = await app.anonymous().get(path);

      expect(headers).toMatchObject(securityHeaders);
    },
  );

  it('protects a stream of events with the same headers', async () => {
    const login = await app.anonymous().post('/api/session').send({ username: 'admin', password: 'demo' });
    const cookie = String(login.headers['set-cookie']?.[0]).split(';')[0]!;
    const stream = await fetch(`${app.url}/api/events`, { headers: { cookie } });
    const headers = Object.fromEntries(stream.headers);
    await stream.body?.cancel();

    expect(headers).toMatchObject(securityHeaders);
  });

  it('answers what is not there as a problem document', async () => {
    const { body } = await app
      .anonymous()
      .get('/api/nothing')
      .expect(404)
      .expect('content-type', /problem\+json/);

    expect(body).toMatchObject({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      code: 'notFound',
      instance: '/api/nothing',
    });
  });

  it('refuses a body that is no JSON', async () => {
    const response = await app
      .anonymous()
      .post('/api/session')
      .set('content-type', 'application/json')
      .send('{"username":');

    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({ code: 'invalidArgument' });
  });

  it('refuses a body that is too large', async () => {
    const response = await app
      .anonymous()
      .post('/api/session')
      .send({ username: 'a', password: 'x'.repeat(3 * 1024 * 1024) });

    expect(response.status).toBe(413);
  });
});
