import { offsetOf, type PeriodLength } from '#configuration';

/** A month, quarter or year of the calendar. */
export interface Period {
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly id: string;
  /** Epoch ms. */
  readonly from: number;
  readonly below: number;
}

const MONTHS: Readonly<Record<PeriodLength, number>> = { month: 1, quarter: 3, year: 12 };

/** The last `count` periods up to the one that a moment is in, oldest first. */
export function periodsUpTo(at: number, length: PeriodLength, count: number, timeZone: string): readonly Period[] {
  const local = new Date(at + offsetOf(at, timeZone));
  const months = MONTHS[length];
  const current = Math.floor((local.getUTCFullYear() * 12 + local.getUTCMonth()) / months);
  return Array.from({ length: count }, (_, index) => {
    const place = current - count + 1 + index;
    const [from, below] = [place, place + 1].map((one) => beginningOf(one * months, timeZone));
    return { id: nameOf(place * months, length), from: from ?? 0, below: below ?? 0 };
  });
}

/** The moment at which a month begins; months are counted from the year 0. */
function beginningOf(month: number, timeZone: string): number {
  const asUtc = Date.UTC(Math.floor(month / 12), month % 12, 1);
  return asUtc - offsetOf(asUtc, timeZone);
}

function nameOf(month: number, length: PeriodLength): string {
  const year = String(Math.floor(month / 12));
  if (length === 'year') return year;
  if (length === 'quarter') return `${year}-Q${Math.floor((month % 12) / 3) + 1}`;
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`;
}
