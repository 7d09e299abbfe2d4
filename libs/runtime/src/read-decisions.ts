import type { Problem } from '#bpmn';
import { parseDmn } from '#dmn';
import type { EvaluableDecision } from '#engine';

export interface NamedDecision extends EvaluableDecision {
  readonly decisionId: string;
  readonly name: string;
}

/** Reads the decisions of a DMN file; its faults name the file. */
export async function readDecisions(
  xml: string,
  file: string,
): Promise<{ readonly decisions: readonly NamedDecision[]; readonly problems: readonly Problem[] }> {
  const { model, problems } = await parseDmn(xml);
  return { decisions: model?.decisions ?? [], problems: problems.map((problem) => ({ ...problem, file })) };
}
