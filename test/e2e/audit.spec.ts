import { readFile, writeFile } from 'node:fs/promises';
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

  it('has each change of an account, and never a password', async () => {
    const account = { id: 'newcomer', name: '新来的', roles: ['xf_clerk'], unit: null, password: 'geheim-123456' };
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
    await writeFile(file, '');
    expect(await auditVerify(settings)).toMatch(/not in .*, removed or kept elsewhere, and not checked: \d{4}-/);
    await writeFile(file, text);
    expect(await auditVerify(settings)).toMatch(/nothing amiss/);
  });
});
