// npm run test:workers -- --seconds N: job workers of the official client under mixed load for N seconds; default 600.
import { parseArgs } from 'node:util';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' } } });
if (!/^[1-9]\d*$/.test(values.seconds)) {
  console.error(`Expected --seconds to be a whole number from 1 but found ${values.seconds}.`);
  process.exit(1);
}
say(`job workers for ${values.seconds} s …`);
run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    'test/camunda-client/workers',
  ],
  { env: { TZ: 'Asia/Shanghai', WORKER_SECONDS: values.seconds } },
);
say('no job is lost');
