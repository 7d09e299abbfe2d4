import { createHash } from 'node:crypto';
import { parseBpmn } from '#bpmn';
import type { BpmnReferences, Problem, ProcessDefinition } from '#bpmn';
import { readDecisionFiles, type DecisionFile } from './read-decisions.js';
import type { DeploymentSet } from './runtime.js';

export interface ProcessResource {
  readonly definition: ProcessDefinition;
  readonly path: string;
  readonly xml: string;
  /** Of the file and of all that it is bound to: a process whose form changed is a new version. */
  readonly digest: string;
}

export interface DecisionResource {
  readonly decisionId: string;
  readonly name: string;
  readonly path: string;
  readonly xml: string;
  /** Of the file and of those that it imports. */
  readonly digest: string;
}

export interface FormResource {
  readonly formId: string;
  readonly path: string;
  readonly content: string;
  readonly digest: string;
}

export interface Resources {
  readonly processes: readonly ProcessResource[];
  readonly decisions: readonly DecisionResource[];
  readonly forms: readonly FormResource[];
  readonly problems: readonly Problem[];
}

interface ParsedFile {
  readonly file: DeploymentSet['files'][number];
  readonly processes: readonly ProcessDefinition[];
  readonly info: BpmnReferences;
  readonly problems: readonly Problem[];
}

/** Reads what a set deploys. Problems of severity `error` refuse the whole set. */
export async function readResources(files: DeploymentSet['files']): Promise<Resources> {
  const decisionFiles = await readDecisionFiles(files);
  const decisions = decisionResources(files, decisionFiles);
  const forms = files.filter((file) => file.path.endsWith('.form.json')).map(readForm);
  const parsed = await Promise.all(files.filter((file) => file.path.endsWith('.bpmn')).map(readProcessFile));
  const digests = linkedDigests(parsed, [...decisions, ...forms]);
  const processes = parsed.flatMap(({ file, processes: found }) =>
    found.map((definition) => ({
      definition,
      path: file.path,
      xml: file.content,
      digest: digests.get(definition.bpmnProcessId)!,
    })),
  );
  return {
    processes,
    decisions,
    forms,
    problems: [...parsed.flatMap((one) => one.problems), ...decisionFiles.flatMap((one) => one.problems)],
  };
}

async function readProcessFile(file: DeploymentSet['files'][number]): Promise<ParsedFile> {
  const { processes, problems, info } = await parseBpmn(file.content, { file: file.path });
  return { file, processes, problems, info };
}

function decisionResources(
  files: DeploymentSet['files'],
  decisionFiles: readonly DecisionFile[],
): readonly DecisionResource[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return decisionFiles.flatMap(({ path, imports, decisions }) => {
    const { content: xml, digest: own } = byPath.get(path)!;
    const imported = imports.map((other) => byPath.get(other)!.digest).sort();
    const digest = imported.length === 0 ? own : sha256([own, ...imported]);
    return decisions.map(({ decisionId, name }) => ({ decisionId, name, path, xml, digest }));
  });
}

/** The id stands in the file; the path gives it where the file is not yet readable. */
function readForm({ path, content, digest }: DeploymentSet['files'][number]): FormResource {
  const fallback = path.replace(/^.*\//, '').replace(/\.form\.json$/, '');
  return { formId: formIdOf(content) ?? fallback, path, content, digest };
}

function formIdOf(content: string): string | undefined {
  try {
    const { id } = JSON.parse(content) as { readonly id?: unknown };
    return typeof id === 'string' ? id : undefined;
  } catch {
    // A form that is no JSON is refused by the check of the configuration; here it only needs a name.
    return undefined;
  }
}

/** Digest of each process over its file, its decisions and forms, and the processes it calls, whatever circles they make. */
function linkedDigests(
  parsed: readonly ParsedFile[],
  others: readonly (DecisionResource | FormResource)[],
): ReadonlyMap<string, string> {
  const fileDigest = new Map(
    others.map((one) => ['decisionId' in one ? `decision:${one.decisionId}` : `form:${one.formId}`, one.digest]),
  );
  const byProcess = new Map(
    parsed.flatMap((one) => one.processes.map((process) => [process.bpmnProcessId, one] as const)),
  );
  return new Map(
    [...byProcess.keys()].map((id) => [
      id,
      sha256(reachable(id, byProcess).flatMap((process) => parts(process, byProcess.get(process)!, fileDigest))),
    ]),
  );
}

function reachable(start: string, byProcess: ReadonlyMap<string, ParsedFile>): readonly string[] {
  const seen = new Set([start]);
  for (const id of seen) {
    const called = byProcess.get(id)!.info.calledProcesses.filter((reference) => reference.bpmnProcessId === id);
    called.filter((reference) => byProcess.has(reference.name)).forEach((reference) => seen.add(reference.name));
  }
  return [...seen];
}

function parts(id: string, { file, info }: ParsedFile, fileDigest: ReadonlyMap<string, string>): readonly string[] {
  const named = (kind: 'form' | 'decision', references: BpmnReferences['forms']) =>
    references.filter((reference) => reference.bpmnProcessId === id).map((reference) => `${kind}:${reference.name}`);
  const links = [...new Set([...named('form', info.forms), ...named('decision', info.decisions)])].sort();
  return [`process:${id}=${file.digest}`, ...links.map((link) => `${link}=${fileDigest.get(link) ?? ''}`)];
}

const sha256 = (texts: readonly string[]): string => createHash('sha256').update(texts.join('\n')).digest('hex');
