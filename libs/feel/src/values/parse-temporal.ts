import { NANOS_PER_SECOND } from './calendar-math.js';
import { FeelDaysDuration, FeelYearsDuration } from './duration.js';
import { FeelDate, FeelDateTime, FeelTime } from './temporal.js';
import { FeelZone } from './zone.js';

const DATE = /^(-?(?:\d{4}|[1-9]\d{4,8}))-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(.*)$/s;
const DAYS = /^(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;
const YEARS = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?$/;

/** Reads `2026-01-31`; undefined if it is no date. */
export function parseDate(text: string): FeelDate | undefined {
  const match = DATE.exec(text);
  return match ? FeelDate.of(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/** Reads `10:15:00`, with fraction, offset or `@Region`; undefined if it is no time. */
export function parseTime(text: string): FeelTime | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const zone = match[5] ? FeelZone.parse(match[5]) : undefined;
  if (match[5] && !zone) return undefined;
  const nano = Number((match[4] ?? '').slice(0, 9).padEnd(9, '0'));
  return FeelTime.of(Number(match[1]), Number(match[2]), Number(match[3]), nano, zone);
}

/** Reads a date and a time with `T` between them, or a date alone (its midnight); undefined if it is neither. */
export function parseDateTime(text: string): FeelDateTime | undefined {
  const split = text.indexOf('T');
  if (split < 0) return midnightOf(parseDate(text));
  const date = parseDate(text.slice(0, split));
  const time = parseTime(text.slice(split + 1));
  return date && time && new FeelDateTime(date, time);
}

/** The start of a day, without zone. */
export function midnightOf(date: FeelDate | undefined): FeelDateTime | undefined {
  return date && new FeelDateTime(date, FeelTime.ofNanos(0n));
}

/** Reads an ISO 8601 duration of either kind; undefined if it is none or mixes months with days. */
export function parseFeelDuration(text: string): FeelDaysDuration | FeelYearsDuration | undefined {
  if (/[PT]$/.test(text)) return undefined;
  const years = YEARS.exec(text);
  if (years) return yearsDuration(years);
  const days = DAYS.exec(text);
  return days ? daysDuration(days) : undefined;
}

function yearsDuration([, sign, years, months]: RegExpExecArray): FeelYearsDuration | undefined {
  const total = Number(years ?? 0) * 12 + Number(months ?? 0);
  if (!Number.isSafeInteger(total)) return undefined;
  return new FeelYearsDuration(sign && total !== 0 ? -total : total);
}

function daysDuration([, sign, days, hours, minutes, seconds, fraction]: RegExpExecArray): FeelDaysDuration {
  const whole =
    BigInt(days ?? 0) * 86_400n + BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt(seconds ?? 0);
  const nanos = whole * NANOS_PER_SECOND + BigInt((fraction ?? '').slice(0, 9).padEnd(9, '0'));
  return new FeelDaysDuration(sign ? -nanos : nanos);
}

/** Reads what stands in `@"..."`: a date, date and time, time or duration. */
export function parseAtLiteral(
  text: string,
): FeelDate | FeelTime | FeelDateTime | FeelDaysDuration | FeelYearsDuration | undefined {
  if (/^-?P/.test(text)) return parseFeelDuration(text);
  if (/^\d\d:/.test(text)) return parseTime(text);
  return text.includes('T') ? parseDateTime(text) : parseDate(text);
}
