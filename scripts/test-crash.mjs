// npm run test:crash -- --kills N --seed S [--from N] [--database sqlite|postgres]: kills the server under load and checks
// what is left; prints a row for the table of docs/reliability.md and writes test-results/crash-*.json.
import { install, requireNode, run } from './lib.mjs';
import { compileTests } from './compile-tests.mjs';

requireNode();
install();
const entry = compileTests('test/crash/main.ts');
run(process.execPath, [entry, ...process.argv.slice(2)]);
