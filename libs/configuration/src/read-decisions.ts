import type { Problem } from '#bpmn';
import { parseDmn } from '#dmn';
import type { DecisionEntry } from './configuration-set.js';
import { variableOf } from './link/expressions.js';

export interface ReadDecisions {
  readonly decisions: readonly DecisionEntry[];
  readonly problems: readonly Problem[];
}

/** Reads one DMN file; its problems carry the file name. */
export async function readDecisions(path: string, xml: string): Promise<ReadDecisions> {
  const { model, problems } = await parseDmn(xml, { file: path });
  const decisions = (model?.decisions ?? []).map((decision) => ({
    id: decision.decisionId,
    name: decision.name,
    path,
    xml,
    decision,
    reads: [...new Set(decision.reads.map(variableOf))],
  }));
  return { decisions, problems: problems.map((problem) => ({ ...problem, file: path })) };
}
