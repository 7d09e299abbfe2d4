import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { register, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

/** L18: the record of looks and exports, read as a ledger. */
describe('the ledger of accesses', () => {
  let app: TestApp;
  let registered: Receipt & { processInstanceKey: string };

  const rows = async (account: string, query: string = '') => {
    const { body } = await (await app.as(account)).get(`/api/ledgers/L18/rows${query}`).expect(200);
    return body as { items: { cells: Record<string, unknown>; processInstanceKey: string | null }[]; total: number };
  };
  const filtered = (filters: readonly object[]) => `?filters=${encodeURIComponent(JSON.stringify(filters))}`;
  const lookAt = async (field: string, reason: string) => {
    const { processInstanceKey } = registered;
    const variables = await app.running.platform.queries.variablesOf(processInstanceKey);
    const sealedKeys = [(variables[field] as { $sealed: string }).$sealed];
    await (await app.as('xf_clerk')).post('/api/reveals').send({ sealedKeys, reason, processInstanceKey }).expect(200);
  };

  beforeAll(async () => {
    app = await startApp();
    registered = await register(app);
    await lookAt('name', '核对身份');
    await lookAt('phone', '电话联系');
    await (await app.as('xf_clerk')).post('/api/ledgers/L01/export').send({ reason: '核对登记' }).expect(200);
  });
  afterAll(() => app.close());

  it('shows when, who, what, of which case and why, the newest first', async () => {
    const { items, total } = await rows('discipline_committee');

    expect(items.map(({ cells }) => [cells['field'], cells['caseNo'], cells['reason']])).toEqual([
      [expect.stringContaining('L01'), null, '核对登记'],
      ['联系电话', registered.caseNo, '电话联系'],
      ['姓名', registered.caseNo, '核对身份'],
    ]);
    expect(total).toBe(3);
    expect(items[1]?.cells).toMatchObject({
      account: '信访登记承办人',
      role: '信访登记承办人',
      class: '身份',
      at: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('goes on page by page and in the other direction', async () => {
    const first = await (await app.as('auditor')).get('/api/ledgers/L18/rows?limit=2&sort=at').expect(200);
    const cursor = encodeURIComponent(String(first.body.nextCursor));
    const next = await (
      await app.as('auditor')
    )
      .get(`/api/ledgers/L18/rows?limit=2&sort=at&cursor=${cursor}`)
      .expect(200);

    const fields = [...first.body.items, ...next.body.items].map(({ cells }) => String(cells.field).slice(0, 5));
    expect(fields).toEqual(['姓名', '联系电话', 'L01 信']);
  });

  it.each([
    [[{ column: 'reason', contains: '联系' }], 1],
    [[{ column: 'at', from: '2000-01-01', to: '2000-12-31' }], 0],
    [[{ column: 'at', from: '2000-01-01' }], 3],
  ])('is filtered by %j', async (filters, count) => {
    expect(await rows('auditor', filtered(filters))).toMatchObject({ total: count });
  });

  it('is filtered by the number of a case', async () => {
    expect(await rows('auditor', filtered([{ column: 'caseNo', contains: registered.caseNo }]))).toMatchObject({
      total: 2,
    });
  });

  it('is not there for those who are looked at, and not sorted by persons for anybody', async () => {
    await (await app.as('xf_office_director')).get('/api/ledgers/L18/rows').expect(404);
    await (await app.as('auditor')).get('/api/ledgers/L18/rows?sort=account').expect(400);
  });

  it('says nothing of a case that does not exist for the reader', async () => {
    const recusals = `/api/instances/${registered.processInstanceKey}/recusals`;
    await (await app.as('auditor')).post(recusals).send({ reason: '利害关系' }).expect(204);

    expect((await rows('auditor')).items.map(({ cells }) => cells['caseNo'])).toEqual([null]);
    expect((await rows('discipline_committee')).total).toBe(3);
  });

  it('is taken out with a reason, which is in it afterwards', async () => {
    await (await app.as('auditor')).post('/api/ledgers/L18/export').send({ reason: '年度审计' }).expect(200);

    const { items } = await rows('discipline_committee');
    expect(items[0]?.cells).toMatchObject({ field: expect.stringContaining('L18 访问与导出日志'), reason: '年度审计' });
  });
});
