import { fractionText, NANOS_PER_SECOND } from './calendar-math.js';

const SECONDS_PER_DAY = 86_400n;

/** A length of time in days, hours, minutes and seconds (ISO 8601, `P1DT2H`). */
export class FeelDaysDuration {
  constructor(
    /** The whole length in nanoseconds; may be negative. */
    readonly nanos: bigint,
  ) {}

  get milliseconds(): number {
    return Number(this.nanos / 1_000_000n);
  }

  /** Parts with the sign of the whole. */
  get parts(): { days: number; hours: number; minutes: number; seconds: number; nanos: number } {
    const total = this.nanos / NANOS_PER_SECOND;
    return {
      days: Number(total / SECONDS_PER_DAY),
      hours: Number((total / 3600n) % 24n),
      minutes: Number((total / 60n) % 60n),
      seconds: Number(total % 60n),
      nanos: Number(this.nanos % NANOS_PER_SECOND),
    };
  }

  toString(): string {
    if (this.nanos < 0n) return `-${new FeelDaysDuration(-this.nanos).toString()}`;
    const { days, hours, minutes, seconds, nanos } = this.parts;
    const secondsText = seconds || nanos ? `${seconds}${fractionText(nanos)}S` : '';
    const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${secondsText}`;
    if (!days && !time) return 'PT0S';
    return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** A length of time in years and months (ISO 8601, `P1Y2M`). */
export class FeelYearsDuration {
  constructor(
    /** The whole length in months; may be negative. */
    readonly months: number,
  ) {}

  get parts(): { years: number; months: number } {
    return { years: Math.trunc(this.months / 12), months: this.months % 12 };
  }

  toString(): string {
    if (this.months < 0) return `-${new FeelYearsDuration(-this.months).toString()}`;
    const { years, months } = this.parts;
    if (!years && !months) return 'P0M';
    return `P${years ? `${years}Y` : ''}${months ? `${months}M` : ''}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
