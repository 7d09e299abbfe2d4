// npm run conformance: runs the BPMN and DMN suites of others (folder CONFORMANCE_DIR) and prints their tables; the last
// line is one JSON object. Exit status 0 when the run took place.
import { install, requireNode, run } from './lib.mjs';
import { compileTests } from './compile-tests.mjs';

requireNode();
install();
const entry = compileTests('test/conformance/main.ts');
run(process.execPath, [entry]);
