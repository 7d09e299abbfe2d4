import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type TestAgent from 'supertest/lib/agent.js';
import { type Authorization, allAuthorizations } from '#configuration';
import { startApp, type TestApp } from '../e2e/start-app.js';
import type { ClientOperation } from './client-contract.js';

/** A server with one more role and account for each authorization, named `only_<type>_<permission>`, and `nobody`. */
export async function startWithRoles(): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'changtong-roles-'));
  try {
    for (const name of ['workflows', 'forms']) await cp(resolve(name), join(folder, name), { recursive: true });
    const only = allAuthorizations.map((one) => ({ id: roleOf(one), name: one, authorizations: listOf(one) }));
    const roles = [...only, { id: 'nobody', name: 'Nobody' }];
    await append(join(folder, 'workflows', 'roles.json'), 'roles', roles);
    const accounts = roles.map(({ id, name }) => ({ id, name, roles: [id] }));
    await append(join(folder, 'workflows', 'organization.json'), 'accounts', accounts);
    return await startApp({ configuration: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const roleOf = (authorization: Authorization): string => `only_${authorization.replace(':', '_')}`;

function listOf(authorization: Authorization) {
  const [type, permission] = authorization.split(':');
  return { [type!]: [permission!] };
}

async function append(path: string, list: string, items: readonly object[]): Promise<void> {
  const file = JSON.parse(await readFile(path, 'utf8')) as Record<string, object[]>;
  await writeFile(path, JSON.stringify({ ...file, [list]: [...file[list]!, ...items] }));
}

/** What of these an account is not forbidden, asked with keys that name nothing. */
export async function allowedTo(agent: TestAgent, operations: readonly ClientOperation[]): Promise<readonly string[]> {
  const allowed: string[] = [];
  for (const { name, method, path } of operations) {
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const reply = await agent[verb](`/v2${path.replace(/\{\w+\}/g, '1')}`).send();
    if (reply.status !== 403) allowed.push(name);
  }
  return allowed;
}

/** By method: the authorizations of which each one alone opens it; none where it is open to all who sign in. */
export async function authorizationsByMethod(
  app: TestApp,
  operations: readonly ClientOperation[],
): Promise<ReadonlyMap<string, readonly Authorization[]>> {
  const forAll = await allowedTo(await app.as('nobody'), operations);
  const closed = operations.filter(({ name }) => !forAll.includes(name));
  const opened = new Map<string, Authorization[]>();
  for (const authorization of allAuthorizations)
    for (const name of await allowedTo(await app.as(roleOf(authorization)), closed))
      opened.set(name, [...(opened.get(name) ?? []), authorization]);
  return opened;
}
