// oxlint-disable-next-line import/default -- Node reads its CommonJS build, whose exports are the default.
import rrule from 'rrule';
import { parseDate } from '#feel';
import type { ScheduleFault } from './schedule.js';

const { RRule } = rrule;
type RRuleOfPackage = InstanceType<typeof RRule>;

const DAY_MS = 86_400_000;
const FROM = '2020-01-01';
/** Days of the first question to the rule, so that a rule of every day does not give years of them. */
const FIRST_DAYS = 400;
/** The least length of a step of each frequency, in days. */
const STEP_DAYS: ReadonlyMap<number, number> = new Map([
  [RRule.DAILY, 1],
  [RRule.WEEKLY, 7],
  [RRule.MONTHLY, 28],
  [RRule.YEARLY, 365],
]);

/** Steps farther apart than that are no schedule. */
const MAX_INTERVAL = 1_000;

/** A recurrence rule of RFC 5545 that gives days (since 1970-01-01); times of day are kept out of it. */
export interface RecurrenceRule {
  /** Its days from one to another, both included, in order. */
  between(first: number, last: number): readonly number[];
}

/** Reads a rule such as `FREQ=MONTHLY;BYMONTHDAY=20`, or says what is wrong with it. */
export function parseRule(text: string, from: string = FROM): RecurrenceRule | ScheduleFault {
  const start = parseDate(from);
  if (!start || start.dayNumber < 0)
    return {
      en: `from as an ISO date since 1970 but found "${from}"`,
      zh: `from 应为 1970 年以后的 ISO 日期，现为“${from}”`,
    };
  try {
    const options = RRule.parseString(text.trim().replace(/^RRULE:/i, ''));
    if (options.freq === undefined || !STEP_DAYS.has(options.freq))
      return {
        en: `FREQ to be DAILY, WEEKLY, MONTHLY or YEARLY but found "${text}"`,
        zh: `FREQ 只能是 DAILY、WEEKLY、MONTHLY、YEARLY，现为“${text}”`,
      };
    if ([options.byhour, options.byminute, options.bysecond, options.dtstart].some((part) => part !== undefined))
      return {
        en: `a rule without time of day and start (write them as "at" and "from") but found "${text}"`,
        zh: `规则中不写时刻和起始日，请写在 at 和 from 中；现为“${text}”`,
      };
    const { interval = 1 } = options;
    if (!Number.isInteger(interval) || interval < 1 || interval > MAX_INTERVAL)
      return {
        en: `INTERVAL as a whole number from 1 to ${MAX_INTERVAL} but found "${text}"`,
        zh: `INTERVAL 应为 1 到 ${MAX_INTERVAL} 的整数，现为“${text}”`,
      };
    return boundedRule(new RRule({ ...options, dtstart: new Date(start.dayNumber * DAY_MS) }, true), start.dayNumber);
  } catch {
    return {
      en: `a recurrence rule such as FREQ=MONTHLY;BYMONTHDAY=20 but found "${text}"`,
      zh: `应为 FREQ=MONTHLY;BYMONTHDAY=20 这样的规则，现为“${text}”`,
    };
  }
}

class PastTheEnd extends Error {}

/**
 * The package looks for a next day up to the year 9999, which takes it minutes where there is none. It asks for the interval
 * at most three times at each step, so that it is stopped there.
 */
function boundedRule(rule: RRuleOfPackage, start: number): RecurrenceRule {
  const { interval, freq } = rule.options;
  const stepDays = interval * (STEP_DAYS.get(freq) ?? 1);
  let readsLeft = 0;
  const read = (): number => {
    readsLeft -= 1;
    if (readsLeft < 0) throw new PastTheEnd();
    return interval;
  };
  Object.defineProperty(rule.options, 'interval', { get: read });
  return {
    between(first, last) {
      const days: number[] = [];
      const take = (found: Date): boolean => days.push(Math.floor(found.getTime() / DAY_MS)) > 0;
      readsLeft = 3 * (Math.ceil(Math.max(0, last - start) / stepDays) + 2);
      try {
        rule.between(new Date(first * DAY_MS), new Date((last + 1) * DAY_MS - 1), true, take);
      } catch (error) {
        if (!(error instanceof PastTheEnd)) throw error;
      }
      return days;
    },
  };
}

/** The days of a rule from one on, in order, so many days far. */
export function* firstDays(rule: RecurrenceRule, from: number, horizon: number): Iterable<number> {
  for (let [first, days] = [from, FIRST_DAYS]; first < from + horizon; first += days, days *= 2)
    yield* rule.between(first, first + days - 1);
}
