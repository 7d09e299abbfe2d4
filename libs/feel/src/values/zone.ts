import { civilDate, digits } from './calendar-math.js';

/** An offset from UTC (`+08:00`, `Z`) or a region by IANA name (`@Asia/Shanghai`). */
export class FeelZone {
  private constructor(
    private readonly seconds: number | undefined,
    /** IANA name; undefined for a plain offset. */
    readonly region: string | undefined,
  ) {}

  static offset(seconds: number): FeelZone {
    return new FeelZone(seconds, undefined);
  }

  /** Undefined if the platform knows no such region. */
  static ofRegion(name: string): FeelZone | undefined {
    return formatter(name) ? new FeelZone(undefined, name) : undefined;
  }

  /** Reads `Z`, `+08:00`, `-03:30:15` or `@Region`; undefined if it is none of these. */
  static parse(text: string): FeelZone | undefined {
    if (text === 'Z' || text === 'z') return FeelZone.offset(0);
    if (text.startsWith('@')) return FeelZone.ofRegion(text.slice(1));
    const match = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
    if (!match) return undefined;
    const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
    if (hours > 18 || minutes > 59 || seconds > 59 || (hours === 18 && minutes + seconds > 0)) return undefined;
    return FeelZone.offset((match[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds));
  }

  /** Seconds east of UTC at an instant given in epoch seconds. */
  offsetAtInstant(epochSeconds: number): number {
    return this.seconds ?? offsetNear(this.region as string, epochSeconds);
  }

  /** Seconds east of UTC at a local time, given as if it were UTC. In a gap or an overlap the earlier offset counts. */
  offsetAtLocal(localSeconds: number): number {
    if (this.seconds !== undefined) return this.seconds;
    const before = this.offsetAtInstant(localSeconds - 86_400);
    const guess = this.offsetAtInstant(localSeconds - before);
    return guess === before || this.offsetAtInstant(localSeconds - guess) !== guess ? before : guess;
  }

  toString(): string {
    if (this.region !== undefined) return `@${this.region}`;
    const seconds = this.seconds as number;
    if (seconds === 0) return 'Z';
    const absolute = Math.abs(seconds);
    const rest = absolute % 60 === 0 ? '' : `:${digits(absolute % 60, 2)}`;
    return `${seconds < 0 ? '-' : '+'}${digits(Math.floor(absolute / 3600), 2)}:${digits(Math.floor(absolute / 60) % 60, 2)}${rest}`;
  }
}

const formatters = new Map<string, Intl.DateTimeFormat | null>();
const MAX_REGIONS_KEPT = 700;

function formatter(region: string): Intl.DateTimeFormat | null {
  const known = formatters.get(region);
  if (known !== undefined) return known;
  const made = /^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(region) ? makeFormatter(region) : null;
  if (formatters.size < MAX_REGIONS_KEPT) formatters.set(region, made);
  return made;
}

function makeFormatter(region: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
      timeZone: region,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

const SECONDS_PER_DAY = 86_400;
const MAX_DAYS_KEPT = 4_000;
/** Offsets at the beginnings of days of UTC, by region: asking Intl costs more than all else that a time costs. */
const offsetsOfDays = new Map<string, Map<number, number>>();

/** No region changes its offset twice within a day: where a day begins and ends with the same offset, it has it throughout. */
function offsetNear(region: string, epochSeconds: number): number {
  const day = Math.floor(epochSeconds / SECONDS_PER_DAY);
  const offset = offsetOfDay(region, day);
  return offset === offsetOfDay(region, day + 1) ? offset : regionOffset(region, epochSeconds);
}

function offsetOfDay(region: string, day: number): number {
  let known = offsetsOfDays.get(region);
  if (!known || known.size >= MAX_DAYS_KEPT) offsetsOfDays.set(region, (known = new Map()));
  const kept = known.get(day);
  if (kept !== undefined) return kept;
  const offset = regionOffset(region, day * SECONDS_PER_DAY);
  known.set(day, offset);
  return offset;
}

const LAST_YEAR_OF_INTL = 200_000;
const FIRST_YEAR_OF_INTL = 1000;

function regionOffset(region: string, epochSeconds: number): number {
  const { year } = civilDate(Math.floor(epochSeconds / 86_400));
  const shift =
    year > LAST_YEAR_OF_INTL ? LAST_YEAR_OF_INTL - year : year < FIRST_YEAR_OF_INTL ? FIRST_YEAR_OF_INTL - year : 0;
  const cycles = Math.sign(shift) * Math.ceil(Math.abs(shift) / 400);
  const seconds = Math.floor(epochSeconds) + cycles * 146_097 * 86_400;
  const format = formatter(region);
  if (!format) return 0;
  const parts: Record<string, number> = {};
  for (const part of format.formatToParts(seconds * 1000)) parts[part.type] = Number(part.value);
  const { year: y = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Math.round((Date.UTC(y, month - 1, day, hour, minute, second) - seconds * 1000) / 1000);
}
