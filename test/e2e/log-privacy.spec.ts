import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, canary, complete, register, report } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const words = Object.values(canary);

describe('log', () => {
  let app: TestApp;
  const lines: string[] = [];
  beforeAll(async () => void (app = await startApp({ onLog: (line) => lines.push(line) })));
  afterAll(() => app.close());

  it('holds nothing of what stands in protected fields, from report to reveal, refused or not', async () => {
    const portal = '/api/portal/entries/report';
    await app.anonymous().post(portal).send({ data: report }).expect(201);
    await app
      .anonymous()
      .post(portal)
      .send({ data: { ...report, wish: canary.name, mainFacts: '短' } })
      .expect(422);
    await app
      .anonymous()
      .post(portal)
      .set('content-type', 'application/json')
      .send(`{"name":"${canary.name}"`)
      .expect(400);
    const { caseNo, processInstanceKey } = await register(app);
    const { platform } = app.running;
    const variables = await platform.queries.variablesOf(processInstanceKey);
    const sealedKeys = [variables['name'], variables['mainFacts']].map(
      (value) => (value as { $sealed: string }).$sealed,
    );
    const clerk = await app.as('xf_clerk');
    const revealed = await clerk
      .post('/api/reveals')
      .send({ sealedKeys, reason: '核对身份', processInstanceKey })
      .expect(200);
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    platform.log.warn({ err: new Error('a sign of life') }, 'the log is captured');

    const log = lines.join('');

    expect(Object.values(revealed.body.values)).toEqual(expect.arrayContaining([canary.name, canary.mainFacts]));
    expect(log).toContain('a sign of life');
    expect(words.filter((word) => log.includes(word))).toEqual([]);
  });

  it('holds nothing of a statement that the database refuses', async () => {
    const { log, runtime } = app.running.platform;
    const row = { key: '1', account: canary.name, response: canary.mainFacts, at: 'no time', nothing: canary.phone };
    const failure = await runtime.write([{ insert: 'idempotency_keys', rows: [row] }]).catch((error: unknown) => error);
    log.error({ err: failure }, 'a write failed');

    const line = lines.at(-1) ?? '';

    expect(line).toContain('a write failed');
    expect(inspect(failure, { depth: 5 })).toContain(canary.name);
    expect(words.filter((word) => line.includes(word))).toEqual([]);
  });
});
