// npm test: installs, checks, then runs unit, law, contract, API, scenario, crash and browser specs.
import { browserPath } from './browser.mjs';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const chromium = browserPath();
run(process.execPath, ['scripts/check.mjs']);
say('specs …');
run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--maxWorkers=2',
    ...process.argv.slice(2),
  ],
  { env: { CHROMIUM_PATH: chromium, TZ: 'Asia/Shanghai' } },
);
say('all tests passed');
