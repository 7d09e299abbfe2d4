/// <reference path="../../libs/bpmn/src/untyped-packages.d.ts" />
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { failureTable, runDmnTck } from './dmn-tck.js';
import { runBetsy, type ConformanceResult } from './betsy.js';
import { runMiwg } from './miwg.js';

interface Counts {
  readonly attempted: number;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  readonly skipped: number;
}

const folder = resolve(process.env['CONFORMANCE_DIR'] ?? '../shared/conformance');
const summary: Record<string, Counts> = {};

if (existsSync(folder)) {
  await suite('betsy', async (path) => ({ betsy: printed(await runBetsy(path)) }));
  await suite('dmn-tck', dmnTables);
  await suite('miwg', async (path) => ({ miwg: printed(await runMiwg(path)) }));
  console.log('');
  console.table(summary);
} else {
  console.log(`The folder ${folder} is not there (set CONFORMANCE_DIR): nothing was run, so nothing has passed.`);
}
console.log(JSON.stringify(summary));

/** Runs one suite where its folder is there. */
async function suite(name: string, run: (path: string) => Promise<Record<string, Counts>>): Promise<void> {
  const path = join(folder, name);
  console.log(`\n== ${name}`);
  if (existsSync(path)) Object.assign(summary, await run(path));
  else console.log('The folder of this suite is not there: not run.');
}

async function dmnTables(path: string): Promise<Record<string, Counts>> {
  const levels = await runDmnTck(path);
  const failures = failureTable(levels);
  console.log(failures === '' ? 'Every result was met.' : failures);
  return Object.fromEntries(levels.map((level) => [`dmn-tck-level-${level.level}`, countsOf(level)]));
}

/** Prints what did not pass, and why. */
function printed(result: ConformanceResult): Counts {
  const rest = result.rows.filter(({ outcome }) => outcome !== 'passed');
  for (const { id, outcome, reason } of rest) console.log(`${outcome.padEnd(8)} ${id}: ${reason ?? ''}`);
  if (rest.length === 0) console.log(`All ${result.attempted} passed.`);
  return countsOf(result);
}

function countsOf({ attempted, passed, failed, refused, skipped }: Counts): Counts {
  return { attempted, passed, failed, refused, skipped };
}
