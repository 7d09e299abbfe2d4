import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from './start-app.js';

const [walk] = JSON.parse(
  readFileSync('workflows/xf_reception_day/xf_reception_day.scenarios.json', 'utf8'),
) as Scenario[];

describe('the sheet of a reception day (attachment 2)', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('is printed by the office that fills it in, with what the leader told each visitor', async () => {
    expect(await runScenario(walk!, { app: app.running.app, platform: app.running.platform })).toEqual([]);
    const { items } = await app.running.platform.queries.search('processInstances', {
      filter: { processDefinitionId: 'xf_reception_day' },
      page: { limit: 1 },
    });
    const clerk = await app.as('xf_clerk');

    const path = `/api/instances/${items[0]?.processInstanceKey}/documents/T07`;
    const { text } = await clerk.post(path).send({ reason: '打印登记表请领导签名' }).expect(200);

    expect(text).toContain('当场答复：按规定补发。');
  });
});
