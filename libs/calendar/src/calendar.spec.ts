import { compileExpression, scopeOf } from '#feel';
import { addDuration, calendarFunctions, createCalendar, nextCycleDue, parseCycle, parseDuration } from './index.js';

const ZONE = 'Asia/Shanghai';
const year2026 = {
  year: 2026,
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workdays: ['2026-09-27', '2026-10-10'],
};
const calendar = createCalendar([year2026], ZONE);
const at = (text: string): number => Date.parse(text);
const iso = (epochMs: number | undefined): string => (epochMs === undefined ? 'none' : new Date(epochMs).toISOString());

describe('working days', () => {
  it('ends a term at 24:00 of its last working day, the day of receipt being day 0', () => {
    expect(iso(calendar.addWorkingDays(at('2026-11-20T09:00:00+08:00'), 3))).toBe('2026-11-25T16:00:00.000Z');
  });

  it('skips holidays and counts make-up workdays', () => {
    expect(iso(calendar.addWorkingDays(at('2026-09-30T23:59:00+08:00'), 3))).toBe('2026-10-10T16:00:00.000Z');
  });

  it.each([
    ['2026-10-01', false],
    ['2026-10-10', true],
    ['2026-10-11', false],
    ['2026-10-12', true],
  ])('says of %s: %s', (date, expected) => {
    expect(calendar.isWorkingDay(date)).toBe(expected);
  });

  it('falls back to Monday to Friday in a year that is not declared and says so', () => {
    expect([calendar.hasYear(2027), calendar.isWorkingDay('2027-10-01')]).toEqual([false, true]);
  });

  it('counts the working days between two instants in both directions', () => {
    const [monday, nextMonday] = [at('2026-11-23T12:00:00+08:00'), at('2026-11-30T01:00:00+08:00')];

    expect([calendar.workingDaysBetween(monday, nextMonday), calendar.workingDaysBetween(nextMonday, monday)]).toEqual([
      5, -5,
    ]);
  });

  it('reads the day in its own zone', () => {
    expect(iso(calendar.endOfDay(at('2026-11-23T17:00:00Z')))).toBe('2026-11-24T16:00:00.000Z');
  });

  it('refuses a date that lies in another year', () => {
    expect(() => createCalendar([{ year: 2026, holidays: ['2027-01-01'], workdays: [] }], ZONE)).toThrow(RangeError);
  });

  it.each([-1, 1.5, 10_001])('refuses %s days', (count) => {
    expect(() => calendar.addWorkingDays(0, count)).toThrow(RangeError);
  });
});

describe('durations', () => {
  it.each([
    ['P1M', '2026-01-31T02:00:00+08:00', '2026-02-27T18:00:00.000Z'],
    ['P1W', '2026-01-01T00:00:00Z', '2026-01-08T00:00:00.000Z'],
    ['P1DT2H', '2026-01-01T00:00:00Z', '2026-01-02T02:00:00.000Z'],
    ['-PT90M', '2026-01-01T00:00:00Z', '2025-12-31T22:30:00.000Z'],
    ['PT0.5S', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.500Z'],
  ])('adds %s to %s', (duration, from, expected) => {
    expect(iso(addDuration(at(from), duration, ZONE))).toBe(expected);
  });

  it('keeps the local time of day when the clocks change', () => {
    expect(iso(addDuration(at('2026-03-28T12:00:00+01:00'), 'P1D', 'Europe/Paris'))).toBe('2026-03-29T10:00:00.000Z');
  });

  it.each(['', 'P', 'PT', '1D', 'P1.5D', 'P1H'])('refuses "%s"', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('cycles', () => {
  it('reads a repetition', () => {
    expect(parseCycle('R3/PT10H')).toEqual({ kind: 'interval', repetitions: 3, startAt: undefined, duration: 'PT10H' });
    expect(parseCycle('R3/2026-01-01T09:00:00+08:00[Asia/Shanghai]/PT1H')).toEqual(
      parseCycle('R3/2026-01-01T09:00:00+08:00/PT1H'),
    );
  });

  it.each([
    ['R/PT1H', '2026-01-01T01:00:00.000Z'],
    ['R2/2026-02-01T00:00:00Z/P1D', '2026-02-01T00:00:00.000Z'],
    ['0 0 9 * * MON-FRI', '2026-01-01T01:00:00.000Z'],
    ['30 8 * * *', '2026-01-01T00:30:00.000Z'],
    ['@daily', '2026-01-01T16:00:00.000Z'],
  ])('finds when %s is due next', (text, expected) => {
    const cycle = parseCycle(text);

    expect(iso(cycle && nextCycleDue(cycle, at('2026-01-01T00:00:00Z'), ZONE))).toBe(expected);
  });

  it.each([
    [
      'months from the 31st',
      'R/2026-01-31T10:00:00+01:00/P1M',
      '2026-01-01T00:00:00Z',
      [
        '2026-01-31T09:00:00.000Z',
        '2026-02-28T09:00:00.000Z',
        '2026-03-31T08:00:00.000Z',
        '2026-04-30T08:00:00.000Z',
        '2026-05-31T08:00:00.000Z',
      ],
    ],
    [
      'years from a leap day',
      'R/2024-02-29T10:00:00+01:00/P1Y',
      '2024-02-29T09:00:00Z',
      [
        '2025-02-28T09:00:00.000Z',
        '2026-02-28T09:00:00.000Z',
        '2027-02-28T09:00:00.000Z',
        '2028-02-29T09:00:00.000Z',
        '2029-02-28T09:00:00.000Z',
      ],
    ],
    [
      'days over a time that the clocks leave out',
      'R/2026-03-28T02:30:00+01:00/P1D',
      '2026-03-27T00:00:00Z',
      [
        '2026-03-28T01:30:00.000Z',
        '2026-03-29T01:30:00.000Z',
        '2026-03-30T00:30:00.000Z',
        '2026-03-31T00:30:00.000Z',
        '2026-04-01T00:30:00.000Z',
      ],
    ],
    [
      'days over a time that the clocks repeat',
      'R/2026-10-24T02:30:00+02:00/P1D',
      '2026-10-23T00:00:00Z',
      [
        '2026-10-24T00:30:00.000Z',
        '2026-10-25T00:30:00.000Z',
        '2026-10-26T01:30:00.000Z',
        '2026-10-27T01:30:00.000Z',
        '2026-10-28T01:30:00.000Z',
      ],
    ],
    [
      'hours over a gap',
      'R/2026-03-29T00:30:00+01:00/PT1H',
      '2026-03-28T23:45:00Z',
      [
        '2026-03-29T00:30:00.000Z',
        '2026-03-29T01:30:00.000Z',
        '2026-03-29T02:30:00.000Z',
        '2026-03-29T03:30:00.000Z',
        '2026-03-29T04:30:00.000Z',
      ],
    ],
    [
      'cron at a time that the clocks leave out',
      '30 2 * * *',
      '2026-03-28T00:00:00Z',
      [
        '2026-03-28T01:30:00.000Z',
        '2026-03-29T01:30:00.000Z',
        '2026-03-30T00:30:00.000Z',
        '2026-03-31T00:30:00.000Z',
        '2026-04-01T00:30:00.000Z',
      ],
    ],
    [
      'cron at a time that the clocks repeat',
      '30 2 * * *',
      '2026-10-24T00:00:00Z',
      [
        '2026-10-24T00:30:00.000Z',
        '2026-10-25T00:30:00.000Z',
        '2026-10-26T01:30:00.000Z',
        '2026-10-27T01:30:00.000Z',
        '2026-10-28T01:30:00.000Z',
      ],
    ],
    [
      'cron of every hour over a repeated one',
      '0 * * * *',
      '2026-10-24T22:30:00Z',
      [
        '2026-10-24T23:00:00.000Z',
        '2026-10-25T00:00:00.000Z',
        '2026-10-25T01:00:00.000Z',
        '2026-10-25T02:00:00.000Z',
        '2026-10-25T03:00:00.000Z',
      ],
    ],
    [
      'cron on leap days',
      '0 9 29 2 *',
      '2026-01-01T00:00:00Z',
      [
        '2028-02-29T08:00:00.000Z',
        '2032-02-29T08:00:00.000Z',
        '2036-02-29T08:00:00.000Z',
        '2040-02-29T08:00:00.000Z',
        '2044-02-29T08:00:00.000Z',
      ],
    ],
  ])('counts %s in Berlin', (_, text, from, expected) => {
    const cycle = parseCycle(text)!;
    const next = (after: number) => nextCycleDue(cycle, after, 'Europe/Berlin')!;

    const first = next(at(from));
    const [second, third] = [next(first), next(next(first))];
    const [fourth, fifth] = [next(third), next(next(third))];

    expect([first, second, third, fourth, fifth].map(iso)).toEqual(expected);
  });

  it('finds its place in the rhythm again after a long time', () => {
    const monthly = parseCycle('R/1990-01-31T10:00:00+01:00/P1M')!;
    const quick = parseCycle('R/1990-01-01T00:00:00Z/PT7S')!;

    expect(iso(nextCycleDue(monthly, at('2026-02-28T09:00:00Z'), 'Europe/Berlin'))).toBe('2026-03-31T08:00:00.000Z');
    expect(
      (nextCycleDue(quick, at('2026-02-28T09:00:00Z'), 'Europe/Berlin')! - at('1990-01-01T00:00:00Z')) % 7000,
    ).toBe(0);
  });

  it.each(['', 'R/PT0S', 'R/1990-01-01T00:00:00Z/PT0.000000001S', 'R/-PT1H', 'R3', 'H * * * *', '* * *', '99 * * * *'])(
    'refuses "%s"',
    (text) => {
      expect(parseCycle(text)).toBeUndefined();
    },
  );
});

describe('FEEL functions of the calendar', () => {
  it.each([
    ['working days after(date("2026-11-20"), 3)', '2026-11-26T00:00:00@Asia/Shanghai'],
    ['working days after("2026-11-20T01:00:00Z", "1")', 'null'],
    ['calendar days after("2026-11-20T17:00:00Z", 1)', '2026-11-23T00:00:00@Asia/Shanghai'],
    ['end of day(@"2026-11-20T10:00:00")', '2026-11-21T00:00:00@Asia/Shanghai'],
    ['is working day(date("2026-10-10"))', 'true'],
    ['is working day("soon")', 'null'],
  ])('%s is %s', (source, expected) => {
    const result = compileExpression(source);
    const context = { now: 0, timeZone: ZONE, functions: calendarFunctions(calendar) };

    expect(result.ok && String(result.expression.evaluate(scopeOf({}), context).value)).toBe(expected);
  });

  it.each([
    ['working days after("2026-11-20", "1")', 'Expected a number of days but found string.'],
    ['working days after("2026-11-20", 10001)', 'Expected 0 to 10000 days but found 10001.'],
    ['end of day(5)', 'Expected a date or a date and time but found number.'],
  ])('%s warns and goes on', (source, why) => {
    const result = compileExpression(`[${source}, 1]`);
    const context = { now: 0, timeZone: ZONE, functions: calendarFunctions(calendar) };

    const evaluation = result.ok ? result.expression.evaluate(scopeOf({}), context) : undefined;

    expect(evaluation?.value).toEqual([null, 1]);
    expect(evaluation?.warnings[0]?.message).toContain(`but it failed: ${why}`);
  });
});
