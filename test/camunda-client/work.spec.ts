import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { fileOf, paidCatch, paidMessage, serviceTask, straightProcess, userTask } from './client-models.js';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

const listened =
  '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="review" /></zeebe:taskListeners>';
const formed = '<zeebe:formDefinition formId="claim" bindingType="deployment" />';
const claimForm = JSON.stringify({
  id: 'claim',
  title: 'Claim',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['amount'],
    properties: { amount: { type: 'integer', minimum: 1, title: 'Amount', 'x-class': 'open' } },
  },
});

const alarm = '<bpmn:signal id="alarm" name="alarm" />';
const alarmed = {
  tag: 'intermediateCatchEvent',
  id: 'alarmed',
  inside: '<bpmn:signalEventDefinition id="alarmEvent" signalRef="alarm" />',
};

describe('tasks, jobs and messages with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    await camunda.createDeployment({
      resources: [
        fileOf('formed.bpmn', straightProcess('formed', [userTask('fill', 'admin', formed)])),
        fileOf('listened.bpmn', straightProcess('listened', [userTask('do', 'admin', listened)])),
        fileOf('worked.bpmn', straightProcess('worked', [serviceTask('work', 'work')])),
        fileOf('paying.bpmn', straightProcess('paying', [paidCatch], paidMessage)),
        fileOf('alarming.bpmn', straightProcess('alarming', [alarmed], alarm)),
        fileOf('claim.form.json', claimForm),
      ],
    });
  });
  afterAll(() => app.close());

  const start = async (processDefinitionId: string, variables: Record<string, unknown> = {}) =>
    (await camunda.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables }))
      .processInstanceKey;
  const taskOf = async (processInstanceKey: string) => {
    const { items } = await camunda.searchUserTasks(
      { filter: { processInstanceKey: processInstanceKey as never } },
      atOnce,
    );
    return items[0]!.userTaskKey;
  };
  const activate = async (type: string) =>
    (
      await camunda.activateJobs({
        type,
        worker: 'spec',
        timeout: 60_000,
        maxJobsToActivate: 10,
        requestTimeout: 2_000,
      })
    ).jobs;
  const stateOf = async (processInstanceKey: string) => {
    await app.running.platform.runtime.idle();
    return (await camunda.getProcessInstance({ processInstanceKey: processInstanceKey as never }, atOnce)).state;
  };

  describe('a user task with a form', () => {
    it('gives our form file as the schema of the form', async () => {
      const form = await camunda.getUserTaskForm({ userTaskKey: await taskOf(await start('formed')) }, atOnce);

      expect(form).toMatchObject({ formId: 'claim', schema: JSON.parse(claimForm) });
    });

    it('is completed only with what fits the form', async () => {
      const key = await start('formed');
      const userTaskKey = await taskOf(key);

      const missing = await refusalOf(camunda.completeUserTask({ userTaskKey, variables: {} }));
      const wrong = await refusalOf(camunda.completeUserTask({ userTaskKey, variables: { amount: 0 } }));
      const before = await stateOf(key);
      await camunda.completeUserTask({ userTaskKey, variables: { amount: 5, extra: 1 } });
      const kept = await camunda.searchVariables({ filter: { processInstanceKey: key } }, atOnce);

      expect([missing.status, wrong.status, before]).toEqual([400, 400, 'ACTIVE']);
      expect(await stateOf(key)).toBe('COMPLETED');
      expect(kept.items!.map(({ name, value }) => [name, value])).toEqual([['amount', '5']]);
    });

    it('shows its variables, its candidates find it, and others do not', async () => {
      const key = await start('formed', { note: 'seen' });
      const userTaskKey = await taskOf(key);
      const filter = {
        candidateGroup: { $in: ['admin'] },
        processInstanceVariables: [{ name: 'note', value: '"seen"' }],
      };

      const found = await camunda.searchUserTasks({ filter }, atOnce);
      const variables = await camunda.searchUserTaskVariables({ userTaskKey, filter: { name: 'note' } }, atOnce);
      const clerk = officialClient(app, { account: 'xf_clerk' });
      const unseen = await clerk.searchUserTasks({ filter: { userTaskKey } }, atOnce);

      expect(found.items.map((task) => task.userTaskKey)).toEqual([userTaskKey]);
      expect(variables.items!.map(({ value }) => value)).toEqual(['"seen"']);
      expect([unseen.items, Number(unseen.page.totalItems)]).toEqual([[], 0]);
      expect(await refusalOf(clerk.completeUserTask({ userTaskKey, variables: { amount: 1 } }))).toMatchObject({
        status: 404,
      });
    });
  });

  it('says nothing where a process has no form to start with', async () => {
    const { items } = await camunda.searchProcessDefinitions({ filter: { processDefinitionId: 'formed' } }, atOnce);
    const { processDefinitionKey } = items![0]! as { processDefinitionKey: never };

    const form = await camunda.getStartProcessForm({ processDefinitionKey }, atOnce);

    expect(form).toEqual({});
    expect(await camunda.getProcessDefinition({ processDefinitionKey }, atOnce)).toMatchObject({ hasStartForm: false });
  });

  it('lets the job of a task listener correct the task, and deny its completion', async () => {
    const key = await start('listened');
    const userTaskKey = await taskOf(key);

    await camunda.completeUserTask({ userTaskKey });
    const [first] = await activate('review');
    await camunda.completeJob({
      jobKey: first!.jobKey,
      result: { type: 'userTask', denied: true, deniedReason: 'look again' } as never,
    });
    const afterDenial = (await camunda.getUserTask({ userTaskKey }, atOnce)).state;
    await camunda.completeUserTask({ userTaskKey });
    const [second] = await activate('review');
    await camunda.completeJob({
      jobKey: second!.jobKey,
      result: { type: 'userTask', corrections: { priority: 90 } } as never,
    });

    expect(first).toMatchObject({
      kind: 'TASK_LISTENER',
      listenerEventType: 'COMPLETING',
      userTask: { userTaskKey },
    });
    expect(afterDenial).toBe('CREATED');
    expect(await stateOf(key)).toBe('COMPLETED');
    expect((await camunda.getUserTask({ userTaskKey }, atOnce)).priority).toBe(90);
  });

  it('finds jobs by kind, state and end', async () => {
    const key = (await start('worked')) as never;
    const [job] = await activate('work');
    await camunda.completeJob({ jobKey: job!.jobKey });

    const filter = { processInstanceKey: key, kind: 'BPMN_ELEMENT' as const, endTime: { $exists: true } };
    const { items } = await camunda.searchJobs({ filter, sort: [{ field: 'endTime', order: 'DESC' }] }, atOnce);

    expect(items).toEqual([
      expect.objectContaining({ jobKey: job!.jobKey, state: 'COMPLETED', endTime: expect.any(String) }),
    ]);
  });

  it('throws a BPMN error that nothing catches: an incident, which is found, read and resolved', async () => {
    const processInstanceKey = (await start('worked')) as never;
    const [job] = await activate('work');

    await camunda.throwJobError({ jobKey: job!.jobKey, errorCode: 'NO_MONEY', errorMessage: 'empty' });
    const { items } = await camunda.searchProcessInstanceIncidents({ processInstanceKey }, atOnce);
    const incident = await camunda.getIncident({ incidentKey: items![0]!.incidentKey! }, atOnce);
    const instances = await camunda.searchProcessInstances(
      { filter: { errorMessage: { $like: '*NO_MONEY*' } } },
      atOnce,
    );

    expect(incident).toMatchObject({ errorType: 'UNHANDLED_ERROR_EVENT', state: 'ACTIVE', elementId: 'work' });
    expect(instances.items.map((one) => one.processInstanceKey)).toEqual([processInstanceKey]);
  });

  it('refuses what is asked of jobs that are done or not there', async () => {
    await start('worked');
    const [job] = await activate('work');
    await camunda.completeJob({ jobKey: job!.jobKey });
    const none = '999' as never;

    const statuses = await Promise.all(
      [
        camunda.completeJob({ jobKey: job!.jobKey }),
        camunda.failJob({ jobKey: job!.jobKey, retries: 1 }),
        camunda.completeJob({ jobKey: none }),
        camunda.throwJobError({ jobKey: none, errorCode: 'X' }),
        camunda.updateJob({ jobKey: none, changeset: { retries: 1 } }),
      ].map(async (asked) => (await refusalOf(asked)).status),
    );

    expect(statuses).toEqual([409, 409, 404, 404, 404]);
  });

  it('correlates a message at once, or refuses it', async () => {
    const key = await start('paying', { orderId: 'W1' });

    const met = await camunda.correlateMessage({ name: 'paid', correlationKey: 'W1', variables: { sum: 3 } });

    expect(met).toMatchObject({ processInstanceKey: key, messageKey: expect.any(String) });
    expect(await stateOf(key)).toBe('COMPLETED');
    expect(await refusalOf(camunda.correlateMessage({ name: 'paid', correlationKey: 'W1' }))).toMatchObject({
      status: 404,
    });
  });

  it('broadcasts a signal', async () => {
    const keys = [await start('alarming'), await start('alarming')];

    const { signalKey } = await camunda.broadcastSignal({ signalName: 'alarm', variables: { loud: true } });

    expect(signalKey).toMatch(/^\d+$/);
    expect(await Promise.all(keys.map(stateOf))).toEqual(['COMPLETED', 'COMPLETED']);
  });
});
