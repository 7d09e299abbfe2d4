import { buildProcess } from './build-process.js';
import { checkEndless } from './check-endless.js';
import { checkExtensions, namedBearer } from './check-extensions.js';
import { isGlobalTask, processOfGlobalTask } from './global-tasks.js';
import {
  readModdle,
  childrenOf,
  TooManyFaults,
  type ModdleElement,
  type ModdleTree,
  type ModdleWarning,
} from './moddle.js';
import { nameUnexecuted } from './name-unexecuted.js';
import { prescan, type ScanFault } from './prescan.js';
import { label, problemList, type ProblemList } from './problem-list.js';
import type { Problem, ProcessDefinition } from './process-definition.js';
import { newReading, type BpmnReferences } from './reading.js';
import { RecentlyRead } from './recently-read.js';

export interface ParsedBpmn {
  /** Executable processes; empty where a problem of severity `error` was found in a file that is not deployed yet. */
  readonly processes: readonly ProcessDefinition[];
  readonly problems: readonly Problem[];
  /** Names that other files of the set must resolve. */
  readonly info: BpmnReferences;
}

export interface ParseOptions {
  /** Name of the file, for its problems. */
  readonly file?: string;
  /**
   * The file was deployed already, perhaps by an older version that refused less: whatever can be read of it is given,
   * problems of severity `error` or not.
   */
  readonly isDeployed?: boolean;
}

/**
 * Reads a BPMN 2.0.2 file with zeebe extensions into immutable definitions. Never throws on bad input: all faults are
 * returned at once with element and line. Limits: 2 MB, XML depth 100, 20,000 XML elements, no DOCTYPE.
 */
export async function parseBpmn(xml: string, { file, isDeployed = false }: ParseOptions = {}): Promise<ParsedBpmn> {
  const reading = await recentlyRead.get(`${file ?? ''}\n${xml}`, () => readFile(xml, file));
  const isRefused = !isDeployed && reading.problems.some(({ severity }) => severity === 'error');
  return isRefused ? { ...reading, processes: [] } : reading;
}

/** Enough for the files of a large configuration. */
const recentlyRead = new RecentlyRead<Promise<ParsedBpmn>>(4_000_000);

/** Whatever can be read of the file, refused or not. */
async function readFile(xml: string, file: string | undefined): Promise<ParsedBpmn> {
  const scan = prescan(xml);
  const problems = problemList(file, scan.lines);
  noteFaults(problems, [...scan.fatal, ...scan.foreign]);
  const tree = scan.fatal.length === 0 ? await readTree(xml, problems) : undefined;
  const reading = newReading(problems, scan.foreignPrefixes);
  if (tree) for (const root of sharedRoots(tree.rootElement)) checkExtensions(reading, root);
  const processes = tree
    ? processesOf(tree.rootElement, problems).map((process) => buildProcess(reading, process))
    : [];
  checkEndless(problems, processes);
  return { processes, problems: problems.problems, info: reading.references };
}

function noteFaults(problems: ProblemList, faults: readonly ScanFault[]): void {
  for (const { code, elementId, line, text, isWarning } of faults) {
    const element = elementId === undefined ? undefined : { id: elementId };
    if (isWarning) problems.warning(code, element, text, { line });
    else problems.error(code, element, text, { line });
  }
}

async function readTree(xml: string, problems: ProblemList): Promise<ModdleTree | undefined> {
  try {
    const tree = await readModdle(xml);
    tree.warnings.forEach((warning) => noteWarning(problems, warning));
    return tree;
  } catch (error) {
    if (error instanceof TooManyFaults) {
      error.warnings.forEach((warning) => noteWarning(problems, warning));
      problems.error('tooManyFaults', undefined, tooManyFaultsText);
      return undefined;
    }
    const detail = error instanceof Error ? error.message : String(error);
    problems.error('notBpmn', undefined, {
      en: `Expected a BPMN 2.0 file but reading failed: ${detail}`,
      zh: `文件不是有效的 BPMN 2.0 文件：${detail}`,
    });
    return undefined;
  }
}

const tooManyFaultsText = {
  en: 'Expected content that BPMN 2.0 and zeebe know but found more places that are not than are listed here. Mend these and check again.',
  zh: '文件中无法识别的内容过多，此处只列出最前面的几处；请先更正这些内容，再重新检查。',
};

/** Moddle reports damage as a warning and goes on with what is left; here every warning refuses the file. */
function noteWarning(problems: ProblemList, { message, element, property, value }: ModdleWarning): void {
  const detail = message.split('\n')[0] ?? message;
  if (message.startsWith('unresolved reference')) {
    problems.error('unknownReference', named(element), {
      en: `Expected ${property ?? 'the reference'} to name an element of this file but "${value ?? ''}" does not exist.`,
      zh: `引用的元素“${value ?? ''}”在文件中不存在。`,
    });
    return;
  }
  if (element && message.startsWith('unknown attribute')) return noteAttribute(problems, element, property ?? '');
  // The reader counts lines from 0.
  const line = /\bline: (\d+)/.exec(message)?.[1];
  const text = {
    en: `Expected content that BPMN 2.0 and zeebe know but found: ${detail}`,
    zh: `文件中有无法识别的内容：${detail}`,
  };
  problems.error('unreadableContent', named(element), text, line === undefined ? {} : { line: Number(line) + 1 });
}

function noteAttribute(problems: ProblemList, element: ModdleElement, attribute: string): void {
  const bearer = namedBearer(element);
  const type = element.$type.replace(/^.*:/, '');
  problems.error('unreadableContent', named(bearer), {
    en: `Expected attributes that BPMN 2.0 and zeebe know but ${type} of ${label(bearer)} has "${attribute}". Correct its name or remove it.`,
    zh: `${label(bearer)} 的 ${type} 带有无法识别的属性“${attribute}”，请更正名称或删除。`,
  });
}

function named(element: ModdleElement | undefined) {
  return (
    element && {
      ...(element.id !== undefined && { id: element.id }),
      ...(element.name !== undefined && { name: element.name }),
    }
  );
}

/** What processes refer to: messages, errors, signals and the like. */
function sharedRoots(definitions: ModdleElement): readonly ModdleElement[] {
  const isShared = /^bpmn:(Message|Error|Escalation|Signal|.*EventDefinition)$/;
  return childrenOf(definitions, 'rootElements').filter(({ $type }) => isShared.test($type));
}

/** Executable processes and global tasks; where none is marked so, all are read, so that every fault is named beside that one. */
function processesOf(definitions: ModdleElement, problems: ProblemList): readonly ModdleElement[] {
  const roots = childrenOf(definitions, 'rootElements');
  const processes = roots.filter(({ $type }) => $type === 'bpmn:Process');
  const executable = processes.filter((process) => process['isExecutable'] === true);
  const global = roots.filter(isGlobalTask).map(processOfGlobalTask);
  nameUnexecuted(problems, roots);
  if (executable.length > 0 || (processes.length === 0 && global.length > 0)) return [...executable, ...global];
  problems.error('noExecutableProcess', undefined, {
    en: 'Expected a process with isExecutable="true" but the file has none. Mark the process as executable.',
    zh: '文件中没有可执行的流程，请把流程标记为可执行。',
  });
  return processes;
}
