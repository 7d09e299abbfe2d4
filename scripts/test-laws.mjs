// npm run test:laws -- --runs N --seed S: the laws of the engine on N random models and runs; a failure is kept as a file.
import { parseArgs } from 'node:util';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
});
if (!/^\d+$/.test(values.runs) || !/^\d+$/.test(values.seed)) {
  console.error('Expected --runs and --seed to be whole numbers.');
  process.exit(1);
}
say(`${values.runs} random runs with seed ${values.seed} …`);
run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--testTimeout=86400000',
    'libs/engine/src/.*laws.spec',
  ],
  { env: { TZ: 'Asia/Shanghai', LAWS_RUNS: values.runs, LAWS_SEED: values.seed } },
);
say('no law is broken');
