/** Parts of a date in a time zone, as a business number shows them. */
interface DateParts {
  readonly yyyy: string;
  readonly MM: string;
  readonly dd: string;
}

/** By time zone: making one costs many times what it is made for. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

function datePartsOf(at: number, timeZone: string): DateParts {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return { yyyy: part('year').padStart(4, '0'), MM: part('month'), dd: part('day') };
}

/** The year (2026) or month (202603) whose counter a number of this pattern, drawn at this moment, comes from. */
export const counterPeriodOf = (pattern: string, at: number, timeZone: string): number =>
  Number(formatNumber(pattern.includes('{yyyyMM}') ? '{yyyyMM}' : '{yyyy}', 0, at, timeZone));

/** `XF-{yyyy}-{00000}` with 7 drawn in 2026: `XF-2026-00007`. `{yyyyMM}` and any number of zeros are known. */
export function formatNumber(pattern: string, value: number, at: number, timeZone: string): string {
  const { yyyy, MM, dd } = datePartsOf(at, timeZone);
  return pattern.replace(/\{(0+|yyyy|MM|dd|yyyyMM|yyyyMMdd)\}/g, (_, token: string) => {
    if (token.startsWith('0')) return String(value).padStart(token.length, '0');
    return token.replace('yyyy', yyyy).replace('MM', MM).replace('dd', dd);
  });
}
