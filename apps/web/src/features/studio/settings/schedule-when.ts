/** When a schedule starts something, as a person says it; what a formula or another rule tells is only shown. */
export type When =
  | { every: 'day'; at: string }
  | { every: 'week'; at: string; weekday: number }
  | { every: 'month'; at: string; day: number }
  | { every: 'year'; at: string; months: number[]; day: number }
  | { every: 'before'; at: string; days: number; of: Landmark };
export type Landmark = 'holiday' | 'monthEnd' | 'quarterEnd' | 'yearEnd';
export const LANDMARKS: readonly Landmark[] = ['holiday', 'monthEnd', 'quarterEnd', 'yearEnd'];

type Declared = { cron?: unknown; rrule?: unknown; before?: unknown; at?: unknown };

const CRON = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) (\*|\d{1,2}(?:,\d{1,2})*) (\*|[0-7])$/;

/** The rule in these words, or undefined where it says more than they can. */
export function whenOf({ cron, rrule, before, at }: Declared): When | undefined {
  if (rrule !== undefined) return undefined;
  if (typeof cron === 'string') return whenOfCron(cron);
  const { days, of } = (before ?? {}) as { days?: number; of?: Landmark };
  if (days === undefined || of === undefined || !LANDMARKS.includes(of)) return undefined;
  if (at !== undefined && !(typeof at === 'string' && /^\d\d:\d\d$/.test(at))) return undefined;
  return { every: 'before', at: at ?? '00:00', days, of };
}

function whenOfCron(cron: string): When | undefined {
  const [, minute, hour, day, month, weekday] = CRON.exec(cron.trim()) ?? [];
  if (minute === undefined || hour === undefined) return undefined;
  const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (weekday !== '*')
    return day === '*' && month === '*' ? { every: 'week', at, weekday: Number(weekday) % 7 } : undefined;
  if (day === '*') return month === '*' ? { every: 'day', at } : undefined;
  if (month === '*') return { every: 'month', at, day: Number(day) };
  return { every: 'year', at, months: (month ?? '').split(',').map(Number), day: Number(day) };
}

/** The properties that say it in the file; those that do not are taken away. */
export function declarationOf(when: When): Record<'cron' | 'rrule' | 'before' | 'at' | 'from', unknown> {
  const none = { cron: undefined, rrule: undefined, before: undefined, at: undefined, from: undefined };
  if (when.every === 'before') return { ...none, before: { days: when.days, of: when.of }, at: when.at };
  const [hour, minute] = when.at.split(':').map(Number) as [number, number];
  return { ...none, cron: `${minute} ${hour} ${daysOfCron(when)}` };
}

function daysOfCron(when: Exclude<When, { every: 'before' }>): string {
  if (when.every === 'day') return '* * *';
  if (when.every === 'week') return `* * ${when.weekday}`;
  return when.every === 'month' ? `${when.day} * *` : `${when.day} ${when.months.join(',')} *`;
}
