import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { complete, registration, taskAt } from './product-values.js';
import { replied } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

const reviewers = ['legal_advisor', 'union_rep', 'unit_head.safety'];

describe('review where the tenant is the company too', () => {
  let app: TestApp;
  let configuration: string;
  let caseNo = '';
  let reviewKey = '';

  async function clockAt(moment: string): Promise<void> {
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.parse(moment));
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await runtime.idle();
  }

  const done = (as: string, element: string, data: object) => complete(app, { as, element, caseNo, data });

  async function dueOf(as: string, element: string): Promise<unknown> {
    const agent = await app.as(as);
    const { body } = await agent.get(`/api/tasks/${await taskAt(agent, element, caseNo)}`).expect(200);
    return (body as { task: { dueAt?: unknown } }).task.dueAt;
  }

  beforeAll(async () => {
    configuration = await mkdtemp(join(tmpdir(), 'changtong-own-review-'));
    for (const folder of ['workflows', 'forms']) await cp(folder, join(configuration, folder), { recursive: true });
    const path = join(configuration, 'workflows/parameters.json');
    const parameters = JSON.parse(await readFile(path, 'utf8')) as Record<string, object>;
    const variant = { ...parameters['review.variant'], value: 'B' };
    await writeFile(path, JSON.stringify({ ...parameters, 'review.variant': variant }));
    app = await startApp({ configuration });
    await clockAt('2027-03-01T09:00:00+08:00');
    const clerk = await app.as('xf_clerk');
    const data = { ...registration, receivedAt: '2027-03-01T09:00:00+08:00' };
    const sent = await clerk.post('/api/launchers/register').send({ data }).expect(201);
    caseNo = (sent.body as { caseNo: string }).caseNo;
    await replied(app, caseNo);
    const asked = {
      reviewedCaseNo: caseNo,
      reviewLevel: 'review',
      opinionReceivedAt: '2027-03-01',
      requests: '请重新核对天数。',
      factsReasons: '有一张考勤表没有看。',
      hearingWanted: true,
    };
    const started = await clerk.post('/api/launchers/review').send({ data: asked }).expect(201);
    reviewKey = (started.body as { processInstanceKey: string }).processInstanceKey;
    await app.running.platform.runtime.idle();
  });
  afterAll(async () => {
    await app.close();
    await rm(configuration, { recursive: true, force: true });
  });

  it('offers nobody who handled the case as a reviewer', async () => {
    const company = await app.as('company_office');

    const { body } = await company.get(`/api/tasks/${await taskAt(company, 'acceptOwn', caseNo)}`).expect(200);

    const offered = (body as { accounts: { id: string }[] }).accounts.map(({ id }) => id);
    expect(offered).toEqual(expect.arrayContaining(reviewers));
    expect(offered).not.toEqual(expect.arrayContaining(['unit_handler']));
    expect(offered).not.toEqual(expect.arrayContaining(['unit_head']));
  });

  it('is accepted here, by three who had no part in it, and not sent away', async () => {
    const company = await app.as('company_office');
    const key = await taskAt(company, 'acceptOwn', caseNo);
    const two = { reviewAcceptedAt: '2027-03-01', reviewers: reviewers.slice(1), nobodyHandled: true };

    await company.post(`/api/tasks/${key}/completion`).send({ data: two }).expect(422);
    const handled = ['unit_handler', 'union_rep', 'unit_head.safety'];
    await company
      .post(`/api/tasks/${key}/completion`)
      .send({ data: { ...two, reviewers: handled } })
      .expect(422);
    await done('company_office', 'acceptOwn', { ...two, reviewers });

    expect(await taskAt(await app.as('legal_advisor'), 'studyFile', caseNo)).not.toBe('');
    expect(await taskAt(await app.as('xf_clerk'), 'sendFile', caseNo)).toBe('');
  });

  it('is heard in public where the petitioner asks for it', async () => {
    await done('legal_advisor', 'studyFile', {
      petitionerSaid: '两张考勤表应当合起来算。',
      unitSaid: '只收到一张考勤表。',
      hearingNeeded: true,
    });
    await done('xf_office_director', 'decideHearing', { requestBy: 'petitioner', hearingAccepted: true });
    await done('xf_office_director', 'formPanel', {
      hearingChair: 'legal_advisor',
      panel: [
        { kind: 'inside', account: 'unit_head.safety' },
        { kind: 'inside', account: 'union_rep' },
        { kind: 'outside', outsider: '县司法局律师' },
      ],
      nobodyHandled: true,
      hearingAt: '2027-03-10T09:00:00+08:00',
      hearingPlace: '一楼会议室',
      hearingNotice: '听证定于3月10日上午9点，在一楼会议室。可以请人陪同，请带材料。',
    });
    await clockAt('2027-03-10T09:01:00+08:00');
    await done('legal_advisor', 'holdHearing', {
      heldAt: '2027-03-10T09:00:00+08:00',
      hearingAttended: true,
      minutes: '双方出示考勤表，逐日核对，当场质证。',
      hearingDays: 2,
    });
    const opinion = { panelView: 'support', panelReason: '考勤记录清楚。' };
    for (const seat of ['unit_head.safety', 'union_rep', 'legal_advisor']) await done(seat, 'deliberate', opinion);
    await done('legal_advisor', 'conclude', { hearingOpinion: '多数意见认为应当合并计算。' });

    for (const reviewer of reviewers)
      await done(reviewer, 'deliberate', { reviewView: 'maintain', reviewViewReason: '原答复依据充分。' });

    expect(await taskAt(await app.as('company_office'), 'signOwn', caseNo)).not.toBe('');
  });

  it('leaves the days of the hearing out of its thirty days', async () => {
    expect(await dueOf('company_office', 'signOwn')).toBe('2027-04-03T00:00:00.000+08:00');
  });

  it('is signed here and told to the case', async () => {
    await done('company_office', 'signOwn', {
      reviewConclusion: 'maintain',
      reviewFindings: '两张考勤表内容一致。',
      reviewBasis: '信访工作条例第三十五条',
      reviewRemedy: '仍不服的，可向上一级申请复核。',
    });

    const { queries } = app.running.platform;
    expect(await queries.instance(reviewKey)).toMatchObject({ state: 'COMPLETED' });
    expect(await queries.variablesOf(reviewKey)).toMatchObject({ hearingHeld: true, hearingDays: 2 });
    await app.running.app.get(LedgerFollowing).settled();
    const director = await app.as('xf_office_director');
    const { body } = await director.get('/api/ledgers/L15/rows?limit=50').expect(200);
    const rows = (body as { items: { cells: Record<string, unknown> }[] }).items.map(({ cells }) => cells);
    expect(rows).toEqual([
      expect.objectContaining({ body: '本单位', reviewConclusion: '维持', decidedAt: expect.any(String) }),
    ]);
  });
});
