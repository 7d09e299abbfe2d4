import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BackupProcess } from './backup-process.js';

/** Begins a copy, says who it is and goes on for longer than anybody waits. */
const slow = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  const folder = process.argv[3];
  mkdirSync(folder + '.partial');
  writeFileSync(folder + '.partial/pid', String(process.pid));
  setTimeout(() => {}, 60_000);
`;
const failing = `process.stderr.write('no space left on device'); process.exitCode = 1;`;

class SpecBackups extends BackupProcess {
  constructor(protected override readonly program: string) {
    super();
  }
}

describe('the process of a backup', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'changtong-backup-process-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const backups = async (program: string) => {
    await writeFile(join(folder, 'program.mjs'), program);
    return new SpecBackups(join(folder, 'program.mjs'));
  };

  it('ends at once with the server, and leaves nothing half done', async () => {
    const stop = new AbortController();
    const target = join(folder, 'copy');
    const running = (await backups(slow)).run(target, stop.signal);
    const outcome = running.catch((error: unknown) => error);
    while (!existsSync(join(`${target}.partial`, 'pid'))) await new Promise((resolve) => setTimeout(resolve, 20));
    const pid = Number(await readFile(join(`${target}.partial`, 'pid'), 'utf8'));

    stop.abort();

    expect(await outcome).toBeInstanceOf(Error);
    expect(await readdir(folder)).toEqual(['program.mjs']);
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('is not begun by a server that goes down', async () => {
    const backup = await backups(slow);

    await expect(backup.run(join(folder, 'copy'), AbortSignal.abort())).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['program.mjs']);
  });

  it('tells what it said where it fails', async () => {
    const backup = await backups(failing);

    await expect(backup.run(join(folder, 'copy'), new AbortController().signal)).rejects.toThrow(
      'no space left on device',
    );
  });
});
