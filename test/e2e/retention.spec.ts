import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChains } from '#persistence';
import { register, registration, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const START = Date.parse('2026-03-02T09:00:00+08:00');
const YEAR_MS = 366 * 86_400_000;
type Case = Receipt & { processInstanceKey: string };

/** Acceptance scenario 28: what is past its time is destroyed in the night, numbers stay, a legal hold stops it. */
describe('retention', () => {
  let app: TestApp;
  let past: Case;
  let held: Case;
  let open: Case;

  const setClock = async (timestamp: number) => {
    await (await app.as('admin')).put('/v2/clock').send({ timestamp }).expect(204);
    await app.running.platform.runtime.idle();
  };
  const end = async (one: Case) => {
    const { queries, runtime } = app.running.platform;
    for (const { key, state } of await queries.instancesOfCase(one.processInstanceKey))
      if (state === 'ACTIVE') await runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });
    await runtime.idle();
  };
  const revealed = async (one: Case) => {
    const { name } = await app.running.platform.queries.variablesOf(one.processInstanceKey);
    const sealedKeys = [(name as { $sealed: string }).$sealed];
    const clerk = await app.as('xf_clerk');
    const { processInstanceKey } = one;
    return (await clerk.post('/api/reveals').send({ sealedKeys, reason: '核对身份', processInstanceKey })).status;
  };
  const nightly = async () => {
    const admin = await app.as('admin');
    const { body } = await admin
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'xf_retention' })
      .expect(200);
    await app.running.platform.runtime.idle();
    return app.running.platform.queries.variablesOf(String(body.processInstanceKey));
  };

  beforeAll(async () => {
    app = await startApp();
    await setClock(START);
    const data = { ...registration, category: 'C01' };
    past = await register(app, data);
    held = await register(app, data);
    open = await register(app, data);
    await end(past);
    await end(held);
    const auditor = await app.as('auditor');
    await auditor.post(`/api/instances/${held.processInstanceKey}/hold`).send({ reason: '诉讼未结' }).expect(204);
  });
  afterAll(() => app.close());

  it('leaves everything alone before its time', async () => {
    await setClock(START + 9 * YEAR_MS);

    expect(await nightly()).toMatchObject({ destroyedCount: 0, heldCount: 0 });
    expect(await revealed(past)).toBe(200);
  });

  it('destroys what is past it, neither what is held nor what is open, and says so', async () => {
    await setClock(START + 11 * YEAR_MS);

    const { items } = await app.running.platform.queries.search('variables', {
      filter: { name: 'heldCount' },
      page: { limit: 50 },
    });

    expect(items.map(({ value }) => value)).toContain('1');
    expect([await revealed(past), await revealed(held), await revealed(open)]).toEqual([409, 200, 200]);
    await app.anonymous().post('/api/portal/case').send({ code: past.trackingCode }).expect(404);
  });

  it('leaves the number, its row and a whole chain, and stands among the destructions', async () => {
    const auditor = await app.as('auditor');
    const { body } = await auditor.get('/api/destructions').expect(200);
    const { body: ledger } = await (await app.as('xf_clerk')).get('/api/ledgers/L01/rows').expect(200);

    expect(body.destructions).toEqual([
      expect.objectContaining({
        caseNo: past.caseNo,
        askedBy: 'rule:retention.caseYears',
        decidedBy: expect.stringMatching(/^process:/),
        state: 'destroyed',
      }),
    ]);
    expect(JSON.stringify(ledger.items)).toContain(past.caseNo);
    expect((await verifyChains(app.running.platform.database)).broken).toEqual([]);
  });

  it('asks the auditor to look through the list, and destroys what was held once the hold is lifted', async () => {
    const auditor = await app.as('auditor');
    const { body } = await auditor.get('/api/tasks?view=claimable').expect(200);
    const lift = `/api/instances/${held.processInstanceKey}/hold/lift`;
    await auditor.post(lift).send({ reason: '判决生效' }).expect(204);

    const told = await nightly();

    expect(body.items.map(({ name }: { name: string }) => name)).toContain('复核清单');
    expect(told).toMatchObject({
      destroyed: [{ caseNo: held.caseNo, bpmnProcessId: 'xf_main' }],
      destroyedCounts: [{ process: 'xf_main', count: 1 }],
      heldCount: 0,
    });
  });
});
