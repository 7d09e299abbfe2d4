import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { fileOf, serviceTask, straightProcess } from './client-models.js';
import { officialClient } from './official-client.js';

/** The problem document that the client throws. */
async function problemOf(asked: Promise<unknown>) {
  const error: unknown = await asked.then(
    (answer) => Promise.reject(new Error(`Expected a refusal but got ${JSON.stringify(answer)}.`)),
    (thrown: unknown) => thrown,
  );
  const { status, body = error, title = (body as { title?: string }).title } = error as Record<string, never>;
  return { status, title };
}

describe('refusals as the official client sees them', () => {
  let app: TestApp;
  let camunda: CamundaClient;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    const resources = [fileOf('worked.bpmn', straightProcess('worked', [serviceTask('work', 'work')]))];
    await camunda.createDeployment({ resources });
  });
  afterAll(() => app.close());

  const start = (variables = {}) =>
    camunda.createProcessInstance({ processDefinitionId: 'worked' as never, variables });

  it('400 INVALID_ARGUMENT: a job gets no retries', async () => {
    await start();
    const { jobs } = await camunda.activateJobs({ type: 'work', worker: 'w', timeout: 60_000, maxJobsToActivate: 1 });

    const problem = await problemOf(camunda.updateJob({ jobKey: jobs[0]!.jobKey, changeset: { retries: 0 } }));

    expect(problem).toEqual({ status: 400, title: 'INVALID_ARGUMENT' });
  });

  it('401 Unauthorized: a wrong password', async () => {
    const stranger = officialClient(app, { password: 'wrong' });

    expect(await problemOf(stranger.getTopology())).toEqual({ status: 401, title: 'Unauthorized' });
  });

  it('403 FORBIDDEN: an account that may not deploy', async () => {
    const clerk = officialClient(app, { account: 'xf_clerk' });
    const resources = [fileOf('other.bpmn', straightProcess('other', []))];

    expect(await problemOf(clerk.createDeployment({ resources }))).toEqual({ status: 403, title: 'FORBIDDEN' });
  });

  it('404 NOT_FOUND: an instance that is not there', async () => {
    const asked = camunda.cancelProcessInstance({ processInstanceKey: '999' as never });

    expect(await problemOf(asked)).toEqual({ status: 404, title: 'NOT_FOUND' });
  });

  it('409 INVALID_STATE: a job that is done already', async () => {
    await start();
    const { jobs } = await camunda.activateJobs({ type: 'work', worker: 'w', timeout: 60_000, maxJobsToActivate: 1 });
    await camunda.completeJob({ jobKey: jobs[0]!.jobKey });

    const problem = await problemOf(camunda.completeJob({ jobKey: jobs[0]!.jobKey }));

    expect(problem).toEqual({ status: 409, title: 'INVALID_STATE' });
  });

  it('503 RESOURCE_EXHAUSTED: a database without room, which the client may try again', async () => {
    const pages = (most: number) => app.running.platform.database.writer.query(`PRAGMA max_page_count = ${most}`);
    await pages(1);

    const problem = await problemOf(start({ text: 'x'.repeat(100_000) }));

    await pages(1_073_741_823);
    expect(problem).toEqual({ status: 503, title: 'RESOURCE_EXHAUSTED' });
    await start();
  });
});
