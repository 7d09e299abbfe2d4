// npm run test:audit -- [--tries N] [--seed S]: changes what was recorded in random ways; `audit:verify` must tell each.
import { parseArgs } from 'node:util';
import { install, requireNode, run } from './lib.mjs';

requireNode();
install();
const { values } = parseArgs({
  options: { tries: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
run(process.execPath, [...jest, '--runInBand', 'test/audit'], {
  env: { TAMPERINGS: values.tries, SEED: values.seed },
});
