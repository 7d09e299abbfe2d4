// npm run migrate: brings the database that DATABASE_URL names up to date, without starting the server.
import { join } from 'node:path';
import { root, run } from './lib.mjs';

run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, [join(root, 'dist/apps/server/src/cli.js'), 'migrate']);
