// npm run test:equality -- --pairs N --seed S: N matters, each registered with a name and without; both must take the same course.
import { parseArgs } from 'node:util';
import { install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
});
if (!/^\d+$/.test(values.pairs) || !/^\d+$/.test(values.seed)) {
  console.error('Expected --pairs and --seed to be whole numbers.');
  process.exit(1);
}
say(`${values.pairs} pairs with seed ${values.seed} …`);
run(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    'test/equality/equality.spec',
  ],
  { env: { TZ: 'Asia/Shanghai', EQUALITY_PAIRS: values.pairs, EQUALITY_SEED: values.seed } },
);
say('named and anonymous are equal');
