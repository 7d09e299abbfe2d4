import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, anonymousReport, complete, report, taskAt } from './product-values.js';
import { replied, reported, type Visitor } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

const wanted = '金丝雀材料：十二月的考勤表';
const brought = '金丝雀补充：考勤表在附件里。';
const request = { requests: '金丝雀请求：请重新核对。', factsReasons: '金丝雀理由：考勤没有核对。' };
const asksForMore = { ...acceptance, outcome: 'needInfo' };
const notice = { supplementItems: [{ item: wanted, why: '核对天数' }], supplementDays: 7 };

/** Who gives a name and who does not: what they can do is the same, word for word. */
describe.each([
  { who: 'somebody who gave a name', data: report, pin: undefined },
  { who: 'somebody anonymous', data: anonymousReport, pin: '246810' },
])('what $who may do with the tracking code', ({ data, pin }) => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const credentials = ({ receipt }: Visitor) => ({ code: receipt.trackingCode, ...(pin !== undefined && { pin }) });
  const view = async (visitor: Visitor) =>
    (await app.anonymous().post('/api/portal/case').send(credentials(visitor)).expect(200)).body;
  const offered = async (visitor: Visitor) => (await view(visitor)).actions.map(({ id }: { id: string }) => id);
  const act = (visitor: Visitor, id: string, values: object, key: string = randomUUID()) =>
    app
      .anonymous()
      .post(`/api/portal/case/actions/${id}`)
      .set('idempotency-key', key)
      .send({ ...credentials(visitor), data: values });
  const texts = async (visitor: Visitor) => {
    const { body } = await app.anonymous().post('/api/portal/case/thread').send(credentials(visitor)).expect(200);
    return (body.items as { text: string }[]).map(({ text }) => text);
  };
  const director = (visitor: Visitor, values: object) =>
    complete(app, {
      as: 'xf_office_director',
      element: 'assessAcceptance',
      caseNo: visitor.receipt.caseNo,
      data: values,
    });
  const clerk = (visitor: Visitor, element: string, values: object) =>
    complete(app, { as: 'xf_clerk', element, caseNo: visitor.receipt.caseNo, data: values });

  it('is to send what the office lacks, which brings the case back to its assessment', async () => {
    const visitor = await reported(app, data, pin);
    await director(visitor, asksForMore);
    await clerk(visitor, 'askSupplement', notice);
    const asked = await view(visitor);

    await act(visitor, 'supplement', { supplementText: brought }).expect(200);
    await app.running.platform.runtime.idle();

    expect(asked.state).toMatchObject({ id: 'needInfo' });
    expect(asked.dueAt).not.toBeNull();
    expect(await texts(visitor)).toEqual([expect.stringContaining(wanted), brought]);
    expect(await taskAt(await app.as('xf_office_director'), 'assessAcceptance', visitor.receipt.caseNo)).not.toBe('');
    expect(await offered(visitor)).toEqual(['message', 'booking', 'recusal', 'withdraw', 'protection', 'data']);
    await act(visitor, 'supplement', { supplementText: brought }).expect(409);
  });

  it('is to withdraw, after which somebody checks that it is the own wish', async () => {
    const visitor = await reported(app, data, pin);
    const unsure = await act(visitor, 'withdraw', { confirmVoluntary: false }).expect(422);
    await act(visitor, 'withdraw', { confirmVoluntary: true }).expect(200);
    await act(visitor, 'withdraw', { confirmVoluntary: true }).expect(409);
    await app.running.platform.runtime.idle();

    await clerk(visitor, 'confirmWithdrawal', { withdrawalWish: 'own', withdrawalAnswer: '已按您的意思撤回。' });

    expect(unsure.body.fields).toEqual([expect.objectContaining({ path: '/confirmVoluntary' })]);
    expect((await view(visitor)).state).toMatchObject({ id: 'withdrawn' });
    expect(await texts(visitor)).toEqual(['已按您的意思撤回。']);
    expect(await offered(visitor)).toEqual(['message', 'resume', 'protection', 'data']);
  });

  it('is to go on where the withdrawal was not the own wish', async () => {
    const visitor = await reported(app, data, pin);
    await act(visitor, 'withdraw', { confirmVoluntary: true, withdrawalReason: '金丝雀：有人要求我。' }).expect(200);
    await app.running.platform.runtime.idle();

    await clerk(visitor, 'confirmWithdrawal', { withdrawalWish: 'notOwn', withdrawalAnswer: '照常办理。' });

    expect((await view(visitor)).state).toMatchObject({ id: 'assessing' });
    expect(await offered(visitor)).toEqual(['message', 'booking', 'recusal', 'withdraw', 'protection', 'data']);
  });

  it('is to ask for a review of the reply, which belongs to the case, holds it open and gives a receipt to read', async () => {
    const visitor = await reported(app, data, pin);
    const before = await offered(visitor);
    await replied(app, visitor.receipt.caseNo);
    const { actions } = await view(visitor);
    const form = actions.find(({ id }: { id: string }) => id === 'review');
    const key = randomUUID();

    const sent = await act(visitor, 'review', { ...form.data, ...request }, key).expect(200);
    const again = await act(visitor, 'review', { ...form.data, ...request }, key).expect(200);
    await app.running.platform.runtime.idle();

    expect(before).not.toContain('review');
    expect(form.data.opinionReceivedAt).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(sent.body).toEqual({
      done: expect.stringContaining('公司信访办'),
      caseNo: null,
      trackingCode: null,
      offer: null,
    });
    expect(again.body).toEqual(sent.body);
    const after = await view(visitor);
    expect(after.state).toMatchObject({ id: 'underReview' });
    expect(after.documents.map(({ title }: { title: string }) => title)).toContain('复查（复核）申请收件回执');
    expect(await offered(visitor)).toEqual(['message', 'protection', 'data']);
    expect(await taskAt(await app.as('xf_clerk'), 'sendFile', visitor.receipt.caseNo)).not.toBe('');
  });

  it('is to answer whether the handler may know who it is, only while that is asked', async () => {
    const visitor = await reported(app, data, pin);
    const { caseNo } = visitor.receipt;
    const asks = { identityCaseNo: caseNo, identityWhy: '要按姓名核对考勤和工资记录。' };
    const answer = { petitionerConsent: 'no', consentAnswer: '同意告诉。' };
    await director(visitor, acceptance);
    await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
    const unasked = await act(visitor, 'identity', answer).expect(409);
    await (await app.as('unit_handler')).post('/api/launchers/identity').send({ data: asks }).expect(201);
    await clerk(visitor, 'askConsent', { consentQuestion: '您同意告诉承办人您是谁吗？' });
    const asked = await offered(visitor);

    await act(visitor, 'identity', answer).expect(200);
    await app.running.platform.runtime.idle();

    expect(unasked.body).toMatchObject({ code: 'invalidState' });
    expect(asked).toContain('identity');
    expect(await texts(visitor)).toEqual(['您同意告诉承办人您是谁吗？', '不同意告诉承办人我是谁。']);
    expect(await offered(visitor)).not.toContain('identity');
  });

  it('is nothing that staff may do for them', async () => {
    const visitor = await reported(app, data, pin);
    const message = { name: 'petitioner.withdraw', correlationKey: visitor.receipt.caseNo, variables: {} };

    for (const id of ['xf_clerk', 'unit_handler', 'xf_office_director', 'mine_leader'])
      await (await app.as(id)).post('/v2/messages/correlation').send(message).expect(403);

    expect((await view(visitor)).state).toMatchObject({ id: 'assessing' });
  });

  it('is nothing without the right code', async () => {
    const visitor = await reported(app, data, pin);
    const stranger = { code: 'ABCD-EFGH-JKLM', pin: '135790', data: { confirmVoluntary: true } };

    await app.anonymous().post('/api/portal/case/actions/withdraw').send(stranger).expect(404);

    expect(await offered(visitor)).toContain('withdraw');
  });

  it('leaves no text of it in plain', async () => {
    const { items } = await app.running.platform.queries.search('variables', { page: { limit: 10_000 } });

    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain('金丝雀');
  });
});
