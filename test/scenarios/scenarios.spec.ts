import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

const workflows = readdirSync('workflows', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const scenarios = workflows.flatMap(({ name: folder }) =>
  readdirSync(join('workflows', folder))
    .filter((file) => file.endsWith('.scenarios.json'))
    .flatMap((file) => JSON.parse(readFileSync(join('workflows', folder, file), 'utf8')) as Scenario[])
    .map((scenario) => ({ process: folder, title: scenario.name, scenario })),
);

/** Each on an application and a clock of its own: engine time never goes back. */
describe('scenarios of the configuration', () => {
  let app: TestApp;
  beforeEach(async () => void (app = await startApp({ inPlace: true })));
  afterEach(() => app.close());

  it.each(scenarios)('$process: $title', async ({ scenario }) => {
    const faults = await runScenario(scenario, { app: app.running.app, platform: app.running.platform });

    expect(faults).toEqual([]);
  });
});
