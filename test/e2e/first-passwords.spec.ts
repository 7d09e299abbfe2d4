import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appointOnly } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const password = 'first-one-1';
const next = 'mine-alone-2';

describe('a password that somebody else set', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    const made = { id: 'liaison2', name: '联络二', roles: ['unit_liaison'], unit: 'finance', password };
    await appointOnly(app, made);
  });
  afterAll(() => app.close());

  const change = async (as: string, body: object) =>
    (await app.as('liaison2', as)).post('/api/session/password').send(body);

  it('opens nothing but the change of itself, on screens and by the API of the engine', async () => {
    const agent = await app.as('liaison2', password);
    const basic = { authorization: `Basic ${Buffer.from(`liaison2:${password}`).toString('base64')}` };
    const credentials = { grant_type: 'client_credentials', client_id: 'liaison2', client_secret: password };
    const { body: token } = await app.anonymous().post('/oauth/token').type('form').send(credentials);

    const session = await agent.get('/api/session').expect(200);
    const refused = await agent.get('/api/tasks');
    const answers = [
      await agent.get('/api/launchers'),
      await agent.post('/v2/user-tasks/search').send({}),
      await app.anonymous().post('/v2/user-tasks/search').set(basic).send({}),
      await app
        .anonymous()
        .post('/v2/user-tasks/search')
        .set({ authorization: `Bearer ${token.access_token}` })
        .send({}),
    ];

    expect(session.body.user).toMatchObject({ id: 'liaison2', mustChangePassword: true });
    expect([refused.status, refused.body.code]).toEqual([403, 'passwordChangeRequired']);
    expect(refused.body.message ?? refused.body.detail).toMatch(/先.*修改.*密码/);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('is not changed into itself', async () => {
    const { status, body } = await change(password, { current: password, next: password });

    expect([status, body.fields[0].path]).toEqual([422, '/next']);
  });

  it('opens everything once its holder has another one, and is over then', async () => {
    expect((await change(password, { current: password, next })).status).toBe(204);

    const agent = await app.as('liaison2', next);
    await agent.get('/api/tasks').expect(200);
    expect((await agent.get('/api/session')).body.user).toMatchObject({ mustChangePassword: false });
    await app.anonymous().post('/api/session').send({ username: 'liaison2', password }).expect(401);
  });

  it('is asked for again after it was reset by somebody else', async () => {
    await appointOnly(app, { password: 'reset-one-3' }, 'liaison2');

    const agent = await app.as('liaison2', 'reset-one-3');
    expect((await agent.get('/api/tasks')).status).toBe(403);
  });

  it('stands in the audit log, each time with who set it and when', async () => {
    const { body } = await (await app.as('auditor')).get('/api/audit/entries?subject=accounts').expect(200);
    const entries = body.items as { actor: { id: string }; facts: Readonly<Record<string, string | null>> }[];

    const told = entries.filter(({ facts }) => facts['id'] === 'liaison2').reverse();

    expect(told.map(({ actor, facts }) => [actor.id, facts['must_change_password']])).toEqual([
      ['admin', '1'],
      ['liaison2', '0'],
      ['admin', '1'],
    ]);
    expect(told.map(({ facts }) => Number(facts['password_changed_at'])).every((at) => at > 0)).toBe(true);
  });

  it('does not concern accounts of the demo', async () => {
    const agent = await app.as('xf_clerk');

    expect((await agent.get('/api/session')).body.user).toMatchObject({ mustChangePassword: false });
    await agent.get('/api/tasks').expect(200);
  });
});

describe('a new account that reads protected content', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp({ inPlace: true })));
  afterAll(() => app.close());

  const clerk = { id: 'clerk2', name: '登记二', roles: ['xf_clerk'], password };

  it('waits for a second person, though its role is an ordinary one', async () => {
    const admin = await app.as('admin');

    const asked = await admin.post('/api/accounts').send(clerk).expect(202);
    await app.anonymous().post('/api/session').send({ username: 'clerk2', password }).expect(401);
    const own = await admin.post(`/api/studio/approvals/${asked.body.approvalId}`).send({ decision: 'approve' });
    await (
      await app.as('auditor')
    )
      .post(`/api/studio/approvals/${asked.body.approvalId}`)
      .send({ decision: 'approve', comment: '已核对任命文件' })
      .expect(200);

    expect(own.status).toBe(403);
    await app.anonymous().post('/api/session').send({ username: 'clerk2', password }).expect(200);
  });

  it('waits too where it is made without a role and gets one afterwards', async () => {
    const admin = await app.as('admin');
    await admin.post('/api/accounts').send({ id: 'plain', name: '没有岗位的', roles: [], password }).expect(201);

    const given = await admin.patch('/api/accounts/plain').send({ roles: ['xf_clerk'] });

    expect(given.status).toBe(202);
  });

  it('moves between ordinary roles by one person, once it reads', async () => {
    const admin = await app.as('admin');

    await admin
      .patch('/api/accounts/xf_clerk')
      .send({ roles: ['xf_receptionist'] })
      .expect(200);
  });
});
