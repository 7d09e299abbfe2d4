import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { point } from '../../apps/server/src/attachments/plain/spec-files.js';
import { startApp, type TestApp } from './start-app.js';
import {
  clerk,
  complete,
  director,
  elementsOpen,
  excludeFrom,
  openTask,
  opinion,
  passing,
  receptionist,
  startCase,
} from './task-action-values.js';

describe('actions on a task', () => {
  let app: TestApp;
  const lines: string[] = [];
  beforeAll(async () => void (app = await startApp({ onLog: (line) => lines.push(line) })));
  afterAll(() => app.close());

  const at = async (id: string, element = 'draft') => {
    const started = await startCase(app, passing(id));
    const byClerk = await app.as(clerk);
    if (element !== 'draft') await complete(byClerk, await openTask(app, started.instanceKey, 'draft')).expect(200);
    return { ...started, key: await openTask(app, started.instanceKey, element) };
  };
  const detail = async (account: string, key: string) =>
    (await (await app.as(account)).get(`/api/tasks/${key}`).expect(200)).body;
  const sentences = async (instanceKey: string): Promise<readonly string[]> => {
    const { body } = await (await app.as(director)).get(`/api/instances/${instanceKey}/timeline`).expect(200);
    return body.map(({ text }: { text: string }) => text);
  };
  const noticesOf = async (account: string): Promise<readonly string[]> => {
    const { body } = await (await app.as(account)).get('/api/notices').expect(200);
    return body.items.map(({ text }: { text: string }) => text);
  };

  it('hand it on: the other has it, is told, and the timeline says so', async () => {
    const { instanceKey, key, caseKey } = await at('transfer');
    const byClerk = await app.as(clerk);

    await byClerk.post(`/api/tasks/${key}/transfer`).send({ to: director, reason: opinion }).expect(204);

    expect(await detail(director, key)).toMatchObject({ canComplete: true, task: { assignee: { id: director } } });
    await byClerk.get(`/api/tasks/${key}`).expect(404);
    expect(await noticesOf(director)).toContainEqual(expect.stringContaining(`「draft」（XF-${caseKey}）转给您办理`));
    expect(await sentences(instanceKey)).toContainEqual(expect.stringMatching(/^转办：draft，由.+办理$/));
  });

  it('let another do it, after which it comes back', async () => {
    const { key } = await at('delegate');
    const [byClerk, byDirector] = [await app.as(clerk), await app.as(director)];
    await byClerk.post(`/api/tasks/${key}/delegation`).send({ to: director, reason: opinion }).expect(204);
    expect(await detail(director, key)).toMatchObject({ canComplete: false, turn: 'delegate', owner: { id: clerk } });
    const early = await complete(byClerk, key).expect(409);
    expect(early.body.detail).toMatch(/[一-鿿]/);
    await byDirector.post(`/api/tasks/${key}/turn`).send({ outcome: 'done', comment: opinion }).expect(204);

    expect(await detail(clerk, key)).toMatchObject({
      canComplete: true,
      turns: [{ state: 'done', comment: { $sealed: expect.any(String) } }],
    });
    await complete(byClerk, key).expect(200);
  });

  it('let others sign after it: nothing takes effect before they agree, and a disagreement gives it back', async () => {
    const { instanceKey, key } = await at('sign-after');
    const [byClerk, byDirector] = [await app.as(clerk), await app.as(director)];
    await byClerk
      .post(`/api/tasks/${key}/signers`)
      .send({ when: 'after', accounts: [director], reason: opinion })
      .expect(204);
    const submitted = await complete(byClerk, key).expect(200);
    expect(submitted.body.next).toContain('签署');
    expect(await elementsOpen(app, instanceKey)).toEqual(['draft']);
    await byDirector.post(`/api/tasks/${key}/turn`).send({ outcome: 'disagreed', comment: '' }).expect(422);
    await byDirector.post(`/api/tasks/${key}/turn`).send({ outcome: 'disagreed', comment: opinion }).expect(204);
    expect(await detail(clerk, key)).toMatchObject({ canComplete: true, draftSavedAt: expect.any(String) });
    const sent = randomUUID();
    await complete(byClerk, key).set('idempotency-key', sent).expect(200);
    await complete(byClerk, key).set('idempotency-key', sent).expect(200);
    await complete(byClerk, key).expect(409);
    await byDirector.post(`/api/tasks/${key}/turn`).send({ outcome: 'agreed' }).expect(204);

    expect(await elementsOpen(app, instanceKey)).toEqual(['check']);
    expect(await sentences(instanceKey)).toEqual(expect.arrayContaining(['签署：不同意：draft', '签署：同意：draft']));
  });

  it('take a signature away again, by whoever asked for it alone', async () => {
    const { key } = await at('unsign');
    const [byClerk, byDirector] = [await app.as(clerk), await app.as(director)];
    const body = { when: 'before', accounts: [director, receptionist], reason: opinion };
    await byClerk.post(`/api/tasks/${key}/signers`).send(body).expect(204);
    const [first, second] = (await detail(clerk, key)).turns as { turnId: string }[];

    await byDirector.delete(`/api/tasks/${key}/signers/${second?.turnId}`).send({ reason: opinion }).expect(404);
    await byClerk.delete(`/api/tasks/${key}/signers/${first?.turnId}`).send({ reason: opinion }).expect(204);
    await byClerk.delete(`/api/tasks/${key}/signers/${first?.turnId}`).send({ reason: opinion }).expect(404);

    expect((await detail(clerk, key)).turns.map(({ state }: { state: string }) => state)).toEqual(['removed', 'open']);
    expect((await detail(receptionist, key)).turn).toBe('signBefore');
  });

  it('return it to a step that was offered, at the revision of the offer', async () => {
    const { instanceKey, key } = await at('return', 'check');
    const byDirector = await app.as(director);
    const { body } = await byDirector.get(`/api/tasks/${key}/return-targets`).expect(200);
    expect(body.items).toMatchObject([{ elementId: 'draft', by: { id: clerk }, ends: [] }]);
    const { target } = body.items[0];
    const send = (more: object) =>
      byDirector.post(`/api/tasks/${key}/return`).send({ target, reason: opinion, ...more });

    await send({ target: '1' }).expect(422);
    const stale = await send({ revision: body.revision - 1 }).expect(409);
    expect(stale.body.code).toBe('conflict');
    await send({ revision: body.revision }).expect(204);
    await send({}).expect(409);

    expect(await elementsOpen(app, instanceKey)).toEqual(['draft']);
    expect(await noticesOf(clerk)).toContainEqual(expect.stringContaining('退回至「draft」'));
    expect(await sentences(instanceKey)).toContain('退回至「draft」');
  });

  it('take a step back while nobody has touched what follows', async () => {
    const { instanceKey } = await at('withdraw', 'check');
    const byClerk = await app.as(clerk);
    const tasks = await app.running.platform.queries.tasksOfInstances([instanceKey]);
    const done = tasks.find(({ elementId }) => elementId === 'draft')?.userTaskKey ?? '';

    await (await app.as(director)).post(`/api/tasks/${done}/withdrawal`).send({ reason: opinion }).expect(404);
    await byClerk.post(`/api/tasks/${done}/withdrawal`).send({ reason: opinion }).expect(204);
    expect(await elementsOpen(app, instanceKey)).toEqual(['draft']);
    await complete(byClerk, await openTask(app, instanceKey, 'draft')).expect(200);
    const check = await openTask(app, instanceKey, 'check');
    await (
      await app.as(director)
    )
      .put(`/api/tasks/${check}/draft`)
      .send({ data: { seen: true } })
      .expect(200);
    const again = (await app.running.platform.queries.tasksOfInstances([instanceKey])).findLast(
      ({ elementId }) => elementId === 'draft',
    );
    const late = await byClerk
      .post(`/api/tasks/${again?.userTaskKey}/withdrawal`)
      .send({ reason: opinion })
      .expect(409);

    expect(late.body.detail).toBe('后续步骤已有人处理，不能撤回。');
  });

  it('copy it to others, who see step, number and comment, and the case only where they may', async () => {
    const { key, caseKey } = await at('copy');
    const byDirector = await app.as(director);
    const body = { accounts: [director], comment: opinion };
    await (await app.as(clerk)).post(`/api/tasks/${key}/copies`).send(body).expect(204);

    const { body: page } = await byDirector.get('/api/copies').expect(200);
    const copy = page.items.find(({ caseNo }: { caseNo: string }) => caseNo === `XF-${caseKey}`);
    expect(copy).toMatchObject({ taskName: 'draft', from: { id: clerk }, isRead: false, canOpen: true });
    await byDirector
      .post('/api/copies/read')
      .send({ copyKeys: [copy.copyKey] })
      .expect(204);
    await (
      await app.as(receptionist)
    )
      .post('/api/copies/read')
      .send({ copyKeys: [copy.copyKey] })
      .expect(204);
    const { body: after } = await byDirector.get('/api/copies').expect(200);
    expect(after.unread).toBe(page.unread - 1);
    const { processInstanceKey } = copy;
    const wish = { sealedKeys: [copy.comment.$sealed], reason: '阅知', processInstanceKey };
    const opened = await byDirector.post('/api/reveals').send(wish).expect(200);
    expect(Object.values(opened.body.values)).toEqual([opinion]);
    await (await app.as(receptionist)).post('/api/reveals').send(wish).expect(404);
  });

  it('urge whoever has it, once an hour', async () => {
    const { instanceKey, key } = await at('urge');
    const byDirector = await app.as(director);

    const answers = await Promise.all([1, 2].map(() => byDirector.post(`/api/tasks/${key}/urges`).send({})));
    const late = await byDirector.post(`/api/tasks/${key}/urges`).send({});

    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 429]);
    expect(late.body.detail).toBe('一小时内已催办过，请稍后再催。');
    expect(await noticesOf(clerk)).toContainEqual(expect.stringMatching(/催办「draft」/));
    expect((await sentences(instanceKey)).filter((text) => text === '催办：draft')).toHaveLength(1);
  });

  it('add comments and files, sealed', async () => {
    const { key, instanceKey, caseKey } = await at('comment');
    const byClerk = await app.as(clerk);
    await byClerk.post(`/api/tasks/${key}/comments`).send({ text: opinion }).expect(204);
    const uploaded = await byClerk.post('/api/attachments').attach('file', point, 'seal.png').expect(201);
    const attachmentId = uploaded.body.attachment.id;
    await (await app.as(director)).post(`/api/tasks/${key}/attachments`).send({ attachmentId }).expect(404);
    await byClerk.post(`/api/tasks/${key}/attachments`).send({ attachmentId }).expect(204);

    const shown = await detail(clerk, key);
    expect(shown.comments).toMatchObject([{ kind: 'comment', by: { id: clerk } }, { kind: 'attachment' }]);
    expect(JSON.stringify(shown)).not.toContain(opinion);
    expect(shown.sealed[shown.comments[0].content.$sealed]).toMatchObject({ class: 'opinion', canReveal: false });
    expect(await app.running.platform.queries.variablesOf(instanceKey)).toEqual({});
    const row = await app.running.platform.workQueries.attachment(attachmentId);
    expect(row?.caseKey).toBe(caseKey);
  });

  describe('are refused', () => {
    it('towards whom the case is about, in the same words as towards nobody', async () => {
      const { key, caseKey } = await at('accused');
      await excludeFrom(app, caseKey, director);
      const byClerk = await app.as(clerk);
      const names = async (q: string) => {
        const { body } = await byClerk.get(`/api/tasks/${key}/people`).query({ q }).expect(200);
        return body.items.map(({ id }: { id: string }) => id);
      };
      const refusals = await Promise.all(
        [director, 'nobody', clerk].map((to) =>
          byClerk.post(`/api/tasks/${key}/transfer`).send({ to, reason: opinion }),
        ),
      );
      const others = await Promise.all([
        byClerk.post(`/api/tasks/${key}/delegation`).send({ to: director, reason: opinion }),
        byClerk.post(`/api/tasks/${key}/signers`).send({ when: 'before', accounts: [director], reason: opinion }),
        byClerk.post(`/api/tasks/${key}/copies`).send({ accounts: [director] }),
      ]);

      expect(await names('xf_')).toEqual(expect.arrayContaining([receptionist]));
      expect(await names('xf_')).not.toContain(director);
      expect([...refusals, ...others].map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422]);
      expect(new Set(refusals.map(({ body }) => JSON.stringify([body.detail, body.fields]))).size).toBe(1);
      await (await app.as(director)).get(`/api/tasks/${key}/people`).expect(404);
      await (await app.as(director)).post(`/api/tasks/${key}/urges`).send({}).expect(404);
    });

    it('hide a unit that the case is about', async () => {
      const { key, caseKey } = await at('accused-unit');
      await excludeFrom(app, caseKey, 'office');
      const byReceptionist = await app.as(receptionist);

      await byReceptionist.get(`/api/tasks/${key}/people`).expect(404);
    });

    it('on tasks of others and on what has ended', async () => {
      const { key } = await at('others');
      const byReceptionist = await app.as(receptionist);
      const byClerk = await app.as(clerk);
      const reason = opinion;
      const wishes: readonly (readonly [string, object])[] = [
        ['transfer', { to: director, reason }],
        ['delegation', { to: director, reason }],
        ['signers', { when: 'before', accounts: [director], reason }],
        ['turn', { outcome: 'done' }],
        ['return', { target: '1', reason }],
        ['withdrawal', { reason }],
        ['copies', { accounts: [director] }],
        ['urges', {}],
        ['comments', { text: opinion }],
      ];
      const asked = await Promise.all(
        wishes.map(([path, body]) => byReceptionist.post(`/api/tasks/${key}/${path}`).send(body)),
      );
      await complete(byClerk, key).expect(200);
      const late = await byClerk.post(`/api/tasks/${key}/transfer`).send({ to: director, reason: opinion });

      expect(asked.map(({ status }) => status)).toEqual(wishes.map(() => 404));
      expect([late.status, late.body.detail]).toEqual([409, '此步骤已经结束。']);
    });

    it('for the turn of another and for huge texts', async () => {
      const { key } = await at('turn-of-another');
      const byClerk = await app.as(clerk);
      await byClerk.post(`/api/tasks/${key}/delegation`).send({ to: director, reason: opinion }).expect(204);

      await byClerk.post(`/api/tasks/${key}/turn`).send({ outcome: 'done' }).expect(409);
      await (await app.as(director)).post(`/api/tasks/${key}/turn`).send({ outcome: 'agreed' }).expect(400);
      await byClerk
        .post(`/api/tasks/${key}/comments`)
        .send({ text: '长'.repeat(2001) })
        .expect(400);
      await byClerk.post(`/api/tasks/${key}/comments`).send({ text: '' }).expect(400);
    });

    it('to sign after a step whose words go out with it', async () => {
      const { instanceKey } = await startCase(app, passing('tells', { 'ct.thread': 'reply' }));
      const key = await openTask(app, instanceKey, 'draft');
      const byClerk = await app.as(clerk);
      const sign = (when: string) =>
        byClerk.post(`/api/tasks/${key}/signers`).send({ when, accounts: [director], reason: opinion });

      const refused = await sign('after').expect(409);
      await sign('before').expect(204);

      expect(refused.body.detail).toBe('此步骤的内容提交后即告知信访人，只能在办理前签署。');
    });

    it('where the diagram does not allow them', async () => {
      const { instanceKey } = await startCase(app, passing('few-actions', { 'ct.taskActions': 'transfer, comment' }));
      const key = await openTask(app, instanceKey, 'draft');
      const byClerk = await app.as(clerk);

      await byClerk.post(`/api/tasks/${key}/delegation`).send({ to: director, reason: opinion }).expect(409);
      const { actions } = await detail(clerk, key);
      expect(actions).toEqual([
        { action: 'transfer', isPossible: true, why: null },
        { action: 'comment', isPossible: true, why: null },
      ]);
    });
  });

  it('leave no word of an opinion in logs', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('金丝雀'))).toEqual([]);
  });
});
