import type { BpmnElement } from '#bpmn';
import type { ProcessEntry } from '../configuration-set.js';
import { constantOf, constantTexts } from './expressions.js';
import { INTERNAL_FIGURES, linkAggregate, linkFigures, linkRetention } from './figure-links.js';
import { groupFault } from './groups.js';
import { linkHttpCall } from './http-links.js';
import { type Finding, type LinkContext, missingSentence, reportElement } from './link-context.js';
import { namedIds } from '../named-ids.js';

/** Job types that the server works itself, and the variables each gives back. */
export const builtInJobTypes: Readonly<Record<string, readonly string[]>> = {
  'ct.document': ['documentKey'],
  'ct.number': ['number'],
  'ct.choose-unit': ['unit', 'others', 'holdsClass'],
  'ct.stand-ins': ['deputies', 'others'],
  'ct.notify': [],
  'ct.grant': [],
  'ct.same-matter': ['sameClaimant', 'sameBy', 'sameCaseNo', 'sameState', 'sameValues'],
  'ct.take-over': ['taken', 'copied'],
  'ct.webhook': [],
  'ct.http': [],
  'ct.figures': ['figures', 'alerts', 'period', INTERNAL_FIGURES],
  'ct.aggregate': ['groups', 'total', 'period'],
  'ct.retention': [
    'destroyed',
    'destroyedCount',
    'destroyedCounts',
    'held',
    'heldCount',
    'due',
    'dueCount',
    'cleared',
    'stopped',
  ],
  'ct.ledger': ['rows', 'isMore'],
  'ct.open-cases': ['openCases'],
};

/** Checks the type of a job, and of the built-in ones what they need. */
export function linkJob(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const type = constantOf(element.job?.type);
  if (typeof type !== 'string') return;
  const report = (finding: Finding) => reportElement(context, process, element, finding);
  const finding = jobTypeFinding(context, type);
  if (finding) report(finding);
  checks[type]?.(context, element, report, process);
}

/** A type that the server does not work itself; one that is written like its own is a mistake. */
export function jobTypeFinding({ jobTypes }: LinkContext, type: string): Finding | undefined {
  if (jobTypes.has(type)) return undefined;
  if (type.startsWith('ct.'))
    return {
      code: 'link.unknownJob',
      text: missingSentence({ what: ['the built-in job type', '内置任务类型'], id: type, known: jobTypes }),
    };
  return {
    code: 'link.externalJob',
    severity: 'warning',
    text: [`The job type "${type}" needs an external worker.`, `任务类型“${type}”需要外部程序来处理。`],
  };
}

export type JobCheck = (
  context: LinkContext,
  element: BpmnElement,
  report: (finding: Finding) => void,
  process: ProcessEntry,
) => void;

const checks: Readonly<Record<string, JobCheck>> = {
  'ct.document': ({ set, broken }, element, report) => {
    const id = header(element, 'document', report);
    if (id === undefined || set.documents.has(id) || broken.has('document')) return;
    report({
      code: 'link.unknownReference',
      text: missingSentence({ what: ['the document', '文书'], id, known: set.documents.keys() }),
    });
  },
  'ct.number': ({ set }, element, report) => {
    const id = header(element, 'series', report);
    const known = Object.keys(set.numbering);
    if (id === undefined || known.includes(id)) return;
    report({
      code: 'link.unknownReference',
      text: missingSentence({ what: ['the number series', '编号序列'], id, known }),
    });
  },
  'ct.choose-unit': ({ set }, element, report) => {
    const units = set.organization.units.map(({ id }) => id);
    for (const id of constantTexts(input(element, 'candidates', report)).filter((unit) => !units.includes(unit)))
      report({
        code: 'link.unknownReference',
        text: missingSentence({ what: ['the unit', '单位'], id, known: units }),
      });
  },
  'ct.stand-ins': (_, element, report) => {
    for (const name of ['absent', 'others']) input(element, name, report);
  },
  'ct.ledger': ({ set }, element, report) => {
    const id = header(element, 'ledger', report);
    const role = header(element, 'role', report);
    if (id === undefined || role === undefined) return;
    const known = set.readModel.ledgers.map(({ declaration }) => declaration);
    const ledger = known.find((one) => one.id === id);
    const ids = known.map((one) => one.id);
    if (!ledger)
      return report({
        code: 'link.unknownReference',
        text: missingSentence({ what: ['the ledger', '台账'], id, known: ids }),
      });
    const readers = ledger.readers.flatMap(({ roles, ownUnit }) => (ownUnit === undefined ? roles : []));
    if (!readers.includes(role))
      report({
        code: 'link.unknownReference',
        text: missingSentence({ what: ['the role that reads all rows', '可看全部行的角色'], id: role, known: readers }),
      });
  },
  'ct.open-cases': ({ set }, element, report) => {
    input(element, 'caseNos', report);
    const known = set.processes.map(({ id }) => id);
    for (const id of namedIds(header(element, 'processes', report)).filter((one) => !known.includes(one)))
      report({
        code: 'link.unknownReference',
        text: missingSentence({ what: ['the process', '流程'], id, known }),
      });
  },
  'ct.grant': (_, element, report) => {
    for (const name of ['class', 'to']) input(element, name, report);
    if (element.inputMappings.some(({ target }) => target === 'until')) return;
    report({
      code: 'link.missingInput',
      text: [
        'Expected an input mapping to "until": what is opened to somebody has an end.',
        '缺少名为“until”的输入映射：准许查看受保护的内容，要写明到什么时候为止。',
      ],
    });
  },
  'ct.same-matter': (_, element, report) => {
    header(element, 'match', report);
    input(element, 'alike', report);
    if (element.job?.headers['texts']) input(element, 'likeness', report);
  },
  'ct.take-over': (_, element, report, process) => {
    input(element, 'values', report);
    if (process.caseSeries !== undefined && (process.exclusiveTo !== undefined || process.returnStarts.length > 0))
      return;
    report({
      code: 'link.takeOver',
      text: [
        'Expected ct.take-over in a process with ct.case and ct.exclusive, or with a start that says ct.returned: what is handed over must reach fewer people, unless the hands that hold it give it back.',
        'ct.take-over 只能用在有 ct.case 和 ct.exclusive 的流程里，或者有写明 ct.returned 的开始事件：移交以后，能看到的人只能更少，除非专管的岗位自己转回。',
      ],
    });
  },
  'ct.webhook': (_, element, report) => {
    const address = header(element, 'url', report);
    if (address === undefined || (/^https?:/.test(address) && URL.canParse(address))) return;
    report({
      code: 'link.invalidHeader',
      text: [
        `Expected the task header "url" to be an http or https address but found "${address}".`,
        `任务头（task header）“url”应为 http 或 https 地址，现为“${address}”。`,
      ],
    });
  },
  'ct.http': linkHttpCall,
  'ct.figures': linkFigures,
  'ct.aggregate': linkAggregate,
  'ct.retention': linkRetention,
  'ct.notify': ({ set }, element, report) => {
    input(element, 'text', report);
    const faults = constantTexts(input(element, 'roles', report)).map((group) => groupFault(set, group));
    for (const text of faults.filter((fault) => fault !== undefined)) report({ code: 'link.unknownGroup', text });
  },
};

function header(element: BpmnElement, key: string, report: (finding: Finding) => void): string | undefined {
  const value = element.job?.headers[key];
  if (value) return value;
  report({
    code: 'link.missingHeader',
    text: [`Expected the task header "${key}" but found none.`, `缺少任务头（task header）“${key}”。`],
  });
  return undefined;
}

function input(element: BpmnElement, name: string, report: (finding: Finding) => void) {
  const mapping = element.inputMappings.find(({ target }) => target === name);
  if (mapping) return mapping.source;
  report({
    code: 'link.missingInput',
    severity: 'warning',
    text: [
      `Expected an input mapping to "${name}"; without it a variable of that name is taken.`,
      `没有名为“${name}”的输入映射，将直接读取同名变量。`,
    ],
  });
  return undefined;
}
