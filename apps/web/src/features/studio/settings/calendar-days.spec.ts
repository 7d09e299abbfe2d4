import { isYearFile, monthsOf, turnDay, type YearFile } from './calendar-days.js';

const file: YearFile = { year: 2027, holidays: ['2027-01-01'], workdays: ['2027-01-03'] };

describe('a year of days', () => {
  it('has its months in weeks from Monday, leap years too', () => {
    const months = monthsOf(file);

    expect(months.map(({ days }) => days.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect(months[0]?.before).toBe(4);
    expect(monthsOf({ ...file, year: 2028 })[1]?.days.length).toBe(29);
  });

  it('tells holidays, days off and days that are worked instead', () => {
    expect(
      monthsOf(file)[0]
        ?.days.slice(0, 4)
        .map(({ state }) => state),
    ).toEqual(['holiday', 'off', 'madeUp', 'work']);
  });

  it('makes a workday a holiday and back', () => {
    const once = { ...file, ...turnDay(file, '2027-01-04') };

    expect(once.holidays).toEqual(['2027-01-01', '2027-01-04']);
    expect(turnDay(once, '2027-01-04').holidays).toEqual(['2027-01-01']);
  });

  it('turns a Saturday from off to worked to holiday and back', () => {
    const worked = { ...file, ...turnDay(file, '2027-01-02') };
    const holiday = { ...file, ...turnDay(worked, '2027-01-02') };

    expect(worked.workdays).toEqual(['2027-01-02', '2027-01-03']);
    expect(holiday).toMatchObject({ holidays: ['2027-01-01', '2027-01-02'], workdays: ['2027-01-03'] });
    expect(turnDay(holiday, '2027-01-02')).toEqual({ holidays: ['2027-01-01'], workdays: ['2027-01-03'] });
  });

  it('is not made of anything else', () => {
    expect(isYearFile({ year: 2027, holidays: [], workdays: [] })).toBe(true);
    expect(isYearFile({ year: '2027', holidays: [], workdays: [] })).toBe(false);
    expect(isYearFile({ year: 2027, holidays: [1], workdays: [] })).toBe(false);
    expect(isYearFile(null)).toBe(false);
  });
});
