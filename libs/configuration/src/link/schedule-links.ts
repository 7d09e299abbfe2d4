import { parseSchedule } from '#calendar';
import type { ScheduleDeclaration } from '../settings.js';
import { pointerPart } from '../json-text.js';
import { type LinkContext, reportPlace, type Sentence } from './link-context.js';
import { expectStart } from './starts.js';
import { expectFeel } from './settings-expressions.js';
import { refuseDoubles } from './references.js';

const path = 'workflows/schedules.json';
/** What its expressions may read. */
const known = ['scheduledFor'];

/** Follows what schedules name, and reads their rules. */
export function linkSchedules(context: LinkContext): void {
  const declarations = context.set.scheduleDeclarations;
  refuseDoubles(
    context,
    path,
    '',
    declarations.map(({ id }) => id),
  );
  declarations.forEach((declaration, index) => {
    const place = `/${index}`;
    expectStart(context, { file: path, place, start: { processId: declaration.processId } });
    expectFeel(context, { file: path, place: `${place}/onlyIf`, source: declaration.onlyIf, known });
    for (const [name, value] of Object.entries(declaration.variables ?? {}))
      if (typeof value === 'string' && value.startsWith('='))
        expectFeel(context, { file: path, place: `${place}/variables/${pointerPart(name)}`, source: value, known });
    expectRule(context, place, declaration);
    linkTimes(context, place, declaration);
  });
}

/** What says nothing beside the rule that is given, and what is left to its default in silence. */
function linkTimes(context: LinkContext, place: string, { cron, rrule, before, from, at }: ScheduleDeclaration): void {
  const report = (key: string, severity: 'error' | 'warning', text: Sentence) =>
    reportPlace(context, path, `${place}${key}`, { code: 'schedule.time', severity, text });
  if (cron !== undefined && at !== undefined)
    report('/at', 'error', [
      `Expected no "at" beside "cron": the cron text says the time, "${at}" would be ignored.`,
      `写了 cron 就不能写 at：时间以 cron 为准，“${at}”不起作用。`,
    ]);
  if (rrule === undefined && from !== undefined)
    report('/from', 'error', [
      'Expected "from" beside "rrule" alone: it is the day from which a rule counts its intervals.',
      'from 只能与 rrule 一起写，表示从哪一天起算间隔。',
    ]);
  if ((rrule !== undefined || before) && at === undefined)
    report('', 'warning', [
      'There is no "at": the process starts at 00:00.',
      '没有写 at（几点几分），流程将在 00:00 启动。',
    ]);
}

/** A rule that never comes true is a mistake too. */
function expectRule(context: LinkContext, place: string, declaration: ScheduleDeclaration): void {
  const schedule = parseSchedule(declaration);
  if ('en' in schedule) {
    const text = [`Expected ${schedule.en}.`, `定时规则有误：${schedule.zh}。`] as const;
    return reportPlace(context, path, place, { code: 'schedule.rule', text });
  }
  const entry = context.set.schedules.find(({ id }) => id === declaration.id);
  if (!entry || entry.next(Date.now()) !== undefined) return;
  reportPlace(context, path, place, {
    code: 'schedule.never',
    severity: 'warning',
    text: [
      `Expected the schedule "${declaration.id}" to come due within ten years but it does not.`,
      `定时“${declaration.title}”在今后十年内不会到期，请检查规则和日历。`,
    ],
  });
}
