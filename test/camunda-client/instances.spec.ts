import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { fileOf, serviceTask, straightProcess, userTask } from './client-models.js';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

describe('process instances with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;
  const definitionKeys = new Map<string, string>();

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    const { deployments } = await camunda.createDeployment({
      resources: [
        fileOf('quick.bpmn', straightProcess('quick', [serviceTask('work', 'quick-work')])),
        fileOf('straight.bpmn', straightProcess('straight', [])),
        fileOf('two.bpmn', straightProcess('two', [userTask('first', 'admin'), userTask('second', 'admin')])),
        fileOf('three.bpmn', straightProcess('three', [userTask('only', 'admin'), userTask('last', 'admin')])),
      ],
    });
    for (const { processDefinition: one } of deployments)
      if (one) definitionKeys.set(one.processDefinitionId, one.processDefinitionKey);
  });
  afterAll(() => app.close());

  const keyOf = (id: string) => definitionKeys.get(id) as never;
  const start = async (processDefinitionId: string, variables: Record<string, unknown> = {}) =>
    (await camunda.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables }))
      .processInstanceKey;
  const activeElements = async (processInstanceKey: string) => {
    const filter = { processInstanceKey: processInstanceKey as never, state: 'ACTIVE' as const };
    const { items } = await camunda.searchElementInstances({ filter: { ...filter, type: 'USER_TASK' } }, atOnce);
    return items!;
  };

  it('starts one by the key of its definition, at an element that is named', async () => {
    const created = await camunda.createProcessInstance({
      processDefinitionKey: keyOf('straight'),
      startInstructions: [{ elementId: 'start' as never }],
    });

    const { state } = await camunda.getProcessInstance(created, atOnce);
    expect(created).toMatchObject({ processDefinitionId: 'straight', processDefinitionVersion: 1, variables: {} });
    expect(state).toBe('COMPLETED');
  });

  it('starts one at several elements, as often as each is named', async () => {
    const { processInstanceKey } = await camunda.createProcessInstance({
      processDefinitionId: 'two' as never,
      startInstructions: ['second', 'first', 'second'].map((elementId) => ({ elementId: elementId as never })),
      variables: { amount: 7 },
    });

    const active = await activeElements(processInstanceKey);
    const { items: variables } = await camunda.searchVariables({ filter: { processInstanceKey } }, atOnce);
    expect(active.map(({ elementId }) => elementId)).toEqual(['second', 'first', 'second']);
    expect(variables.map(({ name, value, scopeKey }) => [name, value, String(scopeKey)])).toEqual([
      ['amount', '7', String(processInstanceKey)],
    ]);
  });

  it('waits for the completion and gives the variables that were asked for', async () => {
    const waiting = camunda.createProcessInstance({
      processDefinitionId: 'quick' as never,
      variables: { amount: 1, note: 'n' },
      awaitCompletion: true,
      fetchVariables: ['amount', 'paid'],
    });
    const { jobs } = await camunda.activateJobs({
      type: 'quick-work',
      worker: 'spec',
      timeout: 10_000,
      maxJobsToActivate: 1,
      requestTimeout: 5_000,
      fetchVariable: ['amount'],
    });
    await camunda.completeJob({ jobKey: jobs[0]!.jobKey, variables: { paid: true } });

    expect(jobs[0]!.variables).toEqual({ amount: 1 });
    expect((await waiting).variables).toEqual({ amount: 1, paid: true });
  });

  it('says 504 where the completion takes longer than the client waits, and 409 where it was terminated', async () => {
    const wait = (requestTimeout: number) =>
      app
        .basic('admin')
        .post('/v2/process-instances')
        .send({
          processDefinitionId: 'two',
          awaitCompletion: true,
          requestTimeout,
          variables: { wait: requestTimeout },
        });

    const late = await wait(50);
    const terminated = wait(20_000).then((reply) => reply);
    const filter = { processDefinitionId: 'two', variables: [{ name: 'wait', value: '20000' }] };
    let found = await camunda.searchProcessInstances({ filter }, { consistency: { waitUpToMs: 5_000 } });
    while (found.items.length === 0) found = await camunda.searchProcessInstances({ filter }, atOnce);
    await camunda.cancelProcessInstance({ processInstanceKey: found.items[0]!.processInstanceKey });

    expect(late).toMatchObject({ status: 504, body: { title: 'Gateway Timeout', status: 504 } });
    expect((await terminated).status).toBe(409);
  });

  it.each([
    ['tags', { tags: ['red'] }, /tags/],
    [
      'runtime instructions',
      { runtimeInstructions: [{ type: 'TERMINATE_PROCESS_INSTANCE', afterElementId: 'first' }] },
      /runtime/,
    ],
    ['another tenant', { tenantId: 'other' }, /tenantId/],
    ['a start at an element that is not there', { startInstructions: [{ elementId: 'nowhere' }] }, /"nowhere"/],
    [
      'a start at a start event and elsewhere',
      { startInstructions: [{ elementId: 'start' }, { elementId: 'second' }] },
      /"start" cannot: it is a start event/,
    ],
    ['a start instruction without element', { startInstructions: [{}] }, /elementId/],
  ])('refuses %s by name', async (_, more, reason) => {
    const { body } = await app
      .basic('admin')
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'two', ...more })
      .expect(400);

    expect(body.detail).toMatch(reason);
  });

  it('modifies an instance: ends one element and begins another', async () => {
    const processInstanceKey = await start('two');
    const [first] = await activeElements(processInstanceKey);

    await camunda.modifyProcessInstance({
      processInstanceKey,
      activateInstructions: [{ elementId: 'second' as never, variableInstructions: [{ variables: { jumped: true } }] }],
      terminateInstructions: [{ elementInstanceKey: first!.elementInstanceKey }],
    });

    expect((await activeElements(processInstanceKey)).map(({ elementId }) => elementId)).toEqual(['second']);
    const refusal = refusalOf(
      camunda.modifyProcessInstance({ processInstanceKey, activateInstructions: [{ elementId: 'nowhere' as never }] }),
    );
    expect(await refusal).toMatchObject({ status: 400 });
  });

  it('migrates an instance to another definition', async () => {
    const processInstanceKey = await start('two');

    await camunda.migrateProcessInstance({
      processInstanceKey,
      targetProcessDefinitionKey: keyOf('three'),
      mappingInstructions: [{ sourceElementId: 'first' as never, targetElementId: 'only' as never }],
    });

    const { processDefinitionId } = await camunda.getProcessInstance({ processInstanceKey }, atOnce);
    expect(processDefinitionId).toBe('three');
    expect((await activeElements(processInstanceKey)).map(({ elementId }) => elementId)).toEqual(['only']);
  });

  it('sets variables of an element and of the instance and gets them', async () => {
    const processInstanceKey = await start('two', { a: 1 });
    const [element] = await activeElements(processInstanceKey);

    await camunda.createElementInstanceVariables({
      elementInstanceKey: element!.elementInstanceKey,
      variables: { b: 2 },
      local: true,
    });
    const own = await camunda.searchVariables({ filter: { scopeKey: element!.elementInstanceKey as never } }, atOnce);
    const variable = await camunda.getVariable({ variableKey: own.items![0]!.variableKey! }, atOnce);

    expect(variable).toMatchObject({ name: 'b', value: '2', scopeKey: element!.elementInstanceKey });
    expect(await camunda.getElementInstance({ elementInstanceKey: element!.elementInstanceKey }, atOnce)).toEqual(
      element,
    );
  });

  it('cuts a long value in searches and gives it whole by its key', async () => {
    const long = 'x'.repeat(9_000);
    const processInstanceKey = await start('two', { long, short: 's' });
    const filter = { processInstanceKey: processInstanceKey as never, isTruncated: true };

    const { items } = await camunda.searchVariables({ filter }, atOnce);
    const whole = await camunda.getVariable({ variableKey: items![0]!.variableKey! }, atOnce);

    expect(items!.map(({ name, value, isTruncated }) => [name, value!.length, isTruncated])).toEqual([
      ['long', 8191, true],
    ]);
    expect(whole.value).toBe(JSON.stringify(long));
  });

  it('finds instances by variable, element and alternative', async () => {
    const key = await start('two', { mark: 'm1' });
    const filter = {
      variables: [{ name: 'mark', value: '"m1"' }],
      elementId: 'first',
      elementInstanceState: 'ACTIVE' as const,
      $or: [{ hasIncident: true }, { processDefinitionId: { $like: 'tw?' } }],
    };

    const { items } = await camunda.searchProcessInstances({ filter }, atOnce);

    expect(items.map(({ processInstanceKey }) => processInstanceKey)).toEqual([key]);
  });

  it('says what there is not and what cannot be any more', async () => {
    const processInstanceKey = await start('straight');
    const refusals = [
      await refusalOf(camunda.cancelProcessInstance({ processInstanceKey })),
      await refusalOf(camunda.getProcessInstance({ processInstanceKey: '999' as never }, atOnce)),
      await refusalOf(camunda.createProcessInstance({ processDefinitionId: 'nothing' as never })),
    ];

    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});
