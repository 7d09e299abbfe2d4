import {
  createCalendar,
  endOfPeriod,
  momentsOfShares,
  parsePeriod,
  periodAfter,
  periodBefore,
  type Period,
} from './index.js';

const year2026 = {
  year: 2026,
  holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  workdays: ['2026-09-27', '2026-10-10'],
};
const calendar = createCalendar([year2026], 'Asia/Shanghai');
const at = (text: string): number => Date.parse(`${text}+08:00`);
const local = (epochMs: number | undefined): string =>
  epochMs === undefined ? 'none' : new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 16);
const period = (text: string): Period => parsePeriod(text)!;

/** A Friday. */
const friday = at('2026-11-20T10:00');

describe('period', () => {
  it.each(['15', '-3D', '3 W', 'P-1D', '-P1D', '12345W', ''])('is not read from "%s"', (text) => {
    expect(parsePeriod(text)).toBeUndefined();
  });

  it.each([
    ['3W', '2026-11-26T00:00'],
    ['3D', '2026-11-24T00:00'],
    ['PT2H', '2026-11-20T12:00'],
    ['P1D', '2026-11-21T10:00'],
  ])('of %s that begins on a Friday ends %s', (text, expected) => {
    expect(local(endOfPeriod(friday, period(text), calendar))).toBe(expected);
  });

  it('in working days loses those of a pause, from the day after it began to the day on which it ended', () => {
    const pauses = [{ from: at('2026-11-23T09:00'), to: at('2026-11-25T18:00') }];

    expect(local(endOfPeriod(friday, period('3W'), calendar, pauses))).toBe('2026-11-28T00:00');
    expect(local(endOfPeriod(friday, period('3D'), calendar, pauses))).toBe('2026-11-26T00:00');
  });

  it('loses the length of a pause where it is a duration', () => {
    const pauses = [{ from: at('2026-11-20T11:00'), to: at('2026-11-20T11:30') }];

    expect(local(endOfPeriod(friday, period('PT2H'), calendar, pauses))).toBe('2026-11-20T12:30');
  });

  it('counts pauses that overlap once, and those that began before it from its own beginning', () => {
    const pauses = [
      { from: at('2026-11-19T09:00'), to: at('2026-11-23T09:00') },
      { from: at('2026-11-22T09:00'), to: at('2026-11-24T09:00') },
    ];

    expect(local(endOfPeriod(friday, period('3W'), calendar, pauses))).toBe('2026-11-28T00:00');
  });

  it('leaves a pause alone that begins after its end, and takes one that begins in what another added', () => {
    const first = { from: at('2026-11-25T09:00'), to: at('2026-11-26T09:00') };

    expect(local(endOfPeriod(friday, period('3W'), calendar, [{ from: at('2026-11-26T09:00') }]))).toBe(
      '2026-11-26T00:00',
    );
    expect(
      local(
        endOfPeriod(friday, period('3W'), calendar, [
          first,
          { from: at('2026-11-26T10:00'), to: at('2026-11-27T10:00') },
        ]),
      ),
    ).toBe('2026-11-28T00:00');
  });

  it('has no end while a pause lasts', () => {
    expect(endOfPeriod(friday, period('3W'), calendar, [{ from: at('2026-11-23T09:00') }])).toBeUndefined();
  });
});

describe('terms around a due date', () => {
  const due = at('2026-11-28T00:00');

  it.each([
    ['5W', '2026-12-05T00:00'],
    ['5D', '2026-12-03T00:00'],
    ['PT1H', '2026-11-28T01:00'],
  ])('%s after the end of Friday is %s', (text, expected) => {
    expect(local(periodAfter(due, period(text), calendar))).toBe(expected);
  });

  it.each([
    ['3D', '2026-11-25T00:00'],
    ['5W', '2026-11-23T00:00'],
    ['6W', '2026-11-20T00:00'],
    ['PT1H', '2026-11-27T23:00'],
  ])('%s before it is %s', (text, expected) => {
    expect(local(periodBefore(due, period(text), calendar))).toBe(expected);
  });

  it.each(['1W', '5W', '9W'])('%s before and then after leads back', (text) => {
    expect(periodAfter(periodBefore(due, period(text), calendar)!, period(text), calendar)).toBe(due);
  });
});

describe('shares of a time', () => {
  const monday = at('2026-11-24T00:00');

  it('count every hour of calendar time', () => {
    const span = { from: at('2026-11-20T00:00'), due: monday, isWorkingTime: false };

    expect(momentsOfShares(span, [0, 0.5, 1], calendar).map(local)).toEqual([
      '2026-11-20T00:00',
      '2026-11-22T00:00',
      '2026-11-24T00:00',
    ]);
  });

  it('step over days off where working time counts', () => {
    const span = { from: at('2026-11-20T00:00'), due: monday, isWorkingTime: true };

    expect(momentsOfShares(span, [0.25, 0.5, 0.75], calendar).map(local)).toEqual([
      '2026-11-20T12:00',
      '2026-11-21T00:00',
      '2026-11-23T12:00',
    ]);
  });

  it('leave pauses out', () => {
    const pauses = [{ from: at('2026-11-20T06:00'), to: at('2026-11-20T18:00') }];
    const span = { from: at('2026-11-20T00:00'), due: at('2026-11-21T00:00'), isWorkingTime: false, pauses };

    expect(momentsOfShares(span, [0.25, 0.75], calendar).map(local)).toEqual(['2026-11-20T03:00', '2026-11-20T21:00']);
  });

  it('count all of a time that has no working day', () => {
    const span = { from: at('2026-11-21T00:00'), due: at('2026-11-23T00:00'), isWorkingTime: true };

    expect(momentsOfShares(span, [0.5], calendar).map(local)).toEqual(['2026-11-22T00:00']);
  });
});
