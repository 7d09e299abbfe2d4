import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, complete, register, registration, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const proposal = {
  ...acceptance,
  instructionWanted: true,
  proposedUnits: ['finance', 'union'],
  proposedOpinion: '拟由财务部核对工资表，工会参加，十日内答复。',
};
const SEALED = { $sealed: expect.any(String) };

describe('instruction sheet of the leader', () => {
  let app: TestApp;
  let caseNo = '';

  async function opened(): Promise<Record<string, unknown>> {
    const agent = await app.as('mine_leader');
    const { body } = await agent.get(`/api/tasks/${await taskAt(agent, 'instruct', caseNo)}`).expect(200);
    return (body as { data: Record<string, unknown> }).data;
  }

  beforeAll(async () => {
    app = await startApp();
    await app.running.platform.runtime.pinClock(Date.parse('2027-03-01T09:00:00+08:00'));
    const clerk = await app.as('xf_clerk');
    const sent = await clerk
      .post('/api/launchers/register')
      .send({ data: { ...registration, receivedAt: '2027-03-01T09:00:00+08:00' } })
      .expect(201);
    caseNo = (sent.body as { caseNo: string }).caseNo;
    const data = { ...acceptance, severity: 2, severityReason: '影响较大，提高一级。' };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data });
    await app.running.platform.runtime.idle();
  });
  afterAll(() => app.close());

  it('shows what the matter is and what the office proposes, before anything is signed', async () => {
    const sheet = await opened();

    expect(sheet).toMatchObject({ subject: SEALED, mainIssue: SEALED });
    expect(sheet['proposedOpinion']).toBe('拟由人力资源部办理，4月30日前答复。');
  });

  it('keeps the proposal of the office, whatever is sent with the signature', async () => {
    const data = {
      leaderInstruction: '同意。',
      instructionType: 'agree',
      closingReportRequired: false,
      proposedOpinion: '不办',
      mainIssue: '别的事',
    };
    await complete(app, { as: 'mine_leader', element: 'instruct', caseNo, data });
    await app.running.platform.runtime.idle();

    const leader = await app.as('unit_head');
    const { body } = await leader.get(`/api/tasks/${await taskAt(leader, 'confirmReceipt', caseNo)}`).expect(200);
    expect(JSON.stringify(body)).not.toContain('不办');
  });
});

describe('proposal of the office on an instruction sheet', () => {
  let app: TestApp;
  let caseNo = '';

  beforeAll(async () => {
    app = await startApp();
    const registered = await register(app);
    caseNo = registered.caseNo;
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: proposal });
    await app.running.platform.runtime.idle();
  });
  afterAll(() => app.close());

  it('is what the director wrote, with the units that the director named', async () => {
    const leader = await app.as('mine_leader');
    const { body } = await leader.get(`/api/tasks/${await taskAt(leader, 'instruct', caseNo)}`).expect(200);

    expect((body as { data: object }).data).toMatchObject({
      proposedOpinion: SEALED,
      proposedUnits: ['finance', 'union'],
    });
  });

  it('goes to the unit that was named first', async () => {
    const head = await app.as('unit_head.finance');

    expect(await taskAt(head, 'confirmReceipt', caseNo)).not.toBe('');
  });
});
