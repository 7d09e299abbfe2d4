// npm run test:messages -- --count N --seed S [--database sqlite|postgres]: who gets which of N doubled, early, late and resent messages.
import { parseArgs } from 'node:util';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    database: { type: 'string', default: 'sqlite' },
  },
});
if (!/^\d+$/.test(values.count) || Number(values.count) < 400 || !/^\d+$/.test(values.seed)) {
  console.error('Expected --count to be a whole number from 400 and --seed to be a whole number.');
  process.exit(1);
}
if (!['sqlite', 'postgres'].includes(values.database)) {
  console.error(`Expected --database to be sqlite or postgres but found ${values.database}.`);
  process.exit(1);
}
say(`${values.count} messages with seed ${values.seed} on ${values.database} …`);
const { count: MESSAGE_COUNT, seed: MESSAGE_SEED, database: MESSAGE_DATABASE } = values;
run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--testTimeout=86400000',
    'test/messages',
  ],
  { env: { TZ: 'Asia/Shanghai', MESSAGE_COUNT, MESSAGE_SEED, MESSAGE_DATABASE } },
);
say('no message is wrong');
