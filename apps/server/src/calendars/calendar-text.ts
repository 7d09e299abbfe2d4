import ical from 'ical-generator';

/** An appointment. Either both ends are moments (epoch ms) or both are days such as `2026-03-02`, the last one included. */
export interface Appointment {
  /** The same as long as it is the same appointment. */
  readonly uid: string;
  /** Grows whenever the appointment may have changed. */
  readonly sequence: number;
  readonly start: number | string;
  readonly end: number | string;
  readonly summary: string;
  readonly place?: string;
  readonly description?: string;
}

export interface CalendarSheet {
  readonly title: string;
  /** IANA name; told to programs that show it. Moments stand in UTC, as RFC 5545 has them without a zone of their own. */
  readonly timeZone: string;
  /** Epoch ms. */
  readonly now: number;
  readonly appointments: readonly Appointment[];
}

/** How often programs should ask again, s. */
const ASK_AGAIN = 3_600;

/** The calendar as `text/calendar` (RFC 5545). */
export function calendarText({ title, timeZone, now, appointments }: CalendarSheet): string {
  const calendar = ical({
    name: title,
    prodId: { company: 'Changtong', product: 'calendar', language: 'ZH' },
    ttl: ASK_AGAIN,
  });
  for (const { uid, sequence, start, end, summary, place, description } of appointments)
    calendar.createEvent({
      id: uid,
      sequence,
      stamp: new Date(now),
      ...timesOf(start, end),
      summary,
      ...(place !== undefined && { location: place }),
      ...(description !== undefined && { description }),
    });
  // The generator puts properties of its own behind the appointments, where RFC 5545 has none (3.4).
  return calendar.toString().replace('\r\nVERSION:2.0\r\n', `\r\nVERSION:2.0\r\nX-WR-TIMEZONE:${timeZone}\r\n`);
}

function timesOf(start: number | string, end: number | string) {
  if (typeof start === 'number' && typeof end === 'number') return { start: new Date(start), end: new Date(end) };
  // The end of whole days is the day behind the last (RFC 5545, 3.6.1).
  return { allDay: true, start: dayOf(String(start), 0), end: dayOf(String(end), 1) };
}

/** The generator writes whole days as they are in UTC, whatever the zone of the machine. */
function dayOf(day: string, later: number): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + later));
}
