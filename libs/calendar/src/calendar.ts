import { FeelDate, FeelDateTime, FeelTime, FeelZone, parseDate } from '#feel';

/** The working-day rules of one year, as `workflows/calendar.json` declares them. Dates are ISO (`2026-10-01`). */
export interface CalendarYear {
  readonly year: number;
  /** Weekdays on which nobody works. */
  readonly holidays: readonly string[];
  /** Weekend days that are worked to make up for a holiday (调休). */
  readonly workdays: readonly string[];
}

/** Counts working days. Day 0 is the day of receipt; a term ends at 24:00 of its last day, that is 00:00 of the next day. */
export interface Calendar {
  readonly timeZone: string;
  /** False if the year is not declared; its working days are then Monday to Friday. */
  hasYear(year: number): boolean;
  /** Takes an ISO date; throws `RangeError` for any other text. */
  isWorkingDay(date: string): boolean;
  /** Whether the day of an instant (epoch ms) is a working day. */
  isWorkingAt(epochMs: number): boolean;
  /** A weekday that is declared as a day off. Takes an ISO date; throws `RangeError` for any other text. */
  isHoliday(date: string): boolean;
  /** The end (24:00) of the nth working day after the day of `epochMs`, in epoch ms; `count` from 0 to 10,000, else `RangeError`. */
  addWorkingDays(epochMs: number, count: number): number;
  /** The end (24:00) of the nth calendar day after the day of `epochMs`, in epoch ms; `count` from 0 to 100,000, else `RangeError`. */
  addCalendarDays(epochMs: number, count: number): number;
  /** Working days after the day of `from` up to and with the day of `to`; negative when `to` is earlier. At most 200 years apart. */
  workingDaysBetween(from: number, to: number): number;
  /** 24:00 of the day of `epochMs`, in epoch ms. */
  endOfDay(epochMs: number): number;
}

const MAX_WORKING_DAYS = 10_000;
const MAX_CALENDAR_DAYS = 100_000;
const SATURDAY = 6;

/** Makes a calendar. Throws `RangeError` for an unknown time zone, a date that is none or one that lies in another year. */
export function createCalendar(years: readonly CalendarYear[], timeZone: string): Calendar {
  const zone = zoneOf(timeZone);
  const known = new Set(years.map(({ year }) => year));
  const holidays = daysOf(years, 'holidays');
  const workdays = daysOf(years, 'workdays');
  const isWorking = (day: number): boolean => workdays.has(day) || (!holidays.has(day) && weekdayOf(day) < SATURDAY);
  const dayOf = (epochMs: number): number => (FeelDateTime.ofEpochMs(epochMs, zone) as FeelDateTime).date.dayNumber;
  return {
    timeZone,
    hasYear: (year) => known.has(year),
    isWorkingDay: (date) => isWorking(isoDay(date)),
    isWorkingAt: (epochMs) => isWorking(dayOf(epochMs)),
    isHoliday: (date) => holidays.has(isoDay(date)),
    addWorkingDays: (epochMs, count) => endOf(nthWorkingDay(dayOf(epochMs), count, isWorking), zone),
    addCalendarDays: (epochMs, count) => endOf(dayOf(epochMs) + checkedCount(count, MAX_CALENDAR_DAYS), zone),
    workingDaysBetween: (from, to) => countBetween(dayOf(from), dayOf(to), isWorking),
    endOfDay: (epochMs) => endOf(dayOf(epochMs), zone),
  };
}

function zoneOf(timeZone: string): FeelZone {
  const zone = FeelZone.ofRegion(timeZone);
  if (!zone) throw new RangeError(`Expected an IANA time zone but found "${timeZone}".`);
  return zone;
}

function daysOf(years: readonly CalendarYear[], list: 'holidays' | 'workdays'): ReadonlySet<number> {
  return new Set(years.flatMap((year) => year[list].map((date) => dayWithin(date, year.year))));
}

function dayWithin(date: string, year: number): number {
  const day = isoDay(date);
  if (!date.startsWith(`${year}-`)) throw new RangeError(`Expected a date in ${year} but found "${date}".`);
  return day;
}

function isoDay(date: string): number {
  const parsed = parseDate(date);
  if (!parsed) throw new RangeError(`Expected an ISO date but found "${date}".`);
  return parsed.dayNumber;
}

/** 1 is Monday; day 0 (1970-01-01) was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function nthWorkingDay(from: number, count: number, isWorking: (day: number) => boolean): number {
  let day = from;
  for (let left = checkedCount(count, MAX_WORKING_DAYS); left > 0;) {
    day++;
    if (isWorking(day)) left--;
  }
  return day;
}

function countBetween(from: number, to: number, isWorking: (day: number) => boolean): number {
  if (Math.abs(to - from) > 366 * 200) throw new RangeError('Expected two days at most 200 years apart.');
  if (to < from) return 0 - countBetween(to, from, isWorking);
  let count = 0;
  for (let day = from + 1; day <= to; day++) if (isWorking(day)) count++;
  return count;
}

function checkedCount(count: number, most: number): number {
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new RangeError(`Expected 0 to ${most} days but found ${count}.`);
  return count;
}

/** 00:00 of the day after, as an instant. */
function endOf(day: number, zone: FeelZone): number {
  const next = FeelDate.ofDayNumber(day + 1) as FeelDate;
  return new FeelDateTime(next, FeelTime.of(0, 0, 0, 0, zone) as FeelTime).epochMs;
}
