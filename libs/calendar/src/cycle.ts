import { CronExpressionParser } from 'cron-parser';
import { parseDateTime } from '#feel';
import { addTimes, averageMs, countsOnCalendar, parseDuration, type IsoDuration } from './iso-duration.js';

/** When a timer repeats: an ISO 8601 repetition (`R3/PT10H`) or a cron text of five or six fields. */
export type Cycle =
  | {
      readonly kind: 'interval';
      /** How often the timer fires in all; undefined is without end. */
      readonly repetitions: number | undefined;
      /** First due instant in epoch ms, if the text names one. */
      readonly startAt: number | undefined;
      /** ISO 8601. */
      readonly duration: string;
    }
  | { readonly kind: 'cron'; readonly expression: string };

const REPETITION = /^R(\d{0,9})\/(?:([^/[]+)(?:\[[^\]]+\])?\/)?([^/]+)$/;
/** `H` stands for a random choice in some dialects; nothing here is left to chance. */
const HASHED = /(?:^|[\s,])H/i;
const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

/** Reads `R3/PT10H`, `R/2026-01-01T00:00:00+08:00/P1D`, a cron text or a macro such as `@daily`; undefined if it is none of these. */
export function parseCycle(text: string): Cycle | undefined {
  const trimmed = text.trim();
  const repetition = REPETITION.exec(trimmed);
  if (repetition) return intervalOf(repetition);
  const expression = MACROS[trimmed] ?? trimmed;
  const fields = expression.split(/\s+/).length;
  if ((fields !== 5 && fields !== 6) || HASHED.test(expression)) return undefined;
  return nextOfCron(expression, 0, 'UTC') === undefined ? undefined : { kind: 'cron', expression };
}

function intervalOf([, count, start, duration]: RegExpExecArray): Cycle | undefined {
  const startAt = start === undefined ? undefined : parseDateTime(start);
  if ((start !== undefined && !startAt?.zone) || !isForward(duration as string)) return undefined;
  const repetitions = count === '' ? undefined : Number(count);
  return { kind: 'interval', repetitions, startAt: startAt?.epochMs, duration: duration as string };
}

/** A cycle that does not move on by a millisecond, the unit of instants, would fire for ever. */
function isForward(text: string): boolean {
  const duration = parseDuration(text);
  return duration !== undefined && !duration.isNegative && averageMs(duration) >= 1;
}

/**
 * The first due instant after `after`, both in epoch ms. An interval counts from its start, or else from `after`; the local day and
 * time of its start come back where a month is shorter or clocks change. Cron: the next match in the zone; a time that the clocks
 * leave out happens an hour later, one that they repeat happens once, unless every hour is meant. Undefined if there is none.
 * Whoever calls counts the repetitions. Source: ISO 8601-1, 5.6 "Recurring time interval".
 */
export function nextCycleDue(cycle: Cycle, after: number, timeZone: string): number | undefined {
  if (cycle.kind === 'cron') return nextOfCron(cycle.expression, after, timeZone);
  const { startAt = after } = cycle;
  if (startAt > after) return startAt;
  const duration = parseDuration(cycle.duration);
  return duration && firstAfter(startAt, duration, after, timeZone);
}

/** The same cycle, counted from an instant (epoch ms) unless it names one. */
export function countedFrom(cycle: Cycle, startAt: number): Cycle {
  return cycle.kind === 'cron' ? cycle : { ...cycle, startAt: cycle.startAt ?? startAt };
}

/**
 * How a cycle goes on after its first firing, as text for `parseCycle`. Without its repetitions, and with its start only where the
 * calendar makes a difference.
 */
export function rhythmOf(cycle: Cycle, startAt: number): string {
  if (cycle.kind === 'cron') return cycle.expression;
  const duration = parseDuration(cycle.duration);
  if (!duration || !countsOnCalendar(duration)) return cycle.duration;
  return `R/${new Date(cycle.startAt ?? startAt).toISOString()}/${cycle.duration}`;
}

/** Begins to look shortly before where an average length would land. */
function firstAfter(startAt: number, duration: IsoDuration, after: number, timeZone: string): number | undefined {
  const isExact = !countsOnCalendar(duration);
  const guess = Math.floor((after - startAt) / averageMs(duration)) + (isExact ? 1 : -1);
  let times = Math.max(1, guess);
  let dueAt = addTimes(startAt, duration, times, timeZone);
  while (dueAt !== undefined && dueAt <= after) dueAt = addTimes(startAt, duration, ++times, timeZone);
  return dueAt;
}

function nextOfCron(expression: string, after: number, timeZone: string): number | undefined {
  try {
    return CronExpressionParser.parse(expression, { currentDate: new Date(after), tz: timeZone })
      .next()
      .getTime();
  } catch {
    return undefined;
  }
}
