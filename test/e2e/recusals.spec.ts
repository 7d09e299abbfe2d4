import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { acceptance, appoint, complete, register, registration, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const reason = '金丝雀理由：信访人是我的亲属';

describe('recusal', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const recuse = async (as: string, instance: string, body: object = {}) =>
    (await app.as(as)).post(`/api/instances/${instance}/recusals`).send({ reason, ...body });
  const listOf = async (as: string, instance: string) =>
    (await (await app.as(as)).get(`/api/instances/${instance}/recusals`).expect(200)).body as {
      readonly items: readonly { readonly recusalKey: string; readonly reason: object; readonly canUndo: boolean }[];
    };
  const found = async (as: string, caseNo: string) =>
    (await taskAt(await app.as(as), 'assessAcceptance', caseNo)) !== '';

  it('takes the case and the task in hand from whoever declares an interest, and the next in line gets it', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', caseNo);
    await director.post(`/api/tasks/${key}/claim`).expect(204);

    expect((await recuse('xf_office_director', processInstanceKey)).status).toBe(204);

    const answers = await Promise.all(
      [
        `/api/tasks/${key}`,
        `/api/instances/${processInstanceKey}`,
        `/api/instances/${processInstanceKey}/timeline`,
        `/api/instances/${processInstanceKey}/recusals`,
        `/v2/user-tasks/${key}`,
      ].map((path) => director.get(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await director.get('/api/tasks').query({ view: 'all', q: caseNo })).body).toMatchObject({ total: 0 });
    expect((await director.get('/api/supervision').expect(200)).text).not.toContain(caseNo);
    expect(await found('lead_group_head', caseNo)).toBe(false);
    await complete(app, { as: 'lead_group_deputy', element: 'assessAcceptance', caseNo, data: acceptance });
  });

  it('stands in the course of the case without its reason, which opens by role and on record alone', async () => {
    const { processInstanceKey } = await register(app);
    await recuse('xf_office_director', processInstanceKey);
    const deputy = await app.as('lead_group_deputy');

    const timeline = await deputy.get(`/api/instances/${processInstanceKey}/timeline`).expect(200);
    const listed = await listOf('lead_group_deputy', processInstanceKey);

    const texts = (timeline.body as { readonly text: string; readonly detail?: string }[]).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['回避：信访办主任', '无人可办：受理审核与分析']));
    expect(listed.items).toMatchObject([{ reason: { $sealed: expect.any(String) }, canUndo: false }]);
    expect(timeline.text + JSON.stringify(listed)).not.toContain('金丝雀');
    const { $sealed } = listed.items[0]!.reason as { $sealed: string };
    const reveal = { sealedKeys: [$sealed], reason: '核对回避', processInstanceKey };
    const opened = await deputy.post('/api/reveals').send(reveal).expect(200);
    expect(JSON.stringify(opened.body)).toContain('金丝雀');
  });

  it('leaves the task to the other candidates where there are some', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    const second = { name: '副主任', roles: ['xf_office_director'], unit: 'office', password: 'long-enough' };
    await appoint(app, { id: 'director2', ...second });

    await recuse('xf_office_director', processInstanceKey);

    expect(await taskAt(await app.as('director2', 'long-enough'), 'assessAcceptance', caseNo)).not.toBe('');
    expect(await found('lead_group_deputy', caseNo)).toBe(false);
    await (await app.as('admin')).patch('/api/accounts/director2').send({ disabled: true }).expect(200);
  });

  it('of others needs the permission and a case that one sees, and is entered once', async () => {
    const { processInstanceKey } = await register(app);
    const unknown = await recuse('xf_office_director', processInstanceKey, { account: 'nobody' });
    const without = await recuse('xf_clerk', processInstanceKey, { account: 'xf_receptionist' });
    const unseen = await recuse('unit_handler', processInstanceKey);
    const short = await recuse('xf_office_director', processInstanceKey, { reason: 'x' });
    const ordered = await recuse('xf_office_director', processInstanceKey, { account: 'unit_head' });
    const again = await recuse('xf_office_director', processInstanceKey, { account: 'unit_head' });

    expect([unknown, without, unseen, short, ordered, again].map(({ status }) => status)).toEqual([
      404, 403, 404, 400, 204, 409,
    ]);
  });

  it('is undone by another with the permission, never by whom it keeps out nor by who entered it', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    await recuse('xf_office_director', processInstanceKey);
    await recuse('discipline_committee', processInstanceKey, { account: 'unit_head' });
    const { items } = await listOf('discipline_committee', processInstanceKey);
    const [ordered, declared] = items.map(
      ({ recusalKey }) => `/api/instances/${processInstanceKey}/recusals/${recusalKey}`,
    );
    const undo = async (as: string, path: string) => (await (await app.as(as)).delete(path)).status;

    expect(items.map(({ canUndo }) => canUndo)).toEqual([false, true]);
    expect(await undo('xf_office_director', declared!)).toBe(404);
    expect(await undo('lead_group_deputy', declared!)).toBe(403);
    expect(await undo('discipline_committee', ordered!)).toBe(403);
    expect(await undo('discipline_committee', declared!)).toBe(204);
    expect(await undo('discipline_committee', declared!)).toBe(409);
    expect(await found('xf_office_director', caseNo)).toBe(true);
  });

  it('does not lift what names the account as accused', async () => {
    const { caseNo, processInstanceKey } = await register(app, {
      ...registration,
      accusedRefs: [{ kind: 'unit', ref: 'office' }],
    });
    await recuse('discipline_committee', processInstanceKey, { account: 'xf_office_director' });
    const { items } = await listOf('lead_group_head', processInstanceKey);
    expect(items).toHaveLength(1);
    await appoint(app, { roles: ['lead_group_head', 'discipline_committee'] }, 'lead_group_head');

    await (
      await app.as('lead_group_head')
    )
      .delete(`/api/instances/${processInstanceKey}/recusals/${items[0]!.recusalKey}`)
      .expect(204);

    expect(await found('xf_office_director', caseNo)).toBe(false);
  });

  it('keeps a substitute out of what whom they stand in for is recused from', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    const today = new Date(app.running.platform.runtime.now()).toISOString().slice(0, 10);
    const wish = {
      substitute: 'union_rep',
      from: today,
      until: new Date(app.running.platform.runtime.now() + 86_400_000).toISOString().slice(0, 10),
      reason: '出差',
    };
    await (await app.as('xf_office_director')).post('/api/substitutions').send(wish).expect(201);
    const before = await found('union_rep', caseNo);

    await recuse('xf_office_director', processInstanceKey);

    expect([before, await found('union_rep', caseNo)]).toEqual([true, false]);
  });
});

describe('a task that nobody can do', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());
  const settled = () => app.running.app.get(AttendanceService).settled();

  it('is offered to the next in line when its only candidate is disabled', async () => {
    const { caseNo } = await register(app);
    const admin = await app.as('admin');
    await admin.patch('/api/accounts/xf_office_director').send({ disabled: true }).expect(200);

    await settled();

    expect(await taskAt(await app.as('lead_group_deputy'), 'assessAcceptance', caseNo)).not.toBe('');
    await appoint(app, { disabled: false }, 'xf_office_director');
  });

  it('of a unit without anybody goes to the leader of its field as soon as it is there', async () => {
    const { caseNo } = await register(app);
    const admin = await app.as('admin');
    await admin.patch('/api/accounts/unit_head').send({ disabled: true }).expect(200);
    await complete(app, {
      as: 'xf_office_director',
      element: 'assessAcceptance',
      caseNo,
      data: acceptance,
    });

    await settled();

    const key = await taskAt(await app.as('mine_leader'), 'confirmReceipt', caseNo);
    const task = await app.running.platform.queries.get('userTasks', key);
    expect(task?.candidateGroups).toEqual(['post:personnelLeader', 'unit_head@hr']);
  });

  it('stands on the page of overdue work where nobody is in line', async () => {
    const { caseNo } = await register(app);
    const admin = await app.as('admin');
    const line = ['xf_office_director', 'lead_group_deputy', 'lead_group_head'];
    for (const id of line.slice(0, 2)) await admin.patch(`/api/accounts/${id}`).send({ disabled: true }).expect(200);
    await appoint(app, { roles: ['xf_clerk'] }, 'lead_group_head');
    await settled();
    const unattended = async () => {
      const { body } = await (await app.as('discipline_committee')).get('/api/supervision').expect(200);
      return (body.unattended as { readonly caseNo: string }[]).map((one) => one.caseNo);
    };
    const during = await unattended();

    await appoint(app, { disabled: false }, 'xf_office_director');
    await settled();

    expect([during, await unattended()]).toEqual([expect.arrayContaining([caseNo]), []]);
  });
});
