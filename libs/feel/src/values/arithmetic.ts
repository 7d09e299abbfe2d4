import { floorDiv, NANOS_PER_DAY } from './calendar-math.js';
import { FeelDaysDuration, FeelYearsDuration } from './duration.js';
import {
  addNumbers,
  type DecimalJs,
  decimalOf,
  divideNumbers,
  type FeelNumber,
  isNumber,
  multiplyNumbers,
  numberFrom,
  powerOf,
  subtractNumbers,
} from './number.js';
import { midnightOf } from './parse-temporal.js';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.js';

/** FEEL arithmetic (DMN 1.5, 10.3.2.15). Every function gives null where the standard defines no result. */
export function addValues(a: unknown, b: unknown): unknown {
  if (isNumber(a) && isNumber(b)) return addNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isDuration(b)) return shift(a, b);
  return isDuration(a) ? shift(b, a) : null;
}

export function subtractValues(a: unknown, b: unknown): unknown {
  if (isNumber(a) && isNumber(b)) return subtractNumbers(a, b);
  if (isDuration(b)) return shift(a, negated(b));
  if (a instanceof FeelTime && b instanceof FeelTime)
    return sameZoning(a, b) ? new FeelDaysDuration(a.utcNanos - b.utcNanos) : null;
  const from = asDateTime(a);
  const to = asDateTime(b);
  if (from === undefined || to === undefined) return null;
  return zoningFits(a, b, from, to) ? new FeelDaysDuration(from.epochNanos - to.epochNanos) : null;
}

export function multiplyValues(a: unknown, b: unknown): unknown {
  if (isNumber(a) && isNumber(b)) return multiplyNumbers(a, b);
  if (isDuration(a) && isNumber(b)) return scale(a, b);
  return isDuration(b) && isNumber(a) ? scale(b, a) : null;
}

export function divideValues(a: unknown, b: unknown): unknown {
  if (isNumber(a) && isNumber(b)) return divideNumbers(a, b);
  if (isDuration(a) && isNumber(b)) return decimalOf(b).isZero() ? null : scaleBy(a, (length) => length.div(b));
  if (a instanceof FeelDaysDuration && b instanceof FeelDaysDuration) return quotient(a.nanos, b.nanos);
  if (a instanceof FeelYearsDuration && b instanceof FeelYearsDuration) return quotient(a.months, b.months);
  return null;
}

export function powerValues(a: unknown, b: unknown): unknown {
  return isNumber(a) && isNumber(b) ? powerOf(a, b) : null;
}

export function negateValue(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  if (isNumber(value)) return numberFrom(decimalOf(value).neg());
  return isDuration(value) ? negated(value) : null;
}

type Duration = FeelDaysDuration | FeelYearsDuration;

function isDuration(value: unknown): value is Duration {
  return value instanceof FeelDaysDuration || value instanceof FeelYearsDuration;
}

function negated(duration: Duration): Duration {
  return duration instanceof FeelDaysDuration
    ? new FeelDaysDuration(-duration.nanos)
    : new FeelYearsDuration(0 - duration.months);
}

function shift(value: unknown, by: Duration): unknown {
  return by instanceof FeelDaysDuration ? shiftByNanos(value, by.nanos) : shiftByMonths(value, by.months);
}

function shiftByNanos(value: unknown, nanos: bigint): unknown {
  if (value instanceof FeelDaysDuration) return new FeelDaysDuration(value.nanos + nanos);
  if (value instanceof FeelDate)
    return FeelDate.ofDayNumber(value.dayNumber + Number(floorDiv(nanos, NANOS_PER_DAY))) ?? null;
  if (value instanceof FeelTime)
    return FeelTime.ofNanos((((value.nanosOfDay + nanos) % NANOS_PER_DAY) + NANOS_PER_DAY) % NANOS_PER_DAY, value.zone);
  if (!(value instanceof FeelDateTime)) return null;
  const moved = value.zone
    ? FeelDateTime.ofEpochNanos(value.epochNanos + nanos, value.zone)
    : FeelDateTime.ofLocalNanos(value.localNanos + nanos);
  return moved ?? null;
}

function shiftByMonths(value: unknown, months: number): unknown {
  if (value instanceof FeelYearsDuration) return new FeelYearsDuration(value.months + months);
  if (value instanceof FeelDate) return value.plusMonths(months) ?? null;
  const date = value instanceof FeelDateTime ? value.date.plusMonths(months) : undefined;
  return date ? new FeelDateTime(date, (value as FeelDateTime).time) : null;
}

function scale(duration: Duration, factor: FeelNumber): Duration | null {
  return scaleBy(duration, (length) => length.times(factor));
}

function scaleBy(duration: Duration, change: (length: DecimalJs) => DecimalJs): Duration | null {
  const isDays = duration instanceof FeelDaysDuration;
  const length = change(decimalOf(isDays ? duration.nanos : duration.months));
  if (!length.isFinite() || length.abs().gt('1e30')) return null;
  return isDays
    ? new FeelDaysDuration(BigInt(length.trunc().toFixed()))
    : new FeelYearsDuration(length.trunc().toNumber());
}

function quotient(a: bigint | number, b: bigint | number): FeelNumber | null {
  const divisor = decimalOf(b);
  return divisor.isZero() ? null : numberFrom(decimalOf(a).div(divisor));
}

function asDateTime(value: unknown): FeelDateTime | undefined {
  return value instanceof FeelDate ? midnightOf(value) : value instanceof FeelDateTime ? value : undefined;
}

function sameZoning(a: { zone: unknown }, b: { zone: unknown }): boolean {
  return (a.zone === undefined) === (b.zone === undefined);
}

/** A plain date counts as midnight in UTC, so it may stand beside a date and time with a zone. */
function zoningFits(a: unknown, b: unknown, from: FeelDateTime, to: FeelDateTime): boolean {
  return a instanceof FeelDate || b instanceof FeelDate || sameZoning(from, to);
}
