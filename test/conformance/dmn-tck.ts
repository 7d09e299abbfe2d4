import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseDmn, type DecisionResult, type DmnModel, type ParsedDmn } from '#dmn';
import { parseAtLiteral, scopeOf } from '#feel';

/** Counts of one compliance level: results, not cases. `attempted = passed + failed + refused`. */
export interface TckSummary {
  readonly level: number;
  attempted: number;
  passed: number;
  failed: number;
  /** Results of models that the parser refuses, with a reason. */
  refused: number;
  skipped: number;
  /** One line for each model that did not pass whole. */
  readonly notes: string[];
}

interface TckValue {
  readonly type: string;
  readonly value?: string;
  readonly items?: readonly TckValue[];
  readonly entries?: readonly (readonly [string, TckValue])[];
}

interface TckCase {
  readonly id: string;
  readonly kind: string;
  readonly invocable: string | null;
  readonly inputs: readonly (TckValue & { readonly name: string })[];
  readonly results: readonly {
    readonly decision: string;
    readonly errorResult: boolean;
    readonly expected: TckValue;
  }[];
}

interface TckFile {
  readonly model: string;
  readonly modelFile: string;
  readonly otherModels: readonly string[];
  readonly cases: readonly TckCase[];
}

const CONTEXT = { now: Date.UTC(2026, 0, 1), timeZone: 'UTC' };

/** Runs the DMN Technology Compatibility Kit in a folder with `cases/compliance-level-<n>` and `dmn/...`; one summary a level. */
export async function runDmnTck(folder: string): Promise<TckSummary[]> {
  const levels = await readdir(join(folder, 'cases'));
  const summaries: TckSummary[] = [];
  for (const name of levels.sort()) summaries.push(await runLevel(folder, name));
  return summaries;
}

/** The models that did not pass whole, one a line. */
export function failureTable(summaries: readonly TckSummary[]): string {
  return summaries.flatMap(({ level, notes }) => notes.map((note) => `level ${level}  ${note}`)).join('\n');
}

async function runLevel(folder: string, name: string): Promise<TckSummary> {
  const summary = {
    level: Number(name.replace(/\D/g, '')),
    attempted: 0,
    passed: 0,
    failed: 0,
    refused: 0,
    skipped: 0,
    notes: [],
  };
  for (const file of (await readdir(join(folder, 'cases', name))).sort()) {
    const text = await readFile(join(folder, 'cases', name, file), 'utf8');
    await runModel(folder, JSON.parse(text) as TckFile, summary);
  }
  return summary;
}

async function runModel(folder: string, file: TckFile, summary: TckSummary): Promise<void> {
  const path = join(folder, file.modelFile);
  const others = await Promise.all(file.otherModels.map((other) => readFile(join(dirname(path), other), 'utf8')));
  const { model, problems } = await readModel(await readFile(path, 'utf8'), others);
  const results = file.cases.reduce((count, each) => count + each.results.length, 0);
  summary.attempted += results;
  if (!model) {
    summary.refused += results;
    summary.notes.push(`${file.model}: refused ${results}: ${problems[0]?.message}`);
    return;
  }
  const failures = file.cases.flatMap((each) => failuresOf(model, each));
  summary.failed += failures.length;
  summary.passed += results - failures.length;
  if (failures.length > 0)
    summary.notes.push(`${file.model}: failed ${failures.length} of ${results}: ${failures.slice(0, 40).join(' | ')}`);
}

async function readModel(xml: string, others: readonly string[]): Promise<ParsedDmn> {
  try {
    return await parseDmn(xml, others);
  } catch (error) {
    return { problems: [{ severity: 'error', code: 'tck.threw', message: `Threw ${String(error)}` }] };
  }
}

function failuresOf(model: DmnModel, { id, kind, invocable, inputs, results }: TckCase): string[] {
  const scope = scopeOf(Object.fromEntries(inputs.map((input) => [input.name, valueOf(input)])));
  return results.flatMap(({ decision, errorResult, expected }) => {
    const invocables = [...model.services, ...model.knowledgeModels];
    const target =
      kind === 'decision'
        ? model.decisions.find(({ name }) => name === decision)
        : invocables.find(({ name }) => name === invocable);
    const result = target && attempted(() => target.evaluate(scope, CONTEXT));
    if (typeof result === 'string') return [`${id}/${decision}: threw ${result}`];
    return result && meets(result, expected, errorResult, decision)
      ? []
      : [`${id}/${decision}: ${describe(result)} for ${JSON.stringify(expected).slice(0, 200)}`];
  });
}

/** What an evaluation gives, or the text of what it threw: one model must not end the run. */
function attempted(evaluate: () => DecisionResult): DecisionResult | string {
  try {
    return evaluate();
  } catch (error) {
    return String(error);
  }
}

function describe(result: DecisionResult | undefined): string {
  if (!result) return 'no such decision';
  return result.ok
    ? JSON.stringify(result.output).slice(0, 160) +
        (result.warnings[0] ? ` (${result.warnings[0].message.slice(0, 90)})` : '')
    : result.code;
}

function meets(result: DecisionResult, expected: TckValue, errorResult: boolean, decision: string): boolean {
  if (!result.ok) return errorResult || expected.type === 'null';
  if (errorResult) return result.output === null;
  return same(result.output, expected) || same((result.output as Record<string, unknown> | null)?.[decision], expected);
}

function same(found: unknown, expected: TckValue): boolean {
  const { type, value = '' } = expected;
  if (type === 'null') return found === null || found === undefined;
  if (type === 'list')
    return (
      Array.isArray(found) &&
      found.length === expected.items?.length &&
      expected.items.every((item, index) => same(found[index], item))
    );
  if (type === 'context') return sameContext(found, expected.entries ?? []);
  if (type === 'number') return typeof found === 'number' && close(found, Number(value));
  if (type === 'boolean') return found === (value === 'true');
  if (type === 'string') return found === value;
  return typeof found === 'string' && instantText(found) === instantText(value);
}

function sameContext(found: unknown, entries: readonly (readonly [string, TckValue])[]): boolean {
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return false;
  const context = found as Record<string, unknown>;
  return (
    Object.keys(context).length === entries.length && entries.every(([key, value]) => same(context[key] ?? null, value))
  );
}

/** The suite's own runner compares with a tolerance of 1e-8. */
function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(b));
}

/** One spelling for equal durations and fractions of seconds. */
function instantText(text: string): string {
  return String(parseAtLiteral(text) ?? text);
}

function valueOf(input: TckValue): unknown {
  const { type, value = '' } = input;
  if (type === 'null') return null;
  if (type === 'list') return input.items?.map(valueOf) ?? [];
  if (type === 'context') return Object.fromEntries(input.entries?.map(([key, each]) => [key, valueOf(each)]) ?? []);
  if (type === 'number') return Number(value);
  if (type === 'boolean') return value === 'true';
  return type === 'string' ? value : (parseAtLiteral(value) ?? value);
}
