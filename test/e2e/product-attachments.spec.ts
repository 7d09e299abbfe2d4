import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { AttachmentsService } from '../../apps/server/src/attachments/attachments.service.js';
import { photo } from '../../apps/server/src/attachments/plain/spec-files.js';
import { SealedNames } from '../../apps/server/src/attachments/sealed-names.service.js';
import { acceptance, complete, emergency, register, registration, report } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const canary = 'canary-in-a-file';
const pdf = Buffer.from(`%PDF-1.7\n${canary}\n%%EOF`);

describe('attachments', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const upload = (bytes: Buffer, name = '工资条.pdf') =>
    app.anonymous().post('/api/portal/attachments').attach('file', bytes, name);
  const attachment = async (): Promise<Response['body']> => (await upload(pdf).expect(201)).body.attachment;

  it('are known by their content, whatever their name says', async () => {
    const taken = await upload(pdf, 'photo.png').expect(201);
    const refused = await upload(Buffer.from('<html><script>alert(1)</script>'), 'photo.png').expect(415);

    expect(taken.body.attachment).toMatchObject({ type: 'application/pdf', size: pdf.length });
    expect(refused.body.detail).toMatch(/PNG/);
  });

  it('are refused when empty or larger than 10 MB', async () => {
    await upload(Buffer.alloc(0)).expect(400);
    await upload(Buffer.concat([pdf, Buffer.alloc(10 * 1024 * 1024)])).expect(413);
  });

  it('tell no place, time, device or author: photos keep which side is up, and a damaged one is refused', async () => {
    const { body } = await upload(photo(), '现场.jpg').expect(201);
    const { processInstanceKey } = await register(app, { ...registration, evidence: [body.attachment] });
    const refused = await upload(photo().subarray(0, 40), '现场.jpg').expect(400);

    const { bytes } = await app.running.app.get(AttachmentsService).read(body.attachment.id, processInstanceKey);
    expect(photo().includes('GPS')).toBe(true);
    expect([bytes.includes('GPS'), bytes.includes('Exif'), bytes.length]).toEqual([false, true, body.attachment.size]);
    expect(refused.body.detail).toBe('图片不完整或已损坏，请重新拍照或另存后再传。');
  });

  it('lie encrypted on the disk', async () => {
    await attachment();

    const folder = join(app.dataDir, 'attachments');
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));

    expect(files.length).toBeGreaterThan(0);
    expect(Buffer.concat(files).includes(canary)).toBe(false);
  });

  it('have names and digests that nobody reads in the table, before and after a case has them', async () => {
    const name = '信访人张三丰的照片.pdf';
    const { attachment: left } = (await upload(pdf, name).expect(201)).body;
    const { attachment: claimed } = (await upload(pdf, name).expect(201)).body;
    await app
      .anonymous()
      .post('/api/portal/entries/report')
      .send({ data: { ...report, evidence: [claimed] } })
      .expect(201);

    const rows = await app.running.platform.database.reader.query('SELECT * FROM attachments');
    const files = await Promise.all(
      ['changtong.sqlite', 'changtong.sqlite-wal'].map((file) => readFile(join(app.dataDir, file))),
    );

    const digest = createHash('sha256').update(pdf).digest('hex');
    expect([left.name, claimed.name]).toEqual([name, name]);
    expect(JSON.stringify(rows)).toContain(claimed.id);
    for (const word of ['张三丰', digest])
      expect([JSON.stringify(rows), ...files].filter((text) => text.includes(word))).toEqual([]);
  });

  it('that were there before names were sealed are sealed at the next start, and open as they did', async () => {
    const { runtime, database } = app.running.platform;
    const [waiting, file] = [await attachment(), await attachment()];
    const { processInstanceKey } = await register(app, { ...registration, evidence: [file] });
    const rows = () => database.reader.query("SELECT id, name, digest, sealed FROM attachments WHERE name <> ''");
    const asBefore = (id: string) => ({
      sql: "UPDATE attachments SET name = '李四的信.pdf', digest = 'd', sealed = NULL WHERE id = ?",
      params: [id],
    });
    await runtime.write([asBefore(waiting.id), asBefore(file.id)]);

    await app.running.app.get(SealedNames).onModuleInit();

    expect(await rows()).toEqual([]);
    const attachments = app.running.app.get(AttachmentsService);
    expect((await attachments.read(file.id, processInstanceKey)).name).toBe('李四的信.pdf');
    const { processInstanceKey: second } = await register(app, { ...registration, evidence: [waiting] });
    expect((await attachments.read(waiting.id, second)).name).toBe('李四的信.pdf');
  });

  it('belong to the case whose report names them, and to no second one', async () => {
    const evidence = [await attachment()];
    const send = () =>
      app
        .anonymous()
        .post('/api/portal/entries/report')
        .send({ data: { ...report, evidence } });

    await send().expect(201);
    await send().expect(409);
  });

  it('do not stand in the way of a repeated submission', async () => {
    const evidence = [await attachment()];
    const submission = { data: { ...report, evidence } };
    const send = () =>
      app.anonymous().post('/api/portal/entries/report').set('idempotency-key', 'again').send(submission);

    const first = await send().expect(201);
    const second = await send().expect(201);

    expect(second.body.caseNo).toBe(first.body.caseNo);
  });

  it('lie under the key of their case alone once a case has them', async () => {
    const evidence = [await attachment()];
    await app
      .anonymous()
      .post('/api/portal/entries/report')
      .send({ data: { ...report, evidence } })
      .expect(201);

    await app.running.app.get(AttachmentsService).sweep();
    const files = (await readdir(join(app.dataDir, 'attachments'))).filter((name) => name.startsWith(evidence[0].id));

    expect(files).toEqual([expect.stringMatching(/\.\d+$/)]);
  });

  it('must have been uploaded', async () => {
    const evidence = [{ id: '00000000-0000-4000-8000-000000000000', name: 'a.pdf', size: 10, type: 'application/pdf' }];

    await app
      .anonymous()
      .post('/api/portal/entries/report')
      .send({ data: { ...report, evidence } })
      .expect(422);
  });

  it('open with a reason for who works on the case', async () => {
    const file = await attachment();
    const { processInstanceKey } = await register(app, { ...registration, evidence: [file] });
    const variables = await app.running.platform.queries.variablesOf(processInstanceKey);
    const [sealedKey] = JSON.stringify(variables['evidence']).match(/\d{10,}/) ?? [];
    const download = async (account: string, reason: string) =>
      (await app.as(account)).get(`/api/attachments/${file.id}`).query({ sealedKey, reason, processInstanceKey });

    const [opened, silent, stranger] = [
      await download('xf_clerk', '核对材料'),
      await download('xf_clerk', ''),
      await download('unit_head', '看看'),
    ];

    expect([opened.status, silent.status, stranger.status]).toEqual([200, 422, 404]);
    expect(opened.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('工资条.pdf')}`,
    );
    expect(Buffer.from(opened.body).includes(canary)).toBe(true);
  });

  it('of a petitioner stay with the office: the unit that has the case reads what was typed, and the refusal is on record', async () => {
    const file = await attachment();
    const { processInstanceKey, caseNo } = await register(app, { ...registration, evidence: [file] });
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    const variables = await app.running.platform.queries.variablesOf(processInstanceKey);
    const [sealedKey] = JSON.stringify(variables['evidence']).match(/\d{10,}/) ?? [];
    const { $sealed: facts } = variables['mainFacts'] as { $sealed: string };
    const reason = '调查核实';
    const head = await app.as('unit_head');
    const download = (account: typeof head) =>
      account.get(`/api/attachments/${file.id}`).query({ sealedKey, reason, processInstanceKey });

    const scan = await download(head);
    const typed = await head.post('/api/reveals').send({ sealedKeys: [facts], reason, processInstanceKey });

    expect([scan.status, typed.status]).toEqual([403, 200]);
    expect(Buffer.from(scan.text).includes(canary)).toBe(false);
    expect((await download(await app.as('xf_office_director'))).status).toBe(200);
    const { body: log } = await (await app.as('auditor')).get('/api/access-log').expect(200);
    expect(log.items[0]).toMatchObject({ account: { id: 'xf_office_director' }, class: '原件' });
    expect(JSON.stringify(log.items)).toContain('unit_head');
  });

  it('taken at an event say why and in whose hands they are, and open with a reason to the office alone', async () => {
    const file = await attachment();
    const launched = await (await app.as('duty_officer')).post('/api/launchers/emergency').send({ data: emergency });
    const { processInstanceKey } = launched.body;
    const taken = { action: 'dissuasion', text: '劝阻堵路。', evidenceTaken: true, evidence: [file] };
    const grounds = { evidenceAct: 'block', evidenceReason: '大门被堵，要报警。', custodian: 'security_officer' };
    const log = async (data: object) =>
      (await app.as('security_officer')).post(`/api/instances/${processInstanceKey}/actions/log`).send({ data });

    const refused = await log(taken);
    const logged = await log({ ...taken, ...grounds });

    await app.running.platform.runtime.idle();
    const { journal, evidenceCount } = await app.running.platform.queries.variablesOf(processInstanceKey);
    const [entry] = journal as { evidence: object; custodian: string }[];
    const [sealedKey] = JSON.stringify(entry?.evidence).match(/\d{10,}/) ?? [];
    const download = async (account: string) =>
      (await app.as(account))
        .get(`/api/attachments/${file.id}`)
        .query({ sealedKey, reason: '核对取证', processInstanceKey });
    expect(refused.body.fields.map(({ path }: { path: string }) => path)).toEqual([
      '/evidenceAct',
      '/evidenceReason',
      '/custodian',
    ]);
    expect([logged.status, entry?.custodian, evidenceCount]).toEqual([204, 'security_officer', 1]);
    expect((await download('xf_clerk')).status).toBe(200);
    expect((await download('lead_group_deputy')).status).toBe(403);
  });
});
