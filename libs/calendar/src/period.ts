import type { Calendar } from './calendar.js';
import { addDuration, parseDuration } from './iso-duration.js';

/** How long something may take: calendar days, working days, or a duration of ISO 8601. */
export type Period =
  | { readonly kind: 'calendarDays'; readonly days: number }
  | { readonly kind: 'workingDays'; readonly days: number }
  | { readonly kind: 'duration'; readonly iso: string };

/** A stretch of time in epoch ms; without `to` it has not ended. */
export interface Stretch {
  readonly from: number;
  readonly to?: number;
}

const DAY_MS = 86_400_000;
/** Longer times are not walked through day by day: all of it counts. */
const LONGEST_MS = 20_000 * DAY_MS;
const DAYS = /^(\d{1,4})([DW])$/;

/** Reads `60D` (calendar days), `15W` (working days) or `PT2H`; undefined if the text is none of them, or negative. */
export function parsePeriod(text: string): Period | undefined {
  const [, days, kind] = DAYS.exec(text) ?? [];
  if (days !== undefined) return { kind: kind === 'W' ? 'workingDays' : 'calendarDays', days: Number(days) };
  const duration = parseDuration(text);
  return duration && !duration.isNegative ? { kind: 'duration', iso: text } : undefined;
}

/**
 * The end of a period that begins at `from`, in epoch ms. Days end at 24:00 of the last one. A pause takes out the days
 * after the day on which it began up to the one on which it ended, and its own length from a duration. Undefined while a
 * pause has not ended, and where the end lies outside of what dates can say.
 */
export function endOfPeriod(
  from: number,
  period: Period,
  calendar: Calendar,
  pauses: readonly Stretch[] = [],
): number | undefined {
  let lost = 0;
  let end = endWith(from, period, lost, calendar);
  for (const pause of united(pauses, from)) {
    if (end === undefined || pause.from >= end) return end;
    if (pause.to === undefined) return undefined;
    lost += lostIn(pause.from, pause.to, period, calendar);
    end = endWith(from, period, lost, calendar);
  }
  return end;
}

/** A moment so long after another; counted in days, from the day on which `at` is the last instant (24:00 belongs to its day). */
export function periodAfter(at: number, period: Period, calendar: Calendar): number | undefined {
  return endWith(period.kind === 'duration' ? at : at - 1, period, 0, calendar);
}

/** A moment so long before another; counted in days, 24:00 of the day with so many days after it up to the day that ends at `at`. */
export function periodBefore(at: number, period: Period, calendar: Calendar): number | undefined {
  if (period.kind === 'duration') return addDuration(at, `-${period.iso}`, calendar.timeZone);
  const last = at - 1;
  let end = calendar.endOfDay(last);
  for (let left = period.days; left > 0;) {
    if (period.kind === 'calendarDays' || calendar.isWorkingAt(end - 1)) left -= 1;
    end = calendar.endOfDay(addDuration(end - 1, '-P1D', calendar.timeZone) as number);
  }
  return end;
}

/** A time that is used up; epoch ms. */
export interface Span {
  readonly from: number;
  readonly due: number;
  /** Only working days count. */
  readonly isWorkingTime: boolean;
  readonly pauses?: readonly Stretch[];
}

type Part = readonly [begin: number, end: number];

/** The moments at which these shares (0 to 1) of a time are used, pauses left out; epoch ms, in the order of the shares. */
export function momentsOfShares(span: Span, shares: readonly number[], calendar: Calendar): readonly number[] {
  const parts = counted(span, calendar);
  const whole = parts.reduce((sum, [begin, end]) => sum + end - begin, 0);
  return shares.map((share) => momentIn(parts, Math.round(whole * share)) ?? span.due);
}

function momentIn(parts: readonly Part[], used: number): number | undefined {
  let left = used;
  for (const [begin, end] of parts) {
    if (left <= end - begin) return begin + left;
    left -= end - begin;
  }
  return undefined;
}

/** What counts of the time, in order. Where nothing does (all of it is days off), all of it counts. */
function counted({ from, due, isWorkingTime, pauses = [] }: Span, calendar: Calendar): readonly Part[] {
  const whole: Part = [from, Math.max(from, due)];
  const days = isWorkingTime && due - from < LONGEST_MS ? workingParts(whole, calendar) : [whole];
  const open = united(pauses, from)
    .reduce<readonly Part[]>(without, days)
    .filter(([a, b]) => a < b);
  return open.length > 0 ? open : [whole];
}

const without = (parts: readonly Part[], { from, to = Infinity }: Stretch): readonly Part[] =>
  parts.flatMap(([first, last]): readonly Part[] =>
    [
      [first, Math.min(last, from)],
      [Math.max(first, to), last],
    ].filter((part): part is [number, number] => part[0]! < part[1]!),
  );

function workingParts([from, due]: Part, calendar: Calendar): readonly Part[] {
  const parts: Part[] = [];
  for (let begin = from; begin < due;) {
    const end = Math.min(calendar.endOfDay(begin), due);
    if (calendar.isWorkingAt(begin)) parts.push([begin, end]);
    begin = end;
  }
  return parts;
}

function endWith(from: number, period: Period, lost: number, calendar: Calendar): number | undefined {
  if (period.kind === 'calendarDays') return calendar.addCalendarDays(from, period.days + lost);
  if (period.kind === 'workingDays') return calendar.addWorkingDays(from, period.days + lost);
  const end = addDuration(from, period.iso, calendar.timeZone);
  return end === undefined ? undefined : end + lost;
}

/** Days or, of a duration, ms. */
function lostIn(from: number, to: number, { kind }: Period, calendar: Calendar): number {
  if (kind === 'duration') return to - from;
  if (kind === 'workingDays') return calendar.workingDaysBetween(from, to);
  return Math.round((calendar.endOfDay(to) - calendar.endOfDay(from)) / DAY_MS);
}

/** In order, without overlaps, and none before the beginning. */
function united(pauses: readonly Stretch[], from: number): readonly Stretch[] {
  const sorted = pauses
    .filter(({ from: begin, to }) => to === undefined || to > Math.max(from, begin))
    .map((pause) => ({ ...pause, from: Math.max(pause.from, from) }))
    .sort((a, b) => a.from - b.from);
  return sorted.reduce<readonly Stretch[]>((parts, pause) => {
    const last = parts.at(-1);
    if (!last || (last.to !== undefined && last.to < pause.from)) return [...parts, pause];
    const ends = last.to === undefined || pause.to === undefined ? {} : { to: Math.max(last.to, pause.to) };
    return [...parts.slice(0, -1), { from: last.from, ...ends }];
  }, []);
}
