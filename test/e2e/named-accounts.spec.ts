import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from './start-app.js';

interface Said {
  readonly label: string;
  readonly value: unknown;
}

/** A place that was checked by two people, of which something is to be put right. */
function untilRepair(): Scenario {
  const text = readFileSync('workflows/xf_place_check/xf_place_check.scenarios.json', 'utf8');
  const scenario = (JSON.parse(text) as Scenario[]).find(({ steps }) =>
    steps?.some(({ element }) => element === 'fixHazard'),
  )!;
  const end = scenario.steps!.findIndex(({ element }) => element === 'fixHazard');
  const steps = scenario.steps!.slice(0, end).filter(({ do: act }) => act !== 'advance');
  const { expect: _atTheEnd, ...beginning } = scenario;
  return { ...beginning, steps };
}

describe('accounts that an earlier step chose', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
    const { app: running, platform } = app.running;
    expect(await runScenario(untilRepair(), { app: running, platform })).toEqual([]);
  });
  afterAll(() => app.close());

  it('stand by their names above the form and among the facts of the case', async () => {
    const head = await app.as('unit_head.logistics');
    const { body: list } = await head.get('/api/tasks?view=all').expect(200);
    const [{ userTaskKey, processInstanceKey }] = list.items;

    const { body: task } = await head.get(`/api/tasks/${userTaskKey}`).expect(200);
    const { body: instance } = await head.get(`/api/instances/${processInstanceKey}`).expect(200);

    const told = (task.previous as { summary: Said[] }[]).flatMap(({ summary }) => summary);
    const names = ['后勤服务中心值班员', '信访登记承办人'];
    expect(told).toContainEqual({ label: '检查人', value: names });
    expect(instance.facts).toContainEqual({ label: '检查人', value: names });
  });
});
