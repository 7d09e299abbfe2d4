import type { Problem } from '#bpmn';
import { analyzeDecisionTable, parseDmnFiles, type DmnFile } from '#dmn';
import type { DecisionEntry } from './configuration-set.js';
import { kindOfPath } from './files.js';
import { variableOf } from './link/expressions.js';
import { lineOfId } from './link/link-context.js';

export interface ReadDecisions {
  readonly decisions: readonly DecisionEntry[];
  readonly problems: readonly Problem[];
}

/** Reads the DMN files of a set, which may import one another, and looks for gaps and overlaps in their tables. */
export async function readDecisions(files: ReadonlyMap<string, string>): Promise<readonly ReadDecisions[]> {
  const texts = new Map([...files].filter(([path]) => kindOfPath(path) === 'decision'));
  return (await parseDmnFiles(texts)).map((file) => readFile(file, texts.get(file.path) ?? ''));
}

/** Problems carry the file name. */
function readFile({ path, model, problems }: DmnFile, xml: string): ReadDecisions {
  const compiled = model?.decisions ?? [];
  const decisions = compiled.map((decision) => ({
    id: decision.decisionId,
    name: decision.name,
    path,
    xml,
    decision,
    reads: [...new Set(decision.reads.map(variableOf))],
  }));
  const found = [...problems, ...compiled.flatMap(analyzeDecisionTable)];
  return { decisions, problems: found.map((problem) => placed(problem, path, xml)) };
}

function placed(problem: Problem, file: string, xml: string): Problem {
  const line = problem.line ?? lineOfId(xml, problem.elementId ?? '');
  return { ...problem, file, ...(line === undefined ? {} : { line }) };
}
