import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventKinds, supportedElements } from '#bpmn';
import { openDatabase, verifyChains, verifyDatabase, type Database } from '#persistence';
import { whatWaits } from './coverage.js';
import { finishGolden, MADE_AT, makeGolden, openWorld, type GoldenPlan } from './make-golden.js';

const KEEP_AS = process.env['GOLDEN_RELEASE'];
const kinds = (place: 'startEvent' | 'boundaryEvent' | 'intermediateCatchEvent' | 'eventSubProcessStart') =>
  eventKinds[place].filter((kind) => kind !== 'none' && kind !== 'link').map((kind) => `${place} ${kind}`);

/** `node scripts/make-golden.mjs RELEASE` keeps what this makes beside it. */
describe('a database with an instance waiting at every element kind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'changtong-golden-'));
  const file = join(folder, 'golden.sqlite');
  let database: Database;
  let plan: GoldenPlan;
  let waits: ReadonlySet<string>;

  beforeAll(async () => {
    database = await openDatabase({ url: `sqlite:${file}` });
    await database.migrate();
    const world = await openWorld(database, MADE_AT);
    plan = await makeGolden(world, KEEP_AS ?? 'now');
    waits = await whatWaits(world);
    await world.close();
    await database.writer.query(`VACUUM INTO '${join(folder, 'kept.sqlite')}'`);
    if (KEEP_AS !== undefined) keep(KEEP_AS);
  });

  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const keep = (release: string) => {
    const target = join(import.meta.dirname, 'releases');
    mkdirSync(target, { recursive: true });
    const options = { flag: 'wx' } as const;
    writeFileSync(join(target, `release-${release}.json`), `${JSON.stringify(plan, null, 2)}\n`, options);
    const packed = gzipSync(readFileSync(join(folder, 'kept.sqlite')), { level: 9 });
    writeFileSync(join(target, `release-${release}.sqlite.gz`), packed, options);
  };

  it('holds every element type of the support table', () => {
    expect([...waits]).toEqual(expect.arrayContaining(supportedElements.map(({ type }) => type).filter(isWaitedAt)));
  });

  it.each(['startEvent', 'intermediateCatchEvent', 'boundaryEvent', 'eventSubProcessStart'] as const)(
    'holds every kind of %s that waits',
    (place) => {
      expect([...waits]).toEqual(expect.arrayContaining(kinds(place)));
    },
  );

  it('holds several definitions in one event, repetition, compensation, listeners and an incident', () => {
    const places = ['intermediateCatchEvent', 'boundaryEvent', 'eventSubProcessStart'];
    expect([...waits]).toEqual(
      expect.arrayContaining([
        ...places.flatMap((place) => [`${place} multiple`, `${place} parallelMultiple`]),
        'half happened',
        'repeated',
        'compensation runs',
        'compensation to come',
        'transaction is cancelled',
        'complex reset',
        'execution listener',
        'task listener',
        'turn in a task',
        'incident',
      ]),
    );
  });

  it('is finished by this version', async () => {
    const world = await openWorld(database, MADE_AT);
    const faults = await finishGolden(world, plan);
    await world.close();

    expect(faults).toEqual([]);
    expect((await verifyDatabase(database)).faults).toEqual([]);
    expect((await verifyChains(database)).broken).toEqual([]);
  });
});

/** A boundary event waits with its activity, which is looked at apart. */
const isWaitedAt = (type: string): boolean => type !== 'boundaryEvent';
