import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymousReport, report, send } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const entry = '/api/portal/entries/report';
const withWrongCode = { code: 'ABCD-EFGH-JKLM' };

describe('portal', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('shows its texts and entries, and not which process an entry starts', async () => {
    const { body } = await app.anonymous().get('/api/portal').expect(200);

    expect(body.entries.map(({ id, title }: { id: string; title: string }) => [id, title])).toEqual([
      ['report', '我要反映'],
      ['booking', '预约领导接待日'],
      ['protection', '打击报复投诉'],
      ['welfare', '困难帮扶'],
    ]);
    expect(JSON.stringify(body)).not.toContain('xf_main');
  });

  it('shows everybody when which leader receives, by post and without the numbers of plans', async () => {
    const { body } = await app.anonymous().get('/api/portal/pages/sessions').expect(200);

    const shown = body.columns.map(({ id }: { id: string }) => id);
    const once = body.group.map(({ id }: { id: string }) => id);
    expect(shown).toEqual(['startsAt', 'leader', 'departments', 'bookingEnds']);
    expect(once).toEqual(['place', 'contact', 'phone']);
  });

  it('opens the form of an entry, and none of an unknown one', async () => {
    const { body } = await app.anonymous().get(entry).expect(200);
    await app.anonymous().get('/api/portal/entries/other').expect(404);

    expect(body.form).toMatchObject({ id: 'F01-portal', schema: { properties: { wish: expect.anything() } } });
  });

  it('gives a case number, a code and a receipt for a report', async () => {
    const { body } = await app.anonymous().post(entry).send({ data: report }).expect(201);

    expect(body).toMatchObject({ caseNo: expect.stringMatching(/^XF-\d{4}-\d{5}$/), state: { label: '已收到' } });
    expect(body.trackingCode).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    expect(body.receiptHtml).toContain(body.trackingCode);
  });

  it('asks who stays anonymous for a PIN of six digits', async () => {
    const without = await app.anonymous().post(entry).send({ data: anonymousReport }).expect(422);
    const short = await app.anonymous().post(entry).send({ data: anonymousReport, pin: '123' }).expect(422);

    expect(without.body.fields).toEqual([expect.objectContaining({ path: '/pin' })]);
    expect(short.body.fields).toEqual([expect.objectContaining({ path: '/pin' })]);
  });

  it('shows an anonymous case with code and PIN together alone', async () => {
    const { trackingCode: code } = await send(app, anonymousReport, { pin: '246810' });

    await app.anonymous().post('/api/portal/case').send({ code }).expect(404);
    await app.anonymous().post('/api/portal/case').send({ code, pin: '111111' }).expect(404);
    const { body } = await app.anonymous().post('/api/portal/case').send({ code, pin: '246810' }).expect(200);

    expect(body.state).toMatchObject({ id: 'received', label: '已收到' });
  });

  it('drops the name of who stays anonymous, whatever was sent', async () => {
    const { caseNo } = await send(app, { ...anonymousReport, name: '误填姓名' }, { pin: '246810' });

    const [instance] = await app.running.platform.queries.instancesByCaseNo(caseNo);
    const variables = await app.running.platform.queries.variablesOf(instance?.key ?? '');

    expect(variables).toMatchObject({ anonymous: true });
    expect(variables['name'] ?? null).toBeNull();
  });

  it('names each wrong field in Chinese', async () => {
    const { body } = await app
      .anonymous()
      .post(entry)
      .send({ data: { ...report, mainFacts: '太短', name: '' } })
      .expect(422);

    expect(body).toMatchObject({ code: 'invalidForm' });
    expect(body.fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: '/mainFacts', message: '请再多写几句，至少 10 个字。' }),
        expect.objectContaining({ path: '/name', message: expect.stringMatching(/姓名/) }),
      ]),
    );
  });

  it('names each text with characters that are not stored', async () => {
    const data = { ...report, subject: '工资\u0000没有发', demands: [{ text: '补发\u001b工资' }] };

    const { body } = await app.anonymous().post(entry).send({ data }).expect(422);

    expect(body.fields).toEqual([
      expect.objectContaining({ path: '/subject', message: expect.stringMatching(/控制字符/) }),
      expect.objectContaining({ path: '/demands/0/text', message: expect.stringMatching(/控制字符/) }),
    ]);
  });

  it('gives the same number and code for a repeated submission and makes no second case', async () => {
    const key = randomUUID();
    const once = () => app.anonymous().post(entry).set('idempotency-key', key).send({ data: report });

    const first = await once().expect(201);
    await app.running.platform.runtime.idle();
    const before = await app.running.platform.queries.counts();
    const second = await once().expect(201);

    expect([second.body.caseNo, second.body.trackingCode]).toEqual([first.body.caseNo, first.body.trackingCode]);
    expect(await app.running.platform.queries.counts()).toEqual(before);
  });

  it('reads the code in any case and with spaces', async () => {
    const { trackingCode, caseNo } = await send(app);

    const typed = ` ${trackingCode.toLowerCase().replaceAll('-', ' ')} `;
    const { body } = await app.anonymous().post('/api/portal/case').send({ code: typed }).expect(200);

    expect(body).toMatchObject({ caseNo, drill: false, documents: [], reveals: [] });
    expect(body.timeline).toEqual([expect.objectContaining({ text: '已收到', done: false })]);
  });

  it('leaves no step open of a case that has ended', async () => {
    const { trackingCode: code, caseNo } = await send(app);
    const [instance] = await app.running.platform.queries.instancesByCaseNo(caseNo);
    const { runtime } = app.running.platform;
    await runtime.execute({ instanceKey: instance?.key ?? '', command: { type: 'cancelProcessInstance' } });

    const { body } = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);

    expect(body.timeline.map(({ done }: { done: boolean }) => done)).toEqual([true, true]);
  });

  it('answers an unknown code and a wrong PIN in the same words', async () => {
    const { trackingCode: code } = await send(app, anonymousReport, { pin: '246810' });

    const unknown = await app.anonymous().post('/api/portal/case').send(withWrongCode).expect(404);
    const wrongPin = await app.anonymous().post('/api/portal/case').send({ code, pin: '000000' }).expect(404);

    expect(unknown.body).toEqual(wrongPin.body);
  });
});

describe('portal under guessing', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('lets nobody try many codes', async () => {
    const guess = () => app.anonymous().post('/api/portal/case').send(withWrongCode);
    const tries = await Promise.all(Array.from({ length: 10 }, () => guess()));

    const refused = await guess();

    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([404]));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });
});
