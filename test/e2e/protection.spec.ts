import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { complete, report } from './product-values.js';
import { replied, reported, type Visitor } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

const retaliation = { kind: ['transfer'], what: '金丝雀经过：反映以后第三天被调岗。', anonymous: true };
const leader = 'mine_leader';

/** Scenarios 22 and 27: who fears retaliation is led to the discipline committee, and nobody else learns who that is. */
describe('an offer that leaves no trace', () => {
  let app: TestApp;
  let visitor: Visitor;
  let ownCase: { caseNo: string; trackingCode: string };

  beforeAll(async () => {
    app = await startApp();
    visitor = await reported(app, report);
    await replied(app, visitor.receipt.caseNo);
  });
  afterAll(() => app.close());

  const act = (id: string, data: object, key: string = randomUUID()) =>
    app
      .anonymous()
      .post(`/api/portal/case/actions/${id}`)
      .set('idempotency-key', key)
      .send({ code: visitor.receipt.trackingCode, data });
  const variables = async () =>
    (await app.running.platform.queries.search('variables', { page: { limit: 10_000 } })).items;

  it('comes with the answer to who ticked it, and to nobody else', async () => {
    const calm = await act('evaluate', { scoreProcess: 2, scoreOutcome: 2 }).expect(200);
    const afraid = await act('evaluate', { scoreProcess: 5, scoreOutcome: 5, fearOfRetaliation: true }).expect(200);

    expect(calm.body.offer).toBeNull();
    expect(afraid.body.offer).toEqual({ actionId: 'protection', text: expect.stringContaining('纪委') });
    const kept = (await variables()).filter(({ name }) => name === 'fearOfRetaliation');
    expect(kept).toHaveLength(1);
    expect(kept[0]?.value).toEqual(expect.stringContaining('$sealed'));
  });

  it('opens a case of its own with a code that is told again to who sends it again', async () => {
    const key = randomUUID();

    const sent = await act('protection', retaliation, key).expect(200);
    const again = await act('protection', retaliation, key).expect(200);
    ownCase = sent.body;

    expect(sent.body).toMatchObject({ caseNo: expect.stringMatching(/^BH-/), trackingCode: expect.any(String) });
    expect(again.body).toEqual(sent.body);
    const view = await app.anonymous().post('/api/portal/case').send({ code: ownCase.trackingCode }).expect(200);
    expect(view.body.state).toMatchObject({ id: 'protReceived' });
  });

  it('leaves nothing of it in the case that it came from', async () => {
    await app.running.platform.runtime.idle();
    const [petition] = await app.running.platform.queries.instancesByCaseNo(visitor.receipt.caseNo);
    const joined = await app.running.platform.queries.instancesOfCase(petition?.caseKey ?? '');
    const keys = new Set(joined.map(({ key }) => key));
    const texts = (await variables()).filter(({ processInstanceKey }) => keys.has(String(processInstanceKey)));

    expect(joined.map(({ bpmnProcessId }) => bpmnProcessId)).not.toContain('xf_protection');
    expect(JSON.stringify(texts)).not.toContain(ownCase.caseNo);
  });

  it('keeps the accused leader out of every list, figure, export and page once the committee has named them', async () => {
    const accepted = {
      accepted: true,
      againstLeader: true,
      accusedAccounts: [leader],
      acceptText: '已受理，正在调查。',
    };
    await complete(app, {
      as: 'discipline_committee',
      element: 'acceptReport',
      caseNo: ownCase.caseNo,
      data: accepted,
    });
    const [instance] = await app.running.platform.queries.instancesByCaseNo(ownCase.caseNo);
    const key = instance?.key ?? '';
    const session = await app.as(leader);
    const committee = await app.as('discipline_committee');

    const cases = '/api/indicators/R20/cases?by=year&period=2026';
    for (const path of [`/api/instances/${key}`, cases]) await session.get(path).expect(404);
    for (const path of ['/api/tasks?view=all', '/api/tasks?view=mine', '/api/tasks?view=claimable', '/api/notices']) {
      const { body } = await session.get(path).expect(200);
      expect(JSON.stringify(body)).not.toContain(ownCase.caseNo);
    }
    const { body: figures } = await session.get('/api/indicators').expect(200);
    expect(JSON.stringify(figures)).not.toContain('R20');
    expect(JSON.stringify((await committee.get('/api/indicators').expect(200)).body)).toContain('R20');
    await committee.get(`/api/instances/${key}`).expect(200);
  });
});
