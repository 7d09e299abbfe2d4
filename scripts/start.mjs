// npm start: installs and builds what is missing, then starts the server. `npm start -- create-admin <id>` and other
// words after `--` go to the command line of the server instead.
import { follow, run, say } from './lib.mjs';
import { join } from 'node:path';
import { root } from './lib.mjs';

run(process.execPath, ['scripts/build.mjs']);
const words = process.argv.slice(2);
if (words.length > 0) {
  follow(process.execPath, [join(root, 'dist/apps/server/src/cli.js'), ...words]);
} else {
  say('starting …');
  follow(process.execPath, ['--enable-source-maps', join(root, 'dist/apps/server/src/main.js')]);
}
