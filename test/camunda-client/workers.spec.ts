import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { fileOf } from './client-models.js';
import { atOnce, officialClient } from './official-client.js';
import { startApp, type TestApp } from '../e2e/start-app.js';
import { type Course, courses, loadBpmn, WorkerLoad } from './worker-load.js';

const SECONDS = Number(process.env['WORKER_SECONDS'] ?? 4);
const HOUR = 3_600_000;

/** `npm run test:workers -- --seconds 600` works longer. */
describe(`job workers of the official client, ${SECONDS} s of mixed load`, () => {
  let app: TestApp;
  let camunda: CamundaClient;
  let load: WorkerLoad;

  beforeAll(async () => {
    app = await startApp();
    camunda = officialClient(app);
    await camunda.createDeployment({ resources: [fileOf('load.bpmn', loadBpmn)] });
    load = new WorkerLoad(camunda);
    await load.run(SECONDS * 1_000);
    const { started, completed, failed, left, mostActive } = load;
    const seen = {
      instances: started.size,
      completed: completed.size,
      failed: failed.size,
      left: left.size,
      mostActive,
    };
    process.stderr.write(`${JSON.stringify(seen)}\n`);
  }, HOUR);
  afterAll(() => app.close(), HOUR);

  const keysOf = (course: Course) => [...load.started].filter(([, one]) => one === course).map(([key]) => key);
  const ends = async (elementId: string) => {
    const filter = { elementId: elementId as never, state: 'COMPLETED' as const };
    const found: string[] = [];
    for (let after: string | undefined; ;) {
      const page = { limit: 1_000, ...(after !== undefined && { after: after as never }) };
      const { items = [], page: reached } = await camunda.searchElementInstances({ filter, page }, atOnce);
      found.push(...items.map(({ processInstanceKey }) => processInstanceKey));
      if (items.length < 1_000) return found;
      after = reached.endCursor;
    }
  };

  it(
    'loses no instance: each comes to the end that its course leads to, once',
    async () => {
      const shipped = [...keysOf('plain'), ...keysOf('flaky'), ...keysOf('lost')];

      expect(courses.map((course) => keysOf(course).length > 5)).toEqual(courses.map(() => true));
      expect((await ends('shipped')).sort()).toEqual(shipped.sort());
      expect((await ends('refused')).sort()).toEqual(keysOf('refused').sort());
    },
    HOUR,
  );

  it('completes each job once', () => {
    const shipped = load.started.size - keysOf('refused').length;

    expect(load.completed.size).toBe(2 * shipped);
    expect([...load.completed.values()].every((times) => times === 1)).toBe(true);
  });

  it('gives a failed job again after its back-off, and one without an answer after its timeout', () => {
    expect([...load.failed.values()]).toEqual(keysOf('flaky').map(() => 2));
    expect(Math.min(...load.pauses)).toBeGreaterThanOrEqual(99);
    expect(load.left.size).toBe(keysOf('lost').length);
  });

  it('gives no more jobs at once than the worker takes, with the variables that it asks for alone', () => {
    expect(load.mostActive).toBeLessThanOrEqual(8);
    expect([...load.fetched].sort()).toEqual(['course', 'number']);
  });

  it('leaves no incident', async () => {
    const { page } = await camunda.searchIncidents({ filter: { state: 'ACTIVE' } }, atOnce);

    expect(Number(page.totalItems)).toBe(0);
  });
});
