import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyChains } from '#persistence';
import { AttachmentsService } from '../../apps/server/src/attachments/attachments.service.js';
import { verifyEverything } from '../../apps/server/src/audit/verify-everything.js';
import { anonymousReport, emergency, register, registration, send, taskAt, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const START = Date.parse('2026-03-02T09:00:00+08:00');
const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;
type Case = Receipt & { processInstanceKey: string };

/** Acceptance scenario 28: what is past its time is destroyed in the night, numbers stay, a legal hold stops it. */
describe('retention', () => {
  let app: TestApp;
  let past: Case;
  let held: Case;
  let open: Case;
  let unnamed: Receipt;
  let accused: Receipt;
  let event: Case;
  let heldEvent: Case;
  let photo: string;
  let heldPhoto: string;
  let letter: string;
  let heldLetter: string;

  const setClock = async (timestamp: number) => {
    await (await app.as('admin')).put('/v2/clock').send({ timestamp }).expect(204);
    await app.running.platform.runtime.idle();
  };
  const end = async (one: Pick<Case, 'processInstanceKey'>) => {
    const { queries, runtime } = app.running.platform;
    for (const { key, state } of await queries.instancesOfCase(one.processInstanceKey))
      if (state === 'ACTIVE') await runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });
    await runtime.idle();
  };
  const revealedOf = async (one: Case, variable: string) => {
    const found = (await app.running.platform.queries.variablesOf(one.processInstanceKey))[variable];
    const sealedKeys = JSON.stringify(found).match(/\d{10,}/g) ?? [];
    const clerk = await app.as('xf_clerk');
    const { processInstanceKey } = one;
    const { body } = await clerk.post('/api/reveals').send({ sealedKeys, reason: '核对身份', processInstanceKey });
    return { status: body.status ?? 200, value: body.values?.[sealedKeys[0]!] as unknown };
  };
  const revealed = async (one: Case) => (await revealedOf(one, 'name')).status;
  const follow = (one: Receipt, pin?: string) =>
    app
      .anonymous()
      .post('/api/portal/case')
      .send({ code: one.trackingCode, ...(pin && { pin }) });
  const rows = (sql: string) => app.running.platform.database.reader.query(sql) as Promise<object[]>;
  const files = async (of: string) =>
    (await readdir(join(app.dataDir, 'attachments'))).filter((name) => name.startsWith(of));
  const launch = async () =>
    (await (await app.as('duty_officer')).post('/api/launchers/emergency').send({ data: emergency })).body as Case;
  const addPhoto = async (to: Case) => {
    const attachments = app.running.app.get(AttachmentsService);
    const bytes = Buffer.from('%PDF-1.4 现场照片');
    const { id } = await attachments.upload({ name: '现场.pdf', bytes, by: 'security_officer' });
    const cipher = await app.running.platform.vault.openCase(to.processInstanceKey);
    await app.running.platform.runtime.write([...(await attachments.claim([id], cipher))]);
    return id;
  };
  /** A letter with the name and the hand of who wrote it. */
  const scan = async () => {
    const bytes = Buffer.from('%PDF-1.4 手写的信');
    return app.running.app.get(AttachmentsService).upload({ name: '信访人的信.pdf', bytes, by: 'xf_clerk' });
  };
  /** Of the open case; saved when the engine's clock began, whatever the time is outside. */
  const addDraft = async () => {
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', open.caseNo);
    await director.put(`/api/tasks/${key}/draft`).send({ data: { mainIssue: '写到一半' } });
    await app.running.platform.runtime.write([{ sql: 'UPDATE drafts SET saved_at = ?', params: [START] }]);
    expect(await rows('SELECT 1 FROM drafts')).toHaveLength(1);
  };
  const nightly = async () => {
    const admin = await app.as('admin');
    const { body } = await admin
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'xf_retention' })
      .expect(200);
    await app.running.platform.runtime.idle();
    return app.running.platform.queries.variablesOf(String(body.processInstanceKey));
  };

  beforeAll(async () => {
    app = await startApp();
    await setClock(START);
    const data = { ...registration, receivedAt: new Date(START).toISOString(), category: 'C01' };
    const [scanned, heldScan] = [await scan(), await scan()];
    letter = scanned.id;
    heldLetter = heldScan.id;
    past = await register(app, { ...data, evidence: [scanned] });
    held = await register(app, { ...data, evidence: [heldScan] });
    open = await register(app, data);
    unnamed = await send(app, anonymousReport, { pin: '135790' });
    accused = await send(app, { ...anonymousReport, wish: 'discipline' }, { pin: '246801' });
    await app.running.platform.runtime.idle();
    event = await launch();
    heldEvent = await launch();
    photo = await addPhoto(event);
    heldPhoto = await addPhoto(heldEvent);
    await addDraft();
    expect(await revealed(past)).toBe(200);
    const [anonymous] = await app.running.platform.queries.instancesByCaseNo(unnamed.caseNo);
    const [accusation] = await app.running.platform.queries.instancesByCaseNo(accused.caseNo);
    const keys = [anonymous, accusation].map((instance) => ({ processInstanceKey: instance!.key }));
    for (const one of [past, held, event, heldEvent, ...keys]) await end(one);
    const committee = await app.as('discipline_committee');
    await committee.post(`/api/instances/${accusation!.key}/hold`).send({ reason: '正在核查' }).expect(204);
    const auditor = await app.as('auditor');
    await auditor.post(`/api/instances/${held.processInstanceKey}/hold`).send({ reason: '诉讼未结' }).expect(204);
    await auditor.post(`/api/instances/${heldEvent.processInstanceKey}/hold`).send({ reason: '公安取证' }).expect(204);
  });
  afterAll(() => app.close());

  it('keeps event media and drafts for 30 days', async () => {
    await setClock(START + 29 * DAY_MS);
    const before = [await nightly(), await files(photo), await rows('SELECT 1 AS found FROM drafts')];

    await setClock(START + 31 * DAY_MS);
    const told = await nightly();

    expect(told).toMatchObject({ mediaCount: 1 });
    expect(before).toEqual([
      expect.objectContaining({ mediaCount: 0, draftCount: 0 }),
      expect.arrayContaining([expect.stringContaining(photo)]),
      [{ found: 1 }],
    ]);
    expect([await files(photo), await rows('SELECT 1 FROM drafts')]).toEqual([[], []]);
    const attachments = app.running.app.get(AttachmentsService);
    await expect(attachments.read(photo, event.processInstanceKey)).rejects.toMatchObject({ code: 'invalidState' });
  });

  it('keeps event media longer under a legal hold alone, says so, and deletes them in the night after it is lifted', async () => {
    const attachments = app.running.app.get(AttachmentsService);
    const read = () => attachments.read(heldPhoto, heldEvent.processInstanceKey);
    const told = await nightly();
    const kept = await read();
    const auditor = await app.as('auditor');
    const lift = `/api/instances/${heldEvent.processInstanceKey}/hold/lift`;
    await auditor.post(lift).send({ reason: '取证完毕' }).expect(204);

    const after = await nightly();

    expect(told).toMatchObject({ mediaCount: 0 });
    expect(told['held']).toContainEqual(expect.objectContaining({ caseNo: heldEvent.caseNo, reason: '公安取证' }));
    expect(kept).toBeTruthy();
    expect(after).toMatchObject({ mediaCount: 1 });
    expect(await files(heldPhoto)).toEqual([]);
    await expect(read()).rejects.toMatchObject({ code: 'invalidState' });
  });

  it('keeps what an anonymous petitioner follows a case with for a year after its end, and that of a named one on', async () => {
    await setClock(START + 360 * DAY_MS);
    const before = (await follow(unnamed, '135790')).status;

    await setClock(START + 1.1 * YEAR_MS);
    await nightly();

    expect([before, (await follow(unnamed, '135790')).status, (await follow(past)).status]).toEqual([200, 404, 200]);
  });

  it('keeps identities for three years, and what was reported on; a legal hold stops it and is told, of an accusation to its committee alone', async () => {
    await setClock(START + 2.9 * YEAR_MS);
    const before = await revealedOf(past, 'name');

    await setClock(START + 3.1 * YEAR_MS);
    const told = await nightly();

    expect(before).toEqual({ status: 200, value: registration.name });
    expect(await revealedOf(past, 'name')).toEqual({ status: 200, value: '（已清除）' });
    expect(await revealedOf(past, 'mainFacts')).toEqual({ status: 200, value: registration.mainFacts });
    expect((await revealedOf(held, 'name')).value).toBe(registration.name);
    expect((await revealedOf(open, 'name')).value).toBe(registration.name);
    expect(told['held']).toEqual([{ caseNo: held.caseNo, bpmnProcessId: 'xf_main', reason: '诉讼未结' }]);
    const matches = `SELECT 1 FROM sealed_matches WHERE kind <> 'excludes' AND case_key = '${past.processInstanceKey}'`;
    expect(await rows(matches)).toEqual([]);
  });

  it('keeps originals no longer than identities, as a letter shows who wrote it: neither value nor file is left', async () => {
    const attachments = app.running.app.get(AttachmentsService);
    const read = (id: string, { processInstanceKey }: Case) => attachments.read(id, processInstanceKey);
    const [known] = await rows(`SELECT name, digest, sealed FROM attachments WHERE id = '${letter}'`);

    expect(JSON.stringify(await revealedOf(past, 'evidence'))).not.toContain(letter);
    expect(await files(letter)).toEqual([]);
    expect(known).toEqual({ name: '', digest: '', sealed: null });
    await expect(read(letter, past)).rejects.toMatchObject({ code: 'invalidState' });
    expect((await read(heldLetter, held)).bytes.toString()).toContain('手写的信');
  });

  it('keeps who looked at what for six years, and the audit log whole for ever', async () => {
    const looks = async () => (await rows('SELECT at FROM access_log')) as { at: number | string }[];
    const before = (await looks()).map(({ at }) => Number(at) - START);

    await setClock(START + 7 * YEAR_MS);
    await nightly();

    const after = (await looks()).map(({ at }) => Number(at) - START);
    expect(Math.min(...before)).toBeLessThan(DAY_MS);
    expect(Math.min(...after)).toBeGreaterThan(YEAR_MS);
    expect(after.length).toBeLessThan(before.length);
    const emptied = await rows(`SELECT payload FROM audit_log WHERE type = 'access_log.insert' AND payload IS NULL`);
    expect(emptied).toHaveLength(before.length - after.length);
    const report = await verifyEverything(app.running.platform.database, join(app.dataDir, 'audit'));
    expect(report.faults).toEqual([]);
  });

  it('leaves everything else alone before its time', async () => {
    await setClock(START + 9 * YEAR_MS);

    expect(await nightly()).toMatchObject({ destroyedCount: 0 });
    expect((await revealedOf(past, 'mainFacts')).value).toBe(registration.mainFacts);
  });

  it('destroys what is past it, neither what is held nor what is open, and says so', async () => {
    await setClock(START + 11 * YEAR_MS);

    const { items } = await app.running.platform.queries.search('variables', {
      filter: { name: 'heldCount' },
      page: { limit: 50 },
    });

    expect(items.map(({ value }) => value)).toContain('1');
    expect([await revealed(past), await revealed(held), await revealed(open)]).toEqual([409, 200, 200]);
    await app.anonymous().post('/api/portal/case').send({ code: past.trackingCode }).expect(404);
  });

  it('leaves the number, its row and a whole chain, and stands among the destructions', async () => {
    const auditor = await app.as('auditor');
    const { body } = await auditor.get('/api/destructions').expect(200);
    const { body: ledger } = await (await app.as('xf_clerk')).get('/api/ledgers/L01/rows').expect(200);

    expect(body.destructions).toContainEqual(
      expect.objectContaining({
        caseNo: past.caseNo,
        askedBy: { id: 'rule:retention.caseYears', name: '办结以后保存年限' },
        decidedBy: { id: expect.stringMatching(/^process:/), name: expect.stringContaining('到期') },
        state: 'destroyed',
      }),
    );
    expect(JSON.stringify(ledger.items)).toContain(past.caseNo);
    expect((await verifyChains(app.running.platform.database)).broken).toEqual([]);
  });

  it('asks the auditor to look through the list, and destroys what was held once the hold is lifted', async () => {
    const auditor = await app.as('auditor');
    const { body } = await auditor.get('/api/tasks?view=claimable').expect(200);
    const lift = `/api/instances/${held.processInstanceKey}/hold/lift`;
    await auditor.post(lift).send({ reason: '判决生效' }).expect(204);

    const told = await nightly();

    expect(body.items.map(({ name }: { name: string }) => name)).toContain('复核清单');
    expect(told).toMatchObject({
      destroyed: [{ caseNo: held.caseNo, bpmnProcessId: 'xf_main' }],
      destroyedCounts: [{ process: 'xf_main', count: 1 }],
      heldCount: 0,
    });
  });
});
