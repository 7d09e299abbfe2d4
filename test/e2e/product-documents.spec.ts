import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileTemplate, dateCN } from '#documents';
import { unzip } from '#testing';
import { DocumentsService } from '../../apps/server/src/documents/documents.service.js';
import { acceptance, canary, complete, emergency, register, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const findings = [
  {
    claim: '补发工资',
    facts: '考勤记录显示未计发。',
    evidence: '考勤记录、工资表。',
    basis: '劳动法第五十条',
    conclusion: 'support',
  },
];
const claims = [
  {
    claim: '补发工资',
    facts: '考勤记录显示未计发。',
    basis: '劳动法第五十条',
    decision: 'support',
    reason: '考勤记录属实，应当补发。',
  },
];
const investigation = {
  findings,
  petitionerHeard: true,
  otherSideHeard: true,
  rootCause: '考勤漏报。',
  proposedReply: '补发工资。',
};
const reply = {
  replyTitle: '关于工资的处理意见',
  receivedNote: '您反映的事项我们已收到并调查核实，现答复如下。',
  claims,
  carriedOut: true,
  remedy: '如不服本意见，可自收到之日起30日内，向公司信访办提出复查申请。',
  contact: '党政办（信访维稳办公室）',
  unitName: '石圪台煤矿',
  issueDate: '2026-03-22',
};

/** The unit answers and the leader signs. */
async function bringToSigned(app: TestApp, caseNo: string): Promise<void> {
  const clear = { ...acceptance, factsClear: true };
  await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: clear });
  await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
  await complete(app, { as: 'unit_handler', element: 'shortReport', caseNo, data: investigation });
  await complete(app, { as: 'unit_handler', element: 'draftReply', caseNo, data: reply });
  await complete(app, { as: 'unit_head', element: 'checkReply', caseNo, data: { signDecision: 'agree' } });
  await complete(app, { as: 'mine_leader', element: 'signReply', caseNo, data: { signDecision: 'agree' } });
}

describe('documents', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('print the register sheet in the name of who asks, with a reason that is recorded', async () => {
    const { processInstanceKey, caseNo } = await register(app);
    const clerk = await app.as('xf_clerk');
    const path = `/api/instances/${processInstanceKey}/documents/T01`;

    await clerk.post(path).send({}).expect(422);
    const { body } = await clerk.post(path).send({ reason: '归档打印' }).expect(200);
    const log = await (await app.as('auditor')).get('/api/access-log').expect(200);

    expect(body.html).toContain(canary.name);
    expect(log.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ caseNo, field: '姓名', purpose: 'document', reason: '归档打印' }),
      ]),
    );
  });

  it.each(['xf_clerk', 'xf_office_director', 'lead_group_head', 'discipline_committee'])(
    'and protected values are offered to %s only where they open',
    async (account) => {
      const { processInstanceKey } = await register(app);
      const agent = await app.as(account);
      const { body } = await agent.get(`/api/instances/${processInstanceKey}`).expect(200);
      const reason = '核对';
      const openable = Object.entries<{ canReveal: boolean }>(body.sealed).flatMap(([key, { canReveal }]) =>
        canReveal ? [key] : [],
      );

      for (const { id } of body.documents)
        await agent.post(`/api/instances/${processInstanceKey}/documents/${id}`).send({ reason }).expect(200);
      if (openable.length > 0)
        await agent.post('/api/reveals').send({ sealedKeys: openable, reason, processInstanceKey }).expect(200);
      // The clerk who registered it has some of both; who only oversees has none.
      const isWorker = account.startsWith('xf_');
      expect([body.documents.length > 0, openable.length > 0]).toEqual([isWorker, isWorker]);
    },
  );

  it('are refused with the place in the template where one grows past its limits', async () => {
    const { processInstanceKey } = await register(app);
    const service = app.running.app.get(DocumentsService);
    const instance = await app.running.platform.queries.instance(processInstanceKey);
    const compiled = compileTemplate('<p>\n</p>{{qr text}}'.repeat(30), { id: 'T01' });
    const entry = { ...service.entry('T01'), ...(compiled.ok && { compiled: compiled.template }) };

    await expect(service.render(entry, instance!, { text: 'x' })).rejects.toThrow(
      'workflows/xf_main/documents/T01.hbs:22: Expected at most 20 QR codes in a document.',
    );
  });

  it('show the code on the first receipt and never again', async () => {
    const { processInstanceKey, receiptHtml, trackingCode } = await register(app);

    const { body } = await (
      await app.as('xf_clerk')
    )
      .post(`/api/instances/${processInstanceKey}/documents/T02`)
      .send({ reason: '补打回执' })
      .expect(200);

    expect(receiptHtml).toContain(trackingCode);
    expect(body.html).not.toContain(trackingCode);
    expect(body.html).toContain('查询码在登记时已经给您');
    expect(body.html).not.toContain('请抄下或拍照');
  });

  it('carry the day of the registration when they are printed again later', async () => {
    const { processInstanceKey, receiptHtml } = await register(app);
    const head = (html: string) => /日期：[^<]+/.exec(html)?.[0] ?? '';
    await (
      await app.as('admin')
    )
      .put('/v2/clock')
      .send({ timestamp: Date.now() + 40 * 86_400_000 })
      .expect(204);

    const clerk = await app.as('xf_clerk');
    const sheets = ['T01', 'T02'].map((id) => clerk.post(`/api/instances/${processInstanceKey}/documents/${id}`));
    const pages = await Promise.all(sheets.map((sheet) => sheet.send({ reason: '归档打印' }).expect(200)));
    await (await app.as('admin')).post('/v2/clock/reset').expect(204);

    expect(pages.map(({ body }) => head(body.html))).toEqual([head(receiptHtml), head(receiptHtml)]);
  });

  it('name who registered where nobody is named as having received the visit', async () => {
    const nobody = await register(app, { ...registration, receptionist: undefined });
    const somebody = await register(app, { ...registration, receptionist: '值班接访员' });
    const clerk = await app.as('xf_clerk');
    const received = async (key: string) => {
      const { body } = await clerk.post(`/api/instances/${key}/documents/T01`).send({ reason: '归档打印' }).expect(200);
      return /<td>接访人<\/td><td>([^<]*)/.exec(body.html)?.[1];
    };

    expect(await received(nobody.processInstanceKey)).toBe('信访登记承办人');
    expect(await received(somebody.processInstanceKey)).toBe('值班接访员');
  });

  it('carry the day of their printing where the file does not say that they are dated by the start', async () => {
    const { processInstanceKey } = await register(app);
    const instance = await app.running.platform.queries.instance(processInstanceKey);
    const service = app.running.app.get(DocumentsService);
    const { dated, ...undated } = service.entry('T01');
    const later = new Date(instance!.startAt + 40 * 86_400_000);
    await (await app.as('admin')).put('/v2/clock').send({ timestamp: later.getTime() }).expect(204);

    const { html } = await service.render(undated, instance!, {});
    await (await app.as('admin')).post('/v2/clock/reset').expect(204);

    const day = dateCN(later.getTime(), 'Asia/Shanghai');
    expect(dated).toBe('start');
    expect(html).toContain(`日期：${day}`);
  });

  it('are not there for posts that they are not for', async () => {
    const { processInstanceKey } = await register(app);

    await (
      await app.as('admin')
    )
      .post(`/api/instances/${processInstanceKey}/documents/T01`)
      .send({ reason: '看看' })
      .expect(404);
    await (
      await app.as('unit_head')
    )
      .post(`/api/instances/${processInstanceKey}/documents/T01`)
      .send({ reason: '看看' })
      .expect(404);
  });

  it('are taken out as Word files where an office edits them, recorded as any look is', async () => {
    const { processInstanceKey, caseNo } = await register(app);
    await bringToSigned(app, caseNo);
    const path = `/api/instances/${processInstanceKey}/documents/T09`;
    const clerk = await app.as('xf_clerk');
    const reason = '修改后再签发';

    await clerk.post(`${path}/word`).send({}).expect(422);
    const page = await clerk.post(path).send({ reason: '先看一看' }).expect(200);
    const { body, headers } = await clerk
      .post(`${path}/word`)
      .send({ reason })
      .responseType('blob')
      .expect(200)
      .expect('content-type', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document')
      .expect('cache-control', 'no-store');
    const log = await (await app.as('auditor')).get('/api/access-log').expect(200);

    const xml = unzip(body as Buffer).get('word/document.xml') ?? '';
    expect(page.body.html).toContain(canary.name);
    expect(xml).toContain(canary.name);
    expect(xml).toContain('考勤记录属实，应当补发。');
    expect(decodeURIComponent(headers['content-disposition'] ?? '')).toContain('石圪台煤矿信访事项处理意见书.docx');
    expect(log.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ caseNo, field: '姓名', purpose: 'document', reason }),
        expect.objectContaining({ caseNo, field: expect.stringMatching(/^.+ · .+$/), purpose: 'document', reason }),
      ]),
    );
  });

  it('are no Word files for other posts, nor where nobody is to edit them', async () => {
    const { processInstanceKey } = await register(app);
    const path = `/api/instances/${processInstanceKey}/documents`;
    const rows = await (await app.as('xf_clerk')).get(`/api/instances/${processInstanceKey}`).expect(200);
    const send = async (account: string, id: string) =>
      (await app.as(account)).post(`${path}/${id}/word`).send({ reason: '下载' });

    expect(await send('xf_clerk', 'T01')).toMatchObject({ status: 404 });
    expect(await send('admin', 'T09')).toMatchObject({ status: 404 });
    expect(rows.body.documents).toContainEqual(expect.objectContaining({ id: 'T01', word: false }));
  });

  it('reach the petitioner as the signed reply, with the code alone', async () => {
    const { caseNo, trackingCode: code } = await register(app);
    await bringToSigned(app, caseNo);

    const page = await app.anonymous().post('/api/portal/case').send({ code }).expect(200);
    const letters = page.body.documents as { key: string; title: string }[];
    const key = letters.find(({ title }) => title === '石圪台煤矿信访事项处理意见书')?.key;
    const letter = await app.anonymous().post('/api/portal/case/document').send({ code, key }).expect(200);
    await app.anonymous().post('/api/portal/case/document').send({ code: 'ABCD-EFGH-JKLM', key }).expect(404);

    expect(letters.map(({ title }) => title)).toEqual([
      '信访事项受理告知书',
      '信访人权利与其他途径说明',
      '石圪台煤矿信访事项处理意见书',
    ]);
    expect(letter.body.html).toContain('考勤记录属实，应当补发。');
  });
});

describe('documents of a case that calls another process', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('stand together on the page of each of its instances', async () => {
    const { caseNo, processInstanceKey } = await register(app);
    await bringToSigned(app, caseNo);
    const clerk = await app.as('xf_clerk');
    const tasks = await clerk.get(`/api/tasks?view=all&q=${caseNo}`).expect(200);
    const delivery = tasks.body.items.find(({ elementId }: { elementId: string }) => elementId === 'deliverReply');
    const titles = async (key: string) => {
      const { body } = await clerk.get(`/api/instances/${key}`).expect(200);
      return body.documents.map(({ id }: { id: string }) => id);
    };

    const ofCase = await titles(processInstanceKey);
    const ofCalled = await titles(delivery.processInstanceKey);
    const sheet = await clerk
      .post(`/api/instances/${delivery.processInstanceKey}/documents/T01`)
      .send({ reason: '归档打印' })
      .expect(200);

    expect(ofCase).toEqual(expect.arrayContaining(['T01', 'T02', 'T09']));
    expect(ofCalled).toEqual(ofCase);
    expect(sheet.body.html).toContain(canary.name);
  });
});

describe('launchers', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('say before the click what happens after it', async () => {
    const { body } = await (await app.as('xf_clerk')).get('/api/launchers').expect(200);

    expect(body.filter(({ next }: { next: string | null }) => !next?.endsWith('。'))).toEqual([]);
  });

  it('are offered to the posts that they are for', async () => {
    const offered = async (account: string) => {
      const { body } = await (await app.as(account)).get('/api/launchers').expect(200);
      return body.map(({ id }: { id: string }) => id);
    };

    const lists = await Promise.all(['xf_clerk', 'security_officer', 'unit_handler'].map(offered));

    expect(lists).toEqual([
      ['register', 'call', 'consult', 'emergency', 'ownership', 'review', 'duty', 'contact', 'evidenceHold'],
      ['emergency'],
      ['emergency', 'identity'],
    ]);
  });

  it('start the emergency plan as a drill that is marked everywhere', async () => {
    const officer = await app.as('security_officer');

    const started = await officer.post('/api/launchers/emergency').send({ data: emergency }).expect(201);
    await app.running.platform.runtime.idle();
    const instance = await officer.get(`/api/instances/${started.body.processInstanceKey}`).expect(200);
    const tasks = await (await app.as('xf_clerk')).get('/api/tasks?view=all').expect(200);

    expect(started.body).toMatchObject({ room: true, caseNo: expect.stringMatching(/^YJ-/) });
    expect(instance.body).toMatchObject({ drill: true, room: { title: '应急处置室' } });
    expect(tasks.body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ elementId: 'firstReport', drill: true, dueAt: expect.any(String) }),
      ]),
    );
  });

  it('are not there for other posts and refuse what is filled wrongly', async () => {
    await (await app.as('unit_handler')).post('/api/launchers/contact').send({ data: emergency }).expect(404);
    const { body } = await (
      await app.as('xf_clerk')
    )
      .post('/api/launchers/emergency')
      .send({ data: { ...emergency, participants: -1 } })
      .expect(422);

    expect(body.fields).toEqual([expect.objectContaining({ path: '/participants' })]);
  });
});
