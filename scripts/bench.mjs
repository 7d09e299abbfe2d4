// npm run bench: the performance ratios of docs/performance.md, measured side by side in one run.
import { install, requireNode, run } from './lib.mjs';
import { compileTests } from './compile-tests.mjs';

requireNode();
install();
const entry = compileTests('test/bench/main.ts');
run(process.execPath, ['--expose-gc', entry, ...process.argv.slice(2)]);
