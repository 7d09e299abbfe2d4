// npm run test:canaries -- [--petitioners N]: marked identities go through all processes; then everything is searched for them.
import { install, requireNode, run } from './lib.mjs';
import { compileTests } from './compile-tests.mjs';

requireNode();
install();
const entry = compileTests('test/canaries/main.ts');
run(process.execPath, [entry, ...process.argv.slice(2)]);
