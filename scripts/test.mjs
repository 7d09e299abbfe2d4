// npm test: installs, checks, then runs unit, law, contract, API, scenario, crash and browser specs.
import { browserPath } from './browser.mjs';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const chromium = browserPath();
run(process.execPath, ['scripts/check.mjs']);
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const env = { CHROMIUM_PATH: chromium, TZ: 'Asia/Shanghai' };
const chosen = process.argv.slice(2);
if (chosen.length > 0) {
  run(process.execPath, [...jest, '--maxWorkers=2', ...chosen], { env });
} else {
  say('specs of libraries, server and scenarios …');
  run(
    process.execPath,
    [
      ...jest,
      '--maxWorkers=2',
      '--testPathIgnorePatterns=/node_modules/',
      '--testPathIgnorePatterns=/test/(browser|crash|races)/',
    ],
    { env },
  );
  say('kills under load, races of nodes, and the stories in a browser …');
  run(process.execPath, [...jest, '--maxWorkers=2', 'test/crash', 'test/races', 'test/browser'], { env });
}
say('all tests passed');
