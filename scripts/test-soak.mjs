// npm run test:soak -- --minutes N --rate N [--settled N]: cases a second beside a server that does nothing; memory and p99 must not grow.
import { install, requireNode, run } from './lib.mjs';
import { compileTests } from './compile-tests.mjs';

requireNode();
install();
const entry = compileTests('test/soak/main.ts');
run(process.execPath, [entry, ...process.argv.slice(2)]);
