import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from './start-app.js';

interface NoticeRow {
  readonly text: string;
  readonly processInstanceKey: string | null;
}

const scenarios = JSON.parse(readFileSync('workflows/xf_main/xf_main.scenarios.json', 'utf8')) as Scenario[];
const DAY = 24 * 3_600_000;

describe('a notice', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    const scenario = scenarios.find(({ name }) => name === '单位两个工作日不签收，视为收到')!;
    expect(await runScenario(scenario, { app: app.running.app, platform: app.running.platform })).toEqual([]);
    const { body } = await (await app.as('xf_office_director')).get('/api/deadlines').expect(200);
    const { dueAt } = body.items.find((row: { deadlineId: string }) => row.deadlineId === 'reply');
    await app.running.platform.runtime.pinClock(Date.parse(dueAt) + 15 * DAY);
    await app.running.app.get(DeadlineKeeping).settled();
  });
  afterAll(() => app.close());

  const noticesOf = async (account: string): Promise<readonly NoticeRow[]> =>
    (await (await app.as(account)).get('/api/notices').expect(200)).body.items;

  it('leads to the case that it tells of', async () => {
    const told = (await noticesOf('discipline_committee')).find(({ text }) => text.includes('领导挂牌督办（答复）'));

    expect(told?.processInstanceKey).toMatch(/^\d+$/);
    await (await app.as('discipline_committee')).get(`/api/instances/${told?.processInstanceKey}`).expect(200);
  });

  it('leads nowhere where the page of the case is not for who is told', async () => {
    const told = (await noticesOf('mine_leader')).find(({ text }) => text.includes('答复期限已用去八成'));
    const [same] = (await noticesOf('discipline_committee')).filter(({ processInstanceKey }) => processInstanceKey);

    expect(told?.processInstanceKey).toBeNull();
    await (await app.as('mine_leader')).get(`/api/instances/${same?.processInstanceKey}`).expect(404);
  });
});
