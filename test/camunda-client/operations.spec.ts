import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient, JobResult } from '@camunda8/orchestration-cluster-api';
import { fileOf, serviceTask, straightProcess, userTask } from './client-models.js';
import { atOnce, officialClient, refusalOf } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

const adHoc = {
  tag: 'adHocSubProcess',
  id: 'choice',
  inside:
    '<bpmn:userTask id="a" name="a"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="admin" /></bpmn:extensionElements></bpmn:userTask>',
};

const agent = (type: string) => ({
  ...adHoc,
  id: 'desk',
  extensions: `<zeebe:taskDefinition type="${type}" /><zeebe:adHoc outputCollection="notes" outputElement="=note" />`,
});

describe('batch operations and the cluster with the official client', () => {
  let app: TestApp;
  let camunda: CamundaClient;
  let otherKey: never;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    const { deployments } = await camunda.createDeployment({
      resources: [
        fileOf('one.bpmn', straightProcess('one', [userTask('first', 'admin'), userTask('second', 'admin')])),
        fileOf('other.bpmn', straightProcess('other', [userTask('first', 'admin')])),
        fileOf('worked.bpmn', straightProcess('worked', [serviceTask('work', 'work')])),
        fileOf('chosen.bpmn', straightProcess('chosen', [adHoc])),
        fileOf('agent.bpmn', straightProcess('agent', [agent('decide'), userTask('after', 'admin')])),
        fileOf('asked.bpmn', straightProcess('asked', [agent('answer')])),
      ],
    });
    otherKey = deployments.find(({ processDefinition: one }) => one?.processDefinitionId === 'other')!
      .processDefinition!.processDefinitionKey as never;
  });
  afterAll(async () => {
    camunda.stopAllWorkers();
    await app.close();
  });

  const start = async (processDefinitionId = 'one') =>
    (await camunda.createProcessInstance({ processDefinitionId: processDefinitionId as never })).processInstanceKey;
  const ended = async (batchOperationKey: string | undefined) => {
    await app.running.platform.runtime.idle();
    return camunda.getBatchOperation({ batchOperationKey: batchOperationKey as never }, atOnce);
  };
  const elementsOf = async (processInstanceKey: string) => {
    const filter = { processInstanceKey: processInstanceKey as never, state: 'ACTIVE' as const };
    const { items } = await camunda.searchElementInstances({ filter: { ...filter, type: 'USER_TASK' } }, atOnce);
    return items!.map(({ elementId }) => elementId);
  };

  /** Asks again until something is found: a worker takes its time. */
  const taskOf = async (processInstanceKey: string, elementId: string) => {
    const filter = { processInstanceKey: processInstanceKey as never, elementId: elementId as never };
    const found = await camunda.searchUserTasks(
      { filter },
      { consistency: { waitUpToMs: 60_000, pollIntervalMs: 50 } },
    );
    return found.items[0]!;
  };

  it('cancels instances by filter and shows what became of each', async () => {
    const keys = [await start(), await start()];

    const created = await camunda.cancelProcessInstancesBatchOperation(
      { filter: { processInstanceKey: { $in: keys } } },
      atOnce,
    );
    const operation = await ended(created.batchOperationKey);
    const items = await camunda.searchBatchOperationItems(
      { filter: { batchOperationKey: created.batchOperationKey! } },
      atOnce,
    );
    const instances = await camunda.searchProcessInstances(
      { filter: { batchOperationId: created.batchOperationKey! } },
      atOnce,
    );
    const found = await camunda.searchBatchOperations(
      { filter: { batchOperationKey: created.batchOperationKey! } },
      atOnce,
    );

    expect(operation).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 2, operationsCompletedCount: 2 });
    expect(items.items!.map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(instances.items.map(({ state }) => state)).toEqual(['TERMINATED', 'TERMINATED']);
    expect(found.items).toEqual([operation]);
  });

  it('modifies and migrates instances by filter', async () => {
    const moved = await start();
    const migrated = await start();

    const modification = await camunda.modifyProcessInstancesBatchOperation(
      {
        filter: { processInstanceKey: moved },
        moveInstructions: [{ sourceElementId: 'first' as never, targetElementId: 'second' as never }],
      },
      atOnce,
    );
    const migration = await camunda.migrateProcessInstancesBatchOperation(
      {
        filter: { processInstanceKey: migrated },
        migrationPlan: {
          targetProcessDefinitionKey: otherKey,
          mappingInstructions: [{ sourceElementId: 'first' as never, targetElementId: 'first' as never }],
        },
      },
      atOnce,
    );

    expect((await ended(modification.batchOperationKey)).state).toBe('COMPLETED');
    expect((await ended(migration.batchOperationKey)).state).toBe('COMPLETED');
    expect(await elementsOf(moved)).toEqual(['second']);
    const { processDefinitionId } = await camunda.getProcessInstance({ processInstanceKey: migrated }, atOnce);
    expect(processDefinitionId).toBe('other');
  });

  it('resolves incidents by filter', async () => {
    const processInstanceKey = await start('worked');
    const { jobs } = await camunda.activateJobs({ type: 'work', worker: 's', timeout: 60_000, maxJobsToActivate: 1 });
    await camunda.failJob({ jobKey: jobs[0]!.jobKey, retries: 0 });
    await camunda.updateJob({ jobKey: jobs[0]!.jobKey, changeset: { retries: 1 } });

    const { batchOperationKey } = await camunda.resolveIncidentsBatchOperation(
      { filter: { processInstanceKey } },
      atOnce,
    );

    expect((await ended(batchOperationKey)).state).toBe('COMPLETED');
    expect((await camunda.getProcessInstance({ processInstanceKey }, atOnce)).hasIncident).toBe(false);
  });

  it('reaches nothing of another tenant', async () => {
    const processInstanceKey = await start();

    const { batchOperationKey } = await camunda.cancelProcessInstancesBatchOperation(
      { filter: { tenantId: 'other' } },
      atOnce,
    );

    expect(await ended(batchOperationKey)).toMatchObject({ state: 'COMPLETED', operationsTotalCount: 0 });
    expect((await camunda.getProcessInstance({ processInstanceKey }, atOnce)).state).toBe('ACTIVE');
  });

  it('refuses a filter that it cannot keep, and operations that are over or not there', async () => {
    const done = await camunda.cancelProcessInstancesBatchOperation(
      { filter: { processInstanceKey: '1' as never } },
      atOnce,
    );
    const batchOperationKey = (await ended(done.batchOperationKey)).batchOperationKey!;
    const filter = { $or: [{ hasIncident: true }] };

    const statuses = await Promise.all(
      [
        camunda.cancelProcessInstancesBatchOperation({ filter }, atOnce),
        camunda.suspendBatchOperation({ batchOperationKey }, atOnce),
        camunda.resumeBatchOperation({ batchOperationKey }, atOnce),
        camunda.cancelBatchOperation({ batchOperationKey: '999' as never }, atOnce),
      ].map(async (asked) => (await refusalOf(asked)).status),
    );

    expect(statuses).toEqual([400, 409, 409, 404]);
  });

  it('chooses what is done in an ad-hoc sub-process', async () => {
    const processInstanceKey = await start('chosen');
    const filter = { processInstanceKey, elementId: 'choice' as never };
    const { items } = await camunda.searchElementInstances({ filter }, atOnce);

    await camunda.activateAdHocSubProcessActivities({
      adHocSubProcessInstanceKey: items![0]!.elementInstanceKey as never,
      elements: [{ elementId: 'a' as never }],
    });

    expect(await elementsOf(processInstanceKey)).toEqual(['a']);
  });

  it('lets a worker decide what is done in an ad-hoc sub-process', async () => {
    const processInstanceKey = await start('agent');
    const asked: { kind: string; elements: unknown }[] = [];
    const answers: JobResult[] = [
      { type: 'adHocSubProcess', activateElements: [{ elementId: 'a' as never, variables: { question: 'why' } }] },
      { type: 'adHocSubProcess', isCompletionConditionFulfilled: true },
    ];
    const worker = camunda.createJobWorker({
      jobType: 'decide',
      workerName: 'desk',
      maxParallelJobs: 1,
      jobTimeoutMs: 60_000,
      pollTimeoutMs: 2_000,
      jobHandler: async (job) => {
        asked.push({ kind: job.kind, elements: job.variables['adHocSubProcessElements'] });
        await camunda.completeJob({ jobKey: job.jobKey, result: answers[asked.length - 1]! });
        return job.ignore();
      },
    });

    const { userTaskKey } = await taskOf(processInstanceKey, 'a');
    const given = await camunda.searchUserTaskVariables({ userTaskKey, filter: { name: 'question' } }, atOnce);
    await camunda.completeUserTask({ userTaskKey, variables: { note: 'because' } });
    await taskOf(processInstanceKey, 'after');
    worker.stop();
    const { items } = await camunda.searchJobs({ filter: { processInstanceKey, kind: 'AD_HOC_SUB_PROCESS' } }, atOnce);
    const notes = await camunda.searchVariables({ filter: { processInstanceKey, name: 'notes' } }, atOnce);
    const elements = [{ elementId: 'a', elementName: 'a' }];
    expect(asked).toEqual([
      { kind: 'AD_HOC_SUB_PROCESS', elements },
      { kind: 'AD_HOC_SUB_PROCESS', elements },
    ]);
    expect(items.map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(given.items!.map(({ value }) => value)).toEqual(['"why"']);
    expect(notes.items!.map(({ value }) => value)).toContain('["because"]');
    expect(await elementsOf(processInstanceKey)).toEqual(['after']);
  });

  it('refuses a result that does not fit its job', async () => {
    await start('asked');
    await start('worked');
    const jobOf = async (type: string) => {
      const { jobs } = await camunda.activateJobs({ type, worker: 'w', timeout: 60_000, maxJobsToActivate: 1 });
      return jobs[0]!.jobKey;
    };
    const [answer, work] = [await jobOf('answer'), await jobOf('work')];
    const elements = [{ elementId: 'nobody' as never }];

    const statuses = await Promise.all(
      [
        camunda.completeJob({ jobKey: answer, result: { type: 'adHocSubProcess', activateElements: elements } }),
        camunda.completeJob({ jobKey: answer, result: { type: 'userTask', denied: false } }),
        camunda.completeJob({ jobKey: work, result: { type: 'adHocSubProcess' } }),
      ].map(async (asked) => (await refusalOf(asked)).status),
    );

    expect(statuses).toEqual([400, 400, 400]);
  });

  it('pins the clock, turns it back to real time, and refuses a time before the last event', async () => {
    const at = Date.now() + 3_600_000;

    await camunda.pinClock({ timestamp: at });
    const pinned = await start();
    const { startDate } = await camunda.getProcessInstance({ processInstanceKey: pinned }, atOnce);
    const refusal = await refusalOf(camunda.pinClock({ timestamp: 1 }));
    await camunda.resetClock();

    expect(Date.parse(startDate)).toBe(at);
    expect(refusal.status).toBe(400);
  });

  it('tells that it runs and under which licence', async () => {
    await camunda.getStatus();

    expect(await camunda.getLicense()).toEqual({ validLicense: true, licenseType: 'unknown', isCommercial: false });
  });
});
