import { dayNumber, daysInMonth } from '../values/calendar-math.js';
import { FeelDaysDuration, FeelYearsDuration } from '../values/duration.js';
import { integerOf } from '../values/number.js';
import { parseDate, parseDateTime, parseFeelDuration, parseTime } from '../values/parse-temporal.js';
import { FeelDate, FeelDateTime, FeelTime } from '../values/temporal.js';
import { FeelZone } from '../values/zone.js';
import { shown } from '../values/shown.js';
import { define, type Call } from './define.js';

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const STEPS_OF_A_REGION = 60;
const DAY = 'date:date|date and time';
const DURATION = 'days and time duration|years and months duration';

function required<T>(call: Call, value: T | undefined, expected: string, ...found: readonly unknown[]): T | null {
  return value ?? call.fail(expected, found.map(shown).join(', '));
}

/** A region is looked up in the time zones of the platform. */
function paid(call: Call, text: string): string {
  if (text.includes('@')) call.run.charge(STEPS_OF_A_REGION);
  return text;
}

function dayOf(value: FeelDate | FeelDateTime): FeelDate {
  return value instanceof FeelDate ? value : value.date;
}

function dateOfParts(call: Call, year: unknown, month: unknown, day: unknown): FeelDate | null {
  return required(call, FeelDate.of(Number(year), Number(month), Number(day)), 'a day that exists', year, month, day);
}

function timeOfParts(
  call: Call,
  hour: unknown,
  minute: unknown,
  second: unknown,
  offset?: FeelDaysDuration | null,
): FeelTime | null {
  const seconds = Number(second);
  const nano = Math.round((seconds - Math.floor(seconds)) * 1e9);
  const zone = offset ? FeelZone.offset(offset.milliseconds / 1000) : undefined;
  if (integerOf(hour) === undefined || integerOf(minute) === undefined)
    return call.fail('whole hours and minutes', `${shown(hour)}, ${shown(minute)}`);
  if (offset && Math.abs(offset.milliseconds) > 18 * 3_600_000)
    return call.fail('an offset of at most 18 hours', String(offset));
  return required(
    call,
    FeelTime.of(Number(hour), Number(minute), Math.floor(seconds), nano, zone),
    'a time that exists',
    hour,
    minute,
    second,
  );
}

function timeFrom(_call: Call, from: FeelTime | FeelDateTime): FeelTime {
  return from instanceof FeelTime ? from : from.time;
}

function dateTimeOfParts(_call: Call, date: FeelDate | FeelDateTime, time: FeelTime): FeelDateTime {
  return new FeelDateTime(dayOf(date), time);
}

function inRegion(call: Call, value: FeelDateTime, region: string): FeelDateTime | null {
  const zone = FeelZone.ofRegion(region);
  if (!zone) return call.fail('a time zone', shown(region));
  return (value.zone ? FeelDateTime.ofEpochNanos(value.epochNanos, zone) : FeelDateTime.withZone(value, zone)) ?? null;
}

/** Whole months from one day to another, towards zero; times of day do not count. */
function monthsBetween(_call: Call, { date: from }: FeelDateTime, { date: to }: FeelDateTime): FeelYearsDuration {
  const months = (to.year - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) return new FeelYearsDuration(months - 1);
  return new FeelYearsDuration(months < 0 && to.day > from.day ? months + 1 : months);
}

/** ISO 8601 week: the week of the year's first Thursday is week 1. */
function weekOfYear(_call: Call, value: FeelDate | FeelDateTime): number {
  const date = dayOf(value);
  const thursday = date.dayNumber - date.weekday + 4;
  const year = (FeelDate.ofDayNumber(thursday) as FeelDate).year;
  return Math.floor((thursday - dayNumber(year, 1, 1)) / 7) + 1;
}

function dayOfYear(_call: Call, value: FeelDate | FeelDateTime): number {
  const date = dayOf(value);
  return date.dayNumber - dayNumber(date.year, 1, 1) + 1;
}

function lastDayOfMonth(_call: Call, value: FeelDate | FeelDateTime): FeelDate | null {
  const { year, month } = dayOf(value);
  return FeelDate.of(year, month, daysInMonth(year, month)) ?? null;
}

/** Text of a repeating interval. Source: Camunda 8, "Timer events", time cycle. */
function cycle(call: Call, repetitions: unknown, interval: FeelDaysDuration | FeelYearsDuration): string | null {
  if (repetitions === null) return `R/${interval}`;
  const count = integerOf(repetitions);
  if (count === undefined || count < 0) return call.fail('a whole number of repetitions', shown(repetitions));
  return `R${count}/${interval}`;
}

function now(call: Call): FeelDateTime | null {
  const { now: epochMs, timeZone } = call.run.context;
  const zone = FeelZone.ofRegion(timeZone) ?? FeelZone.offset(0);
  return FeelDateTime.ofEpochMs(epochMs, zone) ?? null;
}

/** Functions of dates and times (DMN 1.5, 10.3.4.1 and 10.3.4.8) and those of Camunda. */
export const temporalFunctions = [
  define(
    'date',
    ['from:string', (call: Call, text: string) => required(call, parseDate(text), 'a date such as 2026-01-31', text)],
    ['year:number, month:number, day:number', dateOfParts],
    ['from:date|date and time', (_: Call, from: FeelDate | FeelDateTime) => dayOf(from)],
  ),
  define(
    'time',
    [
      'from:string',
      (call: Call, text: string) => required(call, parseTime(paid(call, text)), 'a time such as 10:15:00', text),
    ],
    ['hour:number, minute:number, second:number, offset?:days and time duration|null', timeOfParts],
    ['from:date', () => FeelTime.ofNanos(0n, FeelZone.offset(0))],
    ['from:time|date and time', timeFrom],
  ),
  define(
    'date and time',
    [
      'from:string',
      (call: Call, text: string) =>
        required(call, parseDateTime(paid(call, text)), 'a date and time such as 2026-01-31T10:15:00', text),
    ],
    ['date:date|date and time, time:time', dateTimeOfParts],
    ['from:date and time', (_: Call, from: FeelDateTime) => from],
    ['date:date and time, timezone:string', inRegion],
  ),
  define(
    'duration',
    [
      'from:string',
      (call: Call, text: string) => required(call, parseFeelDuration(text), 'a duration such as P3D', text),
    ],
    ['from:days and time duration|years and months duration', (_: Call, from: unknown) => from],
  ),
  define('years and months duration', ['from:date and time, to:date and time', monthsBetween]),
  define(
    'cycle',
    [`repetitions:number|null, interval:${DURATION}`, cycle],
    [`interval:${DURATION}`, (call: Call, interval: FeelDaysDuration) => cycle(call, null, interval)],
  ),
  define('now', ['', now]),
  define('today', ['', (call: Call) => now(call)?.date]),
  define('day of week', [DAY, (_: Call, value: FeelDate | FeelDateTime) => DAY_NAMES[dayOf(value).weekday - 1]]),
  define('day of year', [DAY, dayOfYear]),
  define('week of year', [DAY, weekOfYear]),
  define('month of year', [DAY, (_: Call, value: FeelDate | FeelDateTime) => MONTH_NAMES[dayOf(value).month - 1]]),
  define('last day of month', [DAY, lastDayOfMonth]),
];
