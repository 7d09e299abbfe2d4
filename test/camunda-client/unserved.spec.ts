import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { type ClientOperation, clientContract } from './client-contract.js';
import { coverageOf } from './client-coverage.js';
import { fileOf, straightProcess } from './client-models.js';
import { atOnce, officialClient, refusalOf } from './official-client.js';

type Method = (input: object, consistency: object) => Promise<unknown>;

/** Parts of the address, and bodies of the methods that need one. */
const names = {
  authorizationKey: '1',
  clientId: 'worker',
  groupId: 'clerks',
  mappingRuleId: 'rule',
  roleId: 'admin',
  tenantId: '<default>',
  username: 'xf_clerk',
};
const rule = { name: 'Rule', claimName: 'team', claimValue: 'blue' };
const authorization = {
  ownerId: 'xf_clerk',
  ownerType: 'USER',
  resourceId: '*',
  resourceType: 'RESOURCE',
  permissionTypes: ['READ'],
};
const person = { name: 'Somebody', email: 'somebody@example.com' };
const bodies: Readonly<Record<string, object>> = {
  createAdminUser: { username: 'first', password: 'a long password' },
  createAuthorization: authorization,
  createGroup: { groupId: 'clerks', name: 'Clerks' },
  createMappingRule: { mappingRuleId: 'rule', ...rule },
  createRole: { roleId: 'clerk', name: 'Clerk' },
  createTenant: { tenantId: 'other', name: 'Other' },
  createUser: { username: 'new', password: 'a long password', ...person },
  getUsageMetrics: { startTime: '2026-01-01T00:00:00Z', endTime: '2026-02-01T00:00:00Z' },
  updateAuthorization: authorization,
  updateGroup: { name: 'Clerks', description: 'All of them' },
  updateMappingRule: rule,
  updateRole: { name: 'Clerk', description: 'One of them' },
  updateTenant: { name: 'Other', description: 'The other' },
  updateUser: person,
};

describe('methods of the official client for what does not exist here', () => {
  let app: TestApp;
  let call: (operation: ClientOperation) => Promise<unknown>;
  let unserved: ReturnType<typeof coverageOf>;
  const having = (answer: string) => unserved.filter((one) => one.answer === answer);

  beforeAll(async () => {
    app = await startApp();
    const camunda = officialClient(app);
    const { deployments } = await camunda.createDeployment({
      resources: [fileOf('kept.bpmn', straightProcess('kept', []))],
    });
    const resourceKey = deployments[0]!.processDefinition!.processDefinitionKey as string;
    const known: Readonly<Record<string, string>> = { ...names, resourceKey };
    call = ({ name, path }) => {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => [part!, known[part!]]);
      const method = (camunda as unknown as Readonly<Record<string, Method>>)[name]!;
      return method.call(camunda, { ...Object.fromEntries(parts), ...bodies[name] }, atOnce);
    };
    unserved = coverageOf(app, clientContract().operations).filter(({ answer }) => answer !== 'served');
  });
  afterAll(() => app.close());

  it('find nothing where they search', async () => {
    const found = (await Promise.all(having('empty').map(call))) as {
      items: unknown[];
      page: { totalItems: unknown };
    }[];

    expect(found.length).toBeGreaterThan(10);
    expect(found.map(({ items, page }) => [items, Number(page.totalItems)])).toEqual(found.map(() => [[], 0]));
  });

  it('are told that there is none where they ask for one', async () => {
    const answers = await Promise.all(having('absent').map((one) => refusalOf(call(one))));

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it('are refused with the reason of the table where they change something', async () => {
    const asked = having('refused');
    const refusals = await Promise.all(
      asked.map(
        async (one) => [one.name, await refusalOf(call(one)).catch((error: unknown) => String(error))] as const,
      ),
    );

    const expected = asked.map(({ name, reason }) => [
      name,
      name === 'deleteResource'
        ? { status: 409, detail: expect.any(String) }
        : { status: 403, detail: expect.stringContaining(reason) },
    ]);
    expect(asked.length).toBeGreaterThan(40);
    expect(refusals).toEqual(expected);
  });
});
