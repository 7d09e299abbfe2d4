import { parsePeriod } from '#calendar';
import type { ProcessEntry } from '../configuration-set.js';
import type { DeadlineMark } from '../deadlines/declarations.js';
import { deadlinesPath as path, type DeadlineEntry } from '../deadlines/entries.js';
import { readMarkTerm } from '../deadlines/evaluate.js';
import { constantTexts } from './expressions.js';
import { formulaFaults, groupFault } from './groups.js';
import { linkFormulas } from './ledger-formulas.js';
import { type LinkContext, reportMissing, reportPlace, type Sentence } from './link-context.js';
import { messagesCaught } from './message-links.js';
import { expectAll, refuseDoubles } from './references.js';
import { expectStart } from './starts.js';

/** Checks deadlines against processes, messages, roles and the rules of their own. */
export function linkDeadlines(context: LinkContext, known: ReadonlyMap<string, ReadonlySet<string>> | undefined): void {
  const entries = context.set.readModel.deadlines;
  refuseDoubles(
    context,
    path,
    '',
    entries.map(({ declaration }) => declaration.id),
  );
  for (const entry of entries) {
    const id = entry.declaration.of.process;
    const process = context.set.processes.find((one) => one.id === id);
    if (process) {
      linkFormulas(context, entry, { process, variables: known?.get(process.id) });
      linkElements(context, entry, process);
    } else if (!context.broken.has('process'))
      reportMissing(context, path, `${entry.place}/of/process`, {
        what: ['the process', '流程'],
        id,
        known: context.set.processes.map((one) => one.id),
      });
    linkTerm(context, entry);
    linkMarks(context, entry);
  }
  warnOfTwo(context, entries);
}

function linkElements(context: LinkContext, { place, declaration }: DeadlineEntry, { definition }: ProcessEntry): void {
  const { of, pause = [] } = declaration;
  const tasks = definition.elements.filter(({ type }) => type === 'userTask').map(({ id }) => id);
  if (of.task !== undefined && !tasks.includes(of.task))
    reportMissing(context, path, `${place}/of/task`, {
      what: ['the user task', '用户任务'],
      id: of.task,
      known: tasks,
    });
  expectAll(context, {
    file: path,
    place: `${place}/pause`,
    ids: pause,
    known: definition.elements.map(({ id }) => id),
    what: ['in the process the element', '流程中的步骤'],
  });
}

function linkTerm(context: LinkContext, { place, declaration }: DeadlineEntry): void {
  const { of, period, due, pause } = declaration;
  if ((period === undefined) === (due === undefined))
    refuse(context, place, ['Expected either "period" or "due".', '"period" 和 "due" 要写一个，且只写一个。']);
  if (period !== undefined && !period.startsWith('=') && !parsePeriod(period))
    refuse(context, `${place}/period`, [
      `Expected 15W, 60D or an ISO 8601 duration but found "${period}".`,
      `“${period}”不是期限：应为 15W（工作日）、60D（自然日）或 ISO 8601 时长。`,
    ]);
  if (period !== undefined && isNothing(period))
    refuse(context, `${place}/period`, [
      `Expected a period that lasts but "${period}" is over when it begins.`,
      `期限“${period}”为零，一开始就到期。`,
    ]);
  if (due !== undefined && pause !== undefined)
    refuse(context, `${place}/pause`, [
      'Expected no "pause" beside a fixed "due": only a period can stand still.',
      '写明 "due" 的期限不能暂停，只有 "period" 才能。',
    ]);
  for (const [name, isOut] of [
    ['each', of.task !== undefined && of.each !== undefined],
    ['key', of.key !== undefined && of.each === undefined],
  ] as const)
    if (isOut)
      refuse(context, `${place}/of/${name}`, [
        name === 'each' ? 'Expected no "each" beside "task".' : 'Expected "each" where there is a "key".',
        name === 'each' ? '写了 "task" 就不能写 "each"。' : '写了 "key" 就要写 "each"。',
      ]);
}

function isNothing(text: string): boolean {
  const period = parsePeriod(text);
  if (!period) return false;
  return period.kind === 'duration' ? !/[1-9]/.test(period.iso) : period.days === 0;
}

/** Two deadlines of one task that always hold: its lists and notices show each, and which one counts nobody can tell. */
function warnOfTwo(context: LinkContext, entries: readonly DeadlineEntry[]): void {
  const always = entries.filter(({ declaration: { of } }) => of.task !== undefined && of.when === undefined);
  always.forEach(({ place, declaration: { of } }, index) => {
    const other = always
      .slice(0, index)
      .find(({ declaration }) => declaration.of.process === of.process && declaration.of.task === of.task);
    if (!other) return;
    const { id } = other.declaration;
    reportPlace(context, path, `${place}/of/task`, {
      code: 'deadline.twice',
      severity: 'warning',
      text: [
        `The task "${of.task}" has the deadline "${id}" already: say with "when" which of them holds.`,
        `任务“${of.task}”已有期限“${id}”：请用 when 写明各在什么情况下适用。`,
      ],
    });
  });
}

function linkMarks(context: LinkContext, entry: DeadlineEntry): void {
  const { marks = [] } = entry.declaration;
  marks.forEach((mark, index) => {
    const place = `${entry.place}/marks/${index}`;
    if (marks.findIndex(({ at }) => at === mark.at) !== index)
      refuse(context, `${place}/at`, [
        `Expected the mark "${mark.at}" once but found it twice.`,
        `标记“${mark.at}”重复。`,
      ]);
    if (typeof mark.at === 'string' && !readMarkTerm(mark.at))
      refuse(context, `${place}/at`, [
        `Expected "before" or "after" and a period but found "${mark.at}".`,
        `“${mark.at}”有误：应为 before 或 after 加期限，例如 after 5W。`,
      ]);
    linkAct(context, entry, { mark, place: `${place}/do` });
  });
}

interface PlacedMark {
  readonly mark: DeadlineMark;
  readonly place: string;
}

function linkAct(context: LinkContext, { formulas }: DeadlineEntry, { mark, place }: PlacedMark): void {
  const { notify, message, start } = mark.do;
  if (notify) {
    const to = formulas.get(`${place}/notify/to`);
    for (const text of to && to.reads.length > 0 ? formulaFaults(context.set, to.source) : [])
      reportPlace(context, path, `${place}/notify/to`, { code: 'link.unknownGroup', text });
    for (const group of constantTexts(to)) {
      const text = groupFault(context.set, group);
      const isAccount = context.set.organization.accounts?.some(({ id }) => id === group) === true;
      if (text && !isAccount) reportPlace(context, path, `${place}/notify/to`, { code: 'link.unknownGroup', text });
    }
  }
  if (start) expectStart(context, { file: path, place: `${place}/start`, start });
  if (message) linkMessage(context, message.name, `${place}/message/name`);
}

function linkMessage(context: LinkContext, id: string, place: string): void {
  const caught = context.set.processes.flatMap(({ definition }) => messagesCaught(definition)).map(({ name }) => name);
  if (context.broken.has('process') || caught.includes(undefined) || caught.includes(id)) return;
  reportMissing(context, path, place, {
    what: ['an element that waits for the message', '接收该消息的流程元素，消息'],
    id,
    known: caught.filter((name) => name !== undefined),
  });
}

function refuse(context: LinkContext, place: string, text: Sentence): void {
  reportPlace(context, path, place, { code: 'deadline.declaration', text });
}
