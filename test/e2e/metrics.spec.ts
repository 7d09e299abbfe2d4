import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MetricsService } from '../../apps/server/src/metrics/metrics.service.js';
import { webhookBpmn } from './engine-models.js';
import { register, registration } from './product-values.js';
import { publish } from './published.js';
import { startApp, type TestApp } from './start-app.js';

describe('metrics', () => {
  let app: TestApp;
  const values = async (): Promise<ReadonlyMap<string, number>> => {
    const { text } = await app.anonymous().get('/metrics').expect(200);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
    );
  };
  beforeAll(async () => {
    app = await startApp();
    await register(app);
  });
  afterAll(() => app.close());

  it('ask for their token where the operator set one', async () => {
    const token = 'scrape-0123456789abcdef';
    const other = await startApp({ environment: { METRICS_TOKEN: token } });
    try {
      const read = (authorization?: string) => {
        const asked = other.anonymous().get('/metrics');
        return authorization === undefined ? asked : asked.set('authorization', authorization);
      };
      await read().expect(401);
      await read(`Bearer ${token}x`).expect(401);
      await (await other.as('admin')).get('/metrics').expect(401);
      const { text } = await read(`Bearer ${token}`).expect(200);

      expect(text).toMatch(/^changtong_/m);
      await other.anonymous().get('/health/ready').expect(200);
    } finally {
      await other.close();
    }
  });

  it('let a closed server go: what they read from it is held no longer', async () => {
    const other = await startApp();
    const { registry } = other.running.app.get(MetricsService);
    const before = registry.getMetricsAsArray().length;
    await other.close();

    expect(before).toBeGreaterThan(10);
    expect(registry.getMetricsAsArray()).toEqual([]);
  });

  it('do not count the cases of exclusive roles', async () => {
    const before = await values();

    await register(app, {
      ...registration,
      wish: 'discipline',
      channel: 'letter',
      category: 'C12',
      visitorCount: undefined,
    });

    const after = await values();
    for (const kind of ['activeInstances', 'openTasks'])
      expect(after.get(`changtong_open{kind="${kind}"}`)).toBe(before.get(`changtong_open{kind="${kind}"}`));
    const open = await app.running.platform.queries.search('userTasks', { filter: { state: 'CREATED' } });
    expect(open.items.map(({ processDefinitionId }) => processDefinitionId)).toContain('xf_accusation');
  });

  it('count commands by type and outcome', async () => {
    const name = (outcome: string) => `changtong_commands_total{command="completeUserTask",outcome="${outcome}"}`;
    const task = { type: 'completeUserTask', variables: {} } as const;
    const { runtime, queries } = app.running.platform;
    const [open] = (await queries.search('userTasks', { filter: { state: 'CREATED' } })).items;
    const instanceKey = open!.processInstanceKey;
    const before = await values();

    await runtime.execute({ instanceKey, command: { ...task, userTaskKey: open!.userTaskKey } });
    await runtime.execute({ instanceKey, command: { ...task, userTaskKey: open!.userTaskKey } });
    const after = await values();

    expect((after.get(name('ok')) ?? 0) - (before.get(name('ok')) ?? 0)).toBe(1);
    const refused = [...after].filter(([key]) =>
      /command="completeUserTask",outcome="(notFound|invalidState)"/.test(key),
    );
    expect(refused.map(([, count]) => count)).toEqual([1]);
  });

  it.each([
    'changtong_commit_seconds',
    'changtong_command_wait_seconds',
    'changtong_command_seconds',
    'changtong_commit_batch_size',
  ])('%s measures each commit', async (name) => {
    const before = (await values()).get(`${name}_count`) ?? 0;

    await app.running.platform.runtime.write([]);

    const after = await values();
    expect(after.get(`${name}_count`)).toBeGreaterThan(before);
    expect(after.get(`${name}_sum`)).toBeGreaterThan(0);
  });

  it('show the whole backlog', async () => {
    const shown = await values();

    expect([...shown.keys()]).toEqual(
      expect.arrayContaining([
        'changtong_queued',
        ...[
          'activeInstances',
          'openTasks',
          'incidents',
          'pendingInbox',
          'pendingOutbox',
          'deadLetters',
          'openJobs',
          'dueTimers',
        ].map((kind) => `changtong_open{kind="${kind}"}`),
      ]),
    );
    expect(shown.get('changtong_open{kind="activeInstances"}')).toBeGreaterThan(0);
  });

  it('count an incident', async () => {
    const admin = app.basic('admin');
    await publish(app, 'hook', webhookBpmn('hook', 'https://erp.example.org/'));
    const name = 'changtong_open{kind="incidents"}';
    const before = (await values()).get(name)!;

    await admin.post('/v2/process-instances').send({ processDefinitionId: 'hook', variables: {} }).expect(200);
    await app.running.platform.runtime.idle();

    expect((await values()).get(name)).toBe(before + 1);
  });
});
