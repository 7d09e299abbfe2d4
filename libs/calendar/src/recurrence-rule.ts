import rrule from 'rrule';
import { parseDate } from '#feel';

/** The package is CommonJS: Node gives its exports as the default. */
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

/** Reads a rule such as `FREQ=MONTHLY;BYMONTHDAY=20`; a sentence that says what is wrong where it is none. */
export function parseRule(text: string, from: string = FROM): RecurrenceRule | string {
  const start = parseDate(from);
  if (!start) return `from as an ISO date but found "${from}"`;
  try {
    const options = RRule.parseString(text.trim().replace(/^RRULE:/i, ''));
    if (options.freq === undefined || !FREQUENCIES.includes(options.freq))
      return `FREQ to be DAILY, WEEKLY, MONTHLY or YEARLY but found "${text}"`;
    if ([options.byhour, options.byminute, options.bysecond, options.dtstart].some((part) => part !== undefined))
      return `a rule without time of day and start (write them as "at" and "from") but found "${text}"`;
    return new RRule({ ...options, dtstart: new Date(start.dayNumber * DAY_MS) });
  } catch {
    return `a recurrence rule such as FREQ=MONTHLY;BYMONTHDAY=20 but found "${text}"`;
  }
}

/** The days (since 1970-01-01) of a rule from one on, in order, so many days far. */
export function* firstDays(rule: RecurrenceRule, from: number, horizon: number): Iterable<number> {
  for (let day = from; day < from + horizon; day += WINDOW_DAYS) {
    const [first, last] = [new Date(day * DAY_MS), new Date((day + WINDOW_DAYS) * DAY_MS - 1)];
    for (const found of rule.between(first, last, true)) yield Math.floor(found.getTime() / DAY_MS);
  }
}
