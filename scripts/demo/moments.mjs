// When things happen in the demo: moments of a past that ends now, in office hours of Shanghai.
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const ZONE = 8 * HOUR;

/** Day of a moment in Shanghai, `2026-03-02`. */
export const dayOf = (at) => new Date(at + ZONE).toISOString().slice(0, 10);

/** A moment as forms take it, `2026-03-02T09:00:00+08:00`. */
export const timeOf = (at) => `${new Date(at + ZONE).toISOString().slice(0, 19)}+08:00`;

/** Sunday is 0. */
export const weekdayOf = (at) => (Math.floor((at + ZONE) / DAY) + 4) % 7;

/** Some minute between nine and four in Shanghai, not on a weekend. */
export function officeHour(at, salt) {
  const day = Math.floor((at + ZONE) / DAY);
  const weekday = weekdayOf(at);
  const moved = weekday === 6 ? day + 2 : weekday === 0 ? day + 1 : day;
  return moved * DAY - ZONE + 9 * HOUR + ((salt * 37) % 400) * 60_000;
}

/** Less than a day later to the minute, else at some office hour of that day. */
export const after = (at, days, salt) =>
  days < 1 ? at + days * DAY : Math.max(at + HOUR, officeHour(at + days * DAY, salt));

/** Month and its end, of a moment in Shanghai. */
export function monthOf(at) {
  const local = new Date(at + ZONE);
  const next = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 1)).toISOString();
  return { month: local.toISOString().slice(0, 7), monthEnd: `${next.slice(0, 10)}T00:00:00+08:00` };
}

/** Nine o'clock of the last of some days of the year (`06-10`) before a moment. */
export function lastOf(days, before) {
  const year = Number(dayOf(before).slice(0, 4));
  const moments = days.flatMap((day) => [year - 1, year].map((one) => Date.parse(`${one}-${day}T09:00:00+08:00`)));
  return Math.max(...moments.filter((one) => one < before));
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\+08:00)?$/;

/** Dates within the values move along with the case. */
export function shifted(value, by) {
  if (typeof value === 'string' && MOMENT.test(value)) {
    const moved = Date.parse(value.length === 10 ? `${value}T00:00:00+08:00` : value) + by;
    return value.length === 10 ? dayOf(moved) : timeOf(moved);
  }
  return within(value, (inner) => shifted(inner, by));
}

/** When somebody did what a step tells of: the moment of the step, however far it lies from its scenario's. */
const STAMPS = ['deliveredAt', 'receiptAt', 'fileSentAt', 'reviewAcceptedAt', 'calmAt', 'policeCalledAt'];

/** What a step says was done then was done at its moment. */
export const stamped = (values, at) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      STAMPS.includes(name) && MOMENT.test(value) ? (value.length === 10 ? dayOf(at) : timeOf(at)) : value,
    ]),
  );

/** In such values `@now` is the moment, `@+8` the day eight days later, `@year` the year, `@lastMonth` the month before. */
export function seenFrom(value, at) {
  if (value === '@now') return timeOf(at);
  if (value === '@lastMonth') return dayOf(Date.parse(`${dayOf(at).slice(0, 7)}-01T00:00:00+08:00`) - DAY).slice(0, 7);
  if (value === '@year') return dayOf(at).slice(0, 4);
  const days = typeof value === 'string' && /^@([+-]\d+)$/.exec(value)?.[1];
  return days ? dayOf(at + Number(days) * DAY) : within(value, (inner) => seenFrom(inner, at));
}

function within(value, map) {
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, map(inner)]));
}
