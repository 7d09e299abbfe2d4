import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CamundaClient, JobActionReceipt } from '@camunda8/orchestration-cluster-api';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { fileOf } from './client-models.js';
import { atOnce, officialClient } from './official-client.js';

interface Job {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly customHeaders: Readonly<Record<string, unknown>>;
  complete(variables?: Record<string, unknown>): Promise<JobActionReceipt>;
  error(error: { errorCode: string; errorMessage: string }): Promise<JobActionReceipt>;
}

const examples = resolve('examples');

/** The files of `examples/`, deployed and worked through with the official client alone. */
describe('the examples, with the official client and its workers', () => {
  let app: TestApp;
  let camunda: CamundaClient;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
  });
  afterAll(async () => {
    camunda.stopAllWorkers();
    await app.close();
  });

  const deploy = async (name: string) => {
    const files = (await readdir(join(examples, name))).filter((file) => !file.endsWith('.md'));
    const resources = await Promise.all(
      files.map(async (file) => fileOf(file, await readFile(join(examples, name, file), 'utf8'))),
    );
    return camunda.createDeployment({ resources });
  };
  const work = (jobType: string, handle: (job: Job) => Promise<JobActionReceipt>) =>
    camunda.createJobWorker({
      jobType,
      workerName: `${jobType} worker`,
      maxParallelJobs: 2,
      jobTimeoutMs: 30_000,
      pollTimeoutMs: 2_000,
      jobHandler: (job) => handle(job as unknown as Job),
    });
  const started = async (processDefinitionId: string, variables: Record<string, unknown>) =>
    (await camunda.createProcessInstance({ processDefinitionId: processDefinitionId as never, variables }))
      .processInstanceKey;
  /** Asks again until something is found: a worker takes its time. */
  const waitUntilFound = { consistency: { waitUpToMs: 20_000, pollIntervalMs: 50 } };
  const taskOf = async (processInstanceKey: never, elementId: string) => {
    const filter = { processInstanceKey, elementId: elementId as never, state: 'CREATED' } as const;
    return (await camunda.searchUserTasks({ filter }, waitUntilFound)).items[0]!;
  };
  const ended = async (processInstanceKey: never) => {
    const filter = { processInstanceKey, state: 'COMPLETED' } as const;
    await camunda.searchProcessInstances({ filter }, waitUntilFound);
    const { items } = await camunda.searchElementInstances(
      { filter: { processInstanceKey, type: 'END_EVENT' } },
      atOnce,
    );
    return items!.map(({ elementId, state }) => [elementId, state]);
  };

  it('ships an order whose card is declined at first', async () => {
    const charges: unknown[] = [];
    const announced: unknown[] = [];
    const deployed = await deploy('order');
    work('charge-card', async (job) => {
      charges.push([job.variables['card'], job.variables['amount'], job.customHeaders['currency']]);
      return job.variables['card'] === '4000'
        ? job.error({ errorCode: 'CARD_DECLINED', errorMessage: 'Declined by the bank.' })
        : job.complete({ paymentReference: 'P-1' });
    });
    work('announce-parcel', async (job) => {
      announced.push([job.variables['orderId'], job.variables['weight']]);
      return job.complete();
    });
    const key = (await started('order-process', { orderId: 'O-1', total: 120, card: '4000' })) as never;

    const correction = await taskOf(key, 'correct');
    await camunda.assignUserTask({ userTaskKey: correction.userTaskKey, assignee: 'admin' });
    await camunda.completeUserTask({ userTaskKey: correction.userTaskKey, variables: { card: '4242' } });
    const subscription = { processInstanceKey: key, messageName: 'payment-settled' };
    await camunda.searchMessageSubscriptions({ filter: subscription }, waitUntilFound);
    const met = await camunda.correlateMessage({ name: 'payment-settled', correlationKey: 'O-1' });
    const parcel = await taskOf(key, 'pack');
    await camunda.completeUserTask({ userTaskKey: parcel.userTaskKey, variables: { weight: 2.5 } });

    expect(await ended(key)).toEqual([['shipped', 'COMPLETED']]);
    expect(deployed.deployments).toHaveLength(3);
    expect(met.processInstanceKey).toBe(key);
    expect(charges).toEqual([
      ['4000', 120, 'EUR'],
      ['4242', 120, 'EUR'],
    ]);
    expect(announced).toEqual([['O-1', 2.5]]);
  });

  it('routes expenses by a decision to nobody, the head or the board', async () => {
    const booked: unknown[] = [];
    const refused: unknown[] = [];
    await deploy('approval');
    work('book-expense', async (job) => {
      booked.push(job.variables['claim']);
      return job.complete();
    });
    work('tell-refusal', async (job) => {
      refused.push(job.variables['claim']);
      return job.complete();
    });
    const claim = (name: string, amount: number, kind: string) =>
      started('expense-approval', { claim: name, amount, kind }) as Promise<never>;
    const decide = async (key: never, elementId: string, approved: boolean) => {
      const { userTaskKey } = await taskOf(key, elementId);
      await camunda.completeUserTask({ userTaskKey, variables: { approved } });
    };
    const small = await claim('small', 40, 'travel');
    const middle = await claim('middle', 40, 'books');
    const large = await claim('large', 5_000, 'travel');

    await decide(middle, 'head', true);
    await decide(large, 'board', false);

    expect(await Promise.all([small, middle, large].map(ended))).toEqual([
      [['booked', 'COMPLETED']],
      [['booked', 'COMPLETED']],
      [['refused', 'COMPLETED']],
    ]);
    expect([booked.sort(), refused]).toEqual([['middle', 'small'], ['large']]);
    const { items } = await camunda.searchDecisionInstances({ filter: { processInstanceKey: large } }, atOnce);
    expect(items!.map(({ result }) => JSON.parse(result!))).toEqual([{ approver: 'board', reason: '5000 and more' }]);
  });
});
