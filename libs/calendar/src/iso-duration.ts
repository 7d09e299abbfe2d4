import { FeelDate, FeelDateTime, FeelZone } from '#feel';

/** A duration of ISO 8601, in parts; years to days are counted on the calendar, hours to seconds on the clock. */
export interface IsoDuration {
  readonly isNegative: boolean;
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  /** May have a fraction. */
  readonly seconds: number;
}

const PATTERN =
  /^(-)?P(?=\d|T\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/;

/** Reads `P1Y2M3DT4H5M6.7S`, `P2W` or `-PT1H`; undefined if the text is no duration. */
export function parseDuration(text: string): IsoDuration | undefined {
  const match = PATTERN.exec(text.trim());
  if (!match) return undefined;
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => Number(part ?? 0)) as Seven;
  return { isNegative: match[1] === '-', years, months, weeks, days, hours, minutes, seconds };
}

type Seven = [number, number, number, number, number, number, number];

/**
 * Adds a duration to an instant. Years, months, weeks and days move the local date and keep the local time of day, the rest moves the
 * instant. Undefined if the text is no duration or the result lies outside of the years -271821 to 275760.
 */
export function addDuration(epochMs: number, text: string, timeZone: string): number | undefined {
  const duration = parseDuration(text);
  return duration && addTimes(epochMs, duration, 1, timeZone);
}

/**
 * Adds a duration so many times at once: a month three times after January 31 is April 30, while one month after another would stay
 * on the 28th. Units and limits as for `addDuration`.
 */
export function addTimes(epochMs: number, once: IsoDuration, times: number, timeZone: string): number | undefined {
  const zone = FeelZone.ofRegion(timeZone);
  if (!zone) return undefined;
  const duration = multiplied(once, times);
  const moved = addDate(epochMs, duration, zone);
  const result = moved === undefined ? undefined : moved + signOf(duration) * clockMs(duration);
  return result !== undefined && Math.abs(result) <= 8.64e15 ? result : undefined;
}

/** Whether the calendar decides how long it is: a day may have 23 hours, a month 28 days. */
export function countsOnCalendar({ years, months, weeks, days }: IsoDuration): boolean {
  return years + months + weeks + days > 0;
}

/** In ms, with years and months of average length. */
export function averageMs(duration: IsoDuration): number {
  const { years, months, weeks, days } = duration;
  return (years * 365.2425 + months * 30.436875 + weeks * 7 + days) * 86_400_000 + clockMs(duration);
}

function multiplied({ isNegative, ...parts }: IsoDuration, times: number): IsoDuration {
  const { years, months, weeks, days, hours, minutes, seconds } = parts;
  return {
    isNegative,
    years: years * times,
    months: months * times,
    weeks: weeks * times,
    days: days * times,
    hours: hours * times,
    minutes: minutes * times,
    seconds: seconds * times,
  };
}

function signOf({ isNegative }: IsoDuration): 1 | -1 {
  return isNegative ? -1 : 1;
}

function clockMs({ hours, minutes, seconds }: IsoDuration): number {
  return hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
}

function addDate(epochMs: number, duration: IsoDuration, zone: FeelZone): number | undefined {
  const sign = signOf(duration);
  const months = sign * (duration.years * 12 + duration.months);
  const days = sign * (duration.weeks * 7 + duration.days);
  if (months === 0 && days === 0) return epochMs;
  const local = FeelDateTime.ofEpochMs(epochMs, zone);
  const month = local?.date.plusMonths(months);
  const date = month && FeelDate.ofDayNumber(month.dayNumber + days);
  return date && local && new FeelDateTime(date, local.time).epochMs;
}
