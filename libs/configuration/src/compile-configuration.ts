import type { Problem } from '#bpmn';
import type { ConfigurationSet, DecisionEntry, ScenarioFile } from './configuration-set.js';
import { compileSchedules, withRuleTexts } from './compile-schedules.js';
import { compiledLately } from './compiled-lately.js';
import { feelFunctionsOf } from './feel-functions.js';
import { type ConfigurationSource, type FileKind, kindOfPath, processFolderOf } from './files.js';
import { hasErrors } from './format-problem.js';
import { hashFiles } from './hash.js';
import { builtInJobTypes } from './link/job-links.js';
import { readReadModel } from './ledgers/read-model.js';
import { link } from './link/link.js';
import type { OutgoingFault } from './link/link-context.js';
import { readDecisions } from './read-decisions.js';
import { type JsonFile, readJsonFiles } from './read-json-files.js';
import { readDocuments, readForms, readProcesses } from './read-models.js';
import { readSettings } from './read-settings.js';
import type { Scenario } from './scenarios.js';

export interface CompileOptions {
  /** Job types that this server works itself; others are warned of. Default: the four built-in ones. */
  readonly jobTypes?: readonly string[];
  /** The operator's rule for addresses; absent: nothing is said about them. */
  readonly outgoingFault?: OutgoingFault;
  /** ISO date from which on years of the calendar have to be there; absent: nothing is said about them. */
  readonly today?: string;
  /** IANA name of the calendar's zone. Default `Asia/Shanghai`. */
  readonly timeZone?: string;
  /**
   * The set was deployed already, perhaps by an older version that refused less: it is given wherever its settings can be
   * read.
   */
  readonly isDeployed?: boolean;
}

export interface CompiledConfiguration {
  /** Absent where a problem of severity `error` was found in a set that is not deployed yet. */
  readonly set?: ConfigurationSet;
  readonly problems: readonly Problem[];
}

/**
 * Checks and links all files of a configuration. Never throws on bad files: all faults are returned at once, each with
 * file, place and line. Where settings cannot be read, links are not followed, so that one fault does not hide in many.
 * The same files give the same object when they are compiled again soon.
 */
export function compileConfiguration(
  source: ConfigurationSource,
  options: CompileOptions = {},
): Promise<CompiledConfiguration> {
  return compiledLately(source, options, () => compile(source, options));
}

async function compile(source: ConfigurationSource, options: CompileOptions): Promise<CompiledConfiguration> {
  const problems: Problem[] = [...(source.problems ?? [])];
  const report = (problem: Problem) => void problems.push(problem);
  const files: ReadonlyMap<string, string> = new Map([...source.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  const { json, problems: jsonProblems } = readJsonFiles(files);
  const { settings, problems: settingsProblems } = readSettings(json, files, options.timeZone ?? 'Asia/Shanghai');
  [...jsonProblems, ...settingsProblems].forEach(report);
  const canLink = !problems.some(({ severity, file }) => severity === 'error' && kindOfPath(file ?? '') === 'settings');
  const processes = await readProcesses(files, { settings, report, isDeployed: options.isDeployed ?? false });
  const decisions = await readAllDecisions(files, report);
  const forms = canLink ? readForms(json, { processes, settings, report }) : new Map<string, never>();
  const documents = readDocuments(json, files, report);
  const scenarios = scenariosIn(json);
  const readModel = readReadModel(json, files);
  const feelFunctions = feelFunctionsOf(settings);
  const calendarTexts = [...files].filter(([path]) => path.startsWith('workflows/calendar/')).map(([, text]) => text);
  const scheduleDeclarations = settings.scheduleDeclarations.map((one) => withRuleTexts(one, feelFunctions));
  const schedules = compileSchedules(scheduleDeclarations, settings.calendar, calendarTexts);
  const models = { processes, decisions, forms, documents, scenarios };
  const set = { ...settings, ...models, scheduleDeclarations, files, schedules, readModel, feelFunctions };
  const jobTypes = new Set(options.jobTypes ?? Object.keys(builtInJobTypes));
  const { outgoingFault, today } = options;
  const rules = { jobTypes, ...(outgoingFault && { outgoingFault }), ...(today !== undefined && { today }) };
  if (canLink) link({ set, json, broken: brokenKinds(problems), ...rules, report });
  const isUsable = options.isDeployed ? canLink : !hasErrors(problems);
  return isUsable ? { set: { ...set, hash: hashFiles(files) }, problems } : { problems };
}

async function readAllDecisions(
  files: ReadonlyMap<string, string>,
  report: (problem: Problem) => void,
): Promise<readonly DecisionEntry[]> {
  const found: DecisionEntry[] = [];
  for (const { decisions, problems } of await readDecisions(files)) {
    problems.forEach(report);
    for (const entry of decisions) {
      const earlier = found.find(({ id }) => id === entry.id);
      if (earlier) report(doubleDecision(entry, earlier));
      else found.push(entry);
    }
  }
  return found;
}

function doubleDecision({ id, path }: DecisionEntry, earlier: DecisionEntry): Problem {
  return {
    severity: 'error',
    code: 'configuration.duplicateDecision',
    file: path,
    elementId: id,
    message: `Expected decision "${id}" once in the set but ${earlier.path} has it too.`,
    messageZh: `决策标识“${id}”与 ${earlier.path} 重复。`,
  };
}

function scenariosIn(json: ReadonlyMap<string, JsonFile>): readonly ScenarioFile[] {
  return [...json.values()]
    .filter(({ schema }) => schema === 'scenarios')
    .map(({ path, json: file }) => ({
      path,
      processId: processFolderOf(path) ?? '',
      scenarios: file.value as readonly Scenario[],
    }));
}

function brokenKinds(problems: readonly Problem[]): ReadonlySet<FileKind> {
  const files = problems
    .filter(({ severity, file }) => severity === 'error' && file !== undefined)
    .map(({ file }) => kindOfPath(file ?? ''));
  return new Set(files.filter((kind) => kind !== undefined));
}
