// npm run openapi: writes docs/openapi.json from the built server and its sources, and the web app's types from that.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root, run } from './lib.mjs';
import { complete } from './openapi/complete.mjs';
import { readControllers } from './openapi/read-controllers.mjs';
import { madeWebTypes, webTypesFile } from './openapi/web-types.mjs';

run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, [join(root, 'dist/apps/server/src/write-openapi.js')]);
const file = join(root, 'docs/openapi.json');
const document = complete(JSON.parse(readFileSync(file, 'utf8')), readControllers(root));
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
run(process.execPath, [bin('prettier/bin/prettier.cjs'), '--write', '--log-level', 'warn', 'docs/openapi.json']);
writeFileSync(webTypesFile, madeWebTypes());
