import { mkdtemp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BackupProcess } from '../../apps/server/src/backups/backup-process.js';
import { NightlyBackups } from '../../apps/server/src/backups/nightly-backups.service.js';
import { backUp } from '../../apps/server/src/commands/back-up.js';
import { startApp, type TestApp } from './start-app.js';

/** Midnight of a day in Shanghai. */
const MIDNIGHT = Date.parse('2099-03-01T16:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a backup a night', () => {
  let copies: string;
  let app: TestApp;
  const log: string[] = [];
  let runs: string[] = [];
  let fault: Error | undefined;

  const madeAt = async (timestamp: number) => {
    await (await app.as('admin')).put('/v2/clock').send({ timestamp }).expect(204);
    return app.running.app.get(NightlyBackups).makeWhereDue();
  };

  beforeAll(async () => {
    copies = await mkdtemp(join(tmpdir(), 'changtong-copies-'));
    for (const name of ['changtong-2099-02-26', 'changtong-2099-02-28', 'of-somebody-else'])
      await mkdir(join(copies, name));
    app = await startApp({
      environment: { BACKUP_DIR: copies, BACKUP_KEEP_DAYS: '2' },
      onLog: (line) => log.push(line),
    });
    // The program of a server that was built is not there; the work of its process is.
    jest.spyOn(app.running.app.get(BackupProcess), 'run').mockImplementation(async (folder) => {
      runs.push(folder);
      if (fault) throw fault;
      await backUp(app.running.platform.settings, folder);
    });
  });
  afterAll(async () => {
    await app.close();
    await rm(copies, { recursive: true, force: true });
  });

  it('waits until one in the morning, where the mine is', async () => {
    const early = await madeAt(MIDNIGHT + 59 * MINUTE);

    expect(early).toBeUndefined();
    expect(runs).toEqual([]);
  });

  it('that fails is logged, leaves the older ones and is tried again an hour later', async () => {
    fault = new Error('no space left on device');
    const failed = await madeAt(MIDNIGHT + HOUR);
    const soon = await madeAt(MIDNIGHT + HOUR + 30 * MINUTE);
    const tried = runs.length;
    fault = undefined;

    expect([failed, soon, tried]).toEqual([undefined, undefined, 1]);
    expect(log.join('')).toContain('no space left on device');
    expect((await readdir(copies)).toSorted()).toEqual([
      'changtong-2099-02-26',
      'changtong-2099-02-28',
      'of-somebody-else',
    ]);
  });

  it('is a whole one of its day; then those kept long enough go, and nothing of others', async () => {
    const folder = await madeAt(MIDNIGHT + 2 * HOUR + MINUTE);

    expect(folder).toBe(join(copies, 'changtong-2099-03-02'));
    expect(JSON.parse(await readFile(join(folder!, 'manifest.json'), 'utf8'))).toMatchObject({ format: 1 });
    expect((await readdir(copies)).toSorted()).toEqual([
      'changtong-2099-02-28',
      'changtong-2099-03-02',
      'of-somebody-else',
    ]);
  });

  it('is made once a day, also by a server that was down in the night', async () => {
    runs = [];
    const again = await madeAt(MIDNIGHT + 3 * HOUR);
    const late = await madeAt(MIDNIGHT + 24 * HOUR + 15 * HOUR);

    expect(again).toBeUndefined();
    expect(late).toBe(join(copies, 'changtong-2099-03-03'));
    expect(runs).toHaveLength(1);
  });

  it('does not keep the server from going down', async () => {
    const other = await startApp({ environment: { BACKUP_DIR: join(copies, 'other') } });
    let begun = () => {};
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    jest.spyOn(other.running.app.get(BackupProcess), 'run').mockImplementation(async (_folder, stop) => {
      begun();
      await new Promise((_resolve, reject) => stop.addEventListener('abort', () => reject(new Error('ended'))));
    });
    await (
      await other.as('admin')
    )
      .put('/v2/clock')
      .send({ timestamp: MIDNIGHT + HOUR })
      .expect(204);
    const service = other.running.app.get(NightlyBackups);
    const making = [service.makeWhereDue(), service.makeWhereDue()];
    await hasBegun;

    await other.close();

    expect(await Promise.all(making)).toEqual([undefined, undefined]);
    expect(await readdir(join(copies, 'other'))).toEqual([]);
  });
});
