// npm run check: format, lint, types, import rules and the configuration, two steps at a time; all of them run to their end
// and print what they found before it fails.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bin, briefly, install, requireNode, root, say } from './lib.mjs';

const AT_A_TIME = 2;
const typescript = (project) => [bin('typescript/bin/tsc'), '-p', project, '--noEmit'];
const script = (path) => [join(root, 'scripts', path)];

/** Each a name and the programs that it runs one after another; the longest first, so that all end together. */
const steps = [
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types (server, libraries, tests)', typescript('tsconfig.json')],
  // The configuration is checked with the code that will run it.
  ['build and configuration', script('build.mjs'), ...configuration()],
  ['types (web)', typescript('apps/web/tsconfig.json')],
  ['types (programs under test)', typescript('tsconfig.tests.json')],
  [
    'import rules',
    [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'apps', 'libs'],
  ],
  ['lint', [bin('oxlint/bin/oxlint'), '--quiet', 'apps', 'libs', 'test']],
  ['description of the API', script('openapi/lint.mjs')],
  ['types of the API for the web app', script('openapi/web-types.mjs')],
];

requireNode();
install();
const failed = [];
const left = [...steps];
await Promise.all(Array.from({ length: AT_A_TIME }, work));
if (failed.length > 0) {
  say(`check: to mend: ${failed.join(', ')}`);
  process.exit(1);
}
say('check: nothing to mend');

function configuration() {
  return existsSync(join(root, 'workflows')) ? [script('check-configuration.mjs')] : [];
}

async function work() {
  for (let step = left.shift(); step; step = left.shift()) {
    const [name, ...programs] = step;
    let printed = '';
    let isGood = true;
    for (const program of programs) {
      if (!isGood) break;
      const end = await attemptBeside(program);
      isGood = end.ok;
      printed += end.printed;
    }
    say(`check: ${name}${isGood ? '' : ' FAILED'}`);
    process.stdout.write(printed);
    if (!isGood) failed.push(name);
  }
}

/** Runs a program while others run; gives whether it ended well and all that it printed. */
function attemptBeside(program) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [briefly, ...program], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
    child.once('error', (error) => done({ ok: false, printed: `${printed}${error.message}\n` }));
    child.once('close', (status) => done({ ok: status === 0, printed }));
  });
}
