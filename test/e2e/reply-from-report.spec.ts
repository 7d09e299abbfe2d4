import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, complete, registration, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

interface Claim {
  readonly claim: unknown;
  readonly facts?: unknown;
  readonly decision?: string;
}
interface Opened {
  readonly replyTitle?: string;
  readonly receivedNote?: string;
  readonly findings?: readonly Claim[];
  readonly claims?: readonly Claim[];
  readonly promises?: readonly unknown[];
}

const SEALED = { $sealed: expect.any(String) };
const promise = { text: '补发六天加班工资', owner: 'finance', due: '2027-04-30' };

describe('written reply', () => {
  let app: TestApp;
  let caseNo = '';

  async function opened(element: string): Promise<Opened> {
    const agent = await app.as('unit_handler');
    const { body } = await agent.get(`/api/tasks/${await taskAt(agent, element, caseNo)}`).expect(200);
    return (body as { data: Opened }).data;
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
    const director = { ...acceptance, factsClear: true };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: director });
    await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
  });
  afterAll(() => app.close());

  it('has its claims from the registration: the report asks for each of them', async () => {
    const { findings } = await opened('shortReport');

    expect(findings).toEqual(registration.demands.map(() => ({ claim: SEALED })));
  });

  it('is drafted by the system from the report, without anybody typing it again', async () => {
    const { findings = [] } = await opened('shortReport');
    const report = {
      findings: findings.map(({ claim }) => ({
        claim,
        facts: '考勤记录显示加班六天，未计发。',
        evidence: '考勤记录、工资表。',
        basis: '劳动法第四十四条',
        conclusion: 'support',
      })),
      petitionerHeard: true,
      otherSideHeard: true,
      rootCause: '考勤漏报。',
      proposedReply: '补发加班工资。',
      proposedPromises: [promise],
    };
    await complete(app, { as: 'unit_handler', element: 'shortReport', caseNo, data: report });

    const draft = await opened('draftReply');

    expect(draft.claims).toEqual([{ claim: SEALED, facts: SEALED, basis: SEALED, decision: 'support' }]);
    expect(draft.promises).toEqual([{ ...promise, text: SEALED }]);
    expect(draft.replyTitle).toBe('关于工资福利信访事项的处理意见');
    expect(draft.receivedNote).toBe('您于2027年3月1日（来访）反映的事项，我们已收到并调查核实，现答复如下。');
  });

  it('asks for the reasons alone', async () => {
    const draft = await opened('draftReply');
    const claims = (draft.claims ?? []).map((claim) => ({ ...claim, reason: '考勤记录属实，应当补发。' }));

    await complete(app, {
      as: 'unit_handler',
      element: 'draftReply',
      caseNo,
      data: { ...draft, claims, carriedOut: true, countersignUnits: [] },
    });

    const head = await app.as('unit_head');
    expect(await taskAt(head, 'checkReply', caseNo)).not.toBe('');
  });
});
