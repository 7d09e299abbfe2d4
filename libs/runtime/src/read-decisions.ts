import type { Problem } from '#bpmn';
import type { EvaluableDecision } from '#engine';

export interface NamedDecision extends EvaluableDecision {
  readonly id: string;
  readonly name: string;
}

/** Reads the decisions of a DMN file; the library is loaded when the first file asks for it. */
export async function readDecisions(xml: string, file: string): Promise<{ readonly decisions: readonly NamedDecision[]; readonly problems: readonly Problem[] }> {
  const { parseDmn } = await import('#dmn');
  return parseDmn(xml, { file });
}
