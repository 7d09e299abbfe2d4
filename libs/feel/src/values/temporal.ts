import {
  civilDate,
  dayNumber,
  daysInMonth,
  digits,
  floorDiv,
  fractionText,
  NANOS_PER_DAY,
  NANOS_PER_SECOND,
} from './calendar-math.js';
import type { FeelZone } from './zone.js';

/** Years that DMN allows: nine digits, either sign. */
const MAX_YEAR = 999_999_999;
const MS_PER_DAY = 86_400_000;
/** With any offset of a zone it is still a whole number that is exact. */
const MOST_EXACT_MS = Number.MAX_SAFE_INTEGER - MS_PER_DAY;

/** A calendar day, without zone. */
export class FeelDate {
  private constructor(
    readonly year: number,
    /** 1 to 12. */
    readonly month: number,
    /** 1 to 31. */
    readonly day: number,
  ) {}

  /** Undefined if there is no such day. */
  static of(year: number, month: number, day: number): FeelDate | undefined {
    const areIntegers = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day);
    if (!areIntegers || Math.abs(year) > MAX_YEAR || month < 1 || month > 12) return undefined;
    return day < 1 || day > daysInMonth(year, month) ? undefined : new FeelDate(year, month, day);
  }

  static ofDayNumber(days: number): FeelDate | undefined {
    const { year, month, day } = civilDate(days);
    return FeelDate.of(year, month, day);
  }

  /** Days from 1970-01-01. */
  get dayNumber(): number {
    return dayNumber(this.year, this.month, this.day);
  }

  /** 1 is Monday, 7 is Sunday. */
  get weekday(): number {
    return ((((this.dayNumber + 3) % 7) + 7) % 7) + 1;
  }

  /** Moves by months; the day is cut to the length of the month reached. */
  plusMonths(months: number): FeelDate | undefined {
    const index = this.year * 12 + this.month - 1 + months;
    const year = Math.floor(index / 12);
    const month = index - year * 12 + 1;
    return FeelDate.of(year, month, Math.min(this.day, daysInMonth(year, month)));
  }

  toString(): string {
    return `${digits(this.year, 4)}-${digits(this.month, 2)}-${digits(this.day, 2)}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A time of day, local or with a zone. */
export class FeelTime {
  private constructor(
    readonly hour: number,
    readonly minute: number,
    readonly second: number,
    /** 0 to 999,999,999. */
    readonly nano: number,
    readonly zone: FeelZone | undefined,
  ) {}

  /** Undefined if there is no such time; 24:00 is none. */
  static of(hour: number, minute: number, second: number, nano = 0, zone?: FeelZone): FeelTime | undefined {
    const inRange = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return inRange ? new FeelTime(hour, minute, second, nano, zone) : undefined;
  }

  static ofNanos(nanosOfDay: bigint, zone?: FeelZone): FeelTime {
    const total = Number(nanosOfDay / NANOS_PER_SECOND);
    const nano = Number(nanosOfDay % NANOS_PER_SECOND);
    return new FeelTime(Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60, nano, zone);
  }

  static ofMs(msOfDay: number, zone?: FeelZone): FeelTime {
    const total = Math.floor(msOfDay / 1_000);
    const nano = (msOfDay % 1_000) * 1_000_000;
    return new FeelTime(Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60, nano, zone);
  }

  get nanosOfDay(): bigint {
    return BigInt(this.hour * 3600 + this.minute * 60 + this.second) * NANOS_PER_SECOND + BigInt(this.nano);
  }

  /** Nanoseconds of the day in UTC (not wrapped); local times count as UTC. A region is read at its offset of 1970. */
  get utcNanos(): bigint {
    const offset = this.zone?.offsetAtLocal(Number(this.nanosOfDay / NANOS_PER_SECOND)) ?? 0;
    return this.nanosOfDay - BigInt(offset) * NANOS_PER_SECOND;
  }

  toString(): string {
    const clock = `${digits(this.hour, 2)}:${digits(this.minute, 2)}:${digits(this.second, 2)}`;
    return `${clock}${fractionText(this.nano)}${this.zone?.toString() ?? ''}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A day and a time, local or with a zone. */
export class FeelDateTime {
  constructor(
    readonly date: FeelDate,
    readonly time: FeelTime,
  ) {}

  /** The instant seen in a zone. Undefined beyond the years of DMN. */
  static ofEpochNanos(epochNanos: bigint, zone: FeelZone): FeelDateTime | undefined {
    const offset = zone.offsetAtInstant(Number(floorDiv(epochNanos, NANOS_PER_SECOND)));
    return FeelDateTime.ofLocalNanos(epochNanos + BigInt(offset) * NANOS_PER_SECOND, zone);
  }

  /** As `ofEpochNanos`. Plain numbers do for all but very distant years, at a fraction of the time. */
  static ofEpochMs(epochMs: number, zone: FeelZone): FeelDateTime | undefined {
    const whole = Math.floor(epochMs);
    if (Math.abs(whole) > MOST_EXACT_MS) return FeelDateTime.ofEpochNanos(BigInt(whole) * 1_000_000n, zone);
    const local = whole + zone.offsetAtInstant(Math.floor(whole / 1_000)) * 1_000;
    const days = Math.floor(local / MS_PER_DAY);
    const date = FeelDate.ofDayNumber(days);
    return date && new FeelDateTime(date, FeelTime.ofMs(local - days * MS_PER_DAY, zone));
  }

  static ofLocalNanos(localNanos: bigint, zone?: FeelZone): FeelDateTime | undefined {
    const days = floorDiv(localNanos, NANOS_PER_DAY);
    const date = FeelDate.ofDayNumber(Number(days));
    return date && new FeelDateTime(date, FeelTime.ofNanos(localNanos - days * NANOS_PER_DAY, zone));
  }

  get zone(): FeelZone | undefined {
    return this.time.zone;
  }

  /** Nanoseconds from 1970 on the local clock. */
  get localNanos(): bigint {
    return BigInt(this.date.dayNumber) * NANOS_PER_DAY + this.time.nanosOfDay;
  }

  /** Seconds east of UTC; 0 for a local date and time. */
  get offsetSeconds(): number {
    return this.zone?.offsetAtLocal(Number(floorDiv(this.localNanos, NANOS_PER_SECOND))) ?? 0;
  }

  /** The instant; a local date and time counts as UTC. */
  get epochNanos(): bigint {
    return this.localNanos - BigInt(this.offsetSeconds) * NANOS_PER_SECOND;
  }

  /** The instant in epoch milliseconds; a local date and time counts as UTC (see `epochMsIn`). */
  get epochMs(): number {
    return Number(floorDiv(this.epochNanos, 1_000_000n));
  }

  /** The instant in epoch milliseconds, a local date and time being read in `zone`. */
  epochMsIn(zone: FeelZone): number {
    return this.zone ? this.epochMs : FeelDateTime.withZone(this, zone).epochMs;
  }

  static withZone(value: FeelDateTime, zone: FeelZone | undefined): FeelDateTime {
    return new FeelDateTime(value.date, FeelTime.ofNanos(value.time.nanosOfDay, zone));
  }

  toString(): string {
    return `${this.date.toString()}T${this.time.toString()}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
