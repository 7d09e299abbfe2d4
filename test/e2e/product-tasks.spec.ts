import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { acceptance, canary, complete, register, registration, send, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

describe('task list', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('needs a session', async () => {
    await app.anonymous().get('/api/tasks').expect(401);
  });

  it('moves a task from claimable over mine to done, and counts it there', async () => {
    const { caseNo } = await register(app);
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', caseNo);
    const views = async () => {
      const lists = await Promise.all(
        ['claimable', 'mine', 'done'].map((view) => director.get('/api/tasks').query({ view })),
      );
      return lists.map(({ body }) =>
        body.items.map(({ userTaskKey }: { userTaskKey: string }) => userTaskKey).includes(key),
      );
    };

    const created = await views();
    await director.post(`/api/tasks/${key}/claim`).expect(204);
    const claimed = await views();
    await director.post(`/api/tasks/${key}/completion`).send({ data: acceptance }).expect(200);
    const finished = await views();

    expect([created, claimed, finished]).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
    const { body } = await director.get('/api/tasks').expect(200);
    expect(body.counts).toMatchObject({ mine: 0, claimable: 0, done: 1 });
  });

  it('finds by case number and refuses a view that does not exist', async () => {
    const { caseNo } = await register(app);
    const director = await app.as('xf_office_director');

    const { body } = await director.get('/api/tasks').query({ view: 'all', q: caseNo }).expect(200);
    await director.get('/api/tasks').query({ view: 'everything' }).expect(400);

    expect(body).toMatchObject({ total: 1, items: [{ caseNo, name: '受理审核与分析', unit: { id: 'office' } }] });
  });
});

describe('user task', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('stands on the page of its case for all who see the case, and opens for whom it is for', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    const director = await app.as('xf_office_director');
    const clerk = await app.as('xf_clerk');
    const key = await taskAt(director, 'assessAcceptance', caseNo);

    const pages = await Promise.all(
      [director, clerk].map((agent) => agent.get(`/api/instances/${processInstanceKey}`)),
    );

    const shown = pages.map(({ body }) => body.tasks.find((task: { userTaskKey: string }) => task.userTaskKey === key));
    expect(shown).toMatchObject([{ canOpen: true }, { canOpen: false }]);
    await clerk.get(`/api/tasks/${key}`).expect(404);
  });

  it('shows form, what comes next and masks in place of protected values', async () => {
    const { caseNo } = await send(app);
    const clerk = await app.as('xf_clerk');
    const key = await taskAt(clerk, 'registerPetition', caseNo);

    const { body } = await clerk.get(`/api/tasks/${key}`).expect(200);

    expect(body).toMatchObject({
      form: { id: 'F01', version: 1 },
      canComplete: true,
      canClaim: true,
      draftSavedAt: null,
      drill: false,
    });
    expect(body.next).toMatch(/^提交后/);
    expect(body.data.name).toEqual({ $sealed: expect.any(String) });
    expect(body.data.wish).toBe('solve');
  });

  it('tells what the step before said, codes by their labels also where they are numbers', async () => {
    const { caseNo } = await register(app);
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    const head = await app.as('unit_head');

    const { body } = await head.get(`/api/tasks/${await taskAt(head, 'confirmReceipt', caseNo)}`).expect(200);

    const told = body.previous.flatMap(({ summary }: { summary: object[] }) => summary);
    expect(told).toContainEqual({ label: '紧急程度', value: '一般' });
    expect(told).toContainEqual({ label: '问题性质', value: '申诉求决' });
  });

  it('tells what was said in the step before ahead of what its form only showed', async () => {
    const { caseNo } = await register(app);
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    const head = await app.as('unit_head');

    const { body } = await head.get(`/api/tasks/${await taskAt(head, 'confirmReceipt', caseNo)}`).expect(200);

    const labels = body.previous[0].summary.map(({ label }: { label: string }) => label);
    expect(labels).toEqual(expect.arrayContaining(['信访事由', '问题性质']));
    expect(labels.indexOf('信访事由')).toBeGreaterThan(labels.indexOf('问题性质'));
  });

  it('belongs to who claims it first', async () => {
    const { caseNo } = await send(app);
    const [clerk, receptionist] = [await app.as('xf_clerk'), await app.as('xf_receptionist')];
    const key = await taskAt(clerk, 'registerPetition', caseNo);

    await clerk.post(`/api/tasks/${key}/claim`).expect(204);
    const refused = await receptionist.post(`/api/tasks/${key}/claim`).expect(409);
    await receptionist.post(`/api/tasks/${key}/completion`).send({ data: registration }).expect(409);
    await clerk.post(`/api/tasks/${key}/unclaim`).expect(204);
    await receptionist.post(`/api/tasks/${key}/claim`).expect(204);

    expect(refused.body.code).toBe('invalidState');
  });

  it('keeps a draft for its author alone', async () => {
    const { caseNo } = await send(app);
    const [clerk, receptionist] = [await app.as('xf_clerk'), await app.as('xf_receptionist')];
    const key = await taskAt(clerk, 'registerPetition', caseNo);

    await clerk
      .put(`/api/tasks/${key}/draft`)
      .send({ data: { wish: 'solve', nativePlace: '草稿籍贯' } })
      .expect(200);
    const mine = await clerk.get(`/api/tasks/${key}`).expect(200);
    const others = await receptionist.get(`/api/tasks/${key}`).expect(200);

    expect(mine.body).toMatchObject({ data: { nativePlace: '草稿籍贯' }, draftSavedAt: expect.any(String) });
    expect(others.body.draftSavedAt).toBeNull();
    expect(others.text).not.toContain('草稿籍贯');
  });

  it('is completed once; a second time is a conflict, with the same key the first answer', async () => {
    const { caseNo } = await register(app);
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', caseNo);
    const idempotencyKey = randomUUID();
    const submit = () => director.post(`/api/tasks/${key}/completion`).send({ data: acceptance });

    const first = await submit().set('idempotency-key', idempotencyKey).expect(200);
    const again = await submit().set('idempotency-key', idempotencyKey).expect(200);
    await submit().expect(409);

    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ caseNo, next: expect.stringMatching(/^提交后/) });
  });

  it('names wrong fields in Chinese and stays open', async () => {
    const { caseNo } = await register(app);
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', caseNo);

    const { body } = await director
      .post(`/api/tasks/${key}/completion`)
      .send({ data: { ...acceptance, headcountConfirmed: 0 } })
      .expect(422);

    expect(body.fields).toEqual([
      expect.objectContaining({ path: '/headcountConfirmed', message: expect.stringMatching(/[一-鿿]/) }),
    ]);
    expect(await taskAt(director, 'assessAcceptance', caseNo)).toBe(key);
  });

  it('is not there for who is no candidate', async () => {
    const { caseNo } = await register(app);
    const key = await taskAt(await app.as('xf_office_director'), 'assessAcceptance', caseNo);
    const handler = await app.as('unit_handler');

    await handler.get(`/api/tasks/${key}`).expect(404);
    await handler.post(`/api/tasks/${key}/claim`).expect(404);
    await handler.put(`/api/tasks/${key}/draft`).send({ data: {} }).expect(404);
    await handler.post(`/api/tasks/${key}/completion`).send({ data: acceptance }).expect(404);
  });
});

describe('accused unit', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('neither handles the case nor finds, opens or counts it', async () => {
    const accusing = { ...registration, accusedRefs: [{ kind: 'unit', ref: 'hr' }] };
    const { caseNo, processInstanceKey } = await register(app, accusing);
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });

    const tasks = await app.running.platform.queries.tasksOfInstances([processInstanceKey]);
    const receipt = tasks.find(({ elementId }) => elementId === 'confirmReceipt');
    const accounts = await Promise.all(['unit_head', 'unit_handler'].map((account) => app.as(account)));
    const answers = await Promise.all(accounts.map((agent) => agent.get(`/api/tasks/${receipt?.userTaskKey ?? ''}`)));
    const pages = await Promise.all(accounts.map((agent) => agent.get(`/api/instances/${processInstanceKey}`)));
    const lists = await Promise.all(accounts.map((agent) => agent.get('/api/tasks?view=all')));

    expect(receipt?.candidateGroups).toEqual(['unit_head@office']);
    expect([...answers, ...pages].map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(lists.map(({ body }) => [body.total, body.counts.claimable])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe('supervision', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('is for overseers, lists by unit what is overdue and names the supervisions', async () => {
    const { caseNo } = await register(app, { ...registration, receivedAt: new Date().toISOString() });
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.now() + 16 * 24 * 3_600_000);
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await runtime.idle();
    await (await app.as('xf_clerk')).get('/api/supervision').expect(403);

    const { body } = await (await app.as('xf_office_director')).get('/api/supervision').expect(200);

    expect(body.totals.overdue).toBeGreaterThan(0);
    expect(body.units[0]).toMatchObject({
      unit: { id: 'office' },
      items: expect.arrayContaining([expect.objectContaining({ caseNo, lamp: 'overdue' })]),
    });
    expect(body.supervisions).toEqual(
      expect.arrayContaining([expect.objectContaining({ caseNo, unit: expect.objectContaining({ id: 'office' }) })]),
    );
    expect(JSON.stringify(body)).not.toContain(canary.name);
  });
});
