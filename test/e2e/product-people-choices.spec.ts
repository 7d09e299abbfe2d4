import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, appoint, complete, register, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const plan = { wantsRecusal: false, planPoints: '核对记录。' };
const talk = {
  heardBy: 'meet',
  recordAt: '2026-03-05T09:00:00+08:00',
  recordPlace: '一楼接待室',
  informedRights: true,
  qa: [{ question: '请把经过说一说。', answer: '和登记时说的一样。' }],
  readAndAgreed: true,
  signedByHand: true,
  hearingWanted: false,
};

describe('fields that ask for people', () => {
  let app: TestApp;
  let key: string;
  beforeAll(async () => {
    app = await startApp();
    const made = { id: 'handler2', name: '第二承办人', roles: ['unit_handler'], unit: 'hr', password: 'long-enough' };
    await appoint(app, made);
    const { caseNo, processInstanceKey } = await register(app);
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
    await complete(app, { as: 'unit_handler', element: 'planInquiry', caseNo, data: plan });
    const discipline = await app.as('discipline_committee');
    const recusal = { account: 'unit_head.finance', reason: '是信访人的亲属' };
    await discipline.post(`/api/instances/${processInstanceKey}/recusals`).send(recusal).expect(204);
    key = await taskAt(await app.as('unit_handler'), 'hearPetitioner', caseNo);
  });
  afterAll(() => app.close());

  const answer = async (investigators: readonly string[]) =>
    (await app.as('unit_handler')).post(`/api/tasks/${key}/completion`).send({ data: { ...talk, investigators } });

  it('offer the accounts that there are, without those that the case excludes', async () => {
    const { body } = await (await app.as('unit_handler')).get(`/api/tasks/${key}`).expect(200);

    const offered = (body.accounts as { id: string; name: string }[]).map(({ id }) => id);
    expect(offered).toEqual(expect.arrayContaining(['unit_handler', 'handler2', 'unit_handler.finance']));
    expect(offered).not.toContain('unit_head.finance');
  });

  it('refuse whom the case excludes as they refuse who is not there, and take who was entered later', async () => {
    const excluded = await answer(['unit_handler', 'unit_head.finance']);
    const unknown = await answer(['unit_handler', 'nobody']);
    const taken = await answer(['unit_handler', 'handler2']);

    expect([excluded, unknown, taken].map(({ status }) => status)).toEqual([422, 422, 200]);
    expect(excluded.body.fields).toEqual(unknown.body.fields);
  });

  it('are not looked up for a form that asks for none', async () => {
    const { caseNo } = await register(app);
    const director = await app.as('xf_office_director');
    const task = await taskAt(director, 'assessAcceptance', caseNo);

    const { body } = await director.get(`/api/tasks/${task}`).expect(200);

    expect(body.accounts).toBeNull();
  });
});
