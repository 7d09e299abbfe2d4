import { momentOf, type PeriodLength } from '#configuration';
import type { ActivatedJob } from '#runtime';
import { periodsUpTo } from '../ledgers/periods.js';

/** Epoch ms; `id` names a month, quarter or year, or the days. */
export interface JobPeriod {
  readonly id: string;
  readonly from: number;
  readonly below: number;
}

const LENGTHS: readonly string[] = ['month', 'quarter', 'year'];
const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 3_660;

/**
 * What a job counts: the last whole period of the header `length` before the input `at` (default: now), or as many `days`
 * up to it.
 */
export function periodOf(
  { headers, variables }: Pick<ActivatedJob, 'headers' | 'variables'>,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): JobPeriod | { readonly fault: string } {
  const given = variables['at'] ?? null;
  const at = given === null ? now : momentOf(given, timeZone);
  if (at === undefined) return { fault: 'Expected the input "at" to be a date or a date and time.' };
  const { length, days } = headers;
  if (days !== undefined) {
    const count = Number(days);
    if (Number.isInteger(count) && count > 0 && count <= MOST_DAYS)
      return { id: `${days}D`, from: at - count * DAY_MS, below: at };
    return { fault: `Expected the header "days" to be a number from 1 to ${MOST_DAYS} but found "${days}".` };
  }
  if (length === undefined || !isLength(length))
    return { fault: `Expected the header "length" to be one of ${LENGTHS.join(', ')} but found "${length ?? ''}".` };
  const [period] = periodsUpTo(at, length, 2, timeZone);
  return period ?? { fault: 'Expected a period.' };
}

const isLength = (text: string): text is PeriodLength => LENGTHS.includes(text);
