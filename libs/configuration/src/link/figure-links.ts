import type { ProcessEntry } from '../configuration-set.js';
import { processFolderOf } from '../files.js';
import { isDerived } from '../ledgers/entries.js';
import type { DocumentDeclaration } from '../settings.js';
import { expressionsOf } from './expressions.js';
import type { JobCheck } from './job-links.js';
import { missingSentence, type Sentence, type LinkContext } from './link-context.js';

type Headers = Readonly<Record<string, string>>;
type Report = Parameters<JobCheck>[2];

/** `ct.figures` names indicators and a length of period that each of them keeps. */
export const linkFigures: JobCheck = (context, element, report, process) => {
  const { set, broken } = context;
  const headers = element.job?.headers ?? {};
  linkSmall(context, headers['small'], report, process);
  const entries = set.readModel.indicators.map(({ declaration }) => declaration);
  if (broken.has('ledger')) return;
  const known = entries.map(({ id }) => id);
  const names = namesIn(headers['indicators']);
  if (names.length === 0) missingHeader('indicators', report);
  for (const id of names.filter((one) => !known.includes(one))) unknown(report, ['the indicator', '指标'], id, known);
  expectPeriod(headers, report);
  for (const { id, lengths } of entries.filter((one) => names.includes(one.id))) {
    const { length } = headers;
    if (length === undefined || lengths.some((one) => one === length)) continue;
    invalid(report, [
      `Expected a length of period that ${id} keeps (${lengths.join(', ')}) but found "${length}".`,
      `指标 ${id} 只按 ${lengths.join('、')} 统计，不能用“${length}”。`,
    ]);
  }
};

/** With `small` = `counts` the task gives this variable too: counts of few, for what stays inside. */
export const INTERNAL_FIGURES = 'internalFigures';

/** Counts of few reach documents and forms alone: no expression copies them, nothing public reads them. */
function linkSmall(context: LinkContext, small: string | undefined, report: Report, process: ProcessEntry): void {
  if (small === undefined || small === 'hide') return;
  if (!isSmall(context, small)) return refuseSmall(small, report);
  keepInside(context, INTERNAL_FIGURES, report, process);
}

/** `counts`, `hide`, or a parameter that holds one of the two. */
function isSmall({ set }: LinkContext, small: string): boolean {
  const { value = small } = set.parameters[small] ?? {};
  return value === 'counts' || value === 'hide';
}

function refuseSmall(small: string, report: Report): void {
  invalid(report, [
    `Expected the task header "small" to be hide, counts or a parameter that is one of them but found "${small}".`,
    `任务头（task header）small 只能写 hide、counts，或值为其中之一的参数，现为“${small}”。`,
  ]);
}

function keepInside(context: LinkContext, name: string, report: Report, process: ProcessEntry): void {
  for (const place of placesOf(context, name, process))
    report({
      code: 'link.internalFigures',
      text: [
        `Expected "${name}" to stay inside but ${place} reads it: take what is given without counts of few.`,
        `“${name}”含有小数，只供内部使用，不能在 ${place} 中读取。请改用不含小数的结果。`,
      ],
    });
}

/** Where counts of few could leave a process: by an expression, a public ledger, a public document. */
function placesOf({ set, json }: LinkContext, name: string, process: ProcessEntry): readonly string[] {
  const isRead = (expression: { readonly reads: readonly string[] }) =>
    expression.reads.some((path) => path.split('.')[0] === name);
  const copies = expressionsOf(process.definition)
    .filter(({ expression }) => isRead(expression))
    .map(({ element }) => element.id);
  const ledgers = set.readModel.ledgers
    .filter(({ declaration: { process: id, readers } }) => id === process.id && readers.some(isPublic))
    .filter(({ formulas }) => [...formulas.values()].some(isRead))
    .map(({ path }) => path);
  const documents = [...json.values()]
    .filter(({ schema, path }) => schema === 'documents' && processFolderOf(path) === processFolderOf(process.path))
    .flatMap(({ json: file }) => file.value as readonly DocumentDeclaration[])
    .filter(({ portal, roles = [] }) => portal === true || roles.includes(PORTAL))
    .map(({ template }) => `workflows/${processFolderOf(process.path) ?? ''}/${template}`)
    .filter((path) => set.files.get(path)?.includes(name));
  return [...copies, ...ledgers, ...documents];
}

const PORTAL = 'portal';
const isPublic = ({ roles }: { readonly roles: readonly string[] }): boolean => roles.includes(PORTAL);

const INTERNAL = /^internal[A-Z][A-Za-z0-9]{0,40}$/;

/** With `internal` an aggregate gives its counts of few too, under a name that tells. */
function linkInternal(context: LinkContext, name: string | undefined, report: Report, process: ProcessEntry): void {
  if (name === undefined) return;
  if (INTERNAL.test(name) && name !== INTERNAL_FIGURES) return keepInside(context, name, report, process);
  invalid(report, [
    `Expected the task header "internal" to be a variable such as internalGroups but found "${name}".`,
    `任务头（task header）internal 应为以 internal 开头的变量名，如 internalGroups，现为“${name}”。`,
  ]);
}

/** `ct.aggregate` names a ledger, open columns of it to count by, and a column with a date. */
export const linkAggregate: JobCheck = (context, element, report, process) => {
  const { set, broken } = context;
  const headers = element.job?.headers ?? {};
  const { ledger: id, by, on, least } = headers;
  linkInternal(context, headers['internal'], report, process);
  if (headers['small'] !== undefined && !isSmall(context, headers['small'])) refuseSmall(headers['small'], report);
  const parameters = Object.keys(set.parameters);
  if (least !== undefined && !parameters.includes(least)) unknown(report, ['the parameter', '参数'], least, parameters);
  if (broken.has('ledger')) return;
  if (id === undefined) return missingHeader('ledger', report);
  const known = set.readModel.ledgers.map(({ declaration }) => declaration.id);
  const declaration = set.readModel.ledgers.find((one) => one.declaration.id === id)?.declaration;
  if (!declaration) return unknown(report, ['the ledger', '台账'], id, known);
  const open = declaration.columns.filter((column) => !isDerived(column) && column.type !== 'sealed');
  const names = namesIn(by);
  if (names.length === 0) missingHeader('by', report);
  const columns = open.map((column) => column.id);
  for (const name of names.filter((one) => !columns.includes(one)))
    unknown(report, ['the open column', '公开的列'], name, columns);
  const numbers = open.filter(({ type }) => type === 'number').map((column) => column.id);
  for (const name of namesIn(headers['sum']).filter((one) => !numbers.includes(one)))
    unknown(report, ['the column with a number', '数字列'], name, numbers);
  const dated = open.filter(({ type }) => ['date', 'dateTime', 'deadline'].includes(type)).map((column) => column.id);
  if (on === undefined) missingDay(headers, report);
  else if (!dated.includes(on)) unknown(report, ['the column with a date', '日期列'], on, dated);
  expectPeriod(headers, report);
};

/** Without a day of each row, a period would be taken and then forgotten: rows of any time would be counted. */
function missingDay({ length, days }: Headers, report: Report): void {
  const [key, period] = length === undefined ? ['days', days] : ['length', length];
  if (period === undefined) return missingHeader('on', report);
  report({
    code: 'link.missingHeader',
    text: [
      `Expected the task header "on" beside "${key}" (${period}) but found none: name the column with the date that the period is counted by, or rows of any time would be counted.`,
      `任务头（task header）写了 ${key}（${period}），却没有 on：请在 on 里写明按哪个日期列统计，否则不论什么时候的行都会算进去。`,
    ],
  });
}

const RETENTIONS = ['due', 'cases', 'classes', 'codes', 'files', 'drafts', 'accesses'];
const BESIDE_CASES = ['drafts', 'accesses'];

/** `ct.retention` names a parameter with whole years or days, what is cleared, and processes that are cases. */
export const linkRetention: JobCheck = ({ set, broken }, element, report) => {
  const { what: kind = 'cases', keepYears, keepDays, classes, processes, role } = element.job?.headers ?? {};
  const parameter = keepYears ?? keepDays ?? '';
  const value = Object.hasOwn(set.parameters, parameter) ? set.parameters[parameter]?.value : undefined;
  const terms = Object.keys(set.parameters).filter((name) => typeof set.parameters[name]?.value === 'number');
  if (typeof value !== 'number') unknown(report, TERM, parameter, terms);
  if (!RETENTIONS.includes(kind)) unknown(report, ['the header what', '任务头 what 的内容'], kind, RETENTIONS);
  if (keepYears !== undefined && keepDays !== undefined) twoTerms(report);
  if (['cases', 'due'].includes(kind) && keepYears === undefined && keepDays !== undefined)
    missingHeader('keepYears', report);
  const roles = set.roles.roles.map(({ id }) => id);
  if (role !== undefined && !roles.includes(role)) unknown(report, ['the role', '角色'], role, roles);
  if (kind === 'classes') linkClasses(classes, { set, report });
  if (BESIDE_CASES.includes(kind)) return;
  const names = namesIn(processes);
  if (names.length === 0) missingHeader('processes', report);
  if (broken.has('process')) return;
  const known = set.processes.filter(({ caseSeries }) => caseSeries !== undefined).map(({ id }) => id);
  const what: Sentence = ['the process with ct.case', '有编号（ct.case）的流程'];
  for (const id of names.filter((one) => !known.includes(one))) unknown(report, what, id, known);
};

const TERM: Sentence = ['the parameter with a number (keepYears, keepDays)', '数字参数（keepYears、keepDays）'];

function linkClasses(
  classes: string | undefined,
  { set, report }: { readonly set: LinkContext['set']; readonly report: Report },
): void {
  const known = set.roles.classes.filter(({ sealed }) => sealed).map(({ id }) => id);
  const names = namesIn(classes);
  if (names.length === 0) missingHeader('classes', report);
  for (const id of names.filter((one) => !known.includes(one)))
    unknown(report, ['the protected class', '受保护的类别'], id, known);
}

function twoTerms(report: Report): void {
  invalid(report, [
    'Expected one of the task headers "keepYears" and "keepDays".',
    '任务头（task header）keepYears、keepDays 只写一个。',
  ]);
}

function expectPeriod({ length, days }: Headers, report: Report): void {
  const isLength = length !== undefined && ['month', 'quarter', 'year'].includes(length);
  const isDays = days !== undefined && /^[1-9]\d{0,3}$/.test(days);
  if ((isLength && days === undefined) || (isDays && length === undefined)) return;
  invalid(report, [
    'Expected one of the task headers "length" (month, quarter, year) and "days" (a number).',
    '任务头（task header）要写 length（month、quarter、year）或 days（天数），只写一个。',
  ]);
}

const namesIn = (text: string | undefined): readonly string[] => (text ?? '').split(/[\s,]+/).filter(Boolean);

function unknown(report: Report, what: Sentence, id: string, known: readonly string[]): void {
  report({ code: 'link.unknownReference', text: missingSentence({ what, id, known }) });
}

function invalid(report: Report, text: Sentence): void {
  report({ code: 'link.invalidHeader', text });
}

function missingHeader(key: string, report: Report): void {
  report({
    code: 'link.missingHeader',
    text: [`Expected the task header "${key}" but found none.`, `缺少任务头（task header）“${key}”。`],
  });
}
