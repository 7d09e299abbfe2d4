import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRuntime, type Runtime } from '#runtime';
import { createStore, type Store } from '#persistence';
import { testDatabases, type TestDatabase } from '../../libs/persistence/src/contract/test-databases.js';
import { allKindsFiles } from '../support/all-kinds.js';
import { brokenInvariants } from '../support/invariants.js';
import { seededRandom } from '../support/seeded-random.js';
import { CommandLoad } from './command-load.js';
import { makeFaulty, type FaultyDatabase } from './faulty-database.js';

const COMMANDS = Number(process.env['FAULT_COMMANDS'] ?? 600);
const SEED = Number(process.env['FAULT_SEED'] ?? 20261125);
const RATE = 0.01;
const HOUR = 3_600_000;

/**
 * One statement of a hundred fails: before it ran, after it took effect, with a lost connection; BEGIN, COMMIT and
 * ROLLBACK too. Clients send what was not answered again. `npm run test:faults -- --commands N --seed S` runs more.
 */
describe.each(testDatabases)(`${COMMANDS} commands with failing statements on $kind (seed ${SEED})`, ({ open }) => {
  let test: TestDatabase;
  let store: Store;
  let runtime: Runtime;
  let load: CommandLoad;
  let faulty: FaultyDatabase;

  beforeAll(async () => {
    test = await open();
    const random = seededRandom(SEED);
    faulty = makeFaulty(test.database, random);
    store = createStore(test.database);
    runtime = createRuntime({ store });
    await runtime.start();
    await runtime.deploy({ hash: 'all', source: 'api', files: allKindsFiles() });
    load = new CommandLoad(runtime, test.database, random);
    faulty.rate = RATE;
    await load.run(COMMANDS);
    faulty.rate = 0;
    await runtime.stop();
    await store.close();
    store = createStore(test.database);
    runtime = createRuntime({ store });
    await runtime.start();
    await runtime.idle();
    await runtime.stop();
    await store.close();
    process.stderr.write(
      `${JSON.stringify({ repeated: load.acknowledged.repeated, ...Object.fromEntries(faulty.made) })}\n`,
    );
  }, HOUR);

  afterAll(() => test.drop());

  const counts = async (sql: string) => {
    const rows = (await test.database.reader.query(sql)) as { id: unknown; n: unknown }[];
    return new Map(rows.map(({ id, n }) => [String(id), Number(n)]));
  };
  const events = (type: string, field: string) =>
    counts(`SELECT ${json(field)} AS id, COUNT(*) AS n FROM event_log WHERE type = '${type}' GROUP BY 1`);
  const json = (field: string) =>
    test.database.dialect === 'sqlite' ? `json_extract(payload, '$.${field}')` : `payload::json->>'${field}'`;

  it('made faults of many kinds, which not every command outlives by itself', () => {
    expect(faulty.made.size).toBeGreaterThanOrEqual(5);
    expect([...faulty.made.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
    if (test.database.dialect === 'sqlite') expect(load.acknowledged.repeated).toBeGreaterThan(0);
  });

  it('breaks no invariant', async () => {
    expect(await brokenInvariants(test.database)).toEqual([]);
  });

  it('keeps every acknowledged start exactly once', async () => {
    const stored = await counts(
      `SELECT value AS id, COUNT(*) AS n FROM variables v JOIN process_instances p ON p."key" = v.scope_key WHERE v.name = 'orderId' AND p.parent_instance_key IS NULL GROUP BY value`,
    );

    const expected = [...load.acknowledged.started.keys()].map((id) => [JSON.stringify(id), 1]);
    expect(new Map([...stored].toSorted())).toEqual(new Map(expected.toSorted() as [string, number][]));
  });

  it('completes every acknowledged user task and job once, and fails every job as often as acknowledged', async () => {
    const [tasks, jobs, failures] = [
      await events('userTaskCompleted', 'userTaskKey'),
      await events('jobCompleted', 'jobKey'),
      await events('jobFailed', 'jobKey'),
    ];

    expect([...new Set(tasks.values())]).toEqual([1]);
    expect([...new Set(jobs.values())]).toEqual([1]);
    expect(new Set(tasks.keys())).toEqual(load.acknowledged.completedTasks);
    expect(new Set(jobs.keys())).toEqual(load.acknowledged.completedJobs);
    expect(failures).toEqual(load.acknowledged.failedJobs);
  });

  it('leaves nothing between instances undone', async () => {
    expect(await counts('SELECT kind AS id, COUNT(*) AS n FROM inbox GROUP BY kind')).toEqual(new Map());
  });
});
