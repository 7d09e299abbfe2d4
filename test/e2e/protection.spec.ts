import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, complete, registration, report, send } from './product-values.js';
import { replied, reported, type Visitor } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

const retaliation = { kind: ['transfer'], what: '金丝雀经过：反映以后第三天被调岗。', anonymous: true };
const leader = 'mine_leader';
const copied = { copySentAt: '2026-03-03' };
const investigated = { investigationText: '调岗没有生产上的理由。', finding: 'confirmed' };
const concluded = {
  protectionFinding: 'confirmed',
  basis: '调岗审批没有理由。',
  resultText: '查实，已恢复原岗位，对责任人提出处理建议。',
  proposeAccountability: true,
  wantRevisit: false,
};

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

  it('leads to a proposal that the committee drafts, and of which the accused sees as little', async () => {
    const { caseNo } = ownCase;
    const as = 'discipline_committee';
    await complete(app, { as, element: 'copyCompany', caseNo, data: copied });
    await complete(app, { as, element: 'investigate', caseNo, data: investigated });
    await complete(app, { as, element: 'conclude', caseNo, data: concluded });
    await app.running.platform.runtime.idle();

    const committee = await app.as(as);
    const { body } = await committee.get('/api/tasks?view=all').expect(200);
    const rows = (body as { items: { elementId: string; caseNo: string; instanceKey?: string }[] }).items;
    const draft = rows.find(({ elementId }) => elementId === 'draftAccountability');

    expect(draft?.caseNo).toMatch(/^JY-/);
    const [proposal] = await app.running.platform.queries.instancesByCaseNo(draft?.caseNo ?? '');
    const path = `/api/instances/${proposal?.key}`;
    await committee.get(path).expect(200);
    for (const account of [leader, 'xf_office_director', 'lead_group_head', 'admin'])
      await (await app.as(account)).get(path).expect(404);
    const session = await app.as(leader);
    const seen = await Promise.all(
      ['/api/tasks?view=all', '/api/notices', '/api/instances', '/api/ledgers'].map((list) => session.get(list)),
    );
    expect(seen.map(({ text }) => text).join()).not.toContain(draft?.caseNo);
    const head = await app.as('lead_group_head');
    const ledger = await head.get('/api/ledgers/L14/rows').expect(200);
    expect(ledger.text).not.toContain(draft?.caseNo);
    expect((await committee.get('/api/ledgers/L14/rows').expect(200)).text).toContain(draft?.caseNo);
  });
});

describe('an accusation that staff register', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('gets a number of the committee, none of the office, and is gone for who registered it', async () => {
    const clerk = await app.as('xf_clerk');
    const data = { ...registration, wish: 'discipline', category: 'C12', phone: '13811112222' };

    const { body } = await clerk.post('/api/launchers/register').send({ data }).expect(201);
    await app.running.platform.runtime.idle();

    expect(body.caseNo).toMatch(/^JB-/);
    await clerk.get(`/api/instances/${body.processInstanceKey}`).expect(404);
    await (await app.as('xf_office_director')).get(`/api/instances/${body.processInstanceKey}`).expect(404);
    expect((await clerk.get('/api/ledgers/L01/rows').expect(200)).text).not.toContain(body.caseNo);
    await complete(app, {
      as: 'discipline_committee',
      element: 'receiveAccusation',
      caseNo: body.caseNo,
      data: { accepted: true, noticeReason: '纪委已接收，按规定办理。' },
    });
  });

  it('lets the committee open the identity in its own cases alone, with a reason', async () => {
    const { queries } = app.running.platform;
    const { caseNo } = await send(app, { ...report, wish: 'discipline', phone: '13811114444' });
    const [accusation] = await queries.instancesByCaseNo(caseNo);
    const key = accusation?.key ?? '';
    const name = (await queries.variablesOf(key))['name'] as { $sealed: string };
    const wish = { sealedKeys: [name.$sealed], reason: '核实举报人意愿', processInstanceKey: key };
    const committee = await app.as('discipline_committee');

    await committee
      .post('/api/reveals')
      .send({ ...wish, reason: '' })
      .expect(422);
    const { body } = await committee.post('/api/reveals').send(wish).expect(200);

    expect(Object.values(body.values)).toEqual([report.name]);
    const { roles } = app.running.platform.configuration.current.roles;
    expect(roles.find(({ id }) => id === 'discipline_committee')).toMatchObject({
      sees: { ident: 'masked' },
      seesOwn: ['ident'],
    });
  });

  it('tells the petitioner where it went when it shows itself only in the assessment', async () => {
    const clerk = await app.as('xf_clerk');
    const data = { ...registration, phone: '13811113333' };
    const { body } = await clerk.post('/api/launchers/register').send({ data }).expect(201);
    await app.running.platform.runtime.idle();
    const found = {
      ...acceptance,
      nature: 'B',
      category: 'C12',
      outcome: 'toDiscipline',
      reasonText: '反映领导干部在招标中违纪，不属于信访事项，应由纪委按规定办理。',
    };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo: body.caseNo, data: found });

    await complete(app, {
      as: 'discipline_committee',
      element: 'receiveAtDiscipline',
      caseNo: body.caseNo,
      data: { disciplineReceived: true, noticeReason: '您反映的事项已由纪委接收，按规定办理并保密。' },
    });

    const { body: thread } = await app
      .anonymous()
      .post('/api/portal/case/thread')
      .send({ code: body.trackingCode })
      .expect(200);
    expect(JSON.stringify(thread)).toContain('您反映的事项已由纪委接收，按规定办理并保密。');
  });
});
