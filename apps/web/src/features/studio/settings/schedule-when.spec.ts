import { declarationOf, whenOf, type When } from './schedule-when.js';

const kinds: [string, When][] = [
  ['every day', { every: 'day', at: '08:00' }],
  ['every week', { every: 'week', at: '15:05', weekday: 5 }],
  ['every month', { every: 'month', at: '09:00', day: 20 }],
  ['every year', { every: 'year', at: '10:00', months: [1], day: 2 }],
  ['every quarter', { every: 'year', at: '10:00', months: [1, 4, 7, 10], day: 1 }],
  ['some days before', { every: 'before', at: '09:00', days: 7, of: 'holiday' }],
];

describe('when a schedule starts something', () => {
  it.each(kinds)('%s is read from what it was written as', (_name, when) => {
    expect(whenOf(declarationOf(when))).toEqual(when);
  });

  it('reads a Sunday as 0 or 7', () => {
    expect(whenOf({ cron: '0 9 * * 7' })).toEqual({ every: 'week', at: '09:00', weekday: 0 });
  });

  it.each([
    ['several days', { cron: '0 9 10,20 * *' }],
    ['a day and a weekday at once', { cron: '0 9 10 * 1' }],
    ['a formula', { cron: '="0 9 " + string(parameter("screening.day")) + " * *"' }],
    ['another rule', { rrule: 'FREQ=WEEKLY' }],
    ['a time by formula', { before: { days: 1, of: 'yearEnd' }, at: '=parameter("weekly.time")' }],
    ['nothing', {}],
  ])('leaves %s to the text', (_name, declared) => {
    expect(whenOf(declared)).toBeUndefined();
  });

  it('takes away what said it before', () => {
    expect(declarationOf({ every: 'before', at: '09:00', days: 0, of: 'quarterEnd' })).toEqual({
      before: { days: 0, of: 'quarterEnd' },
      at: '09:00',
      cron: undefined,
      rrule: undefined,
      from: undefined,
    });
  });
});
