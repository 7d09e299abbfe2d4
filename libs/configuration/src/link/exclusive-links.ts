import type { BpmnElement } from '#bpmn';
import { textsGiven } from '#feel';
import type { ProcessEntry, Takeover } from '../configuration-set.js';
import { constantTexts, notOfExpression } from './expressions.js';
import { type Finding, type LinkContext, missingSentence, reportElement } from './link-context.js';
import { startMessages } from './message-links.js';
import { namedIds } from '../named-ids.js';

/** `ct.exclusive` names roles, and belongs to a process that is a case: else there is nothing of its own to hide. */
export function linkExclusive(context: LinkContext, process: ProcessEntry, root: BpmnElement): void {
  for (const takeover of process.takeovers) linkTakeover(context, process, takeover);
  const { exclusiveTo, caseSeries } = process;
  if (exclusiveTo === undefined) return;
  const known = context.set.roles.roles.map(({ id }) => id);
  for (const id of exclusiveTo.filter((one) => !known.includes(one)))
    reportElement(context, process, root, {
      code: 'link.unknownReference',
      text: missingSentence({ what: ['the role (ct.exclusive)', '岗位（ct.exclusive）'], id, known }),
    });
  if (exclusiveTo.length > 0 && caseSeries !== undefined) return;
  reportElement(context, process, root, {
    code: 'link.exclusive',
    text: [
      'Expected ct.exclusive to name roles, on a process with ct.case. Name a role and a number series, or remove it.',
      'ct.exclusive 要写岗位，并且流程要有自己的编号（ct.case）。请补上岗位和编号，或删除此项。',
    ],
  });
}

/** `ct.tracking` says `origin`, on a process that is a case: else there is nothing of its own to follow. */
export function linkTracking(context: LinkContext, process: ProcessEntry, root: BpmnElement): void {
  const tracking = process.definition.properties['ct.tracking'];
  if (tracking === undefined || (tracking === 'origin' && process.caseSeries !== undefined)) return;
  reportElement(context, process, root, {
    code: 'link.tracking',
    text: [
      `Expected ct.tracking to be "origin", on a process with ct.case, but found "${tracking}".`,
      `ct.tracking 只能写 origin，并且流程要有自己的编号（ct.case），现为“${tracking}”。`,
    ],
  });
}

/** `ct.intervention` names a message that starts a process: else an end by intervention would be told to nobody. */
export function linkIntervention(context: LinkContext, process: ProcessEntry, root: BpmnElement): void {
  const { interventionMessage: id } = process;
  const known = context.set.processes.flatMap(({ definition }) => startMessages(definition));
  if (id === undefined || known.includes(id)) return;
  reportElement(context, process, root, {
    code: 'link.unknownReference',
    text: missingSentence({
      what: ['the message of a start event (ct.intervention)', '开始事件的消息（ct.intervention）'],
      id,
      known,
    }),
  });
}

/** `ct.returned` says `true`, on a message start of a process that is a case: what begins there was somebody's before. */
export function linkReturned(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const returned = element.properties['ct.returned'];
  const isStart = element.type === 'startEvent' && element.event?.kind === 'message';
  if (returned === undefined || (returned === 'true' && isStart && process.caseSeries !== undefined)) return;
  reportElement(context, process, element, {
    code: 'link.returned',
    text: [
      `Expected ct.returned to be "true", on a message start event of a process with ct.case, but found "${returned}".`,
      `ct.returned 只能写 true，并且要写在有 ct.case 的流程的消息开始事件上，现为“${returned}”。`,
    ],
  });
}

/** Overseers lose sight of a case by the permission `exclusive`; a step that takes one over is a task of such a role. */
function linkTakeover(context: LinkContext, process: ProcessEntry, { elementId, roles }: Takeover): void {
  const { elements } = process.definition;
  const element = elements.find(({ id }) => id === elementId);
  const exclusive = context.set.roles.roles.filter(({ permissions }) => permissions?.includes('exclusive'));
  const known = exclusive.map(({ id }) => id);
  if (!element || (roles.length > 0 && roles.every((role) => known.includes(role)))) return;
  reportElement(context, process, element, {
    code: 'link.exclusive',
    text: [
      `Expected ct.exclusive of a user task to name roles with the permission "exclusive" but found "${roles.join(', ')}".`,
      `用户任务的 ct.exclusive 要写有“exclusive”权限的岗位，现为“${roles.join('、')}”。`,
    ],
  });
}

/** `ct.otherThan` and `ct.choosesOtherThan` name user tasks of their own process, or of any as `process/task` and `process/*`. */
export function linkOtherThan(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const known = [
    ...userTasksOf(process),
    ...context.set.processes.flatMap((one) => ['*', ...userTasksOf(one)].map((id) => `${one.id}/${id}`)),
  ];
  for (const property of ['ct.otherThan', 'ct.choosesOtherThan'])
    for (const id of namedIds(element.properties[property]).filter((one) => !known.includes(one)))
      reportElement(context, process, element, {
        code: 'link.unknownReference',
        text: missingSentence({ what: [`the user task (${property})`, `用户任务（${property}）`], id, known }),
      });
}

const userTasksOf = ({ definition }: ProcessEntry): readonly string[] =>
  definition.elements.filter(({ userTask }) => userTask !== undefined).map(({ id }) => id);

/** `ct.notOf` is a formula of a user task; the units and accounts that it writes out are there. */
export function linkNotOf(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const source = element.properties['ct.notOf'];
  if (source === undefined) return;
  const expression = notOfExpression(element);
  if (!expression || element.userTask === undefined)
    return reportElement(context, process, element, notOfInvalid(source));
  const { units, accounts = [] } = context.set.organization;
  const known = [...units, ...accounts].map(({ id }) => id);
  const given = textsGiven(source.replace(/^\s*=/, '')).flatMap(({ text, isWhole }) => (isWhole ? [text] : []));
  const ids = expression.isStatic ? constantTexts(expression) : given;
  for (const id of ids.filter((one) => !known.includes(one)))
    reportElement(context, process, element, {
      code: 'link.unknownReference',
      text: missingSentence({
        what: ['the unit (ct.notOf)', '单位（ct.notOf）'],
        id,
        known: units.map((unit) => unit.id),
      }),
    });
}

const notOfInvalid = (source: string): Finding => ({
  code: 'link.notOf',
  text: [
    `Expected ct.notOf to be a FEEL expression on a user task, that yields units or accounts, but found "${source}".`,
    `ct.notOf 要写在用户任务上，是给出单位或账号的 FEEL 表达式，现为“${source}”。`,
  ],
});
