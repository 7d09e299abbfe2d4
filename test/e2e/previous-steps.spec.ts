import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from './start-app.js';

interface Step {
  readonly taskName: string;
  readonly summary: readonly { readonly label: string; readonly value: unknown }[];
}

const scenarios = JSON.parse(readFileSync('workflows/xf_reply/xf_reply.scenarios.json', 'utf8')) as Scenario[];

describe('earlier steps on the page of a task', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    const scenario = scenarios.find(({ name }) => name === '单位负责人退回、领导退回：都回到起草')!;
    expect(await runScenario(scenario, { app: app.running.app, platform: app.running.platform })).toEqual([]);
  });
  afterAll(() => app.close());

  it('say what was said then, also where the same was asked again', async () => {
    const leader = await app.as('mine_leader');
    const { body: done } = await leader.get('/api/tasks').query({ view: 'done' }).expect(200);
    const [last] = done.items.filter(({ name }: { name: string }) => name === '审核签发');
    const { body } = await leader.get(`/api/tasks/${last.userTaskKey}`).expect(200);
    const opinions = (body.previous as readonly Step[])
      .filter(({ taskName }) => taskName === '审核处理意见')
      .map(({ summary }) => summary.find(({ label }) => label === '意见')?.value);

    expect(opinions).toEqual(['同意', '退回修改']);
  });
});
