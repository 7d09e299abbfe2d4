import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scenario } from '#configuration';
import { markedScenario } from '../canaries/mark-scenario.js';
import { searchData } from '../canaries/search-data.js';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startServices } from '../e2e/start-app.js';

const workflows = readdirSync('workflows', { withFileTypes: true }).filter((entry) => entry.isDirectory());
const scenarios = workflows.flatMap(({ name: folder }) =>
  readdirSync(join('workflows', folder))
    .filter((file) => file.endsWith('.scenarios.json'))
    .flatMap((file) => JSON.parse(readFileSync(join('workflows', folder, file), 'utf8')) as Scenario[])
    .map((scenario) => ({ process: folder, title: scenario.name, scenario })),
);

const publishes = ({ steps = [] }: Scenario): boolean => steps.some((step) => step.do === 'publish');

/**
 * Petitioners write marks into the fields of their identity. Each on an application and a clock of its own: engine time never goes back.
 * Those that publish have files of their own, too.
 */
describe('scenarios of the configuration', () => {
  let configuration: string;
  let running: Awaited<ReturnType<typeof startServices>>;
  let log: string[];
  beforeAll(() => {
    configuration = mkdtempSync(join(tmpdir(), 'changtong-pack-'));
    for (const folder of ['workflows', 'forms']) cpSync(folder, join(configuration, folder), { recursive: true });
  });
  afterEach(() => running.close());
  afterAll(() => rmSync(configuration, { recursive: true, force: true }));

  it.each(scenarios)('$process: $title', async ({ scenario }) => {
    log = [];
    running = await startServices({
      configuration,
      inPlace: !publishes(scenario),
      onLog: (line) => log.push(line),
    });

    const faults = await runScenario(markedScenario(scenario), running);

    expect(faults).toEqual([]);
    expect(searchData(running.dataDir, log.join(''))).toEqual([]);
  });
});
