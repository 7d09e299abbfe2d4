import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startServer } from '../support/server-process.js';
import type { ServerProcess } from '../support/server-process.js';
import { Load } from './load.js';
import { readDatabase } from './read-database.js';
import { seededRandom } from '../support/seeded-random.js';

const KILLS = 25;
const SEED = Number(process.env['CRASH_SEED'] ?? 20261123);
const MINUTES = 60_000;

/**
 * Kills the server with SIGKILL while petitioners submit and staff complete tasks, starts it again, sends what was not
 * answered once more with its idempotency key, and at the end reads the database: what was acknowledged is there once.
 */
describe(`${KILLS} kills under load (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const run = randomUUID().slice(0, 8);
  let server: ServerProcess;
  let load: Load;

  beforeAll(async () => {
    server = await startServer({ LOG_LEVEL: 'warn' });
    load = new Load(server.url, run);
    for (let kill = 0; kill < KILLS; kill++) {
      const busy = load.run();
      await new Promise((done) => setTimeout(done, 100 + random() * 600));
      await server.kill();
      load.stop();
      await busy;
      await server.restart();
      await load.sendUnansweredAgain();
    }
    await load.settled();
    await server.stop();
  }, 6 * MINUTES);

  afterAll(() => server.dispose());

  it('did real work between the kills', () => {
    expect(load.submitted.size).toBeGreaterThanOrEqual(KILLS);
    expect(load.completed.size).toBeGreaterThanOrEqual(KILLS);
    expect(load.interrupted).toBeGreaterThan(0);
    expect(load.faults).toEqual([]);
  });

  it('keeps every acknowledged submission exactly once, with numbers that have no gap', () => {
    const numbers = [...load.submitted.values()].toSorted();
    const database = readDatabase(join(server.dataDir, 'changtong.sqlite'));

    const year = /-(\d{4})-/.exec(numbers[0] ?? '')?.[1] ?? '';
    const expected = numbers.map((_, index) => `XF-${year}-${String(index + 1).padStart(5, '0')}`);

    expect(numbers).toEqual(expected);
    expect(database.caseNumbers).toEqual(expected);
  });

  it('keeps every acknowledged completion and doubles none', () => {
    const database = readDatabase(join(server.dataDir, 'changtong.sqlite'));

    const states = [...load.completed].map((key) => database.taskState(key));

    expect(new Set(states)).toEqual(new Set(['COMPLETED']));
    expect(database.completionsOfOneTask).toBe(1);
  });

  it('leaves each running instance with something that carries it on, and each log without a gap', () => {
    const database = readDatabase(join(server.dataDir, 'changtong.sqlite'));

    expect(database.strandedInstances).toEqual([]);
    expect(database.logsWithGaps).toEqual([]);
    expect(database.unsealedHandles).toEqual([]);
    expect(database.integrity).toBe('ok');
  });
});
