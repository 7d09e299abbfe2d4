import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import request from 'supertest';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

describe('accounts, roles and tenants with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
  });
  afterAll(() => app.close());

  it('finds users with operators, sorted, by page', async () => {
    const filter = { username: { $like: 'xf_*' } };
    const sort = [{ field: 'username' as const, order: 'DESC' as const }];

    const first = await camunda.searchUsers({ filter, sort, page: { limit: 1 } }, atOnce);
    const second = await camunda.searchUsers(
      { filter, sort, page: { limit: 1, after: first.page.endCursor! } },
      atOnce,
    );

    expect(first.items[0]!.username! > second.items[0]!.username!).toBe(true);
    expect(Number(first.page.totalItems)).toBeGreaterThan(2);
  });

  it('gets a user and a role, and who has the role', async () => {
    const user = await camunda.getUser({ username: 'xf_clerk' as never }, atOnce);
    const role = await camunda.getRole({ roleId: 'xf_clerk' }, atOnce);
    const { items } = await camunda.searchUsersForRole({ roleId: 'xf_clerk' }, atOnce);

    expect(user).toEqual({ username: 'xf_clerk', name: expect.any(String) });
    expect(role).toMatchObject({ roleId: 'xf_clerk', name: '信访登记承办人' });
    expect(items).toEqual([{ username: 'xf_clerk' }]);
  });

  it('finds roles of the configuration', async () => {
    const { items } = await camunda.searchRoles({ filter: { roleId: 'admin' } }, atOnce);

    expect(items).toEqual([
      expect.objectContaining({ roleId: 'admin', description: expect.stringContaining('operate') }),
    ]);
  });

  it('shows an account without permissions its own entry alone', async () => {
    const clerk = officialClient(app, { account: 'xf_clerk' });

    const users = await clerk.searchUsers({}, atOnce);
    const roles = await clerk.searchRoles({}, atOnce);

    expect(users.items.map(({ username }) => username)).toEqual(['xf_clerk']);
    expect(roles.items!.map(({ roleId }) => roleId)).toEqual(['xf_clerk']);
    expect(await refusalOf(clerk.getUser({ username: 'admin' as never }, atOnce))).toMatchObject({ status: 404 });
  });

  it('has one tenant with all users and roles', async () => {
    const tenants = await camunda.searchTenants({ filter: { tenantId: '<default>' as never } }, atOnce);
    const others = await camunda.searchTenants({ filter: { tenantId: 'other' as never } }, atOnce);
    const one = await camunda.getTenant({ tenantId: '<default>' as never }, atOnce);
    const users = await camunda.searchUsersForTenant({ tenantId: '<default>' as never }, atOnce);
    const roles = await camunda.searchRolesForTenant({ tenantId: '<default>' as never }, atOnce);

    expect(tenants.items).toEqual([one]);
    expect(others.items).toEqual([]);
    expect(Number(users.page.totalItems)).toBeGreaterThan(5);
    expect(Number(roles.page.totalItems)).toBeGreaterThan(5);
    expect(await refusalOf(camunda.getTenant({ tenantId: 'other' as never }, atOnce))).toMatchObject({ status: 404 });
  });

  it('refuses an unknown filter field', async () => {
    await app
      .basic('admin')
      .post('/v2/users/search')
      .send({ filter: { password: 'x' } })
      .expect(400);
  });
});

describe('signing in with OAuth 2.0 client credentials', () => {
  let app: TestApp;
  const token = (body: object) => request(app.url).post('/oauth/token').type('form').send(body);
  const admin = { grant_type: 'client_credentials', client_id: 'admin', client_secret: 'demo' };

  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('lets the official client in', async () => {
    const me = await officialClient(app, { strategy: 'OAUTH' }).getAuthentication();

    expect(me.username).toBe('admin');
  });

  it('takes client id and secret by HTTP Basic too', async () => {
    const { body } = await request(app.url)
      .post('/oauth/token')
      .auth('admin', 'demo')
      .type('form')
      .send({ grant_type: 'client_credentials' })
      .expect(200);

    expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600 });
  });

  it('refuses a wrong secret, another grant and a request without client as RFC 6749 says', async () => {
    const wrong = await token({ ...admin, client_secret: 'wrong' });
    const grant = await token({ ...admin, grant_type: 'password' });
    const nobody = await token({ grant_type: 'client_credentials' });

    expect([wrong, grant, nobody].map(({ status, body }) => [status, body.error])).toEqual([
      [401, 'invalid_client'],
      [400, 'unsupported_grant_type'],
      [400, 'invalid_request'],
    ]);
  });

  it('refuses a token that was changed', async () => {
    const { body } = await token(admin);
    const [payload, signature] = String(body.access_token).split('.');
    const forged = Buffer.from(JSON.stringify({ sub: 'auditor', exp: 4e9 })).toString('base64url');
    const ask = (given: string) => request(app.url).get('/v2/topology').set('authorization', `Bearer ${given}`);

    await ask(`${payload}.${signature}`).expect(200);
    await ask(`${forged}.${signature}`).expect(401);
  });

  it('ends a token with the password of its account', async () => {
    const { body } = await token({ ...admin, client_id: 'xf_clerk' });
    const ask = () => request(app.url).get('/v2/topology').set('authorization', `Bearer ${body.access_token}`);
    await ask().expect(200);

    const password = { password: 'another-Passw0rd' };
    const asked = await (await app.as('admin')).patch('/api/accounts/xf_clerk').send(password).expect(202);
    const decision = `/api/studio/approvals/${asked.body.approvalId}`;
    await (await app.as('auditor')).post(decision).send({ decision: 'approve', comment: '本人要求' }).expect(200);

    await ask().expect(401);
  });
});
