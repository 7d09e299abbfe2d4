import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appoint, takeOver } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const password = 'long-enough';

describe('accounts with powers', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ inPlace: true })));
  afterAll(() => app.close());

  const decide = async (as: string, id: string, decision = 'approve') =>
    (await app.as(as)).post(`/api/studio/approvals/${id}`).send({ decision, comment: '已核对任命文件' });
  const signIn = (username: string, given: string) =>
    app.anonymous().post('/api/session').send({ username, password: given });
  const ask = async (id: string, change: object) => {
    const asked = await (await app.as('admin')).patch(`/api/accounts/${id}`).send(change).expect(202);
    return asked.body as { approvalId: string; why: string[] };
  };

  it('are made when a second person has approved them, who reads what they may do', async () => {
    const admin = await app.as('admin');
    const account = { id: 'second', name: '纪委二', roles: ['discipline_committee'], password };

    const asked = await admin.post('/api/accounts').send(account).expect(202);
    const early = await signIn('second', password);
    const own = await decide('admin', asked.body.approvalId);
    const { body: waiting } = await (await app.as('auditor')).get('/api/studio/approvals').expect(200);
    const approved = await decide('auditor', asked.body.approvalId);

    expect(asked.body.why).toEqual([expect.stringContaining('角色：纪委监督员')]);
    expect([early.status, own.status, approved.status]).toEqual([401, 403, 200]);
    expect(waiting[0]).toMatchObject({ kind: 'account', state: 'waiting', author: { id: 'admin' }, changes: [] });
    expect(JSON.stringify(waiting)).not.toContain('passwordHash');
    await signIn('second', password).expect(200);
  });

  it('stand in the audit log with what was asked, who asked and who approved; a change of that is found', async () => {
    const auditor = await app.as('auditor');
    const { body: log } = await auditor.get('/api/audit/entries').query({ subject: 'approvals' }).expect(200);
    await app.running.platform.database.writer.query("UPDATE approvals SET decided_by = 'discipline_committee'");
    const { body: checked } = await auditor.post('/api/audit/verification').expect(200);

    expect(log.items[0]).toMatchObject({
      actor: { id: 'auditor' },
      facts: { state: 'approved', decided_by: 'auditor', author: 'admin', changes_sha256: expect.any(String) },
    });
    expect(checked.faults).toContainEqual(expect.stringMatching(/^Expected approvals .* was changed\.$/));
  });

  it('are not made where the second person refuses', async () => {
    const account = { id: 'refused', name: '审计二', roles: ['auditor'], password };
    const asked = await (await app.as('admin')).post('/api/accounts').send(account).expect(202);

    expect((await decide('discipline_committee', asked.body.approvalId, 'reject')).status).toBe(200);

    await signIn('refused', password).expect(401);
  });

  it.each([
    ['a role of the own account', 'admin', { roles: ['admin', 'discipline_committee'] }],
    ['a post with powers', 'unit_handler', { posts: ['personnelLeader'] }],
    ['the password of somebody with powers', 'auditor', { password: 'taken-over' }],
    ['the password of somebody who may see who wrote', 'xf_clerk', { password: 'taken-over' }],
    ['the password of somebody who may be granted that in a case', 'unit_handler', { password: 'taken-over' }],
    ['a role that is taken away', 'auditor', { roles: [] }],
    ['another unit of somebody with powers', 'union_rep', { unit: 'office' }],
    ['a role that sees what few see', 'unit_handler', { roles: ['union_rep'] }],
  ])('wait for a second person with %s', async (_, id, change) => {
    const before = (await (await app.as('admin')).get('/api/accounts')).body;

    const { why } = await ask(id, change);

    expect(why).toEqual([expect.stringContaining(`（${id}）`)]);
    expect((await (await app.as('admin')).get('/api/accounts')).body).toEqual(before);
    await app.as('auditor');
  });

  it('tell their holder who set another password and who approved it', async () => {
    const { approvalId, why } = await ask('xf_receptionist', { password: 'a-new-password' });
    await decide('auditor', approvalId);
    await takeOver(app, 'xf_receptionist', 'a-new-password');

    const { body } = await (await app.as('xf_receptionist', 'a-new-password')).get('/api/notices').expect(200);

    expect(why).toEqual([expect.stringContaining('重设密码')]);
    const told = body.items.map(({ text }: { text: string }) => text);
    expect(told).toEqual([expect.stringMatching(/^系统管理员重设了您的密码，审计员批准。/)]);
  });

  it('do not hold up ordinary ones', async () => {
    const admin = await app.as('admin');

    await appoint(app, { id: 'liaison2', name: '联络二', roles: ['unit_liaison'], unit: 'finance', password });
    await admin
      .patch('/api/accounts/liaison2')
      .send({ roles: ['legal_advisor'], unit: 'finance' })
      .expect(200);
    await admin.patch('/api/accounts/liaison2').send({ password: 'another-one' }).expect(200);

    await signIn('liaison2', 'another-one').expect(200);
  });

  it('wait with a password although the role that sees who wrote was taken away before, to be given back', async () => {
    const admin = await app.as('admin');
    const clerk = { id: 'clerk3', name: '登记三', roles: ['xf_clerk'], password };
    await appoint(app, clerk);
    await admin.patch('/api/accounts/clerk3').send({ roles: [] }).expect(200);

    await ask('clerk3', { password: 'taken-over' });

    await signIn('clerk3', 'taken-over').expect(401);
  });

  it('are disabled at once, and enabled again by two', async () => {
    const admin = await app.as('admin');

    await admin.patch('/api/accounts/company_office').send({ disabled: true }).expect(200);
    const { approvalId } = await ask('company_office', { disabled: false });
    await signIn('company_office', 'demo').expect(401);
    await decide('auditor', approvalId);

    await signIn('company_office', 'demo').expect(200);
  });

  it('are not decided by their holder', async () => {
    const { approvalId } = await ask('auditor', { password: 'a-new-password' });

    const own = await decide('auditor', approvalId);
    const other = await decide('discipline_committee', approvalId);

    expect([own.status, other.status]).toEqual([403, 200]);
    await signIn('auditor', 'a-new-password').expect(200);
  });

  it('wait although the approvers are disabled', async () => {
    const admin = await app.as('admin');
    for (const id of ['discipline_committee', 'second'])
      await admin.patch(`/api/accounts/${id}`).send({ disabled: true }).expect(200);

    await ask('admin', { roles: ['admin', 'auditor'] });
  });
});

describe('the first accounts of an installation', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ environment: { DEMO: 'false' }, inPlace: true })));
  afterAll(() => app.close());

  it('are made by the administrator alone until there is somebody who may approve', async () => {
    const { database, runtime } = app.running.platform;
    const { insertAccount, createAccountsRepository } = await import('#persistence');
    const { hashPassword } = await import('#vault');
    const chief = { id: 'chief', name: '管理员', unit: null, roles: ['admin'], posts: [], disabled: false };
    await runtime.write(
      insertAccount({ ...chief, passwordHash: await hashPassword(password) }, { by: 'operator', at: 1 }),
    );
    const admin = await app.as('chief', password);

    const first = await admin.post('/api/accounts').send({ id: 'a1', name: '审计', roles: ['auditor'], password });
    const second = await admin.post('/api/accounts').send({ id: 'a2', name: '审计二', roles: ['auditor'], password });

    expect([first.status, second.status]).toEqual([201, 202]);
    expect(await createAccountsRepository(database).find('a2')).toBeUndefined();
  });
});
