import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Authorization } from '#configuration';
import type { TestApp } from '../e2e/start-app.js';
import { allowedTo, roleOf, startWithRoles } from './authorized-methods.js';
import { clientContract, type ClientOperation } from './client-contract.js';
import { coverageOf } from './client-coverage.js';
import { fileOf, serviceTask, straightProcess, userTask } from './client-models.js';
import { atOnce, officialClient, refusalOf } from './official-client.js';

/** Who signs in may ask these; what they show follows the account. */
const forAll = [
  'completeUserTask',
  'getAuthentication',
  'getLicense',
  'getRole',
  'getStatus',
  'getTenant',
  'getTopology',
  'getUser',
  'getUserTask',
  'getUserTaskForm',
  'assignUserTask',
  'searchRoles',
  'searchRolesForTenant',
  'searchTenants',
  'searchUserTasks',
  'searchUserTaskVariables',
  'searchUsers',
  'searchUsersForRole',
  'searchUsersForTenant',
  'unassignUserTask',
  'updateUserTask',
];

/** Which methods each authorization opens stands in the table of docs/camunda-8.md. */
describe('authorizations of roles, for the methods of the official client', () => {
  let app: TestApp;
  let operations: readonly ClientOperation[];
  const allowed = async (account: string) => allowedTo(await app.as(account), operations);

  beforeAll(async () => {
    app = await startWithRoles();
    operations = coverageOf(app, clientContract().operations).filter(
      ({ answer, name }) => answer === 'served' && name !== 'deleteResource',
    );
  });
  afterAll(() => app.close());

  it('leave to an account that has none what is for all', async () => {
    expect([...(await allowed('nobody'))].sort()).toEqual([...forAll].sort());
  });

  it('are all had by an operator', async () => {
    expect(await allowed('admin')).toEqual(operations.map(({ name }) => name));
  });

  it('open paths of our own too', async () => {
    const asked: readonly (readonly [Authorization, string])[] = [
      ['PROCESS_DEFINITION:DELETE_PROCESS_INSTANCE', 'process-instances/1/deletion'],
      ['PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE', 'process-instances/1/suspension'],
      ['BATCH:CREATE_BATCH_OPERATION_DELETE_PROCESS_INSTANCE', 'process-instances/deletion'],
      ['BATCH:CREATE', 'process-instances/resumption'],
      ['PROCESS_DEFINITION:CREATE_PROCESS_INSTANCE', 'conditionals/evaluation'],
    ];
    const nobody = await app.as('nobody');

    const answers = await Promise.all(
      asked.map(async ([authorization, path]) => {
        const holder = await app.as(roleOf(authorization));
        const [without, having] = [await nobody.post(`/v2/${path}`).send(), await holder.post(`/v2/${path}`).send()];
        return [path, without.status, having.status === 403];
      }),
    );

    expect(answers).toEqual(asked.map(([, path]) => [path, 403, false]));
  });

  it('let UPDATE_USER_TASK change the deadline of a task that the account may see', async () => {
    const task = userTask('look', roleOf('PROCESS_DEFINITION:UPDATE_USER_TASK') + ',nobody');
    const operator = officialClient(app);
    await operator.createDeployment({ resources: [fileOf('b.bpmn', straightProcess('looked', [task]))] });
    await operator.createProcessInstance({ processDefinitionId: 'looked' as never });
    const holder = officialClient(app, { account: roleOf('PROCESS_DEFINITION:UPDATE_USER_TASK') });
    const nobody = officialClient(app, { account: 'nobody' });
    const { items } = await holder.searchUserTasks({ filter: { elementId: 'look' as never } }, atOnce);
    const change = { userTaskKey: items[0]!.userTaskKey, changeset: { priority: 80 } };

    expect(await refusalOf(nobody.updateUserTask(change))).toMatchObject({ status: 403 });
    await holder.updateUserTask(change);
    expect(await holder.getUserTask(change, atOnce)).toMatchObject({ priority: 80 });
  });

  it('let a worker work with UPDATE_PROCESS_INSTANCE alone, and read nothing beside its jobs', async () => {
    const operator = officialClient(app);
    const worker = officialClient(app, { account: roleOf('PROCESS_DEFINITION:UPDATE_PROCESS_INSTANCE') });
    const resources = [fileOf('a.bpmn', straightProcess('authorized', [serviceTask('work', 'authorized')]))];
    await operator.createDeployment({ resources });
    const started = await operator.createProcessInstance({ processDefinitionId: 'authorized' as never });

    const asked = { type: 'authorized', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 2_000 };
    const { jobs } = await worker.activateJobs(asked);
    await worker.completeJob({ jobKey: jobs[0]!.jobKey, variables: {} });
    await app.running.platform.runtime.idle();

    const { state } = await operator.getProcessInstance(started, atOnce);
    expect(state).toBe('COMPLETED');
    expect(await refusalOf(worker.getProcessInstance(started, atOnce))).toEqual({
      status: 403,
      detail: expect.stringContaining('PROCESS_DEFINITION:READ_PROCESS_INSTANCE'),
    });
    expect(await refusalOf(worker.createDeployment({ resources }))).toMatchObject({ status: 403 });
  });

  it('show who works here to USER:READ and the roles to ROLE:READ alone', async () => {
    const seen = async (account: string) => {
      const agent = await app.as(account);
      const of = async (path: string) =>
        Number((await agent.post(`/v2/${path}/search`).send({}).expect(200)).body.page.totalItems);
      return [(await of('users')) > 1, (await of('roles')) > 1];
    };

    expect(await seen('nobody')).toEqual([false, false]);
    expect(await seen(roleOf('USER:READ'))).toEqual([true, false]);
    expect(await seen(roleOf('ROLE:READ'))).toEqual([false, true]);
  });
});
