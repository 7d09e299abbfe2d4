// npm run test:faults -- --commands N --seed S: commands of all kinds while one statement of a hundred fails.
import { parseArgs } from 'node:util';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const { values } = parseArgs({
  options: {
    commands: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const fewest = 400; // With fewer, chance may leave too few faults to show anything.
if (!/^\d+$/.test(values.commands) || Number(values.commands) < fewest || !/^\d+$/.test(values.seed)) {
  console.error(`Expected --commands to be a whole number from ${fewest} and --seed to be a whole number.`);
  process.exit(1);
}
say(`${values.commands} commands with seed ${values.seed} …`);
run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--testTimeout=86400000',
    'test/faults',
  ],
  { env: { TZ: 'Asia/Shanghai', FAULT_COMMANDS: values.commands, FAULT_SEED: values.seed } },
);
say('no invariant is broken');
