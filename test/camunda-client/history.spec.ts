import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { callActivity, fileOf, paidCatch, paidMessage, ruleTask, straightProcess } from './client-models.js';
import { checkForm, discountDmn } from '../e2e/engine-models.js';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

describe('history, decisions and resources with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    await camunda.createDeployment({
      resources: [
        fileOf('price.bpmn', straightProcess('price', [ruleTask('decide', 'discount')])),
        fileOf('paying.bpmn', straightProcess('paying', [paidCatch], paidMessage)),
        fileOf('outer.bpmn', straightProcess('outer', [callActivity('pay', 'paying')])),
        fileOf('discount.dmn', discountDmn),
        fileOf('check.form.json', checkForm),
      ],
    });
  });
  afterAll(() => app.close());

  const start = async (processDefinitionId: string, variables: Record<string, unknown>): Promise<string> => {
    const created = await camunda.createProcessInstance({
      processDefinitionId: processDefinitionId as never,
      variables,
    });
    await app.running.platform.runtime.idle();
    return created.processInstanceKey;
  };

  it('finds the waiting message subscription, and the correlation afterwards', async () => {
    const key = await start('paying', { orderId: 'S1' });
    const filter = { processInstanceKey: key as never };

    const open = await camunda.searchMessageSubscriptions({ filter: { ...filter, messageName: 'paid' } }, atOnce);
    const { messageKey } = await camunda.publishMessage({ name: 'paid', correlationKey: 'S1', timeToLive: 0 });
    await app.running.platform.runtime.idle();
    const closed = await camunda.searchMessageSubscriptions({ filter }, atOnce);
    const met = await camunda.searchCorrelatedMessageSubscriptions({ filter: { processInstanceKey: key } }, atOnce);

    expect(open.items).toEqual([
      expect.objectContaining({ elementId: 'payment', correlationKey: 'S1', messageSubscriptionState: 'CREATED' }),
    ]);
    expect(closed.items).toEqual([]);
    expect(met.items).toEqual([
      expect.objectContaining({
        messageKey,
        subscriptionKey: open.items![0]!.messageSubscriptionKey,
        elementId: 'payment',
        correlationKey: 'S1',
      }),
    ]);
  });

  it('refuses correlations of no instance, since they stand in the log of each', async () => {
    const refusal = await refusalOf(camunda.searchCorrelatedMessageSubscriptions({ filter: {} }, atOnce));

    expect(refusal).toEqual({ status: 400, detail: expect.stringContaining('processInstanceKey') });
  });

  it('tells who called an instance', async () => {
    const outer = await start('outer', { orderId: 'C1' });
    const inner = await camunda.searchProcessInstances(
      { filter: { parentProcessInstanceKey: outer as never } },
      atOnce,
    );

    const chain = await camunda.getProcessInstanceCallHierarchy(
      { processInstanceKey: inner.items[0]!.processInstanceKey },
      atOnce,
    );

    expect(chain.map(({ processDefinitionName }) => processDefinitionName)).toEqual([
      'outer process',
      'paying process',
    ]);
    expect(chain[0]!.processInstanceKey).toBe(outer);
  });

  it('tells which sequence flows were taken', async () => {
    const processInstanceKey = (await start('paying', { orderId: 'F1' })) as never;

    const { items } = await camunda.getProcessInstanceSequenceFlows({ processInstanceKey }, atOnce);

    expect(items!.map(({ elementId }) => elementId)).toEqual(['f1']);
  });

  it('counts element instances of an instance and of a definition', async () => {
    const processInstanceKey = (await start('paying', { orderId: 'N1' })) as never;
    const { processDefinitionKey } = await camunda.getProcessInstance({ processInstanceKey }, atOnce);

    const one = await camunda.getProcessInstanceStatistics({ processInstanceKey }, atOnce);
    const all = await camunda.getProcessDefinitionStatistics({ processDefinitionKey }, atOnce);

    expect(one.items!.find(({ elementId }) => elementId === 'payment')).toMatchObject({ active: 1, completed: 0 });
    expect(Number(all.items!.find(({ elementId }) => elementId === 'payment')!.active)).toBeGreaterThan(0);
  });

  it('keeps what a business rule task decided', async () => {
    const key = await start('price', { amount: 120 });

    const { items } = await camunda.searchDecisionInstances(
      { filter: { processInstanceKey: key as never, decisionDefinitionId: 'discount' as never } },
      atOnce,
    );
    const detail = await camunda.getDecisionInstance(
      { decisionEvaluationInstanceKey: items![0]!.decisionEvaluationInstanceKey! },
      atOnce,
    );

    expect(items).toEqual([expect.objectContaining({ state: 'EVALUATED', result: '10' })]);
    expect(detail).toMatchObject({
      evaluatedInputs: [{ inputName: 'Amount', inputValue: '120' }],
      matchedRules: [{ ruleId: 'big' }],
    });
  });

  it('finds the requirements graph of a decision and gives its file', async () => {
    const { items } = await camunda.searchDecisionRequirements(
      { filter: { decisionRequirementsId: 'discountGraph' } },
      atOnce,
    );
    const decisionRequirementsKey = items![0]!.decisionRequirementsKey!;

    const graph = await camunda.getDecisionRequirements({ decisionRequirementsKey }, atOnce);
    const xml = await camunda.getDecisionRequirementsXml({ decisionRequirementsKey }, atOnce);
    const decisions = await camunda.searchDecisionDefinitions({ filter: { decisionRequirementsKey } }, atOnce);
    const decisionDefinitionKey = decisions.items![0]!.decisionDefinitionKey!;

    expect(graph).toMatchObject({
      decisionRequirementsName: 'Discount graph',
      version: 1,
      resourceName: 'discount.dmn',
    });
    expect(xml).toBe(discountDmn);
    expect(decisions.items!.map(({ decisionDefinitionId }) => decisionDefinitionId)).toEqual(['discount']);
    expect(await camunda.getDecisionDefinition({ decisionDefinitionKey }, atOnce)).toEqual(decisions.items![0]);
    expect(await camunda.getDecisionDefinitionXml({ decisionDefinitionKey }, atOnce)).toBe(discountDmn);
  });

  it('numbers a changed graph and tells it with the deployment; what is unchanged keeps its keys', async () => {
    const again = await camunda.createDeployment({ resources: [fileOf('discount.dmn', discountDmn)] });
    const changed = await camunda.createDeployment({
      resources: [fileOf('discount.dmn', discountDmn.replace('>10<', '>11<'))],
    });

    const graphOf = (deployment: typeof again) =>
      deployment.deployments.find(({ decisionRequirements }) => decisionRequirements)?.decisionRequirements;
    expect(graphOf(again)).toMatchObject({ decisionRequirementsId: 'discountGraph', version: 1 });
    expect(graphOf(changed)).toMatchObject({ decisionRequirementsId: 'discountGraph', version: 2 });
  });

  it('gives a deployed form as resource and refuses its deletion by name', async () => {
    const { deployments } = await camunda.createDeployment({ resources: [fileOf('check.form.json', checkForm)] });
    const resourceKey = deployments[0]!.form!.formKey!;

    const resource = await camunda.getResource({ resourceKey });
    const content = await camunda.getResourceContent({ resourceKey });
    const refusal = await refusalOf(camunda.deleteResource({ resourceKey }));

    expect(resource).toMatchObject({ resourceId: 'check', resourceName: 'check.form.json', version: 1 });
    expect(content).toBe(checkForm);
    expect(refusal).toEqual({ status: 409, detail: expect.stringContaining('new version') });
  });

  it('does not find what there is not', async () => {
    const none = '999' as never;
    const refusals = await Promise.all([
      refusalOf(camunda.getProcessInstanceCallHierarchy({ processInstanceKey: none }, atOnce)),
      refusalOf(camunda.getProcessInstanceSequenceFlows({ processInstanceKey: none }, atOnce)),
      refusalOf(camunda.getDecisionInstance({ decisionEvaluationInstanceKey: none }, atOnce)),
      refusalOf(camunda.getDecisionRequirements({ decisionRequirementsKey: none }, atOnce)),
      refusalOf(camunda.getResource({ resourceKey: none })),
    ]);

    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 404));
  });
});
