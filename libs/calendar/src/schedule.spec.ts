import { describe, expect, it } from '@jest/globals';
import { createCalendar } from './calendar.js';
import { parseSchedule, type ScheduleRule } from './schedule.js';

const calendar = createCalendar(
  [
    {
      year: 2026,
      // National Day, a row of days off from October 1 to 7; two Saturdays make up for it.
      holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
      workdays: ['2026-09-26', '2026-10-10'],
    },
  ],
  'Asia/Shanghai',
);

const local = (text: string) => Date.parse(`${text}+08:00`);

function times(rule: ScheduleRule, from: string, count: number): readonly string[] {
  const schedule = parseSchedule(rule);
  if ('en' in schedule) throw new Error(schedule.en);
  const found: string[] = [];
  let after = local(from);
  while (found.length < count) {
    const next = schedule.next(after, calendar);
    if (next === undefined) break;
    found.push(new Date(next + 8 * 3_600_000).toISOString().slice(0, 16));
    after = next;
  }
  return found;
}

describe('a schedule', () => {
  it('follows a cron text in the zone of the calendar', () => {
    expect(times({ cron: '0 9 10 6,12 *' }, '2026-01-01T00:00', 3)).toEqual([
      '2026-06-10T09:00',
      '2026-12-10T09:00',
      '2027-06-10T09:00',
    ]);
  });

  it('follows a recurrence rule with a time of day', () => {
    expect(times({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=20', at: '08:30' }, '2026-01-20T08:30', 2)).toEqual([
      '2026-02-20T08:30',
      '2026-03-20T08:30',
    ]);
    expect(times({ rrule: 'FREQ=MONTHLY;BYDAY=-1FR', at: '15:00' }, '2026-02-01T00:00', 1)).toEqual([
      '2026-02-27T15:00',
    ]);
  });

  it('counts intervals from the day that it names', () => {
    const rule = { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', from: '2026-01-05' };

    expect(times(rule, '2026-01-06T00:00', 2)).toEqual(['2026-01-19T00:00', '2026-02-02T00:00']);
  });

  it('counts days before a row of days off that holds a holiday, not before each weekend', () => {
    expect(times({ before: { days: 7, of: 'holiday' }, at: '09:00' }, '2026-08-01T00:00', 2)).toEqual([
      '2026-09-24T09:00',
    ]);
  });

  it('counts days before the end of a quarter', () => {
    expect(times({ before: { days: 5, of: 'quarterEnd' } }, '2026-01-01T00:00', 3)).toEqual([
      '2026-03-26T00:00',
      '2026-06-25T00:00',
      '2026-09-25T00:00',
    ]);
    expect(times({ before: { days: 0, of: 'yearEnd' }, at: '17:00' }, '2026-01-01T00:00', 1)).toEqual([
      '2026-12-31T17:00',
    ]);
  });

  it.each([
    ['keep', ['2026-10-05T09:00', '2026-10-12T09:00']],
    ['next', ['2026-10-08T09:00', '2026-10-12T09:00']],
    ['previous', ['2026-09-30T09:00', '2026-10-12T09:00']],
    ['skip', ['2026-10-12T09:00', '2026-10-19T09:00']],
  ] as const)('on a Monday off: %s', (onDayOff, expected) => {
    const from = '2026-09-28T09:00';

    expect(times({ rrule: 'FREQ=WEEKLY;BYDAY=MO', at: '09:00', onDayOff }, from, 2)).toEqual(expected);
    expect(times({ cron: '0 9 * * 1', onDayOff }, from, 2)).toEqual(expected);
  });

  it('finds the day that moved when it is asked in the middle of the days off', () => {
    const rule: ScheduleRule = { rrule: 'FREQ=MONTHLY;BYMONTHDAY=1', at: '09:00', onDayOff: 'next' };

    expect(times(rule, '2026-10-04T12:00', 1)).toEqual(['2026-10-08T09:00']);
  });

  it('gives nothing where a rule never happens, and soon', () => {
    expect(times({ rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, '2026-01-01T00:00', 1)).toEqual([]);
    expect(times({ rrule: 'FREQ=DAILY;UNTIL=20260301' }, '2026-04-01T00:00', 1)).toEqual([]);
    expect(times({ rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' }, '2026-01-01T00:00', 1)).toEqual([]);
    expect(times({ rrule: 'FREQ=DAILY;INTERVAL=7;BYDAY=MO', from: '2026-01-06' }, '2026-01-07T00:00', 1)).toEqual([]);
  });

  it('finds a leap day years ahead, by days and by months', () => {
    const rule = (frequency: string) => ({ rrule: `FREQ=${frequency};BYMONTH=2;BYMONTHDAY=29` });

    expect(times(rule('DAILY'), '2026-01-01T00:00', 2)).toEqual(['2028-02-29T00:00', '2032-02-29T00:00']);
    expect(times(rule('MONTHLY'), '2026-01-01T00:00', 2)).toEqual(['2028-02-29T00:00', '2032-02-29T00:00']);
  });

  it('goes on where it is due very often, late in the day and over a row of days off', () => {
    expect(times({ cron: '*/10 * * * * *' }, '2026-03-03T20:00', 1)).toEqual(['2026-03-03T20:00']);
    expect(times({ cron: '* * * * *', onDayOff: 'next' }, '2026-10-08T23:58', 2)).toEqual([
      '2026-10-08T23:59',
      '2026-10-09T00:00',
    ]);
    expect(times({ cron: '0 9,17 * * *', onDayOff: 'previous' }, '2026-09-30T12:00', 2)).toEqual([
      '2026-09-30T17:00',
      '2026-10-08T09:00',
    ]);
    expect(times({ cron: '* * * * *', onDayOff: 'skip' }, '2026-09-30T23:59', 1)).toEqual(['2026-10-08T00:00']);
  });

  it.each([
    [{}, /exactly one/],
    [{ cron: '0 9 * * 1', rrule: 'FREQ=DAILY' }, /exactly one/],
    [{ cron: 'each Monday' }, /five or six fields but found 2/],
    [{ cron: '0 9 * *' }, /five or six fields but found 4/],
    [{ cron: '99 9 * * *' }, /99.*0-59/],
    [{ cron: '0 9 * * someday' }, /each field .*minute hour day month weekday/],
    [{ cron: '="0 9 " + string(parameter("no.such")) + " * *"' }, /formula .* cron text/],
    [{ cron: '0 9 31 2 *' }, /a day that comes/],
    [{ rrule: 'FREQ=SECONDLY' }, /FREQ/],
    [{ rrule: 'each month' }, /recurrence rule|FREQ/],
    [{ rrule: 'FREQ=DAILY;BYHOUR=9' }, /time of day/],
    [{ rrule: 'FREQ=DAILY;INTERVAL=0' }, /INTERVAL/],
    [{ rrule: 'FREQ=DAILY;INTERVAL=-1' }, /INTERVAL/],
    [{ rrule: 'FREQ=DAILY', from: '2026-13-01' }, /ISO date/],
    [{ rrule: 'FREQ=DAILY', from: '0001-01-01' }, /since 1970/],
    [{ rrule: 'FREQ=DAILY', at: '9 o’clock' }, /HH:mm/],
  ])('says what is wrong with %j', (rule: ScheduleRule, sentence) => {
    expect(parseSchedule(rule)).toEqual({ en: expect.stringMatching(sentence), zh: expect.any(String) });
  });
});
