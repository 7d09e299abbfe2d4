import { type CamundaClient, createCamundaClient } from '@camunda8/orchestration-cluster-api';
import type TestAgent from 'supertest/lib/agent.js';
import { checkForm, orderBpmn } from './engine-models.js';
import { startApp, type TestApp } from './start-app.js';

/** Operations on instances: through the official client where it knows them, else by plain requests. */
describe('operations of the engine API', () => {
  let app: TestApp;
  let camunda: CamundaClient;
  let admin: TestAgent;
  const wait = { consistency: { waitUpToMs: 0 } };

  beforeAll(async () => {
    app = await startApp();
    admin = app.basic('admin');
    camunda = createCamundaClient({
      config: {
        CAMUNDA_REST_ADDRESS: app.url,
        CAMUNDA_AUTH_STRATEGY: 'BASIC',
        CAMUNDA_BASIC_AUTH_USERNAME: 'admin',
        CAMUNDA_BASIC_AUTH_PASSWORD: 'demo',
        CAMUNDA_SDK_VALIDATION: 'fanatical',
        CAMUNDA_SDK_LOG_LEVEL: 'silent',
      },
    });
    const resources = [
      new File([orderBpmn()], 'order.bpmn'),
      new File([orderBpmn('other')], 'other.bpmn'),
      new File([checkForm], 'check.form.json'),
    ];
    await camunda.createDeployment({ resources });
  });
  afterAll(() => app.close());

  const start = async (processDefinitionId = 'order') => {
    const variables = { orderId: 'A1', amount: 120 };
    return (await camunda.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables }))
      .processInstanceKey;
  };
  const activeElements = async (processInstanceKey: string) => {
    const filter = { processInstanceKey: processInstanceKey as never, state: 'ACTIVE' as const };
    const { items = [] } = await camunda.searchElementInstances({ filter }, wait);
    return items.filter(({ type }) => type !== 'PROCESS');
  };
  const settled = (batchOperationKey: string) =>
    app.running.platform.runtime
      .idle()
      .then(() => camunda.getBatchOperation({ batchOperationKey: batchOperationKey as never }, wait));
  const targetKey = async () => {
    const { items } = await camunda.searchProcessDefinitions(
      { filter: { processDefinitionId: 'other' as never } },
      wait,
    );
    return items![0]!.processDefinitionKey!;
  };

  it('moves a token', async () => {
    const processInstanceKey = await start();
    const [task] = await activeElements(processInstanceKey);

    await camunda.modifyProcessInstance({
      processInstanceKey,
      activateInstructions: [
        {
          elementId: 'charge' as never,
          ancestorElementInstanceKey: '-1',
          variableInstructions: [{ variables: { skipped: true } }, { variables: { note: 'x' }, scopeId: 'charge' }],
        },
      ],
      terminateInstructions: [{ elementInstanceKey: task!.elementInstanceKey }],
    });

    expect((await activeElements(processInstanceKey)).map(({ elementId }) => elementId)).toEqual(['charge']);
  });

  it('refuses a modification with place and remedy', async () => {
    const key = await start();

    const response = await admin
      .post(`/v2/process-instances/${key}/modification`)
      .send({ activateInstructions: [{ elementId: 'nothing' }] });

    expect(response.status).toBe(400);
    expect(response.body.detail).toBe('Expected an element of process "order" but found "nothing".');
  });

  it('migrates to another process', async () => {
    const processInstanceKey = await start();

    await camunda.migrateProcessInstance({
      processInstanceKey,
      targetProcessDefinitionKey: await targetKey(),
      mappingInstructions: [{ sourceElementId: 'check' as never, targetElementId: 'check' as never }],
    });

    const instance = await camunda.getProcessInstance({ processInstanceKey }, wait);
    expect(instance).toMatchObject({ processDefinitionId: 'other', state: 'ACTIVE' });
  });

  it('refuses a migration without the mapping of what is active with 409', async () => {
    const key = await start();

    const response = await admin
      .post(`/v2/process-instances/${key}/migration`)
      .send({ targetProcessDefinitionKey: await targetKey(), mappingInstructions: [] });

    expect(response.status).toBe(409);
    expect(response.body.detail).toMatch(/Expected a mapping for the active element "check"/);
  });

  it('lets nobody complete a task of a suspended instance', async () => {
    const key = await start();
    const { items } = await camunda.searchUserTasks({ filter: { processInstanceKey: key as never } }, wait);
    const path = `/v2/user-tasks/${items![0]!.userTaskKey}/completion`;

    await admin.post(`/v2/process-instances/${key}/suspension`).expect(204);
    const twice = await admin.post(`/v2/process-instances/${key}/suspension`).expect(409);
    const refused = await admin.post(path).send({ variables: { checked: true } });
    await admin.post(`/v2/process-instances/${key}/resumption`).expect(204);
    const done = await admin.post(path).send({ variables: { checked: true } });

    expect([refused.status, done.status]).toEqual([409, 204]);
    expect(refused.body.detail).toMatch(/it is suspended. Resume it first./);
    expect(twice.body.current).toEqual({ processInstanceKey: key, state: 'SUSPENDED' });
  });

  it('removes an instance only when it has ended', async () => {
    const key = await start();

    await admin.post(`/v2/process-instances/${key}/deletion`).expect(409);
    await camunda.cancelProcessInstance({ processInstanceKey: key });
    await admin.post(`/v2/process-instances/${key}/deletion`).expect(204);

    await admin.get(`/v2/process-instances/${key}`).expect(404);
  });

  it('cancels by filter and tells each item', async () => {
    const keys = [await start(), await start()];

    const created = await camunda.cancelProcessInstancesBatchOperation(
      {
        filter: { processInstanceKey: { $in: keys as never } },
      },
      wait,
    );
    const batch = await settled(created.batchOperationKey!);
    const { items } = await camunda.searchBatchOperationItems(
      { filter: { batchOperationKey: created.batchOperationKey! } },
      wait,
    );
    const found = await camunda.searchBatchOperations({ filter: { state: 'COMPLETED' } }, wait);

    expect(created.batchOperationType).toBe('CANCEL_PROCESS_INSTANCE');
    expect(batch).toMatchObject({
      state: 'COMPLETED',
      operationsTotalCount: 2,
      operationsCompletedCount: 2,
      errors: [],
    });
    expect(items!.map(({ processInstanceKey, state }) => [processInstanceKey, state])).toEqual(
      keys.toSorted().map((key) => [key, 'COMPLETED']),
    );
    expect(found.items!.map(({ batchOperationKey }) => batchOperationKey)).toContain(created.batchOperationKey);
  });

  it('moves and migrates by filter', async () => {
    const key = await start();
    const filter = { processInstanceKey: key };

    const migration = await camunda.migrateProcessInstancesBatchOperation(
      {
        filter,
        migrationPlan: {
          targetProcessDefinitionKey: await targetKey(),
          mappingInstructions: [{ sourceElementId: 'check' as never, targetElementId: 'check' as never }],
        },
      },
      wait,
    );
    const migrated = await settled(migration.batchOperationKey!);
    const modification = await camunda.modifyProcessInstancesBatchOperation(
      {
        filter,
        moveInstructions: [{ sourceElementId: 'check' as never, targetElementId: 'payment' as never }],
      },
      wait,
    );
    const modified = await settled(modification.batchOperationKey!);

    expect([migrated, modified]).toMatchObject([{ operationsCompletedCount: 1 }, { operationsCompletedCount: 1 }]);
    expect((await activeElements(key)).map(({ elementId }) => elementId)).toEqual(['payment']);
  });

  it('refuses a wrong filter, a batch operation that is not there and one that has ended', async () => {
    const wrong = await admin.post('/v2/process-instances/cancellation').send({ filter: { nothing: 1 } });
    const none = await admin.post('/v2/process-instances/cancellation').send({});
    const created = await admin.post('/v2/process-instances/resumption').send({ filter: { processInstanceKey: '1' } });
    await app.running.platform.runtime.idle();
    const ended = await admin.post(`/v2/batch-operations/${created.body.batchOperationKey}/suspension`);
    const unknown = await admin.post('/v2/batch-operations/42/cancellation');

    expect([wrong.status, none.status, ended.status, unknown.status]).toEqual([400, 400, 409, 404]);
    expect(ended.body.current).toEqual({
      batchOperationKey: created.body.batchOperationKey,
      state: 'COMPLETED',
    });
  });

  it('is for operators alone', async () => {
    const clerk = app.basic('xf_clerk');

    const statuses = await Promise.all(
      ['process-instances/cancellation', 'process-instances/42/suspension', 'batch-operations/search'].map(
        async (path) => (await clerk.post(`/v2/${path}`).send({ filter: {} })).status,
      ),
    );

    expect(statuses).toEqual([403, 403, 403]);
  });
});
