import type { Problem } from '#bpmn';
import { parseDmn, parseDmnFiles } from '#dmn';
import type { EvaluableDecision } from '#engine';
import type { StoredDecision } from './ports.js';
import type { DeploymentSet } from './runtime.js';

export interface NamedDecision extends EvaluableDecision {
  readonly decisionId: string;
  readonly name: string;
}

export interface DecisionFile {
  readonly path: string;
  /** Paths of the files that it imports, directly or through others. */
  readonly imports: readonly string[];
  readonly decisions: readonly NamedDecision[];
  /** They name the file. */
  readonly problems: readonly Problem[];
}

/** Reads the DMN files of a set, which may import one another. */
export async function readDecisionFiles(files: DeploymentSet['files']): Promise<readonly DecisionFile[]> {
  const texts = files.filter(({ path }) => path.endsWith('.dmn')).map(({ path, content }) => [path, content] as const);
  return (await parseDmnFiles(new Map(texts))).map(({ path, imports, model, problems }) => ({
    path,
    imports,
    decisions: model?.decisions ?? [],
    problems: problems.map((problem) => ({ ...problem, file: path })),
  }));
}

/** Compiles a decision that is deployed, with the files that it was deployed with. */
export async function compileStored({ xml, imports, decisionId }: StoredDecision) {
  const { model } = await parseDmn(xml, imports);
  return model?.decisions.find((decision) => decision.decisionId === decisionId);
}
