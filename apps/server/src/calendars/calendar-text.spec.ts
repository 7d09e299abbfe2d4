import { describe, expect, it } from '@jest/globals';
import { calendarText, type Appointment } from './calendar-text.js';

const now = Date.parse('2026-03-01T08:00:00+08:00');
const meeting: Appointment = {
  uid: 'a-1@example.org',
  sequence: 3,
  start: Date.parse('2026-03-02T09:00:00+08:00'),
  end: Date.parse('2026-03-02T12:00:00+08:00'),
  summary: '接待',
};
const textOf = (...appointments: Appointment[]): string =>
  calendarText({ title: '接待日', timeZone: 'Asia/Shanghai', now, appointments });

describe('calendar as text', () => {
  it('has its own properties before the appointments, and moments in UTC', () => {
    expect(textOf(meeting).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'X-WR-TIMEZONE:Asia/Shanghai',
      'PRODID:-//Changtong//calendar//ZH',
      'NAME:接待日',
      'X-WR-CALNAME:接待日',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:a-1@example.org',
      'SEQUENCE:3',
      'DTSTAMP:20260301T000000Z',
      'DTSTART:20260302T010000Z',
      'DTEND:20260302T040000Z',
      'SUMMARY:接待',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it('shows whole days in no zone, up to the day behind the last', () => {
    const text = textOf({ ...meeting, start: '2026-12-31', end: '2027-01-03' });

    expect(text).toContain('DTSTART;VALUE=DATE:20261231\r\n');
    expect(text).toContain('DTEND;VALUE=DATE:20270104\r\n');
  });

  it('lets no text begin a property or an appointment', () => {
    const text = textOf({ ...meeting, summary: '甲;乙,丙\\丁\r\nEND:VEVENT\nBEGIN:VEVENT\rX-A:1', place: 'a\nb' });

    expect(text.match(/^BEGIN:VEVENT/gm)).toHaveLength(1);
    expect(text.replace(/\r\n[ \t]/g, '')).toContain('SUMMARY:甲\\;乙\\,丙\\\\丁\\nEND:VEVENT\\n');
    expect(text).not.toMatch(/\r(?!\n)|(?<!\r)\n/);
  });
});
