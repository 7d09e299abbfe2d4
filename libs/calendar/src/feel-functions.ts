import { FeelDate, FeelDateTime, FeelTime, FeelZone, kindOf, parseDateTime, type FeelFunction } from '#feel';
import type { Calendar } from './calendar.js';

/**
 * FEEL functions over a calendar: `working days after(from, n)` and `calendar days after(from, n)` give the instant at which the term
 * ends (24:00 of its last day), `end of day(date)` that of the day, `is working day(date)` a boolean. `from` and `date` may be a date, a
 * date and time or the ISO text of one; without a zone they are read in the calendar's.
 */
export function calendarFunctions(calendar: Calendar): Record<string, FeelFunction> {
  const zone = FeelZone.ofRegion(calendar.timeZone) as FeelZone;
  const ending = (epochMs: number): FeelDateTime => FeelDateTime.ofEpochMs(epochMs, zone) as FeelDateTime;
  return {
    'working days after': {
      parameters: ['from', 'n'],
      invoke: ([from, n]) => ending(calendar.addWorkingDays(instantOf(from, zone), countOf(n))),
    },
    'calendar days after': {
      parameters: ['from', 'n'],
      invoke: ([from, n]) => ending(calendar.addCalendarDays(instantOf(from, zone), countOf(n))),
    },
    'is working day': {
      parameters: ['date'],
      invoke: ([date]) => calendar.isWorkingDay(ending(instantOf(date, zone)).date.toString()),
    },
    'end of day': { parameters: ['date'], invoke: ([date]) => ending(calendar.endOfDay(instantOf(date, zone))) },
  };
}

function countOf(value: unknown): number {
  if (typeof value !== 'number') throw new RangeError(`Expected a number of days but found ${kindOf(value)}.`);
  return value;
}

function instantOf(value: unknown, zone: FeelZone): number {
  const read = typeof value === 'string' ? parseDateTime(value) : value;
  if (read instanceof FeelDate) return new FeelDateTime(read, FeelTime.ofNanos(0n, zone)).epochMs;
  if (read instanceof FeelDateTime) return read.epochMsIn(zone);
  throw new RangeError(`Expected a date or a date and time but found ${kindOf(value)}.`);
}
