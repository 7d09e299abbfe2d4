import { CronExpressionParser } from 'cron-parser';
import { cronFault } from './cron-fault.js';
import { FeelDate, FeelDateTime, FeelTime, FeelZone } from '#feel';
import type { Calendar } from './calendar.js';
import { parseCycle } from './cycle.js';
import { firstDays, parseRule, type RecurrenceRule } from './recurrence-rule.js';

/** What a day is counted back from: the first day of a row of days off with a declared holiday, or the last day of a period. */
export type Landmark = 'holiday' | 'monthEnd' | 'quarterEnd' | 'yearEnd';

/** When something recurs, as a file declares it. */
export interface ScheduleRule {
  /** Cron text of five or six fields. Exactly one of `cron`, `rrule` and `before` is given. */
  readonly cron?: string;
  /** Recurrence rule of RFC 5545 with the frequency DAILY, WEEKLY, MONTHLY or YEARLY, without a start. */
  readonly rrule?: string;
  /** ISO date from which `rrule` counts its intervals; 2020-01-01 where it is absent. */
  readonly from?: string;
  readonly before?: {
    /** 0 to 366. */
    readonly days: number;
    readonly of: Landmark;
  };
  /** `HH:mm`, local; of `rrule` and `before`. Default 00:00. */
  readonly at?: string;
  /** What becomes of a day on which nobody works. Default `keep`. */
  readonly onDayOff?: 'keep' | 'next' | 'previous' | 'skip';
}

/** What is wrong with a rule, as the end of "Expected …" and as a Chinese sentence. */
export interface ScheduleFault {
  readonly en: string;
  readonly zh: string;
}

/** A rule that was read. */
export interface Schedule {
  /** The first time after an instant, both in epoch ms; undefined where there is none within ten years. */
  next(after: number, calendar: Calendar): number | undefined;
}

const HORIZON_DAYS = 3_660;
/** Of a cron text, which are at most two for each day. */
const MAX_CANDIDATES = 2 * HORIZON_DAYS;
const LONGEST_DAYS_OFF = 60;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Reads a rule, or says what is wrong with it. */
export function parseSchedule(rule: ScheduleRule): Schedule | ScheduleFault {
  const given = [rule.cron, rule.rrule, rule.before].filter((one) => one !== undefined).length;
  if (given !== 1)
    return {
      en: `exactly one of cron, rrule and before but found ${given}`,
      zh: `cron、rrule、before 须写且只写一个，现有 ${given} 个`,
    };
  const time = TIME.exec(rule.at ?? '00:00');
  if (!time) return { en: `at as HH:mm but found "${rule.at}"`, zh: `at 应写成 HH:mm，现为“${rule.at}”` };
  const minutes = Number(time[1]) * 60 + Number(time[2]);
  if (rule.cron !== undefined) return cronSchedule(rule, rule.cron);
  if (rule.before) return daySchedule(rule, minutes, landmarkDays(rule.before));
  const recurrence = parseRule(rule.rrule as string, rule.from);
  return 'en' in recurrence ? recurrence : daySchedule(rule, minutes, ruleDays(recurrence));
}

function cronSchedule(rule: ScheduleRule, expression: string): Schedule | ScheduleFault {
  if (parseCycle(expression)?.kind !== 'cron') return cronFault(expression);
  return {
    next: (after, calendar) => {
      const zone = FeelZone.ofRegion(calendar.timeZone) as FeelZone;
      const times = CronExpressionParser.parse(expression, {
        currentDate: new Date(firstInstant(rule, after, calendar)),
        tz: calendar.timeZone,
      });
      const last = FeelDateTime.ofEpochMs(after, zone) as FeelDateTime;
      for (let tries = 0; tries < MAX_CANDIDATES && times.hasNext(); tries += 1) {
        const local = FeelDateTime.ofEpochMs(times.next().getTime(), zone) as FeelDateTime;
        const { dayNumber } = local.date;
        const day = shifted(rule, dayNumber, calendar);
        const at = day === undefined ? undefined : onDay(day, local, zone);
        if (at !== undefined && at > after) return at;
        const isOnLastDay = day === last.date.dayNumber;
        times.reset(new Date(isOnLastDay ? onDay(dayNumber, last, zone) : instantOf(dayNumber + 1, 0, zone) - 1));
      }
      return undefined;
    },
  };
}

/** Days (since 1970-01-01) from one on, in order. */
type Days = (from: number, calendar: Calendar) => Iterable<number>;

function daySchedule(rule: ScheduleRule, minutes: number, days: Days): Schedule {
  return {
    next: (after, calendar) => {
      const zone = FeelZone.ofRegion(calendar.timeZone) as FeelZone;
      for (const raw of days(firstToLookAt(rule, dayOf(after, zone), calendar), calendar)) {
        const day = shifted(rule, raw, calendar);
        const at = day === undefined ? undefined : instantOf(day, minutes, zone);
        if (at !== undefined && at > after) return at;
      }
      return undefined;
    },
  };
}

const ruleDays =
  (rule: RecurrenceRule): Days =>
  (from) =>
    firstDays(rule, from, HORIZON_DAYS);

function landmarkDays({ days, of }: NonNullable<ScheduleRule['before']>): Days {
  return function* (from, calendar) {
    for (let day = from; day < from + HORIZON_DAYS; day += 1) if (isLandmark(day + days, of, calendar)) yield day;
  };
}

function isLandmark(day: number, of: Landmark, calendar: Calendar): boolean {
  if (of === 'holiday') return isFirstOfHolidays(day, calendar);
  const { month, day: next } = FeelDate.ofDayNumber(day + 1) as FeelDate;
  if (next !== 1) return false;
  return of === 'monthEnd' || (of === 'quarterEnd' ? (month - 1) % 3 === 0 : month === 1);
}

/** The day before is worked, and the days off that begin now hold a holiday. */
function isFirstOfHolidays(day: number, calendar: Calendar): boolean {
  if (isWorked(day, calendar) || !isWorked(day - 1, calendar)) return false;
  for (let off = day; off < day + LONGEST_DAYS_OFF && !isWorked(off, calendar); off += 1)
    if (calendar.isHoliday(isoOf(off))) return true;
  return false;
}

/** A day off that moves to the next working day may lie before the day that is asked for. */
function firstToLookAt({ onDayOff }: ScheduleRule, day: number, calendar: Calendar): number {
  if (onDayOff !== 'next') return day;
  let first = day;
  while (first > day - LONGEST_DAYS_OFF && !isWorked(first - 1, calendar)) first -= 1;
  return first;
}

/** What moves to the next working day may have its own time before the instant that is asked for; nothing else has. */
function firstInstant(rule: ScheduleRule, after: number, calendar: Calendar): number {
  if (rule.onDayOff !== 'next') return after;
  const zone = FeelZone.ofRegion(calendar.timeZone) as FeelZone;
  return Math.min(after, instantOf(firstToLookAt(rule, dayOf(after, zone), calendar), 0, zone) - 1);
}

function shifted({ onDayOff = 'keep' }: ScheduleRule, day: number, calendar: Calendar): number | undefined {
  if (onDayOff === 'keep' || isWorked(day, calendar)) return day;
  if (onDayOff === 'skip') return undefined;
  const step = onDayOff === 'next' ? 1 : -1;
  for (let other = day + step; Math.abs(other - day) < LONGEST_DAYS_OFF; other += step)
    if (isWorked(other, calendar)) return other;
  return undefined;
}

const isWorked = (day: number, calendar: Calendar): boolean => calendar.isWorkingDay(isoOf(day));
const isoOf = (day: number): string => (FeelDate.ofDayNumber(day) as FeelDate).toString();
const dayOf = (epochMs: number, zone: FeelZone): number =>
  (FeelDateTime.ofEpochMs(epochMs, zone) as FeelDateTime).date.dayNumber;

function instantOf(day: number, minutes: number, zone: FeelZone): number {
  const time = FeelTime.of(Math.floor(minutes / 60), minutes % 60, 0, 0, zone) as FeelTime;
  return new FeelDateTime(FeelDate.ofDayNumber(day) as FeelDate, time).epochMs;
}

/** The same time of day on another day. */
function onDay(day: number, { time }: FeelDateTime, zone: FeelZone): number {
  const moved = FeelTime.of(time.hour, time.minute, time.second, 0, zone) as FeelTime;
  return new FeelDateTime(FeelDate.ofDayNumber(day) as FeelDate, moved).epochMs;
}
