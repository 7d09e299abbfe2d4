import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type TestAgent from 'supertest/lib/agent.js';
import { auditVerify } from '../../apps/server/src/commands/audit-verify.js';
import { startApp, type TestApp } from './start-app.js';

interface Entry {
  readonly position: number;
  readonly subject: string;
  readonly change: string;
  readonly actor: { readonly id: string } | null;
  readonly facts: Readonly<Record<string, string | null>> | null;
  readonly names: Readonly<Record<string, string>>;
}

describe('the audit log of a running server', () => {
  let app: TestApp;
  let auditor: TestAgent;
  let admin: TestAgent;

  beforeAll(async () => {
    app = await startApp();
    [auditor, admin] = [await app.as('auditor'), await app.as('admin')];
  });
  afterAll(() => app.close());

  const entries = async (query = ''): Promise<readonly Entry[]> =>
    ((await auditor.get(`/api/audit/entries${query}`).expect(200)).body as { items: Entry[] }).items;

  it('has the configuration that was published and the accounts that were made', async () => {
    const found = await entries('?subject=config_sets');

    expect(found).toEqual([expect.objectContaining({ subject: 'config_sets', change: 'insert' })]);
    expect(found[0]?.facts?.['hash']).toMatch(/^\S{20,}$/);
    expect((await entries('?subject=accounts')).length).toBeGreaterThan(10);
  });

  it('shows what a publication changed, file by file', async () => {
    const path = 'workflows/organization.json';
    const { body: file } = await admin.get('/api/studio/file').query({ path }).expect(200);
    const { content } = file as { content: string };
    const [first] = await entries('?subject=config_sets');
    const added = content.replace('"units": [', '"units": [{ "id": "newUnit", "name": "新设的单位" },');
    await admin
      .post('/api/studio/publish')
      .send({ changes: [{ path, content: added }], message: '新设一个单位' })
      .expect(200);

    const [published] = await entries('?subject=config_sets');
    const changes = (id: string | null | undefined, as = auditor) => as.get(`/api/audit/publications/${id}`);
    const { body: shown } = await changes(published?.facts?.['id']).expect(200);
    const { body: initial } = await changes(first?.facts?.['id']).expect(200);

    expect(published?.facts).toMatchObject({ message: '新设一个单位', published_by: 'admin' });
    expect(published?.names).toMatchObject({ published_by: '系统管理员' });
    expect(shown.files).toEqual([{ path, kind: 'settings', before: content, after: added }]);
    expect(initial).toMatchObject({ previousSetId: null, files: [] });
    await changes('99999999999').expect(404);
    await changes(published?.facts?.['id'], admin).expect(403);
  });

  it('has each change of an account, and never a password', async () => {
    const account = { id: 'newcomer', name: '新来的', roles: ['duty_officer'], unit: null, password: 'geheim-123456' };
    await admin.post('/api/accounts').send(account).expect(201);
    await admin.patch('/api/accounts/newcomer').send({ disabled: true }).expect(200);

    const found = (await entries()).filter(({ facts }) => Object.values(facts ?? {}).includes('newcomer'));
    expect(found.map(({ subject, change }) => `${subject} ${change}`)).toEqual([
      'accounts update',
      'account_roles insert',
      'accounts insert',
    ]);
    expect(JSON.stringify(found)).not.toMatch(/geheim|scrypt|"password_hash"/);
    expect(found.map(({ actor }) => actor?.id)).toEqual(['admin', 'admin', 'admin']);
  });

  it('is there for those alone who watch over it', async () => {
    for (const path of ['/api/audit/entries', '/api/audit/seals']) {
      await admin.get(path).expect(403);
      await app.anonymous().get(path).expect(401);
    }
    await admin.post('/api/audit/seals').expect(403);
    await auditor.get('/api/audit/entries?subject=user_tasks').expect(400);
    await auditor.get('/api/audit/entries?before=-1').expect(400);
  });

  it('goes on page by page', async () => {
    const newest = await entries();
    const older = await entries(`?before=${newest[4]!.position}`);

    expect(older[0]?.position).toBe(newest[5]?.position);
  });

  it('is sealed outside the database, and checked as a whole', async () => {
    const seal = await auditor.post('/api/audit/seals').expect(201);
    const { body } = await auditor.post('/api/audit/verification').expect(200);

    expect(seal.body).toMatchObject({ position: expect.any(Number), hash: expect.any(String) });
    expect(body).toMatchObject({
      seals: 1,
      faults: [],
      sealedElsewhere: [],
      keys: [expect.stringMatching(/^[0-9a-f]{32}$/)],
    });
    const listed = await auditor.get('/api/audit/seals').expect(200);
    expect((listed.body as { items: unknown[] }).items).toEqual([seal.body]);
    expect(await auditVerify(app.running.platform.settings)).toMatch(/nothing amiss/);
  });

  it('tells, also on the command line, what was changed behind its back', async () => {
    const { database, settings } = app.running.platform;
    await database.writer.query(`UPDATE accounts SET disabled = 0 WHERE id = 'newcomer'`);

    await expect(auditVerify(settings)).rejects.toThrow(/accounts \["newcomer"\].*changed/);
    await database.writer.query(`UPDATE accounts SET disabled = 1 WHERE id = 'newcomer'`);
    const file = join(settings.auditDir, 'seals.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"day\\":\\"\d{4}/, '"day\\":\\"1999'));
    await expect(auditVerify(settings)).rejects.toThrow(/as it was signed/);
    await writeFile(file, text);
    expect(await auditVerify(settings)).toMatch(/nothing amiss/);
  });

  it('tells a cut tail of seals, also of the same day, unless an older copy of the folder is checked', async () => {
    const { settings } = app.running.platform;
    const file = join(settings.auditDir, 'seals.jsonl');
    await auditor.post('/api/audit/seals').expect(201);
    await auditor.post('/api/audit/seals').expect(201);
    const text = await readFile(file, 'utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    const cut = /Expected the seals of \d{4}-\d\d-\d\d in seals\.jsonl .* cut off or removed/;

    for (const kept of [lines.slice(0, -1), lines.slice(0, 1), []]) {
      await writeFile(file, kept.map((line) => `${line}\n`).join(''));
      await expect(auditVerify(settings)).rejects.toThrow(cut);
    }
    const { body } = await auditor.post('/api/audit/verification').expect(200);
    expect((body as { faults: string[] }).faults).toEqual([expect.stringMatching(cut)]);
    await expect(auditVerify({ ...settings, auditDir: join(settings.auditDir, 'gone') })).rejects.toThrow(cut);
    expect(await auditVerify(settings, { olderFolder: true })).toMatch(/does not have, not checked: \d{4}-/);

    // One made after the cut follows what is left, and stands for its day in the table.
    await writeFile(file, `${lines[0]}\n`);
    await auditor.post('/api/audit/seals').expect(201);
    await expect(auditVerify(settings)).rejects.toThrow(cut);
  });

  it('tells that another key sealed, unless the operator named both', async () => {
    const { settings } = app.running.platform;
    await rm(settings.auditDir, { recursive: true });
    const fingerprint = async () => {
      const { body } = await auditor.post('/api/audit/verification').expect(200);
      return (body as { keys: string[] }).keys.at(-1)!;
    };
    await auditor.post('/api/audit/seals').expect(201);
    const old = await fingerprint();
    await rm(settings.auditKeyFile);
    await auditor.post('/api/audit/seals').expect(201);
    const now = await fingerprint();
    const older = { olderFolder: true };

    expect(now).not.toBe(old);
    await expect(auditVerify(settings, older)).rejects.toThrow(
      new RegExp(`signed with the key ${old}, .* signed with ${now}`),
    );
    await expect(auditVerify({ ...settings, auditKnownKeys: [now] }, older)).rejects.toThrow(/AUDIT_KNOWN_KEYS/);
    expect(await auditVerify({ ...settings, auditKnownKeys: [old, now] }, older)).toMatch(/nothing amiss/);
  });
});
