import type { BindingType, BpmnElement } from '#bpmn';
import { parseDuration } from '#calendar';
import { formPath, type ProcessEntry, processPath } from '../configuration-set.js';
import { taskActions } from '../task-actions.js';
import { unknownArguments } from './arguments.js';
import { constantOf, constantTexts, expressionsOf } from './expressions.js';
import { formulaFaults, groupFault } from './groups.js';
import { threadFault } from './portal-links.js';
import {
  linkExclusive,
  linkIntervention,
  linkNotOf,
  linkOtherThan,
  linkReturned,
  linkTracking,
} from './exclusive-links.js';
import { linkJob } from './job-links.js';
import { linkModelerTemplates, linkOwnKeys } from './own-names.js';
import { type LinkContext, missingSentence, reportElement, type Sentence } from './link-context.js';

/** Follows what the elements of a process name: forms, decisions, called processes, jobs, groups, and the case series. */
export function linkProcess(context: LinkContext, process: ProcessEntry): void {
  linkProcessProperties(context, process);
  for (const element of process.definition.elements) {
    linkForm(context, process, element);
    linkTaskActions(context, process, element);
    linkDecision(context, process, element);
    linkCall(context, process, element);
    linkGroups(context, process, element);
    linkJob(context, process, element);
    warnOfLatest(context, process, element);
    linkReturned(context, process, element);
    linkOtherThan(context, process, element);
    linkNotOf(context, process, element);
    linkOwnKeys(context, process, element);
  }
  linkArguments(context, process);
  linkModelerTemplates(context, process);
}

function linkProcessProperties(context: LinkContext, process: ProcessEntry): void {
  const root = process.definition.elements[0];
  if (!root) return;
  linkTimeToLive(context, process, root);
  linkExclusive(context, process, root);
  linkTracking(context, process, root);
  linkIntervention(context, process, root);
  const series = process.caseSeries;
  if (series === undefined || Object.hasOwn(context.set.numbering, series)) return;
  missing(context, process, root, {
    what: ['the number series (ct.case)', '编号序列（ct.case）'],
    id: series,
    known: Object.keys(context.set.numbering),
  });
}

/** One that cannot be read would keep the history for ever. */
function linkTimeToLive(context: LinkContext, process: ProcessEntry, root: BpmnElement): void {
  const text = process.definition.properties['ct.historyTimeToLive'];
  if (text === undefined || parseDuration(text)?.isNegative === false) return;
  reportElement(context, process, root, {
    code: 'link.invalidDuration',
    text: [
      `Expected ct.historyTimeToLive to be an ISO 8601 duration but found "${text}". Write it like P2Y (2 years) or P30D (30 days), or remove it.`,
      `历史保存期（ct.historyTimeToLive）应为 ISO 8601 时长，但写的是“${text}”。请写成 P2Y（两年）或 P30D（30 天），或删除此项。`,
    ],
  });
}

function linkForm(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const formId = element.userTask?.formId;
  if (element.type === 'userTask' && formId === undefined) return reportWithoutForm(context, process, element);
  if (formId === undefined) return;
  if (context.set.forms.has(formId)) return linkThread(context, process, element, formId);
  if (context.set.files.has(formPath(formId))) return;
  missing(context, process, element, { what: ['the form', '表单'], id: formId, known: context.set.forms.keys() });
}

function linkThread(context: LinkContext, process: ProcessEntry, element: BpmnElement, formId: string): void {
  const field = element.properties['ct.thread'];
  const fault = field === undefined ? undefined : threadFault(context, formId, field);
  if (fault) reportElement(context, process, element, fault);
}

/** The engine runs a task without a form; people at their task list cannot do anything with it. */
function reportWithoutForm(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const name = element.name || element.id;
  reportElement(context, process, element, {
    code: 'link.missingForm',
    text: [
      `Expected user task "${name}" to name a form but it does not. Choose a form.`,
      `步骤“${name}”没有指定表单，请选择表单。`,
    ],
  });
}

function linkTaskActions(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const named = element.properties['ct.taskActions'];
  if (named === undefined || element.type !== 'userTask') return;
  const names = named.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => name !== '' && !taskActions.some((action) => action === name));
  if (unknown.length === 0) return;
  const [found, known] = [unknown.join(', '), taskActions.join(', ')];
  reportElement(context, process, element, {
    code: 'link.unknownTaskAction',
    text: [
      `Expected ct.taskActions of "${element.name || element.id}" to name actions of ${known} but found ${found}.`,
      `步骤“${element.name || element.id}”的 ct.taskActions 只能写 ${known}，但写了 ${found}。`,
    ],
  });
}

function linkDecision(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const decisionId = element.calledDecision?.decisionId;
  const known = context.set.decisions.map(({ id }) => id);
  if (!decisionId || known.includes(decisionId) || context.broken.has('decision')) return;
  missing(context, process, element, { what: ['the decision', '决策'], id: decisionId, known });
}

function linkCall(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const processId = constantOf(element.calledElement?.processId);
  const known = context.set.processes.map(({ id }) => id);
  if (typeof processId !== 'string' || known.includes(processId) || context.set.files.has(processPath(processId)))
    return;
  missing(context, process, element, { what: ['the called process', '被调用的流程'], id: processId, known });
}

function linkGroups(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const { userTask } = element;
  for (const group of constantTexts(userTask?.candidateGroups)) {
    const text = groupFault(context.set, group);
    if (text) reportElement(context, process, element, { code: 'link.unknownGroup', text });
  }
  const computed = userTask?.candidateGroups;
  for (const text of computed && computed.reads.length > 0 ? formulaFaults(context.set, computed.source) : [])
    reportElement(context, process, element, { code: 'link.unknownGroup', text });
  for (const account of [...constantTexts(userTask?.assignee), ...constantTexts(userTask?.candidateUsers)])
    warnOfAccount(context, process, element, account);
}

/** Accounts live in the database too, so an unknown one is no more than a warning. */
function warnOfAccount(context: LinkContext, process: ProcessEntry, element: BpmnElement, account: string): void {
  if ((context.set.organization.accounts ?? []).some(({ id }) => id === account)) return;
  const text: Sentence = [
    `The account "${account}" is none of organization.json; a role survives changes of staff better than an account.`,
    `账号“${account}”不在 organization.json 中；建议指定岗位而不是账号。`,
  ];
  reportElement(context, process, element, { code: 'link.unknownAccount', severity: 'warning', text });
}

function warnOfLatest(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const bindings: readonly (readonly [BindingType | undefined, Sentence])[] = [
    [element.userTask?.formId === undefined ? undefined : element.userTask.formBinding, ['its form', '表单']],
    [element.calledDecision?.bindingType, ['its decision', '决策']],
    [element.calledElement?.bindingType, ['the process it calls', '被调用的流程']],
  ];
  for (const [binding, what] of bindings) {
    if (binding !== 'latest') continue;
    const text: Sentence = [
      `Expected bindingType="deployment" for ${what[0]} but found "latest": running instances would change with the next publication.`,
      `${what[1]}的绑定方式为“latest”，运行中的事项会随下次发布而改变；请改为“deployment”。`,
    ];
    reportElement(context, process, element, { code: 'link.latestBinding', severity: 'warning', text });
  }
}

/** Names that expressions give as a text to the functions of the configuration. */
function linkArguments(context: LinkContext, process: ProcessEntry): void {
  const named = expressionsOf(process.definition).filter(({ expression }) => !expression.isStatic);
  for (const { element, expression } of named) {
    for (const { id, what, known } of unknownArguments(context, expression.source))
      missing(context, process, element, { what, id, known });
  }
}

function missing(
  context: LinkContext,
  process: ProcessEntry,
  element: BpmnElement,
  what: Parameters<typeof missingSentence>[0],
): void {
  reportElement(context, process, element, { code: 'link.unknownReference', text: missingSentence(what) });
}
