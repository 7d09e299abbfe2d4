// npm run test:races: several server processes on a PostgreSQL cluster of their own, paused, killed and cut off under load.
import { install, requireNode, run } from './lib.mjs';
import { compileTests } from './compile-tests.mjs';

requireNode();
install();
const entry = compileTests('test/races/main.ts');
run(process.execPath, [entry, ...process.argv.slice(2)]);
