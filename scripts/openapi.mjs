// npm run openapi: writes docs/openapi.json from the built server.
import { join } from 'node:path';
import { bin, root, run } from './lib.mjs';

run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, [join(root, 'dist/apps/server/src/write-openapi.js')]);
run(process.execPath, [bin('prettier/bin/prettier.cjs'), '--write', '--log-level', 'warn', 'docs/openapi.json']);
