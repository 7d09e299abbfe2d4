import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { AccountsService } from '../../apps/server/src/accounts/accounts.service.js';
import { acceptance, appoint, register, registration, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

/** The engine's clock only goes forward, so each spec has a morning of its own. */
let morning = Date.parse('2033-01-01T09:00:00+08:00');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const dayAt = (offset = 0): string => new Date(morning + offset * DAY).toISOString().slice(0, 10);

interface Row {
  readonly userTaskKey: string;
  readonly inPlaceOf?: { readonly id: string };
}

describe('standing substitutes', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  beforeEach(async () => {
    morning += DAY;
    await app.running.platform.runtime.pinClock(morning);
  });
  afterAll(() => app.close());

  const enter = async (as: string, wish: object) =>
    (await app.as(as)).post('/api/substitutions').send({ from: dayAt(), until: dayAt(), reason: '出差', ...wish });
  const entered = async (as: string, wish: object): Promise<string> => {
    const { status, body } = await enter(as, wish);
    expect([status, body]).toEqual([201, { substitutionKey: expect.any(String) }]);
    return (body as { substitutionKey: string }).substitutionKey;
  };
  const listOf = async (agent: TestAgent, view = 'all', q = '') =>
    (await agent.get('/api/tasks').query({ view, q }).expect(200)).body as {
      readonly items: readonly Row[];
      readonly total: number;
      readonly counts: { readonly mine: number; readonly claimable: number };
    };
  const later = (hours: number) => app.running.platform.runtime.pinClock(morning + hours * HOUR);

  it('see, count and do the work of another on their days, and nothing of it after the last', async () => {
    const { caseNo } = await register(app);
    const substitute = await app.as('union_rep');
    const before = await listOf(substitute);

    await entered('xf_office_director', { substitute: 'union_rep' });
    const during = await listOf(substitute, 'all', caseNo);
    const key = during.items[0]!.userTaskKey;
    await substitute.post(`/api/tasks/${key}/claim`).expect(204);
    const claimed = await listOf(substitute, 'mine', caseNo);
    await later(15);
    const after = await listOf(substitute, 'all', caseNo);

    expect(before).toMatchObject({ total: 0, counts: { mine: 0, claimable: 0 } });
    expect(during.counts.claimable).toBeGreaterThanOrEqual(1);
    expect(during).toMatchObject({
      total: 1,
      items: [{ inPlaceOf: { id: 'xf_office_director' } }],
    });
    expect(claimed).toMatchObject({
      total: 1,
      counts: { mine: 1 },
      items: [{ assignee: { id: 'xf_office_director' } }],
    });
    expect(after).toMatchObject({ total: 0, counts: { mine: 0, claimable: 0 } });
    await substitute.get(`/api/tasks/${key}`).expect(404);
    await substitute.post(`/api/tasks/${key}/completion`).send({ data: acceptance }).expect(404);
    await (await app.as('xf_office_director')).get(`/api/tasks/${key}`).expect(200);
  });

  it('complete as themselves, which the course of the case tells with whose place it was', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    await entered('xf_office_director', { substitute: 'legal_advisor' });
    const substitute = await app.as('legal_advisor');
    const key = await taskAt(substitute, 'assessAcceptance', caseNo);
    const opened = (await substitute.get(`/api/tasks/${key}`).expect(200)).body;

    await substitute.post(`/api/tasks/${key}/completion`).send({ data: acceptance }).expect(200);

    expect(opened).toMatchObject({ canComplete: true, task: { inPlaceOf: { id: 'xf_office_director' } } });
    const { body } = await substitute.get(`/api/instances/${processInstanceKey}/timeline`).expect(200);
    expect(body).toContainEqual(
      expect.objectContaining({
        text: '办毕：受理审核与分析',
        by: expect.objectContaining({ id: 'legal_advisor' }),
        detail: '代 信访办主任',
      }),
    );
  });

  it('open protected values by the roles of whom they stand in for, in those cases alone and on record', async () => {
    const { processInstanceKey } = await register(app);
    await entered('xf_office_director', { substitute: 'logistics_officer' });
    const substitute = await app.as('logistics_officer');
    const { sealed } = (await substitute.get(`/api/instances/${processInstanceKey}`).expect(200)).body as {
      readonly sealed: Readonly<Record<string, { readonly class: string; readonly canReveal: boolean }>>;
    };
    const content = Object.entries(sealed).find(([, fact]) => fact.class === 'content')!;
    const reveal = { sealedKeys: [content[0]], reason: '代办需要', processInstanceKey };

    const opened = await substitute.post('/api/reveals').send(reveal);
    await later(15);
    const after = await substitute.post('/api/reveals').send(reveal);

    expect(content[1].canReveal).toBe(true);
    expect([opened.status, after.status]).toEqual([200, 404]);
    const { body } = await (await app.as('auditor')).get('/api/access-log').expect(200);
    expect(body.items).toContainEqual(
      expect.objectContaining({ account: expect.objectContaining({ id: 'logistics_officer' }), reason: '代办需要' }),
    );
  });

  it('lend neither overseeing nor what was lent to them', async () => {
    const { caseNo } = await register(app);
    await entered('xf_office_director', { substitute: 'security_officer' });
    await entered('security_officer', { substitute: 'logistics_officer' });

    const [first, second] = [await app.as('security_officer'), await app.as('logistics_officer')];

    expect((await listOf(first, 'all', caseNo)).total).toBeGreaterThan(0);
    expect((await listOf(second, 'all', caseNo)).total).toBe(0);
    await first.get('/api/supervision').expect(403);
    await first.get('/api/instances').expect(403);
    await first
      .post('/api/substitutions')
      .send({ account: 'xf_clerk', substitute: 'unit_head', from: dayAt(), until: dayAt(), reason: '越权' })
      .expect(403);
  });

  it('reach no case through somebody whom it excludes, nor one that excludes themselves', async () => {
    const accusing = (accused: string) => ({ ...registration, accusedRefs: [{ kind: 'unit', ref: accused }] });
    await entered('xf_office_director', { substitute: 'unit_liaison' });
    const substitute = await app.as('unit_liaison');
    const seen = async (accused: string) => {
      const { caseNo } = await register(app, accusing(accused));
      return (await listOf(substitute, 'all', caseNo)).total;
    };

    expect(await seen('office')).toBe(0);
    expect(await seen('mining1')).toBe(0);
    expect(await seen('mining2')).toBe(1);
  });

  it('end early by whom they stand in for or by who arranges for others, not by themselves', async () => {
    const key = await entered('xf_clerk', { substitute: 'union_rep' });

    await (await app.as('union_rep')).delete(`/api/substitutions/${key}`).expect(404);
    await (await app.as('xf_clerk')).delete(`/api/substitutions/${key}`).expect(204);
    await (await app.as('xf_clerk')).delete(`/api/substitutions/${key}`).expect(409);
    const { body } = await (await app.as('union_rep')).get('/api/session').expect(200);
    expect(body.user.standsInFor).not.toContainEqual(expect.objectContaining({ id: 'xf_clerk' }));
  });

  it('are entered for others only with the permission, and by nobody for oneself as the substitute', async () => {
    expect((await enter('xf_clerk', { account: 'unit_head', substitute: 'unit_handler' })).status).toBe(403);
    expect((await enter('admin', { account: 'unit_head', substitute: 'admin' })).status).toBe(403);
    expect((await enter('xf_office_director', { account: 'unit_head', substitute: 'xf_office_director' })).status).toBe(
      403,
    );
    expect((await enter('xf_office_director', { account: 'unit_head', substitute: 'unit_handler' })).status).toBe(201);
    const { body } = await (await app.as('unit_handler')).get('/api/notices').expect(200);
    expect(body.items[0].text).toContain('代理安排');
  });

  it('are refused with each fault at its field', async () => {
    const faultsOf = async (wish: object, as = 'unit_head') =>
      ((await enter(as, wish)).body.fields as { readonly path: string }[]).map(({ path }) => path);

    expect(await faultsOf({ substitute: 'unit_head' })).toEqual(['/substitute']);
    expect(await faultsOf({ substitute: 'company_office' })).toEqual(['/substitute']);
    expect(await faultsOf({ substitute: 'nobody' })).toEqual(['/substitute']);
    expect(await faultsOf({ substitute: 'union_rep', from: `${dayAt().slice(0, 4)}-02-30` })).toContain('/from');
    expect(await faultsOf({ substitute: 'union_rep', until: dayAt(-1), from: dayAt(-9) })).toEqual(['/until']);
    expect(await faultsOf({ substitute: 'union_rep', until: dayAt(400) })).toEqual(['/until']);
    expect(await faultsOf({ substitute: 'union_rep' }, 'discipline_committee')).toEqual(['/substitute']);
  });

  it('reach nothing any more when they are disabled, or whom they stand in for is', async () => {
    await entered('unit_head.finance', { substitute: 'unit_handler.finance' });
    const standsInFor = async () =>
      (await app.running.app.get(AccountsService).signedIn('unit_handler.finance'))?.standsInFor.map(({ id }) => id);
    const before = await standsInFor();
    const admin = await app.as('admin');

    await admin.patch('/api/accounts/unit_head.finance').send({ disabled: true }).expect(200);

    expect([before, await standsInFor()]).toEqual([['unit_head.finance'], []]);
  });
});

describe('posts', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('give their roles in their unit and a group of their own to whom they are given', async () => {
    const admin = await app.as('admin');
    await appoint(app, { posts: ['personnelLeader'] }, 'union_rep');
    await admin
      .patch('/api/accounts/union_rep')
      .send({ posts: ['emperor'] })
      .expect(422);

    const account = await app.running.app.get(AccountsService).signedIn('union_rep');

    const changed = (await admin.get('/api/accounts')).body.find(({ id }: { id: string }) => id === 'union_rep');
    expect(changed.posts).toEqual([{ id: 'personnelLeader', name: '分管人力矿领导' }]);
    expect(account?.roles).toEqual(['union_rep', 'mine_leader']);
    expect(account?.units).toEqual(['union', 'mine']);
    expect(account?.groups).toEqual(
      expect.arrayContaining(['post:personnelLeader', 'mine_leader@mine', 'union_rep@mine/*']),
    );
  });

  it('exclude from cases about their units too', async () => {
    await appoint(app, { roles: ['xf_office_director'], posts: [] }, 'union_rep');
    const { caseNo } = await register(app, { ...registration, accusedRefs: [{ kind: 'unit', ref: 'mine' }] });
    const found = async () => (await taskAt(await app.as('union_rep'), 'assessAcceptance', caseNo)) !== '';
    const before = await found();

    await appoint(app, { posts: ['personnelLeader'] }, 'union_rep');

    expect([before, await found()]).toEqual([true, false]);
  });
});
