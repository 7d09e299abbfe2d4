import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttachmentsService } from '../../apps/server/src/attachments/attachments.service.js';
import { CLEARED } from '#vault';
import { acceptance, complete, register, registration, taskAt, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const pdf = Buffer.from('%PDF-1.7\ncanary-in-a-file\n%%EOF');

/** An accusation that the assessment parts from a petition: with its files it is the committee's alone (`ct.take-over`). */
describe('an accusation parted from a petition', () => {
  let app: TestApp;
  let petition: Receipt & { processInstanceKey: string };
  let accusationKey: string;
  let accusationNo: string;
  let fileId: string;
  let shown: { subject: { $sealed: string }; mainFacts: { $sealed: string } };

  const download = async (account: string, processInstanceKey: string) => {
    const variables = await app.running.platform.queries.variablesOf(processInstanceKey);
    const [sealedKey] = JSON.stringify(variables['evidence']).match(/\d{10,}/) ?? [];
    const agent = await app.as(account);
    return agent.get(`/api/attachments/${fileId}`).query({ sealedKey, reason: '核对材料', processInstanceKey });
  };
  const stored = async () =>
    (await readdir(join(app.dataDir, 'attachments'))).filter((name) => name.startsWith(fileId));

  beforeAll(async () => {
    app = await startApp();
    const sent = await app.anonymous().post('/api/portal/attachments').attach('file', pdf, '原信.pdf').expect(201);
    const { attachment } = sent.body as { attachment: { id: string } };
    fileId = attachment.id;
    petition = await register(app, { ...registration, evidence: [attachment] });
    const director = await app.as('xf_office_director');
    const sheet = await director
      .get(`/api/tasks/${await taskAt(director, 'assessAcceptance', petition.caseNo)}`)
      .expect(200);
    shown = (sheet.body as { data: typeof shown }).data;
    const parted = {
      accusationSplit: true,
      accusationText: '反映采购的负责人拿好处',
      restFacts: '材料款拖了半年没有付。',
      restDemand: '付清材料款',
    };
    const { subject, mainFacts } = shown;
    const data = { ...acceptance, ...parted, subject, mainFacts };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo: petition.caseNo, data });
    const committee = await app.as('discipline_committee');
    const { body } = await committee.get('/api/tasks').query({ view: 'all', q: 'JB-' }).expect(200);
    const [task] = (body as { items: { processInstanceKey: string; caseNo: string }[] }).items;
    ({ processInstanceKey: accusationKey, caseNo: accusationNo } = task!);
  });
  afterAll(() => app.close());

  it('takes the files along: they open for the committee', async () => {
    const opened = await download('discipline_committee', accusationKey);

    expect(opened.status).toBe(200);
    expect(Buffer.from(opened.body).equals(pdf)).toBe(true);
  });

  it('leaves nothing of them in the petition', async () => {
    const variables = await app.running.platform.queries.variablesOf(petition.processInstanceKey);

    expect(variables['evidence']).toBeNull();
    expect((await download('xf_clerk', petition.processInstanceKey)).status).toBe(404);
  });

  it('leaves no way to what the assessment showed of it, not even for who assessed it', async () => {
    const handles = [shown.subject.$sealed, shown.mainFacts.$sealed];
    const { platform } = app.running;
    const variables = JSON.stringify(await platform.queries.variablesOf(petition.processInstanceKey));
    const director = await app.as('xf_office_director');
    const { processInstanceKey } = petition;

    expect(handles).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)]);
    for (const handle of handles) {
      expect(variables).not.toContain(handle);
      const look = { sealedKeys: [handle], reason: '再看一次', processInstanceKey };
      const { body } = await director.post('/api/reveals').send(look).expect(200);
      expect((body as { values: object }).values).toEqual({ [handle]: CLEARED });
    }
    const opened = await director.get(`/api/instances/${processInstanceKey}`).expect(200);
    for (const handle of handles) expect(JSON.stringify(opened.body)).not.toContain(handle);
  });

  it('is followed with the code of the petition, beside the petition', async () => {
    const look = (more: object) =>
      app
        .anonymous()
        .post('/api/portal/case')
        .send({ code: petition.trackingCode, ...more });

    const [own, other] = [await look({}).expect(200), await look({ caseNo: accusationNo }).expect(200)];

    expect(own.body).toMatchObject({
      caseNo: petition.caseNo,
      cases: [{ caseNo: petition.caseNo }, { caseNo: accusationNo }],
    });
    expect(other.body).toMatchObject({ caseNo: accusationNo, state: { label: '纪委已收到' }, documents: [] });
    expect(other.body.cases).toEqual(own.body.cases);
    await look({ caseNo: 'JB-2020-0001' }).expect(404);
  });

  it('leaves no copy under the key of the petition', async () => {
    const old = new Date(Date.now() - 2 * 3_600_000);
    const folder = join(app.dataDir, 'attachments');
    await Promise.all((await stored()).map((name) => utimes(join(folder, name), old, old)));

    await app.running.app.get(AttachmentsService).sweep();

    expect(await stored()).toEqual([expect.not.stringContaining(petition.processInstanceKey)]);
    expect((await download('discipline_committee', accusationKey)).status).toBe(200);
  });
});
