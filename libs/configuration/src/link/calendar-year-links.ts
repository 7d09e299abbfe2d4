import type { CalendarYear } from '#calendar';
import { expressionsOf } from './expressions.js';
import { type LinkContext, reportElement, reportPlace, type Sentence } from './link-context.js';
import { isRealDate, refuseUnknownKeys } from './references.js';

const keys = ['year', 'holidays', 'workdays', 'note'];
/** The longest term that is common: a year has to be there before terms reach into it. */
const DAYS_AHEAD = 60;
const DAY_MS = 86_400_000;

/** Checks the files of the calendar, one for each year, and that none is missing that is counted in now or soon. */
export function linkCalendarYears(context: LinkContext): void {
  for (const { path, json } of [...context.json.values()].filter(({ schema }) => schema === 'calendarYear')) {
    const declared = json.value as CalendarYear;
    refuseUnknownKeys(context, { file: path, place: '', found: declared, keys });
    linkName(context, path, declared);
    linkDays(context, path, declared);
  }
  warnOfMissingYears(context);
}

function linkName(context: LinkContext, path: string, { year }: CalendarYear): void {
  if (path === `workflows/calendar/${year}.json`) return;
  const text: Sentence = [
    `Expected the file of ${year} to be named workflows/calendar/${year}.json.`,
    `${year} 年的日历应存为 workflows/calendar/${year}.json。`,
  ];
  reportPlace(context, path, '/year', { code: 'settings.calendarName', text });
}

function linkDays(context: LinkContext, path: string, { year, holidays, workdays }: CalendarYear): void {
  const refuse = (place: string, text: Sentence) =>
    reportPlace(context, path, place, { code: 'settings.calendarDate', text });
  const isOfYear = (day: string) => day.startsWith(`${year}-`) && isRealDate(day);
  for (const [list, days] of Object.entries({ holidays, workdays }))
    days.forEach((day, index) => {
      const fault = dayFault(day, year) ?? (days.indexOf(day) < index ? twice(day) : undefined);
      if (fault) refuse(`/${list}/${index}`, fault);
    });
  workdays.forEach((day, index) => {
    if (holidays.includes(day))
      refuse(`/workdays/${index}`, [
        `Expected ${day} to be a holiday or a workday, not both.`,
        `${day} 不能既是假日又是工作日。`,
      ]);
    else if (isOfYear(day) && !isWeekend(day))
      refuse(`/workdays/${index}`, [
        `Expected a Saturday or Sunday that is worked but ${day} is a weekday, worked anyway.`,
        `调休上班日应为周六或周日，${day} 本来就是工作日。`,
      ]);
  });
}

function dayFault(day: string, year: number): Sentence | undefined {
  if (!isRealDate(day))
    return [
      `Expected a date of the calendar but found ${day}: there is no such day; correct it or take it out.`,
      `日历上没有 ${day} 这一天，请改正或删去。`,
    ];
  if (day.startsWith(`${year}-`)) return undefined;
  return [
    `Expected a date of ${year} but found ${day}: it belongs into workflows/calendar/${day.slice(0, 4)}.json.`,
    `应为 ${year} 年的日期，实际为 ${day}，请移到 workflows/calendar/${day.slice(0, 4)}.json。`,
  ];
}

const twice = (day: string): Sentence => [
  `Expected ${day} once but found it again; take out one of them.`,
  `${day} 写了两次，请删去一处。`,
];

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Of a year that has no file, Monday to Friday count as working days, holidays too. Each is told once, where it matters first. */
function warnOfMissingYears(context: LinkContext): void {
  const { today, set } = context;
  if (today === undefined) return;
  const ahead = new Date(Date.parse(today) + DAYS_AHEAD * DAY_MS);
  const needed = new Set([Number(today.slice(0, 4)), ahead.getUTCFullYear()]);
  const report = firstUse(context);
  for (const year of report ? needed : []) {
    if (set.calendar.hasYear(year)) continue;
    report?.([
      `Working days of ${year} are counted here but there is no workflows/calendar/${year}.json: Monday to Friday are taken, holidays too.`,
      `此处要计算 ${year} 年的工作日，但没有 workflows/calendar/${year}.json：只按周一到周五算，节假日和调休都不计。`,
    ]);
  }
}

/** How to report at the first schedule, deadline or step that counts working days; undefined where none does. */
function firstUse(context: LinkContext): ((text: Sentence) => void) | undefined {
  const finding = (text: Sentence) => ({ code: 'settings.calendarYear', severity: 'warning', text }) as const;
  const schedule = context.set.scheduleDeclarations.findIndex(
    ({ before, onDayOff = 'keep' }) => before?.of === 'holiday' || onDayOff !== 'keep',
  );
  if (schedule >= 0) return (text) => reportPlace(context, 'workflows/schedules.json', `/${schedule}`, finding(text));
  const deadline = context.set.readModel.deadlines.find(({ declaration }) => isInWorkingDays(declaration.period));
  if (deadline) return (text) => reportPlace(context, deadline.path, `${deadline.place}/period`, finding(text));
  for (const process of context.set.processes) {
    const used = expressionsOf(process.definition).find(({ expression }) => counting.test(expression.source));
    if (used) return (text) => reportElement(context, process, used.element, finding(text));
  }
  return undefined;
}

const counting = /\b(working days after|is working day)\s*\(/;
const isInWorkingDays = (period = ''): boolean => /^\d+W$|"W"/.test(period);
