import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, complete, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const NOON = '2027-03-01T12:00:00+08:00';

describe('a case that excludes every unit that could take it', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    await app.running.platform.runtime.pinClock(Date.parse(NOON));
    const accusedRefs = ['finance', 'office', 'union', 'companyOffice'].map((ref) => ({ kind: 'unit', ref }));
    const sent = await (
      await app.as('xf_receptionist')
    )
      .post('/api/launchers/register')
      .send({ data: { ...registration, category: 'C11', receivedAt: NOON, accusedRefs } })
      .expect(201);
    const { caseNo } = sent.body as { caseNo: string };
    const data = { ...acceptance, category: 'C11' };
    await app.running.platform.runtime.idle();
    await complete(app, { as: 'lead_group_deputy', element: 'assessAcceptance', caseNo, data });
    await app.running.platform.runtime.idle();
  });
  afterAll(() => app.close());

  const incidents = async (account: string): Promise<readonly string[]> => {
    const { body } = await (await app.as(account)).get('/api/supervision').expect(200);
    return (body as { incidents: readonly { elementId: string }[] }).incidents.map(({ elementId }) => elementId);
  };

  it('is shown as stuck to the discipline committee, which may undo exclusions', async () => {
    expect(await incidents('discipline_committee')).toEqual(['chooseUnit']);
  });

  it('is not shown to those whom it excludes, the operator in their unit among them, nor to who may do nothing about it', async () => {
    expect(await incidents('xf_office_director')).toEqual([]);
    expect(await incidents('admin')).toEqual([]);
    expect(await incidents('lead_group_head')).toEqual([]);
  });
});
