import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appoint } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

describe('sessions', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('open with the right password and tell who signed in', async () => {
    const response = await app
      .anonymous()
      .post('/api/session')
      .send({ username: 'xf_clerk', password: 'demo' })
      .expect(200);

    expect(response.body).toMatchObject({
      user: { id: 'xf_clerk', roles: [{ id: 'xf_clerk' }] },
      csrfToken: expect.any(String),
    });
    expect(response.headers['set-cookie']?.[0]).toMatch(/ct_session=.+HttpOnly; SameSite=Lax/);
  });

  it('refuse a wrong password and an unknown account in the same words', async () => {
    const wrong = await app.anonymous().post('/api/session').send({ username: 'xf_clerk', password: 'no' }).expect(401);
    const unknown = await app.anonymous().post('/api/session').send({ username: 'nobody', password: 'no' }).expect(401);

    expect(wrong.body).toEqual(unknown.body);
  });

  it('make whoever guesses wait', async () => {
    const guess = () => app.anonymous().post('/api/session').send({ username: 'union_rep', password: 'no' });
    await guess();
    await guess();
    await guess();

    const response = await guess();

    expect(response.status).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('name the missing field of a sign-in', async () => {
    const { body } = await app.anonymous().post('/api/session').send({ username: 'xf_clerk' }).expect(400);

    expect(body.fields).toEqual(expect.arrayContaining([expect.objectContaining({ path: '/password' })]));
  });

  it('are nobody without a cookie', async () => {
    await app.anonymous().get('/api/session').expect(200, { user: null, csrfToken: null });
  });

  it('need the CSRF token for what changes something', async () => {
    const agent = await app.as('xf_clerk');

    const refused = await agent.delete('/api/session').set('x-csrf-token', 'other').expect(403);
    await agent.delete('/api/session').expect(204);

    expect(refused.body.code).toBe('csrfTokenMissing');
    await agent.get('/api/session').expect(200, { user: null, csrfToken: null });
  });

  it('count for the API of Camunda 8 too, with the CSRF token for what changes something', async () => {
    const agent = await app.as('xf_clerk');
    const search = (token?: string) => {
      const request = agent.post('/v2/user-tasks/search');
      return (token === undefined ? request : request.set('x-csrf-token', token)).send({});
    };

    expect((await agent.get('/v2/authentication/me')).body).toMatchObject({ username: 'xf_clerk' });
    await search().expect(200);
    expect((await search('other')).status).toBe(403);
    await app.anonymous().get('/v2/authentication/me').expect(401);
  });

  it('of other browsers end when the password changes', async () => {
    const [first, second] = [await app.as('legal_advisor'), await app.as('legal_advisor')];

    await first.post('/api/session/password').send({ current: 'wrong', next: 'a-new-password' }).expect(422);
    await first.post('/api/session/password').send({ current: 'demo', next: 'short' }).expect(400);
    await first.post('/api/session/password').send({ current: 'demo', next: 'a-new-password' }).expect(204);

    expect((await first.get('/api/session')).body.user).toMatchObject({ id: 'legal_advisor' });
    expect((await second.get('/api/session')).body.user).toBeNull();
    await app.as('legal_advisor', 'a-new-password');
  });
});

describe('accounts', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const account = { id: 'new.clerk', name: '新登记人', roles: ['xf_clerk'], unit: null, password: 'long-enough' };

  it('are kept from who may not administer them', async () => {
    await app.anonymous().get('/api/accounts').expect(401);
    await (await app.as('xf_clerk')).get('/api/accounts').expect(403);
  });

  it('are made, changed, disabled and lose their sessions', async () => {
    const admin = await app.as('admin');

    await appoint(app, account);
    const clerk = await app.as('new.clerk', 'long-enough');
    const changed = await admin.patch('/api/accounts/new.clerk').send({ name: '改名', disabled: true }).expect(200);

    expect(changed.body).toEqual({
      id: 'new.clerk',
      name: '改名',
      unit: null,
      roles: [{ id: 'xf_clerk', name: expect.any(String) }],
      posts: [],
      disabled: true,
    });
    expect((await clerk.get('/api/session')).body.user).toBeNull();
    await app.anonymous().post('/api/session').send({ username: 'new.clerk', password: 'long-enough' }).expect(401);
  });

  it('are refused twice, with unknown roles and with short passwords', async () => {
    const admin = await app.as('admin');

    await admin
      .post('/api/accounts')
      .send({ ...account, id: 'xf_clerk' })
      .expect(409);
    await admin
      .post('/api/accounts')
      .send({ ...account, id: 'other', roles: ['king'] })
      .expect(422);
    await admin
      .post('/api/accounts')
      .send({ ...account, id: 'other', password: 'short' })
      .expect(400);
    await admin.patch('/api/accounts/ghost').send({ disabled: true }).expect(404);
    await admin.patch('/api/accounts/admin').send({ disabled: true }).expect(400);
  });
});
