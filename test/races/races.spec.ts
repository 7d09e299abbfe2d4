import { beforeAll, describe, expect, it } from '@jest/globals';
import { postgresPrograms } from './cluster.js';
import { runRaces } from './run-races.js';
import type { RacesResult } from './run-races.js';

const LEASE_MS = 3_000;
const MINUTE = 60_000;
const programs = postgresPrograms();
if (!programs) process.stderr.write('Races are skipped: the programs of PostgreSQL (initdb, pg_ctl) are not here.\n');

/** The small version of `npm run test:races`. */
(programs ? describe : describe.skip)('two nodes that are paused, killed and cut off under load', () => {
  let result: RacesResult;

  beforeAll(async () => {
    result = await runRaces({
      programs: programs!,
      nodes: 2,
      jobs: 500,
      pauses: 3,
      kills: 2,
      restarts: 1,
      restartEveryMs: 8_000,
      leaseMs: LEASE_MS,
      withinMs: MINUTE,
      seed: Number(process.env['RACES_SEED'] ?? 20261125),
      openAtMost: 200,
      settleMs: 4 * MINUTE,
      say: () => undefined,
    });
  }, 8 * MINUTE);

  it('break no law', () => {
    expect(result.broken).toEqual([]);
  });

  it('did work under all of it', () => {
    expect(result).toMatchObject({ pauses: 3, kills: 2, restarts: 1 });
    expect(result.jobs).toBeGreaterThan(0);
    expect(result.epochs).toBeGreaterThan(2);
  });

  it('say when to come back while the database is away', () => {
    expect(result.refusedWithoutRetryAfter).toBe(0);
  });
});
