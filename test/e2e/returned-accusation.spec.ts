import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { report, send, taskAt, complete, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

/** What is no accusation goes back to the office as a case of its own (`ct.returned`, ADR 28). */
describe('an accusation that is none', () => {
  let app: TestApp;
  let accusation: Receipt;
  let petitionNo = '';

  const look = async (more: object = {}) =>
    (
      await app
        .anonymous()
        .post('/api/portal/case')
        .send({ code: accusation.trackingCode, ...more })
        .expect(200)
    ).body;
  const rowsOf = async (account: string) => {
    await app.running.app.get(LedgerFollowing).settled();
    const { body } = await (await app.as(account)).get('/api/ledgers/L01/rows').expect(200);
    return (body as { items: { cells: { caseNo: string } }[] }).items.map(({ cells }) => cells.caseNo);
  };

  beforeAll(async () => {
    app = await startApp();
    accusation = await send(app, { ...report, wish: 'discipline' });
    const back = {
      isReturned: true,
      accusedAccounts: ['xf_office_director'],
      returnReason: '反映的是工资计算，没有举报任何人违纪。',
      returnSubject: '工资计算',
      returnFacts: '反映三个月工资算少了，要求核对。',
      returnDemands: [{ text: '核对三个月的工资' }],
    };
    const { caseNo } = accusation;
    await complete(app, { as: 'discipline_committee', element: 'receiveAccusation', caseNo, data: back });
  });
  afterAll(() => app.close());

  it('stays where it is until somebody else has agreed', async () => {
    const { cases } = await look();

    expect(cases).toHaveLength(1);
    expect(await taskAt(await app.as('discipline_committee'), 'confirmReturn', accusation.caseNo)).toBe('');
    expect(await taskAt(await app.as('discipline_inspector'), 'confirmReturn', accusation.caseNo)).not.toBe('');
  });

  it('is a new case of the office then, followed with the same code and told of', async () => {
    const data = { returnDecision: 'agree', returnNotice: '您反映的是工资计算，已转信访部门接着办理。' };
    const { caseNo } = accusation;
    await complete(app, { as: 'discipline_inspector', element: 'confirmReturn', caseNo, data });

    const { cases, state } = await look();
    const code = accusation.trackingCode;
    const { body: thread } = await app.anonymous().post('/api/portal/case/thread').send({ code }).expect(200);

    petitionNo = cases[1].caseNo;
    expect(cases).toMatchObject([{ caseNo: accusation.caseNo }, { caseNo: expect.stringMatching(/^XF-/) }]);
    expect(state).toMatchObject({ label: '已转信访部门' });
    expect(JSON.stringify(thread)).toContain('已转信访部门接着办理');
    expect(await look({ caseNo: petitionNo })).toMatchObject({ caseNo: petitionNo, state: { label: '已收到' } });
  });

  it('stands in the ledger of the office, without a name; the file of the committee stays theirs', async () => {
    const clerk = await app.as('xf_clerk');
    const key = await taskAt(clerk, 'registerPetition', petitionNo);
    const { body } = await clerk.get(`/api/tasks/${key}`).expect(200);

    expect(await rowsOf('xf_clerk')).toEqual([petitionNo]);
    expect(body.data).toMatchObject({ anonymous: true, subject: { $sealed: expect.any(String) } });
    expect(body.data.name).toBeUndefined();
    const found = await clerk.get('/api/search').query({ q: accusation.caseNo });
    expect(JSON.stringify(found.body)).not.toContain(accusation.caseNo);
    expect(await taskAt(clerk, 'receiveAccusation', accusation.caseNo)).toBe('');
  });

  it('is hidden from whom the accusation excluded', async () => {
    const [instance] = await app.running.platform.queries.instancesByCaseNo(petitionNo);
    const path = `/api/instances/${instance?.key}`;

    expect(await rowsOf('xf_office_director')).toEqual([]);
    expect((await (await app.as('xf_office_director')).get(path)).status).toBe(404);
    expect((await (await app.as('xf_clerk')).get(path)).status).toBe(200);
  });

  it('goes from the company to its petition office where the committee itself is accused, past the committee', async () => {
    const { caseNo } = await send(app, {
      ...report,
      phone: '13812340001',
      wish: 'discipline',
      involvesDiscipline: true,
    });
    const own = ['discipline_committee', 'discipline_inspector'];
    const seenBy = async (element: string) =>
      (await Promise.all(own.map(async (id) => taskAt(await app.as(id), element, caseNo)))).join('');
    const back = {
      isReturned: true,
      returnReason: '反映的是工资计算，没有举报任何人违纪。',
      returnSubject: '工资计算',
      returnFacts: '反映三个月工资算少了，要求核对。',
      returnDemands: [{ text: '核对三个月的工资' }],
    };

    expect(await seenBy('receiveAccusation')).toBe('');
    await complete(app, { as: 'company_discipline', element: 'receiveAccusation', caseNo, data: back });
    expect(await seenBy('confirmReturn')).toBe('');
    const data = { returnDecision: 'agree', returnNotice: '您反映的是工资计算，已转信访部门接着办理。' };
    await complete(app, { as: 'company_office', element: 'confirmReturn', caseNo, data });

    expect(await rowsOf('xf_clerk')).toHaveLength(2);
  });
});
