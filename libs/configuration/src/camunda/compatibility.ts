import { constants, runInThisContext } from 'node:vm';
import type { Linter } from 'bpmnlint';
import { setImmediate as turn } from 'node:timers/promises';
import { newModdle, type Problem } from '#bpmn';
import { type ConfigurationSource, kindOfPath } from '../files.js';
import { hashText } from '../hash.js';
import { lineOfId } from '../link/link-context.js';
import { reasonInChinese } from './reasons.js';

/** The release whose profile is asked; the same that `/v2` follows. */
export const camundaRelease = '8.8';

const profile = `plugin:camunda-compat/camunda-cloud-${camundaRelease.replace('.', '-')}`;
/** Files that are remembered; the studio checks all of them after each change of one. */
const maxRemembered = 200;
const remembered = new Map<string, Promise<readonly Problem[]>>();

/**
 * Says which diagrams would not run on a Camunda cluster as they are: one problem of severity `information` for each
 * place, which never hinders publishing. Files in `problems` with an error are left out: they do not even run here.
 * Source: the rules of bpmnlint-plugin-camunda-compat that its profile calls errors.
 */
export async function camundaFindings(
  { files }: ConfigurationSource,
  problems: readonly Problem[],
): Promise<readonly Problem[]> {
  const broken = new Set(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file));
  const findings: Problem[] = [];
  for (const [path, xml] of files)
    if (kindOfPath(path) === 'process' && !broken.has(path)) findings.push(...(await findingsOf(path, xml)));
  return findings;
}

function findingsOf(path: string, xml: string): Promise<readonly Problem[]> {
  const key = hashText(`${path}\n${xml}`);
  const known = remembered.get(key);
  if (known) return known;
  const found = lint(path, xml);
  remembered.set(key, found);
  const [oldest] = remembered.keys();
  if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  return found;
}

interface ReadModel {
  readonly rootElement: unknown;
  readonly elementsById: Readonly<Record<string, { readonly name?: string }>>;
}

/** Other work gets its turn between two rules: a large diagram takes most of a second. */
async function lint(file: string, xml: string): Promise<readonly Problem[]> {
  const { rootElement, elementsById } = (await newModdle().fromXML(xml)) as ReadModel;
  const { linter, rules } = await theLinter();
  const found: Problem[] = [];
  for (const rule of rules) {
    await turn();
    for (const { id, message, category } of linter.applyRule(rootElement, rule))
      if (category === 'error')
        found.push({ ...textOf(message), ...placeOf(id, xml), ...nameOf(id && elementsById[id]), file });
  }
  return found;
}

function textOf(reason: string): Pick<Problem, 'severity' | 'code' | 'message' | 'messageZh'> {
  return {
    severity: 'information',
    code: 'camunda.notExecutable',
    message: `Does not run on a Camunda ${camundaRelease} cluster: ${reason}.`,
    messageZh: `在 Camunda ${camundaRelease} 集群上不能运行：${reasonInChinese(reason)}。`,
  };
}

function placeOf(elementId: string | undefined, xml: string): Pick<Problem, 'elementId' | 'line'> {
  if (elementId === undefined) return {};
  const line = lineOfId(xml, elementId);
  return { elementId, ...(line !== undefined && { line }) };
}

const nameOf = (element: { readonly name?: string } | '' | undefined): Pick<Problem, 'elementName'> =>
  element && element.name ? { elementName: element.name } : {};

let loaded: ReturnType<typeof load> | undefined;
const theLinter = () => (loaded ??= load());

/**
 * Read when it is first asked for: starting the server does not wait for it. These packages are CommonJS and require ES
 * modules, which Node's own `require` can do and that of a test runner, which stands in its place, cannot.
 */
async function load() {
  const { createRequire } = await nodesOwnImport('node:module');
  const require = createRequire(import.meta.url);
  const { Linter: NewLinter } = require('bpmnlint') as { Linter: typeof Linter };
  const NodeResolver = require('bpmnlint/lib/resolver/node-resolver.js') as NodeResolverClass;
  const linter = new NewLinter({ resolver: new NodeResolver({ require }) });
  return { linter, rules: await linter.resolveRules({ extends: profile }) };
}

const nodesOwnImport = runInThisContext('(name) => import(name)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (name: 'node:module') => Promise<typeof import('node:module')>;

/** Finds rules in packages by Node's own way. */
type NodeResolverClass = new (options: { readonly require: NodeJS.Require }) => unknown;
