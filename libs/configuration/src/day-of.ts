import type { EvaluationContext } from '#feel';

interface ZoneDays {
  readonly format: Intl.DateTimeFormat;
  second: number;
  day: string;
}

/** One for each time zone that was asked for: to make a format costs a hundred times as much as to use it. */
const zones = new Map<string, ZoneDays>();

/** ISO date of a moment in the zone of the evaluation. Asked for in every request, so it is worked out once a second. */
export function dayOf({ now, timeZone }: Pick<EvaluationContext, 'now' | 'timeZone'>): string {
  const zone = zoneOf(timeZone);
  const second = Math.floor(now / 1000);
  if (second !== zone.second) {
    zone.day = written(zone.format, now);
    zone.second = second;
  }
  return zone.day;
}

function zoneOf(timeZone: string): ZoneDays {
  const known = zones.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const made = { format, second: NaN, day: '' };
  zones.set(timeZone, made);
  return made;
}

function written(format: Intl.DateTimeFormat, now: number): string {
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}
