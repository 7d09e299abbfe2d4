// oxlint-disable-next-line import/default -- Node reads its CommonJS build, whose exports are the default.
import rrule from 'rrule';
import { parseDate } from '#feel';
import type { ScheduleFault } from './schedule.js';

const { RRule } = rrule;

const DAY_MS = 86_400_000;
const FREQUENCIES: readonly number[] = [RRule.DAILY, RRule.WEEKLY, RRule.MONTHLY, RRule.YEARLY];
const FROM = '2020-01-01';
/** Days of one question to the rule: it never runs through years in which nothing happens at once. */
const WINDOW_DAYS = 400;

/** A recurrence rule of RFC 5545 that gives days; times of day are kept out of it. */
export interface RecurrenceRule {
  readonly between: (after: Date, before: Date, isInclusive: boolean) => Date[];
}

/** Reads a rule such as `FREQ=MONTHLY;BYMONTHDAY=20`, or says what is wrong with it. */
export function parseRule(text: string, from: string = FROM): RecurrenceRule | ScheduleFault {
  const start = parseDate(from);
  if (!start) return { en: `from as an ISO date but found "${from}"`, zh: `from 应为 ISO 日期，现为“${from}”` };
  try {
    const options = RRule.parseString(text.trim().replace(/^RRULE:/i, ''));
    if (options.freq === undefined || !FREQUENCIES.includes(options.freq))
      return {
        en: `FREQ to be DAILY, WEEKLY, MONTHLY or YEARLY but found "${text}"`,
        zh: `FREQ 只能是 DAILY、WEEKLY、MONTHLY、YEARLY，现为“${text}”`,
      };
    if ([options.byhour, options.byminute, options.bysecond, options.dtstart].some((part) => part !== undefined))
      return {
        en: `a rule without time of day and start (write them as "at" and "from") but found "${text}"`,
        zh: `规则中不写时刻和起始日，请写在 at 和 from 中；现为“${text}”`,
      };
    return new RRule({ ...options, dtstart: new Date(start.dayNumber * DAY_MS) });
  } catch {
    return {
      en: `a recurrence rule such as FREQ=MONTHLY;BYMONTHDAY=20 but found "${text}"`,
      zh: `应为 FREQ=MONTHLY;BYMONTHDAY=20 这样的规则，现为“${text}”`,
    };
  }
}

/** The days (since 1970-01-01) of a rule from one on, in order, so many days far. */
export function* firstDays(rule: RecurrenceRule, from: number, horizon: number): Iterable<number> {
  for (let day = from; day < from + horizon; day += WINDOW_DAYS) {
    const [first, last] = [new Date(day * DAY_MS), new Date((day + WINDOW_DAYS) * DAY_MS - 1)];
    for (const found of rule.between(first, last, true)) yield Math.floor(found.getTime() / DAY_MS);
  }
}
