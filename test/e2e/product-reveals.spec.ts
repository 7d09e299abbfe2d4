import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, canary, complete, register, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

describe('reveal', () => {
  let app: TestApp;
  let registered: Receipt & { processInstanceKey: string };
  beforeAll(async () => {
    app = await startApp();
    registered = await register(app);
  });
  afterAll(() => app.close());

  const handle = async (field: string): Promise<string> => {
    const variables = await app.running.platform.queries.variablesOf(registered.processInstanceKey);
    return (variables[field] as { $sealed: string }).$sealed;
  };
  const wish = async (field: string, reason: string) => ({
    sealedKeys: [await handle(field)],
    reason,
    processInstanceKey: registered.processInstanceKey,
  });

  it('wants a reason', async () => {
    const { body } = await (
      await app.as('xf_clerk')
    )
      .post('/api/reveals')
      .send(await wish('name', ''))
      .expect(422);

    expect(body.fields).toEqual([expect.objectContaining({ path: '/reason' })]);
  });

  it('gives the value, and who looked at what and why is on record', async () => {
    const clerk = await app.as('xf_clerk');

    const { body } = await clerk
      .post('/api/reveals')
      .send(await wish('name', '核对身份'))
      .expect(200);
    const log = await (await app.as('auditor')).get('/api/access-log').expect(200);

    expect(body.values).toEqual({ [await handle('name')]: canary.name });
    expect(log.body.items[0]).toMatchObject({
      account: { id: 'xf_clerk' },
      field: '姓名',
      class: '身份',
      caseNo: registered.caseNo,
      reason: '核对身份',
    });
  });

  it('is told to the petitioner: when, which post, why, how much; never who', async () => {
    await (
      await app.as('xf_clerk')
    )
      .post('/api/reveals')
      .send(await wish('phone', '电话联系'))
      .expect(200);

    const { body } = await app.anonymous().post('/api/portal/case').send({ code: registered.trackingCode }).expect(200);

    expect(body.reveals).toEqual(
      expect.arrayContaining([{ at: expect.any(String), role: '信访登记承办人', reason: '电话联系', count: 1 }]),
    );
  });

  it('is refused for a class that the post may see masked alone', async () => {
    await complete(app, {
      as: 'xf_office_director',
      element: 'assessAcceptance',
      caseNo: registered.caseNo,
      data: acceptance,
    });
    const head = await app.as('unit_head');

    const refused = await head
      .post('/api/reveals')
      .send(await wish('name', '想知道是谁'))
      .expect(403);
    await head
      .post('/api/reveals')
      .send(await wish('mainFacts', '调查核实'))
      .expect(200);

    expect(refused.text).not.toContain(canary.name);
  });

  it('is not there for who has nothing to do with the case', async () => {
    const answers = await Promise.all(
      ['admin', 'auditor', 'lead_group_head', 'legal_advisor'].map(async (account) =>
        (await app.as(account)).post('/api/reveals').send(await wish('mainFacts', '只是看看')),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });

  it('takes no key of another case', async () => {
    const other = await register(app);
    const request = { ...(await wish('name', '核对身份')), processInstanceKey: other.processInstanceKey };

    await (await app.as('xf_clerk')).post('/api/reveals').send(request).expect(404);
  });

  it('leaves the record of looks to auditors', async () => {
    await (await app.as('xf_clerk')).get('/api/access-log').expect(403);
  });
});
