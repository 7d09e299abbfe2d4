import { type Row, valueOf } from '../../spec/value-of.js';

describe('cycle', () => {
  it.each<Row>([
    ['cycle(3, duration("PT1H"))', 'R3/PT1H'],
    ['cycle(duration("P7D"))', 'R/P7D'],
    ['cycle(duration("P1M"))', 'R/P1M'],
    ['cycle(repetitions: 5, interval: duration("PT30M"))', 'R5/PT30M'],
    ['cycle(interval: duration("PT30M"))', 'R/PT30M'],
    ['cycle(null, duration("PT30M"))', 'R/PT30M'],
    ['cycle(1.5, duration("PT1H"))', null],
    ['cycle(-1, duration("PT1H"))', null],
    ['cycle(3, "PT1H")', null],
  ])('%s is %j', (source, expected) => {
    expect(valueOf(source)).toEqual(expected);
  });
});

describe('date', () => {
  it.each<Row>([
    ['date("2026-01-31")', '2026-01-31'],
    ['date("2024-02-29")', '2024-02-29'],
    ['date("2023-02-29")', null],
    ['date("2026-13-01")', null],
    ['date("26-01-01")', null],
    ['date("-2026-01-01")', '-2026-01-01'],
    ['date("-0001-01-01")', '-0001-01-01'],
    ['date("999999999-12-31")', '999999999-12-31'],
    ['date("9999999999-12-31")', null],
    ['date("01234-01-01")', null],
    ['date("+2026-01-01")', null],
    ['date("2026-1-1")', null],
    ['date("2026-01-31T10:00:00")', null],
    ['date("2026-01-31Z")', null],
    ['date(2026, 1, 31)', '2026-01-31'],
    ['date(2026, 2, 30)', null],
    ['date(2026, 1)', null],
    ['date(2026.5, 1, 1)', null],
    ['date(date and time("2026-01-31T10:00:00Z"))', '2026-01-31'],
    ['date(date("2026-01-31"))', '2026-01-31'],
    ['date(null)', null],
    ['date([])', null],
    ['date(from: "2026-01-31")', '2026-01-31'],
    ['date(year: 2026, month: 1, day: 31)', '2026-01-31'],
    ['date(from: @"2026-01-31T01:02:03")', '2026-01-31'],
    ['date(2026, null, 1)', null],
    ['date("")', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('time', () => {
  it.each<Row>([
    ['time("10:11:12")', '10:11:12'],
    ['time("10:11:12.123456789")', '10:11:12.123456789'],
    ['time("10:11:12Z")', '10:11:12Z'],
    ['time("10:11:12+08:00")', '10:11:12+08:00'],
    ['time("10:11:12@Asia/Shanghai")', '10:11:12@Asia/Shanghai'],
    ['time("10:11:12@Foo/Bar")', null],
    ['time("10:11")', null],
    ['time("24:00:00")', null],
    ['time("10:60:00")', null],
    ['time("T10:11:12")', null],
    ['time("10:11:12+19:00")', null],
    ['time("10:11:12+08:00@Asia/Shanghai")', null],
    ['time("10:11:12+8:00")', null],
    ['time("1:11:12")', null],
    ['time(10, 11, 12)', '10:11:12'],
    ['time(10, 11, 12.5)', '10:11:12.5'],
    ['time(10, 11, 12, duration("PT8H"))', '10:11:12+08:00'],
    ['time(10, 11, 12, duration("-PT8H30M"))', '10:11:12-08:30'],
    ['time(10, 11, 12, duration("PT0S"))', '10:11:12Z'],
    ['time(10, 11, 12, null)', '10:11:12'],
    ['time(25, 11, 12)', null],
    ['time(10, 11, 12, @"P1Y")', null],
    ['time(hour: 10, minute: 11, second: 12, offset: @"PT1H")', '10:11:12+01:00'],
    ['time(hour: 10, minute: 11, second: 12)', '10:11:12'],
    ['time(date and time("2026-01-31T10:00:00Z"))', '10:00:00Z'],
    ['time(@"10:00:00")', '10:00:00'],
    ['time(@"2026-01-31")', '00:00:00Z'],
    ['time(from: "10:00:00")', '10:00:00'],
    ['time(null)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('date and time', () => {
  it.each<Row>([
    ['date and time("2026-01-31T10:11:12")', '2026-01-31T10:11:12'],
    ['date and time("2026-01-31T10:11:12Z")', '2026-01-31T10:11:12Z'],
    ['date and time("2026-01-31T10:11:12.5+08:00")', '2026-01-31T10:11:12.5+08:00'],
    ['date and time("2026-01-31T10:11:12@Asia/Shanghai")', '2026-01-31T10:11:12@Asia/Shanghai'],
    ['date and time("2026-01-31")', '2026-01-31T00:00:00'],
    ['date and time("2026-01-31T24:00:00")', null],
    ['date and time("2026-02-30T10:00:00")', null],
    ['date and time("2026-01-31T10:00")', null],
    ['date and time("2026-01-31 10:00:00")', null],
    ['date and time("-2026-01-31T10:00:00")', '-2026-01-31T10:00:00'],
    ['date and time("99999-12-31T11:22:33")', '99999-12-31T11:22:33'],
    ['date and time(date("2026-01-31"), time("10:00:00"))', '2026-01-31T10:00:00'],
    ['date and time(date and time("2026-01-31T08:00:00Z"), time("10:00:00+08:00"))', '2026-01-31T10:00:00+08:00'],
    ['date and time(date: @"2026-01-31", time: @"10:00:00")', '2026-01-31T10:00:00'],
    ['date and time(from: "2026-01-31T10:00:00")', '2026-01-31T10:00:00'],
    ['date and time(@"2026-01-31T10:00:00Z", "Asia/Shanghai")', '2026-01-31T18:00:00@Asia/Shanghai'],
    ['date and time(null)', null],
    ['date and time(date("2026-01-31"), null)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('durations', () => {
  it.each<Row>([
    ['duration("P1DT2H3M4S")', 'P1DT2H3M4S'],
    ['duration("-P1D")', '-P1D'],
    ['duration("P1Y2M")', 'P1Y2M'],
    ['duration("-P1Y2M")', '-P1Y2M'],
    ['duration("P1Y2D")', null],
    ['duration("P")', null],
    ['duration("PT")', null],
    ['duration("P1DT")', null],
    ['duration("1D")', null],
    ['duration("PT1.5S")', 'PT1.5S'],
    ['duration("PT1.5H")', null],
    ['duration("P1W")', null],
    ['duration("PT0.000000001S")', 'PT0.000000001S'],
    ['duration("P13M")', 'P1Y1M'],
    ['duration("PT90M")', 'PT1H30M'],
    ['duration(from: "PT1H")', 'PT1H'],
    ['duration(null)', null],
    ['duration(1)', null],
    ['duration("+P1D")', null],
    ['duration("P-1D")', null],
    ['duration("P2147483648D")', 'P2147483648D'],
    ['years and months duration(date("2011-12-22"), date("2013-08-24"))', 'P1Y8M'],
    ['years and months duration(date("2013-08-24"), date("2011-12-22"))', '-P1Y8M'],
    ['years and months duration(date and time("2011-12-22T10:00:00"), date("2013-08-24"))', 'P1Y8M'],
    ['years and months duration(date("2024-02-29"), date("2025-02-28"))', 'P11M'],
    ['years and months duration(from: date("2015-01-01"), to: date("2016-01-01"))', 'P1Y'],
    ['years and months duration("2015-01-01", "2016-01-01")', null],
    ['years and months duration(date("2016-01-31"), date("2016-02-29"))', 'P0M'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('calendar functions, now and today', () => {
  it.each<Row>([
    ['day of week(@"2026-01-31")', 'Saturday'],
    ['day of week(@"2026-01-31T10:00:00Z")', 'Saturday'],
    ['day of week("2026-01-31")', null],
    ['day of week(date: @"2026-01-31")', 'Saturday'],
    ['day of year(@"2024-12-31")', 366],
    ['day of year(null)', null],
    ['month of year(@"2026-01-31")', 'January'],
    ['week of year(@"2026-01-01")', 1],
    ['week of year(@"2027-01-01")', 53],
    ['week of year(@"2019-12-31")', 1],
    ['week of year(date: @"2005-01-03")', 1],
    ['last day of month(@"2026-02-01")', '2026-02-28'],
    ['last day of month(@"2024-02-01T10:00:00")', '2024-02-29'],
    ['now()', '2026-02-01T00:30:00@Asia/Shanghai'],
    ['today()', '2026-02-01'],
    ['today().year', 2026],
    ['now(1)', null],
    ['date and time("2018-07-31T24:00:00Z")', null],
    ['date(date and time("2026-01-31T23:00:00-05:00"))', '2026-01-31'],
    ['@"2026-01-31T10:00:00Z" + @"P1Y" > @"2026-12-31T00:00:00Z"', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
