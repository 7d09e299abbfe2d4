import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymousReport, report, send } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const canary = '金丝雀留言：考勤表的照片我留着。';
const answer = '金丝雀回复：请来访时带上考勤表。';

describe('conversation about a case', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const write = (code: string, data: object, key: string = randomUUID()) =>
    app.anonymous().post('/api/portal/case/actions/message').set('idempotency-key', key).send({ code, data });
  const thread = async (code: string, pin?: string) => {
    const { body } = await app.anonymous().post('/api/portal/case/thread').send({ code, pin }).expect(200);
    return body.items as { fromVisitor: boolean; text: string }[];
  };
  const replyTask = async (caseNo: string) => {
    await app.running.platform.runtime.idle();
    const clerk = await app.as('xf_clerk');
    const { body } = await clerk.get('/api/tasks').query({ view: 'claimable', q: caseNo, limit: 50 }).expect(200);
    const task = body.items.find((item: { elementId: string }) => item.elementId === 'replyMessage');
    return { clerk, key: String(task?.userTaskKey) };
  };

  it('offers the actions that fit the state of the case, each with its form', async () => {
    const { trackingCode: code } = await send(app);

    const { body } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);

    const ids = body.actions.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['message', 'booking', 'recusal', 'withdraw', 'protection', 'data']);
    expect(body.actions[0].form.schema.properties).toHaveProperty('messageText');
    await app
      .anonymous()
      .post('/api/portal/case/actions/evaluate')
      .send({ code, data: { scoreProcess: 1, scoreOutcome: 1 } })
      .expect(409);
  });

  it('brings what the petitioner writes to the office, and the answer back to the petitioner', async () => {
    const { trackingCode: code, caseNo } = await send(app);
    const sent = await write(code, { messageText: canary }).expect(200);
    const { clerk, key } = await replyTask(caseNo);

    await clerk
      .post(`/api/tasks/${key}/completion`)
      .send({ data: { reply: answer } })
      .expect(200);

    expect(sent.body.done).toMatch(/三个工作日内/);
    expect(await thread(code)).toEqual([
      expect.objectContaining({ fromVisitor: true, text: canary }),
      expect.objectContaining({ fromVisitor: false, text: answer }),
    ]);
  });

  it('shows the office masked texts alone, and tells the petitioner of each look', async () => {
    const { trackingCode: code, caseNo } = await send(app);
    await write(code, { messageText: canary }).expect(200);
    const { clerk, key } = await replyTask(caseNo);
    const { body: task } = await clerk.get(`/api/tasks/${key}`).expect(200);

    const { body } = await clerk.get(`/api/instances/${task.task.processInstanceKey}`).expect(200);

    expect(body.thread).toEqual([expect.objectContaining({ fromVisitor: true, text: { $sealed: expect.anything() } })]);
    expect(body.sealed[body.thread[0].text.$sealed]).toMatchObject({ class: 'content', canReveal: true });
    expect(JSON.stringify([task, body])).not.toContain('金丝雀留言');
    const { body: before } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);
    const look = { sealedKeys: [body.thread[0].text.$sealed], reason: '回复前阅读留言' };
    await clerk
      .post('/api/reveals')
      .send({ ...look, processInstanceKey: body.processInstanceKey })
      .expect(200);
    const { body: after } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);
    expect(after.reveals).toHaveLength(before.reveals.length + 1);
  });

  it('takes a message that is sent again under its key once', async () => {
    const { trackingCode: code } = await send(app);
    const key = randomUUID();

    await write(code, { messageText: canary }, key).expect(200);
    await write(code, { messageText: canary }, key).expect(200);

    expect(await thread(code)).toHaveLength(1);
  });

  it('asks for code and PIN like the case itself, and shows nothing of another case', async () => {
    const mine = await send(app, anonymousReport, { pin: '246810' });
    const other = await send(app, report);
    const body = { code: mine.trackingCode, data: { messageText: canary } };

    await app.anonymous().post('/api/portal/case/actions/message').send(body).expect(404);
    await app
      .anonymous()
      .post('/api/portal/case/actions/message')
      .send({ ...body, pin: '246810' })
      .expect(200);

    await app.anonymous().post('/api/portal/case/thread').send({ code: mine.trackingCode }).expect(404);
    expect(await thread(mine.trackingCode, '246810')).toHaveLength(1);
    expect(await thread(other.trackingCode)).toEqual([]);
  });

  it('names what is missing or too long, and keeps nothing of it', async () => {
    const { trackingCode: code } = await send(app);

    const empty = await write(code, {}).expect(422);
    const long = await write(code, { messageText: '长'.repeat(2001) }).expect(422);
    await app.anonymous().post('/api/portal/case/actions/nothing').send({ code, data: {} }).expect(404);

    expect(empty.body.fields).toEqual([expect.objectContaining({ path: '/messageText', message: '请写留言。' })]);
    expect(long.body.fields).toEqual([expect.objectContaining({ path: '/messageText' })]);
    expect(await thread(code)).toEqual([]);
  });

  it('stores no text of it in plain', async () => {
    const { trackingCode: code } = await send(app);
    await write(code, { messageText: canary }).expect(200);
    await app.running.platform.runtime.idle();

    const { items } = await app.running.platform.queries.search('variables', { page: { limit: 10_000 } });

    expect(JSON.stringify(items)).not.toContain('金丝雀');
  });
});
