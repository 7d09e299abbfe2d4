import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyChains } from '#persistence';
import { AttachmentsService } from '../../apps/server/src/attachments/attachments.service.js';
import { canary, register, registration, type Receipt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const reason = { reason: '保存期已满' };
const auditing = expect.objectContaining({ id: 'auditor' });

describe('destruction of a case', () => {
  let app: TestApp;
  let registered: Receipt & { processInstanceKey: string };
  beforeEach(async () => {
    app = await startApp();
    registered = await register(app, { ...registration, category: 'C01' });
  });
  afterEach(() => app.close());

  const instancePath = (more: string) => `/api/instances/${registered.processInstanceKey}/${more}`;
  const end = async () => {
    const { queries, runtime } = app.running.platform;
    const { caseKey } = (await queries.instance(registered.processInstanceKey))!;
    for (const { key, state } of await queries.instancesOfCase(caseKey!))
      if (state === 'ACTIVE') await runtime.execute({ instanceKey: key, command: { type: 'cancelProcessInstance' } });
    await runtime.idle();
  };
  const ask = async (): Promise<string> => {
    const admin = await app.as('admin');
    const { body } = await admin.post(instancePath('destruction')).send(reason).expect(201);
    return (body as { destructionKey: string }).destructionKey;
  };
  const decide = async (key: string, approved: boolean) => {
    const auditor = await app.as('auditor');
    return auditor.post(`/api/destructions/${key}/decision`).send({ approved, comment: '已核对' });
  };
  const revealName = async () => {
    const { name } = await app.running.platform.queries.variablesOf(registered.processInstanceKey);
    const sealedKeys = [(name as { $sealed: string }).$sealed];
    const { processInstanceKey } = registered;
    const clerk = await app.as('xf_clerk');
    return clerk.post('/api/reveals').send({ sealedKeys, reason: '核对身份', processInstanceKey });
  };

  it('is refused while the case is open', async () => {
    const admin = await app.as('admin');

    const { body } = await admin.post(instancePath('destruction')).send(reason).expect(409);

    expect(body.detail).toContain('尚未办结');
  });

  it('waits for a second person, and leaves nothing readable and every chain whole', async () => {
    await end();
    const { runtime, database } = app.running.platform;
    const attachments = app.running.app.get(AttachmentsService);
    const file = { name: `${canary.name}.pdf`, bytes: Buffer.from('%PDF-1.7'), by: 'xf_clerk' };
    const { id } = await attachments.upload(file);
    const cipher = await app.running.platform.vault.openCase(registered.processInstanceKey);
    await runtime.write(await attachments.claim([id], cipher));
    const before = await revealName();
    const destructionKey = await ask();
    const waiting = await revealName();

    const decided = await decide(destructionKey, true);
    const after = await revealName();

    expect([before.status, waiting.status, decided.status, after.status]).toEqual([200, 200, 204, 409]);
    expect(Object.values(before.body.values)).toEqual([canary.name]);
    expect(JSON.stringify(after.body)).not.toContain(canary.name);
    const keys = await database.reader.query('SELECT wrapped_key FROM case_keys WHERE destroyed_at IS NOT NULL');
    expect(keys).toEqual([{ wrapped_key: null }]);
    const names = await database.reader.query('SELECT name, digest, sealed FROM attachments');
    expect(names).toEqual([{ name: '', digest: '', sealed: null }]);
    await attachments.sweep();
    expect(await readdir(join(app.dataDir, 'attachments'))).toEqual([]);
    expect((await verifyChains(database)).broken).toEqual([]);
  });

  it('does not open what else is known of the case to those whom it is about', async () => {
    const { queries, runtime, vault } = app.running.platform;
    const { caseKey } = (await queries.instance(registered.processInstanceKey))!;
    const accused = { sealedKey: await runtime.nextKey(), field: 'accused', class: 'accused', value: '所长' };
    const leaf = { ...accused, excludes: ['xf_office_director'] };
    await runtime.write(
      vault.sealLeaves(await vault.openCase(caseKey!), [leaf], { writtenBy: 'xf_clerk', writtenAt: 1 }),
    );
    await end();
    const director = await app.as('xf_office_director');
    const before = await director.get(`/api/instances/${registered.processInstanceKey}`);

    const decided = await decide(await ask(), true);
    const after = await director.get(`/api/instances/${registered.processInstanceKey}`);

    expect([before.status, decided.status, after.status]).toEqual([404, 204, 404]);
    for (const { key } of await queries.instancesOfCase(caseKey!)) await runtime.deleteInstance(key);
    expect(await queries.instancesOfCase(caseKey!)).toEqual([]);
    expect(await app.running.platform.database.reader.query('SELECT * FROM sealed_matches')).toEqual([]);
  });

  it('stays on record with who asked, who decided and why', async () => {
    await end();
    await decide(await ask(), true);

    const { body } = await (await app.as('auditor')).get('/api/destructions').expect(200);

    expect(body.destructions).toEqual([
      expect.objectContaining({
        caseNo: registered.caseNo,
        reason: '保存期已满',
        askedBy: expect.objectContaining({ id: 'admin' }),
        state: 'destroyed',
        decidedBy: auditing,
        comment: '已核对',
      }),
    ]);
  });

  it('stands on the page of its case, and can be asked for by who may not decide it alone', async () => {
    await end();
    const auditor = await app.as('auditor');
    const { body: asked } = await auditor.post(instancePath('destruction')).send(reason).expect(201);

    const own = await decide(asked.destructionKey as string, true);

    expect(own.status).toBe(403);
    const { body } = await auditor.get(instancePath('destructions')).expect(200);
    const { processInstanceKey } = registered;
    expect(body).toEqual({
      destructions: [expect.objectContaining({ processInstanceKey, state: 'waiting', askedBy: auditing })],
      holds: [],
    });
    await (await app.as('xf_clerk')).get(instancePath('destructions')).expect(403);
  });

  it('is not decided twice, nor by who may not', async () => {
    await end();
    const destructionKey = await ask();
    const admin = await app.as('admin');
    await admin
      .post(`/api/destructions/${destructionKey}/decision`)
      .send({ approved: true, comment: '好的' })
      .expect(403);

    const rejected = await decide(destructionKey, false);
    const again = await decide(destructionKey, true);

    expect([rejected.status, again.status, (await revealName()).status]).toEqual([204, 409, 200]);
  });

  it('is stopped by a legal hold until that is lifted; both stay on record', async () => {
    await end();
    const destructionKey = await ask();
    const auditor = await app.as('auditor');
    await auditor.post(instancePath('hold')).send({ reason: '复查期间' }).expect(204);

    const held = await decide(destructionKey, true);
    await auditor.post(instancePath('hold/lift')).send({ reason: '复查结束' }).expect(204);
    const lifted = await decide(destructionKey, true);
    const late = await auditor.post(instancePath('hold')).send({ reason: '复查期间' });

    expect([held.status, lifted.status, late.status]).toEqual([409, 204, 409]);
    expect(held.body.detail).toContain('复查期间');
    const { body } = await auditor.get('/api/destructions').expect(200);
    expect(body.holds).toEqual([
      expect.objectContaining({ reason: '复查期间', placedBy: auditing, liftReason: '复查结束', liftedBy: auditing }),
    ]);
  });

  it('leaves no trace of the key in the database file', async () => {
    await end();
    const { database } = app.running.platform;
    const [{ wrapped_key: wrapped }] = (await database.reader.query('SELECT wrapped_key FROM case_keys')) as [
      { wrapped_key: string },
    ];
    for (const category of ['C01', 'C01', 'C01']) await register(app, { ...registration, category });

    const parts = Array.from({ length: wrapped.length - 19 }, (_, at) => Buffer.from(wrapped.slice(at, at + 20)));
    const isInFile = async () => {
      await database.reader.query('PRAGMA wal_checkpoint(TRUNCATE)');
      const file = await readFile(`${app.dataDir}/changtong.sqlite`);
      return parts.some((part) => file.includes(part));
    };
    const before = await isInFile();

    await decide(await ask(), true);

    expect([before, await isInFile()]).toEqual([true, false]);
  });
});
