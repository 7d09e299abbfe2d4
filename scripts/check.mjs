// npm run check: format, lint, types, import rules and the configuration; all findings of a step are printed before it fails.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bin, install, requireNode, root, run, say } from './lib.mjs';

requireNode();
install();
const node = process.execPath;
step('format', bin('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']);
step('lint', bin('oxlint/bin/oxlint'), ['--quiet', 'apps', 'libs', 'test']);
step('types (server, libraries, tests)', bin('typescript/bin/tsc'), ['-p', 'tsconfig.json', '--noEmit']);
step('types (programs under test)', bin('typescript/bin/tsc'), ['-p', 'tsconfig.tests.json', '--noEmit']);
step('types (web)', bin('typescript/bin/tsc'), ['-p', 'apps/web/tsconfig.json', '--noEmit']);
step('import rules', bin('dependency-cruiser/bin/dependency-cruise.mjs'), [
  '--config',
  '.dependency-cruiser.cjs',
  'apps',
  'libs',
]);
step('description of the API', join(root, 'scripts/openapi/lint.mjs'), []);
step('types of the API for the web app', join(root, 'scripts/openapi/web-types.mjs'), []);
say('building, to check the configuration with the code that will run it …');
run(node, ['scripts/build.mjs']);
if (existsSync(join(root, 'workflows'))) step('configuration', join(root, 'scripts/check-configuration.mjs'), []);
say('check: nothing to mend');

function step(name, script, args) {
  say(`check: ${name}`);
  run(node, [script, ...args]);
}
