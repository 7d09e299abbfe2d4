import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBpmn } from '#bpmn';
import { inOurDialect, type BetsyExpression } from './betsy-model.js';
import { runSteps, type BetsyStep } from './betsy-run.js';
import type { Bindings } from './betsy-work.js';

interface BetsyFile {
  readonly id: string;
  readonly bpmnFile: string;
  readonly scriptBindings: Bindings;
  readonly expressions: readonly BetsyExpression[];
  readonly cases: readonly {
    readonly n: number;
    readonly steps: readonly BetsyStep[];
    readonly expect: { readonly log: readonly string[]; readonly logMustExist: boolean; readonly outcome?: string };
  }[];
}

export interface ConformanceRow {
  /** Suite, group, model and number of the case. */
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'refused' | 'skipped';
  readonly reason?: string;
}

export interface ConformanceResult {
  readonly attempted: number;
  readonly passed: number;
  readonly failed: number;
  readonly refused: number;
  readonly skipped: number;
  readonly rows: readonly ConformanceRow[];
}

/** Runs every case under `folder` (holding `cases/` and `bpmn/`) on the engine in memory. */
export async function runBetsy(folder: string): Promise<ConformanceResult> {
  const rows: ConformanceRow[] = [];
  for (const file of caseFiles(join(folder, 'cases'))) rows.push(...(await runFile(folder, file)));
  const count = (outcome: ConformanceRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const [passed, failed, refused, skipped] = [count('passed'), count('failed'), count('refused'), count('skipped')];
  return { attempted: passed + failed + refused, passed, failed, refused, skipped, rows };
}

function caseFiles(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
    .toSorted();
}

async function runFile(folder: string, path: string): Promise<readonly ConformanceRow[]> {
  const file = JSON.parse(readFileSync(path, 'utf8')) as BetsyFile;
  const xml = await inOurDialect(
    readFileSync(join(folder, file.bpmnFile), 'utf8'),
    file.scriptBindings,
    file.expressions,
  );
  const { processes, problems } = await parseBpmn(xml, { file: file.bpmnFile });
  const reason = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message)
    .join(' ');
  const definitions = new Map(processes.map((process) => [process.bpmnProcessId, process]));
  const rows: ConformanceRow[] = [];
  for (const each of file.cases) {
    const id = `${file.id}/${each.n}`;
    const run = () => runSteps(definitions, each.steps, file.scriptBindings);
    rows.push(processes.length > 0 ? await judge(id, run, each.expect) : refusal(id, reason, each.expect.outcome));
  }
  return rows;
}

/** A model that must not be deployed is refused rightly; the reason is printed with the others. */
function refusal(id: string, reason: string, outcome = ''): ConformanceRow {
  return /deploy/i.test(outcome) ? { id, outcome: 'passed' } : { id, outcome: 'refused', reason };
}

/** The log as a multiset: a token too many fails like one too few. */
async function judge(
  id: string,
  run: () => ReturnType<typeof runSteps>,
  expected: BetsyFile['cases'][number]['expect'],
): Promise<ConformanceRow> {
  try {
    const log = await run();
    const [wanted, found] = [expected.log.toSorted().join(','), log.tokens.toSorted().join(',')];
    if (expected.logMustExist && !log.isOpen)
      return { id, outcome: 'failed', reason: 'Expected the log to be opened but it was not.' };
    return wanted === found
      ? { id, outcome: 'passed' }
      : { id, outcome: 'failed', reason: `Expected the log [${wanted}] but found [${found}].` };
  } catch (error) {
    return { id, outcome: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
