import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

const accusation = {
  wish: 'discipline',
  subject: '举报',
  mainFacts: '有人收受好处，请核实。',
  demands: [{ text: '查处' }],
  anonymous: false,
  name: '某人',
  consentNotice: true,
  channel: 'letter',
  receivedAt: '2026-03-02T09:00:00+08:00',
  headcount: 1,
  representing: 'self',
  preferredContact: 'code',
  category: 'C12',
  imminentDanger: false,
};

/** A case in the hands of a role with the permission `exclusive` does not exist for an operator, by any path. */
describe('what the official client sees of a case that is not for its account', () => {
  let app: TestApp;
  let camunda: CamundaClient;
  let processInstanceKey: never;
  let processDefinitionKey: never;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    const clerk = await app.as('xf_clerk');
    const { body } = await clerk.post('/api/launchers/register').send({ data: accusation });
    await app.running.platform.runtime.idle();
    const [instance] = await app.running.platform.queries.instancesByCaseNo(String(body.caseNo));
    processInstanceKey = instance!.key as never;
    processDefinitionKey = instance!.processDefinitionKey as never;
  });
  afterAll(() => app.close());

  it('is found by none of its instance keys', async () => {
    const { queries } = app.running.platform;
    const filter = { processInstanceKey: processInstanceKey as string };
    const [element] = (await queries.search('elementInstances', { filter })).items;
    const [variable] = (await queries.search('variables', { filter })).items;
    const [task] = (await queries.search('userTasks', { filter })).items;

    const asked = [
      camunda.getProcessInstance({ processInstanceKey }, atOnce),
      camunda.getProcessInstanceCallHierarchy({ processInstanceKey }, atOnce),
      camunda.getProcessInstanceSequenceFlows({ processInstanceKey }, atOnce),
      camunda.getProcessInstanceStatistics({ processInstanceKey }, atOnce),
      camunda.searchProcessInstanceIncidents({ processInstanceKey }, atOnce),
      camunda.cancelProcessInstance({ processInstanceKey }),
      camunda.modifyProcessInstance({ processInstanceKey, activateInstructions: [] }),
      camunda.getElementInstance({ elementInstanceKey: element!.elementInstanceKey as never }, atOnce),
      camunda.createElementInstanceVariables({
        elementInstanceKey: element!.elementInstanceKey as never,
        variables: { x: 1 },
      }),
      camunda.getVariable({ variableKey: variable!.variableKey as never }, atOnce),
      camunda.getUserTask({ userTaskKey: task!.userTaskKey as never }, atOnce),
      camunda.getUserTaskForm({ userTaskKey: task!.userTaskKey as never }, atOnce),
      camunda.searchUserTaskVariables({ userTaskKey: task!.userTaskKey as never }, atOnce),
      camunda.assignUserTask({ userTaskKey: task!.userTaskKey as never, assignee: 'admin' }),
    ];
    const refusals = await Promise.all((asked as Promise<unknown>[]).map(refusalOf));

    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 404));
  });

  it('is neither listed nor counted by any search', async () => {
    const filter = { processInstanceKey };
    const found = await Promise.all([
      camunda.searchProcessInstances({ filter }, atOnce),
      camunda.searchElementInstances({ filter }, atOnce),
      camunda.searchVariables({ filter }, atOnce),
      camunda.searchUserTasks({ filter }, atOnce),
      camunda.searchJobs({ filter }, atOnce),
      camunda.searchIncidents({ filter }, atOnce),
      camunda.searchDecisionInstances({ filter }, atOnce),
      camunda.searchMessageSubscriptions({ filter }, atOnce),
      camunda.searchCorrelatedMessageSubscriptions({ filter }, atOnce),
    ]);

    expect(found.map(({ items, page }) => [items, Number(page.totalItems)])).toEqual(found.map(() => [[], 0]));
  });

  it('is not among the counts of its definition, nor in a batch operation', async () => {
    const statistics = await camunda.getProcessDefinitionStatistics({ processDefinitionKey }, atOnce);
    const { batchOperationKey } = await camunda.cancelProcessInstancesBatchOperation(
      { filter: { processInstanceKey } },
      atOnce,
    );
    await app.running.platform.runtime.idle();
    const operation = await camunda.getBatchOperation({ batchOperationKey: batchOperationKey! }, atOnce);

    expect(statistics.items).toEqual([]);
    expect(operation.operationsTotalCount).toBe(0);
  });
});
