import type { ConfigurationSet } from '#configuration';

/** How long something is kept, by which parameter. */
export interface Term {
  readonly parameter: string;
  readonly unit: 'years' | 'days';
  readonly length: number;
}

/** Terms of keeping have names of their own, so that no other number is taken for one. */
const TERMS = 'retention.';

/** The term that the headers of a job name; a sentence where they name none. */
export function termOf(
  { keepYears, keepDays }: Readonly<Record<string, string>>,
  parameters: ConfigurationSet['parameters'],
): Term | string {
  const unit = keepYears === undefined ? 'days' : 'years';
  const parameter = keepYears ?? keepDays ?? '';
  const length = parameters[parameter]?.value;
  if (parameter.startsWith(TERMS) && typeof length === 'number' && length >= 1) return { parameter, unit, length };
  return `Expected the header "${unit === 'years' ? 'keepYears' : 'keepDays'}" to name a parameter ${TERMS}* of at least 1 but found "${parameter}".`;
}

/** Epoch ms: what ended before has been kept long enough. */
export function beforeOf(now: number, { unit, length }: Term): number {
  const date = new Date(now);
  if (unit === 'years') date.setUTCFullYear(date.getUTCFullYear() - length);
  else date.setUTCDate(date.getUTCDate() - length);
  return date.getTime();
}

export const namesIn = (header = ''): readonly string[] => header.split(/[\s,]+/).filter(Boolean);
