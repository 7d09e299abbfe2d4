import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openDatabase, verifyChains, verifyDatabase, type Database } from '#persistence';
import { finishGolden, openWorld, type GoldenPlan } from './make-golden.js';

const releases = join(import.meta.dirname, 'releases');
const kept = readdirSync(releases).flatMap((name) => /^release-(.+)\.sqlite\.gz$/.exec(name)?.[1] ?? []);

/** README.md of this folder says how they came about. */
describe.each(kept)('the golden database of release %s', (release) => {
  const folder = mkdtempSync(join(tmpdir(), 'changtong-golden-'));
  const plan = JSON.parse(readFileSync(join(releases, `release-${release}.json`), 'utf8')) as GoldenPlan;
  let database: Database;

  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is migrated, and each of its instances is finished', async () => {
    const file = join(folder, 'copy.sqlite');
    writeFileSync(file, gunzipSync(readFileSync(join(releases, `release-${release}.sqlite.gz`))));
    database = await openDatabase({ url: `sqlite:${file}` });
    await database.migrate();
    const before = await verifyDatabase(database);

    const world = await openWorld(database, Date.parse(plan.madeAt));
    const faults = await finishGolden(world, plan);
    const left = await world.rows(`SELECT bpmn_process_id, state FROM process_instances WHERE state <> 'COMPLETED'`);
    const open = await world.rows('SELECT kind FROM inbox');
    await world.close();

    expect(before.faults).toEqual([]);
    expect(before.instances).toBeGreaterThan(plan.instances.length / 2);
    expect(faults).toEqual([]);
    expect(left).toEqual([]);
    expect(open).toEqual([]);
    expect((await verifyDatabase(database)).faults).toEqual([]);
    expect((await verifyChains(database)).broken).toEqual([]);
  });
});
