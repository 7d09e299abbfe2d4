import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { officialClient } from './official-client.js';
import { checkForm, discountDmn, orderBpmn } from '../e2e/engine-models.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

/** The official client, which checks every answer against the schema of the API and refuses unknown fields. */
describe('orders with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;
  const wait = { consistency: { waitUpToMs: 0 } };

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    const resources = [
      new File([orderBpmn()], 'order.bpmn'),
      new File([discountDmn], 'discount.dmn'),
      new File([checkForm], 'check.form.json'),
    ];
    await camunda.createDeployment({ resources });
  });
  afterAll(() => app.close());

  const startOrder = (orderId: string) =>
    camunda.createProcessInstance({ processDefinitionId: 'order' as never, variables: { orderId, amount: 120 } });

  const taskOf = async (processInstanceKey: string) => {
    const { items } = await camunda.searchUserTasks(
      { filter: { processInstanceKey: processInstanceKey as never, state: 'CREATED' } },
      wait,
    );
    return items[0]!.userTaskKey;
  };

  it('tells the topology', async () => {
    const topology = await camunda.getTopology();

    expect(topology).toMatchObject({ clusterSize: 1, gatewayVersion: expect.stringMatching(/^8\.8/) });
  });

  it('deploys a process and a decision', async () => {
    const deployment = await camunda.createDeployment({
      resources: [new File([orderBpmn('other')], 'other.bpmn'), new File([checkForm], 'check.form.json')],
    });

    expect(deployment.deployments.find(({ processDefinition }) => processDefinition)?.processDefinition).toMatchObject({
      processDefinitionId: 'other',
      processDefinitionVersion: 1,
    });
  });

  it('runs an instance through task, job and message to its end', async () => {
    const { processInstanceKey } = await startOrder('A1');

    await camunda.completeUserTask({ userTaskKey: await taskOf(processInstanceKey), variables: { checked: true } });
    const { jobs } = await camunda.activateJobs({
      type: 'charge',
      timeout: 60_000,
      maxJobsToActivate: 10,
      worker: 'spec',
    });
    await camunda.completeJob({ jobKey: jobs[0]!.jobKey, variables: { charged: true } });
    await camunda.publishMessage({ name: 'paid', correlationKey: 'A1', timeToLive: 10_000 });

    expect(jobs[0]).toMatchObject({ customHeaders: { currency: 'CNY' }, variables: { orderId: 'A1', checked: true } });
    await app.running.platform.runtime.idle();
    const instance = await camunda.getProcessInstance({ processInstanceKey }, wait);
    expect(instance.state).toBe('COMPLETED');
  });

  it('shows the headers of tasks and jobs', async () => {
    const { processInstanceKey } = await startOrder('A9');
    const userTaskKey = await taskOf(processInstanceKey);

    const task = await camunda.getUserTask({ userTaskKey }, wait);
    await camunda.completeUserTask({ userTaskKey, variables: {} });
    const { items } = await camunda.searchJobs({ filter: { processInstanceKey: processInstanceKey as never } }, wait);
    await camunda.cancelProcessInstance({ processInstanceKey });

    expect([task, ...items].map(({ customHeaders }) => customHeaders)).toEqual([
      { screen: 'wide' },
      { currency: 'CNY' },
    ]);
  });

  it('searches variables and elements of an instance', async () => {
    const { processInstanceKey } = await startOrder('A2');

    const variables = await camunda.searchVariables({ filter: { processInstanceKey, name: 'orderId' } }, wait);
    const elements = await camunda.searchElementInstances({ filter: { processInstanceKey, type: 'USER_TASK' } }, wait);

    expect(variables.items.map(({ value }) => value)).toEqual(['"A2"']);
    expect(elements.items?.map(({ elementId, state }) => [elementId, state])).toEqual([['check', 'ACTIVE']]);
  });

  it('goes through pages by cursor', async () => {
    await startOrder('P1');
    await startOrder('P2');
    const filter = { processDefinitionId: 'order' };
    const sort = [{ field: 'startDate' as const, order: 'ASC' as const }];

    const first = await camunda.searchProcessInstances({ filter, sort, page: { limit: 1 } }, wait);
    const second = await camunda.searchProcessInstances(
      { filter, sort, page: { after: first.page.endCursor!, limit: 1 } },
      wait,
    );

    expect(second.items[0]!.processInstanceKey).not.toBe(first.items[0]!.processInstanceKey);
    expect(second.page.totalItems).toBe(first.page.totalItems);
  });

  it('assigns, changes and releases a task', async () => {
    const { processInstanceKey } = await startOrder('A3');
    const userTaskKey = await taskOf(processInstanceKey);

    await camunda.assignUserTask({ userTaskKey, assignee: 'admin' });
    await camunda.updateUserTask({ userTaskKey, changeset: { priority: 80 } });
    const task = await camunda.getUserTask({ userTaskKey }, wait);
    await camunda.unassignUserTask({ userTaskKey });

    expect(task).toMatchObject({ assignee: 'admin', priority: 80, state: 'CREATED' });
    expect((await camunda.getUserTask({ userTaskKey }, wait)).assignee).toBeUndefined();
  });

  it('raises an incident for a job without retries and resolves it', async () => {
    const { processInstanceKey } = await startOrder('A4');
    await camunda.completeUserTask({ userTaskKey: await taskOf(processInstanceKey) });
    const { jobs } = await camunda.activateJobs({
      type: 'charge',
      timeout: 60_000,
      maxJobsToActivate: 10,
      worker: 'spec',
    });

    await camunda.failJob({ jobKey: jobs[0]!.jobKey, retries: 0, errorMessage: 'no money' });
    const { items } = await camunda.searchIncidents({ filter: { processInstanceKey } }, wait);
    await camunda.updateJob({ jobKey: jobs[0]!.jobKey, changeset: { retries: 1 } });
    await camunda.resolveIncident({ incidentKey: items![0]!.incidentKey! });

    expect(items![0]).toMatchObject({
      errorType: 'JOB_NO_RETRIES',
      errorMessage: expect.stringContaining('no money'),
      state: 'ACTIVE',
    });
    const again = await camunda.activateJobs({
      type: 'charge',
      timeout: 60_000,
      maxJobsToActivate: 10,
      worker: 'spec',
    });
    expect(again.jobs).toHaveLength(1);
  });

  it('cancels an instance', async () => {
    const { processInstanceKey } = await startOrder('A5');

    await camunda.cancelProcessInstance({ processInstanceKey });

    expect((await camunda.getProcessInstance({ processInstanceKey }, wait)).state).toBe('TERMINATED');
  });

  it('evaluates a decision', async () => {
    const result = await camunda.evaluateDecision({
      decisionDefinitionId: 'discount' as never,
      variables: { amount: 120 },
    });

    expect(result).toMatchObject({
      output: '10',
      evaluatedDecisions: [
        {
          matchedRules: [
            {
              ruleId: 'big',
              ruleIndex: 1,
              evaluatedOutputs: [{ outputId: 'percent', outputName: 'Percent', outputValue: '10' }],
            },
          ],
        },
      ],
    });
  });

  it('finds definitions of processes and decisions', async () => {
    const processes = await camunda.searchProcessDefinitions(
      { filter: { processDefinitionId: 'order', isLatestVersion: true } },
      wait,
    );
    const decisions = await camunda.searchDecisionDefinitions(
      { filter: { decisionDefinitionId: 'discount' as never } },
      wait,
    );
    const xml = await camunda.getProcessDefinitionXml(
      { processDefinitionKey: processes.items![0]!.processDefinitionKey! },
      wait,
    );

    expect(processes.items).toHaveLength(1);
    expect(decisions.items).toHaveLength(1);
    expect(xml).toContain('id="order"');
  });

  it('knows who asks', async () => {
    const me = await camunda.getAuthentication();

    expect(me).toMatchObject({ username: 'admin', roles: ['admin'] });
  });
});
