import { FeelDaysDuration, FeelYearsDuration } from './duration.js';
import { NANOS_PER_SECOND } from './calendar-math.js';
import { FeelRange } from './range.js';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.js';

/** Properties of temporal values and intervals (DMN 1.5, 10.3.2.15); undefined if there is none of that name. */
export function propertyOf(value: unknown, name: string): unknown {
  if (value instanceof FeelDateTime)
    return dateProperty(value.date, name) ?? timeProperty(value.time, name, value.offsetSeconds);
  if (value instanceof FeelDate) return dateProperty(value, name);
  if (value instanceof FeelTime)
    return timeProperty(value, name, Number((value.nanosOfDay - value.utcNanos) / NANOS_PER_SECOND));
  if (value instanceof FeelDaysDuration) return daysProperty(value, name);
  if (value instanceof FeelYearsDuration) return yearsProperty(value, name);
  return value instanceof FeelRange ? rangeProperty(value, name) : undefined;
}

function dateProperty(date: FeelDate, name: string): unknown {
  if (name === 'year' || name === 'month' || name === 'day' || name === 'weekday') return date[name];
  return undefined;
}

function timeProperty(time: FeelTime, name: string, offsetSeconds: number): unknown {
  if (name === 'hour' || name === 'minute') return time[name];
  if (name === 'second') return time.second + time.nano / 1e9;
  if (name === 'timezone') return time.zone?.region ?? null;
  if (name !== 'time offset') return undefined;
  return time.zone ? new FeelDaysDuration(BigInt(offsetSeconds) * NANOS_PER_SECOND) : null;
}

function daysProperty(duration: FeelDaysDuration, name: string): unknown {
  const { days, hours, minutes, seconds, nanos } = duration.parts;
  if (name === 'seconds') return seconds + nanos / 1e9;
  return { days, hours, minutes }[name];
}

function yearsProperty(duration: FeelYearsDuration, name: string): unknown {
  const { years, months } = duration.parts;
  return { years, months }[name];
}

function rangeProperty(range: FeelRange, name: string): unknown {
  if (name === 'start') return range.start;
  if (name === 'end') return range.end;
  if (name === 'start included') return range.startIncluded;
  return name === 'end included' ? range.endIncluded : undefined;
}
