/**
 * Checks a configuration folder: `node scripts/check-configuration.mjs [folder]` after `npm run build`.
 * The folder holds `workflows/` and `forms/`; default is CONFIG_DIR or this repository. Exit code 1 on errors; what a Camunda
 * cluster would not run is told as information.
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const library = resolve(root, 'dist/libs/configuration/src/index.js');

if (!existsSync(library)) {
  console.error('The server is not built yet. Run "npm run build" first.');
  process.exit(2);
}

const { camundaFindings, compileConfiguration, formatProblem, hasErrors, readFolder } = await import(library);
const dir = resolve(process.argv[2] ?? process.env.CONFIG_DIR ?? root);
const source = await readFolder(dir);
const { set, problems } = await compileConfiguration(source, { today: new Date().toISOString().slice(0, 10) });

const findings = await camundaFindings(source, problems);

for (const problem of [...problems, ...findings]) console.log(formatProblem(problem));
if (source.files.size === 0) console.error(`No files below workflows/ and forms/ of ${dir}.`);
if (set)
  console.log(
    `${source.files.size} files, ${set.processes.length} processes, ${set.forms.size} forms, ${problems.length} warnings, ${findings.length} notes for Camunda.`,
  );
process.exitCode = hasErrors(problems) || source.files.size === 0 ? 1 : 0;
