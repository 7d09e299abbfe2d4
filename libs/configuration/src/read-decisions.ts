import type { Problem } from '#bpmn';
import { analyzeDecisionTable, parseDmn } from '#dmn';
import type { DecisionEntry } from './configuration-set.js';
import { variableOf } from './link/expressions.js';
import { lineOfId } from './link/link-context.js';

export interface ReadDecisions {
  readonly decisions: readonly DecisionEntry[];
  readonly problems: readonly Problem[];
}

/** Reads one DMN file and looks for gaps and overlaps in its tables; its problems carry the file name. */
export async function readDecisions(path: string, xml: string): Promise<ReadDecisions> {
  const { model, problems } = await parseDmn(xml);
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
