// Compiles programs under test/ (conformance, bench, crash) beside the built server, so that they import what runs.
import { join } from 'node:path';
import { bin, root, run, say } from './lib.mjs';

/** Returns the compiled JavaScript file of a TypeScript program under test/. */
export function compileTests(entry) {
  run(process.execPath, ['scripts/build.mjs']);
  say(`compiling ${entry} …`);
  run(process.execPath, [bin('typescript/bin/tsc'), '-p', 'tsconfig.tests.json']);
  return join(root, 'dist', entry.replace(/\.ts$/, '.js'));
}
