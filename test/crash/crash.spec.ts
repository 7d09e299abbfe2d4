import { beforeAll, describe, expect, it } from '@jest/globals';
import { killRun, type KillReport } from './kill-run.js';

const KILLS = 25;
const SEED = Number(process.env['CRASH_SEED'] ?? 20261123);
const MINUTES = 60_000;

/**
 * Kills the server with SIGKILL, at named edges and at any time, under load of all kinds; after each kill the database
 * must be whole and hold what was acknowledged exactly once. `npm run test:crash` kills more often.
 */
describe(`${KILLS} kills under load (seed ${SEED})`, () => {
  let report: KillReport;

  beforeAll(async () => {
    report = await killRun({ kills: KILLS, seed: SEED });
  }, 10 * MINUTES);

  it('loses nothing that was acknowledged, doubles nothing and breaks no invariant', () => {
    expect(report.faults).toEqual([]);
  });

  it('killed at several edges, in the middle of work', () => {
    expect(report.kills).toBe(KILLS);
    expect(Object.keys(report.places).length).toBeGreaterThanOrEqual(5);
    expect(report.interrupted).toBeGreaterThan(0);
  });

  it('killed in a deployment, and in the migration of a filled database', () => {
    expect(report.places).toMatchObject({
      inDeployment: expect.any(Number) as unknown,
      inMigration: expect.any(Number) as unknown,
    });
  });

  it('did work of all kinds between the kills', () => {
    expect(Object.keys(report.acknowledged).toSorted()).toEqual(
      expect.arrayContaining(['deploy', 'job', 'message', 'report', 'signal', 'start', 'task']),
    );
  });
});
