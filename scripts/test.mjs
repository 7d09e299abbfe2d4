// npm test: installs, checks, then runs unit, law, contract, API, scenario, crash and browser specs.
import { accessSync, constants, statfsSync } from 'node:fs';
import { browserPath } from './browser.mjs';
import { writeGroups } from './group-specs.mjs';
import { briefly, install, requireNode, run, say } from './lib.mjs';

/** What starts built servers of its own. */
const SLOW = ['test/crash', 'test/races', 'test/browser'];

requireNode();
install();
const chromium = browserPath();
run(process.execPath, ['scripts/check.mjs']);
const jest = [briefly, '--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const env = { CHROMIUM_PATH: chromium, TZ: 'Asia/Shanghai', ...inMemory() };
const chosen = process.argv.slice(2);
if (chosen.length > 0) {
  run(process.execPath, [...jest, '--maxWorkers=2', ...chosen], { env });
} else {
  say('specs of libraries, server and scenarios …');
  const specs = writeGroups(SLOW);
  run(
    process.execPath,
    [...jest, '--config', 'jest.groups.config.js', '--maxWorkers=2', '--runTestsByPath', ...specs],
    {
      env,
    },
  );
  say('kills under load, races of nodes, and the stories in a browser …');
  run(process.execPath, [...jest, '--maxWorkers=2', ...SLOW], { env });
}
say('all tests passed');

/** Databases of specs lie in memory where there is room: each commit waits for the disk otherwise. */
function inMemory() {
  const folder = '/dev/shm';
  try {
    accessSync(folder, constants.W_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 4 * 1024 ** 3 ? { TMPDIR: folder } : {};
  } catch {
    return {};
  }
}
