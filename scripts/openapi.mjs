// npm run openapi: writes docs/openapi.json from the built server.
import { join } from 'node:path';
import { root, run } from './lib.mjs';

run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, [join(root, 'dist/apps/server/src/write-openapi.js')]);
