// node scripts/make-golden.mjs RELEASE: keeps a database of this release with an instance waiting at every element kind.
import { existsSync } from 'node:fs';
import { bin, install, requireNode, run, say } from './lib.mjs';

requireNode();
install();
const [release = ''] = process.argv.slice(2);
if (!/^\d+\.\d+$/.test(release)) {
  console.error(`Expected a release such as 0.1 but found ${JSON.stringify(release)}.`);
  process.exit(1);
}
const files = ['json', 'sqlite.gz'].map((kind) => `test/golden/releases/release-${release}.${kind}`);
if (files.some((file) => existsSync(file))) {
  console.error(`Expected release ${release} to have no golden database yet, for one that is kept never changes.`);
  process.exit(1);
}
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--runInBand'];
run(process.execPath, [...jest, 'test/golden/make-golden'], { env: { TZ: 'Asia/Shanghai', GOLDEN_RELEASE: release } });
run(process.execPath, [bin('prettier/bin/prettier.cjs'), '--write', files[0]]);
run(process.execPath, [...jest, 'test/golden/golden'], { env: { TZ: 'Asia/Shanghai' } });
say(`${files.join(' and ')} are to be committed`);
