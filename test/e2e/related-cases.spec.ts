import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, complete, registration, taskAt, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

type Registered = Receipt & { readonly processInstanceKey: string };

const heater = { ...registration, category: 'C08', subject: '三号宿舍楼浴室没有热水' };
const accepted = { ...acceptance, mainIssue: '反映宿舍浴室没有热水', category: 'C08' };

const shortReport = {
  findings: [
    {
      claim: '补发工资',
      facts: '热水器加热管烧坏。',
      evidence: '现场检查记录。',
      basis: '后勤服务管理办法第八条',
      conclusion: 'support',
    },
  ],
  petitionerHeard: true,
  otherSideHeard: true,
  rootCause: '报修单没有人跟。',
  proposedReply: '三日内换好加热管。',
};

describe('a case of somebody else of the same matter', () => {
  let app: TestApp;
  let first: Registered;
  let second: Registered;

  const registerAs = async (account: string, data: object): Promise<Registered> => {
    const { body } = await (await app.as(account)).post('/api/launchers/register').send({ data }).expect(201);
    await app.running.platform.runtime.idle();
    return body as Registered;
  };
  const toTheUnit = async ({ caseNo }: Registered, more: object = {}) => {
    await complete(app, {
      as: 'xf_office_director',
      element: 'assessAcceptance',
      caseNo,
      data: { ...accepted, factsClear: true, ...more },
    });
    const data = { acceptChoice: 'received' };
    await complete(app, { as: 'unit_head.logistics', element: 'confirmReceipt', caseNo, data });
  };
  const relatedTo = async (account: string, { processInstanceKey }: Registered) => {
    const { body } = await (await app.as(account)).get(`/api/instances/${processInstanceKey}`).expect(200);
    return (body as { readonly relatedCases: readonly { readonly caseNo: string }[] }).relatedCases;
  };
  const told = async (account: string): Promise<readonly { text: string; processInstanceKey: string | null }[]> => {
    const { body } = await (await app.as(account)).get('/api/notices').expect(200);
    return body.items.filter(({ text }: { text: string }) => text.includes(second.caseNo));
  };

  beforeAll(async () => {
    app = await startApp();
    first = await registerAs('xf_receptionist', { ...heater, phone: '13800000011' });
    await toTheUnit(first);
    second = await registerAs('xf_clerk', {
      ...heater,
      phone: '13800000012',
      previous: 'again',
      previousRef: first.caseNo,
    });
    await complete(app, {
      as: 'xf_clerk',
      element: 'confirmSame',
      caseNo: second.caseNo,
      data: { sameClaim: true, samePerson: 'no', relatedTo: first.caseNo },
    });
    await toTheUnit(second, { relatedTo: first.caseNo });
  });
  afterAll(() => app.close());

  it('is told of to who works on the earlier one, and leads to the later one', async () => {
    const [notice, ...more] = await told('unit_handler.logistics');

    expect(notice?.text).toContain(first.caseNo);
    expect(notice?.processInstanceKey).toBe(second.processInstanceKey);
    expect(more).toEqual([]);
  });

  it('stands on the page of the other for who may see both', async () => {
    const { caseNo, processInstanceKey } = second;

    expect(await relatedTo('unit_handler.logistics', first)).toEqual([{ caseNo, processInstanceKey }]);
    expect(await relatedTo('unit_handler.logistics', second)).toEqual([
      { caseNo: first.caseNo, processInstanceKey: first.processInstanceKey },
    ]);
  });

  it('stands with the task in which the one reply is written, and with that in which the other inquiry is planned', async () => {
    const data = shortReport;
    await complete(app, { as: 'unit_handler.logistics', element: 'shortReport', caseNo: first.caseNo, data });
    const handler = await app.as('unit_handler.logistics');
    const open = async ({ caseNo }: Registered, element: string) =>
      (await handler.get(`/api/tasks/${await taskAt(handler, element, caseNo)}`).expect(200)).body;

    expect((await open(first, 'draftReply')).relatedCases).toMatchObject([{ caseNo: second.caseNo }]);
    expect((await open(second, 'planInquiry')).relatedCases).toMatchObject([{ caseNo: first.caseNo }]);
  });

  it('is nothing for who has to do with one of the two alone', async () => {
    expect(await relatedTo('xf_receptionist', first)).toEqual([]);
    expect(await told('xf_receptionist')).toEqual([]);
  });

  it('is nothing for the petitioners', async () => {
    const seen = async ({ trackingCode }: Registered) =>
      (await app.anonymous().post('/api/portal/case').send({ code: trackingCode }).expect(200)).text;

    expect(await seen(first)).not.toContain(second.caseNo);
    expect(await seen(second)).not.toContain(first.caseNo);
  });

  it('is nothing any more for whom the other case excludes', async () => {
    const recusal = { reason: '与信访人有亲属关系' };
    const handler = await app.as('unit_handler.logistics');
    await handler.post(`/api/instances/${second.processInstanceKey}/recusals`).send(recusal).expect(204);

    expect(await relatedTo('unit_handler.logistics', first)).toEqual([]);
    expect(await told('unit_handler.logistics')).toEqual([]);
    expect(await relatedTo('unit_head.logistics', first)).toMatchObject([{ caseNo: second.caseNo }]);
  });
});
