import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CamundaClient, createCamundaClient } from '@camunda8/orchestration-cluster-api';
import { model, type ModelBuilder } from '#testing';
import { startApp, type TestApp } from './start-app.js';

/** Elements beyond the everyday ones, through the API and the database to their end. */
describe('elements of BPMN over the engine API', () => {
  let app: TestApp;
  let camunda: CamundaClient;
  const wait = { consistency: { waitUpToMs: 0 } };

  beforeAll(async () => {
    app = await startApp();
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
  });
  afterAll(() => app.close());

  const deploy = (...models: readonly ModelBuilder[]) =>
    camunda.createDeployment({ resources: models.map(({ xml }, index) => new File([xml], `model-${index}.bpmn`)) });
  const start = async (id: string, variables: Readonly<Record<string, unknown>> = {}) => {
    const { processInstanceKey } = await camunda.createProcessInstance({
      processDefinitionId: id as never,
      variables,
    });
    await app.running.platform.runtime.idle();
    return processInstanceKey;
  };
  const activeElements = async (processInstanceKey: Awaited<ReturnType<typeof start>>) => {
    await app.running.platform.runtime.idle();
    const { items } = await camunda.searchElementInstances({ filter: { processInstanceKey, state: 'ACTIVE' } }, wait);
    return new Map((items ?? []).map(({ elementId, elementInstanceKey }) => [String(elementId), elementInstanceKey]));
  };
  const completeJob = async (type: string, result?: object) => {
    const { jobs } = await camunda.activateJobs({ type, timeout: 60_000, maxJobsToActivate: 1, worker: 'spec' });
    await camunda.completeJob({ jobKey: jobs[0]!.jobKey, ...(result && { result: result as never }) });
    await app.running.platform.runtime.idle();
  };

  it('chooses activities of an ad-hoc sub-process', async () => {
    await deploy(
      model('desk')
        .start()
        .adHoc('work', (inner) => inner.serviceTask('call').apart().serviceTask('visit'))
        .end(),
    );
    const instance = await start('desk');
    const adHoc = (await activeElements(instance)).get('work')!;

    await camunda.activateAdHocSubProcessActivities({
      adHocSubProcessInstanceKey: adHoc,
      elements: [{ elementId: 'visit' as never }],
    });

    expect([...(await activeElements(instance)).keys()].toSorted()).toEqual(['desk', 'visit', 'work']);
    await expect(
      camunda.activateAdHocSubProcessActivities({
        adHocSubProcessInstanceKey: adHoc,
        elements: [{ elementId: 'nobody' as never }],
      }),
    ).rejects.toMatchObject({ status: 400 });
    await completeJob('visit');
    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('COMPLETED');
  });

  it('brings an escalation of a called process to its caller, while both go on', async () => {
    await deploy(
      model('called').start().throwEvent('late', { escalation: 'late' }).serviceTask('go-on').end(),
      model('caller')
        .start()
        .callActivity('call', { process: 'called' })
        .end()
        .boundary('hear', 'call', { escalation: 'late', interrupting: false })
        .serviceTask('remind')
        .end('reminded'),
    );
    const instance = await start('caller');

    expect([...(await activeElements(instance)).keys()].toSorted()).toEqual(['call', 'caller', 'remind']);
    await completeJob('go-on');
    await completeJob('remind');
    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('COMPLETED');
  });

  it('compensates in reverse order, and cancels a transaction', async () => {
    await deploy(
      model('deal')
        .start()
        .transaction('pay', (inner) =>
          inner
            .start('s')
            .serviceTask('reserve')
            .compensation('reserve', 'release')
            .serviceTask('release', { isForCompensation: true })
            .at('reserve')
            .end('no', { cancel: true }),
        )
        .end()
        .boundary('cancelled', 'pay', { cancel: true })
        .serviceTask('explain')
        .end('end2'),
    );
    const instance = await start('deal');
    await completeJob('reserve');
    expect([...(await activeElements(instance)).keys()].toSorted()).toEqual(['deal', 'pay', 'release']);
    await completeJob('release');
    await completeJob('explain');

    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('COMPLETED');
  });

  it('lets a condition happen when a variable is set', async () => {
    await deploy(model('watch').start().catchEvent('full', { conditional: '=level > 9' }).end());
    const instance = await start('watch', { level: 1 });

    await camunda.createElementInstanceVariables({
      elementInstanceKey: instance as never,
      variables: { level: 10 },
    });

    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('COMPLETED');
  });

  it('starts a process for each condition that holds of what is said', async () => {
    const flood = model('flood').start('risen', { conditional: '=level > 9' }).userTask('warn').end();
    const vague = model('vague').start('unclear', { conditional: '=level + 1' }).userTask('look').end();
    await deploy(flood, vague);
    const evaluate = (body: object) => app.basic('admin').post('/v2/conditionals/evaluation').send(body);

    const high = () =>
      evaluate({ variables: { level: 10 }, tenantId: '<default>' })
        .set('Idempotency-Key', 'flood-1')
        .expect(200);
    const { body } = await high();
    const repeated = await high();
    const [started] = body.processInstances;
    const again = await evaluate({ variables: { level: 3 }, processDefinitionKey: started.processDefinitionKey });

    expect(body).toMatchObject({ tenantId: '<default>', conditionalEvaluationKey: expect.stringMatching(/^\d+$/) });
    expect(body.faults).toMatchObject([{ elementId: 'unclear', message: expect.stringContaining('true or false') }]);
    expect(again.body).toMatchObject({ processInstances: [], faults: [] });
    expect(repeated.body).toEqual(body);
    expect(
      (await camunda.searchProcessInstances({ filter: { processDefinitionId: 'flood' as never } }, wait)).items,
    ).toHaveLength(1);
    expect([...(await activeElements(started.processInstanceKey)).keys()].toSorted()).toEqual(['flood', 'warn']);
    await expect(
      camunda.searchVariables({ filter: { processInstanceKey: started.processInstanceKey } }, wait),
    ).resolves.toMatchObject({ items: [{ name: 'level', value: '10' }] });
  });

  it('asks a task listener, which denies', async () => {
    await deploy(
      model('signed')
        .start()
        .userTask('sign', { groups: 'admin', form: '', taskListeners: { completing: ['is-signed'] } })
        .end(),
    );
    const instance = await start('signed');
    const { items } = await camunda.searchUserTasks({ filter: { processInstanceKey: instance } }, wait);
    const { userTaskKey } = items[0]!;

    await camunda.completeUserTask({ userTaskKey });
    await completeJob('is-signed', { type: 'userTask', denied: true, deniedReason: 'no signature' });
    expect((await activeElements(instance)).has('sign')).toBe(true);
    await camunda.completeUserTask({ userTaskKey });
    await completeJob('is-signed', { type: 'userTask', denied: false });

    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('COMPLETED');
  });

  it('asks the listeners of a task that is cancelled with its instance, then ends that', async () => {
    await deploy(
      model('watched')
        .start()
        .userTask('sign', { groups: 'admin', form: '', taskListeners: { canceling: ['take-back'] } })
        .end(),
    );
    const instance = await start('watched');

    await camunda.cancelProcessInstance({ processInstanceKey: instance });
    const { items } = await camunda.searchJobs({ filter: { processInstanceKey: instance } }, wait);
    expect(items).toEqual([expect.objectContaining({ kind: 'TASK_LISTENER', listenerEventType: 'CANCELING' })]);
    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('ACTIVE');
    await completeJob('take-back', { type: 'userTask', denied: false });

    expect((await camunda.getProcessInstance({ processInstanceKey: instance }, wait)).state).toBe('TERMINATED');
  });

  it('refuses a process that is sure to call itself without end', async () => {
    const circle = model('sure').start().callActivity('again', { process: 'sure' }).end();

    await expect(deploy(circle)).rejects.toThrow();
  });

  it('stops a process that calls itself without end with an incident', async () => {
    const again = { process: 'circle', multiInstance: { collection: '=[1]' } };
    await deploy(model('circle').start().callActivity('again', again).end());
    const instance = await start('circle');

    const { items } = await camunda.searchIncidents({ filter: { processDefinitionId: 'circle' as never } }, wait);
    const { page } = await camunda.searchProcessInstances({ filter: { processDefinitionId: 'circle' as never } }, wait);
    expect(items).toEqual([expect.objectContaining({ errorType: 'CALLED_ELEMENT_ERROR', elementId: 'again' })]);
    expect(page.totalItems).toBe(100);
    await camunda.cancelProcessInstance({ processInstanceKey: instance });
    await app.running.platform.runtime.idle();
    const left = { processDefinitionId: 'circle' as never, state: 'ACTIVE' as const };
    expect((await camunda.searchProcessInstances({ filter: left }, wait)).items).toHaveLength(0);
  });

  it('starts a process by the first event of an instantiating gateway', async () => {
    await deploy(
      model('inbox')
        .eventBasedGateway('first', ['a', 'b'], { instantiate: true })
        .branch('a')
        .catchEvent('letter', { message: { name: 'letter', key: '="k"' } })
        .serviceTask('read')
        .end('e1')
        .branch('b')
        .catchEvent('alarm', { signal: 'alarm' })
        .serviceTask('run')
        .end('e2'),
    );

    await camunda.publishMessage({ name: 'letter', correlationKey: '', timeToLive: 0 });
    await app.running.platform.runtime.idle();

    const { items } = await camunda.searchProcessInstances({ filter: { processDefinitionId: 'inbox' } }, wait);
    expect(items).toHaveLength(1);
    expect([...(await activeElements(items[0]!.processInstanceKey)).keys()].toSorted()).toEqual(['inbox', 'read']);
  });
});
