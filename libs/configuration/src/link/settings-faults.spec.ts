import { paths, problemsOf, rolesFile } from '../../test/tiny-configuration.js';

type Overrides = Parameters<typeof problemsOf>[0];

/** Severity, place, line and sentence of what is wrong with one file. */
async function faultsIn(file: string, overrides: Overrides, today?: string) {
  const problems = await problemsOf(overrides, today === undefined ? {} : { today });
  return problems
    .filter((problem) => problem.file === file)
    .map(({ severity, place, line, messageZh }) => [severity, place, line, messageZh]);
}

const says = (text: string) => expect.stringContaining(text);

describe('a year of the calendar', () => {
  const year = { year: 2026, holidays: ['2026-01-01'], workdays: ['2026-02-14'] };

  it.each([
    ['a key that means nothing', { ...year, workday: [] }, '/workday', 9, '找不到键“workday”，是否应为“workdays”？'],
    ['a weekday as a day that is worked', { ...year, workdays: ['2026-02-16'] }, '/workdays/0', 7, '本来就是工作日'],
    [
      'a day that there is not',
      { ...year, holidays: ['2026-02-30'] },
      '/holidays/0',
      4,
      '日历上没有 2026-02-30 这一天，请改正或删去。',
    ],
    [
      'a day of another year',
      { ...year, holidays: ['2027-01-01'] },
      '/holidays/0',
      4,
      '应为 2026 年的日期，实际为 2027-01-01，请移到 workflows/calendar/2027.json。',
    ],
    [
      'a holiday that stands there twice',
      { ...year, holidays: ['2026-01-01', '2026-05-01', '2026-01-01'] },
      '/holidays/2',
      6,
      '2026-01-01 写了两次，请删去一处。',
    ],
    [
      'a day that is worked twice',
      { ...year, workdays: ['2026-02-14', '2026-02-14'] },
      '/workdays/1',
      8,
      '2026-02-14 写了两次，请删去一处。',
    ],
    ['a weekend that is a holiday and worked', { ...year, holidays: ['2026-02-14'] }, '/workdays/0', 7, '不能既是'],
  ])('is refused with %s', async (_, file, place, line, sentence) => {
    expect(await faultsIn(paths.calendar, { [paths.calendar]: file })).toEqual([
      ['error', place, line, says(sentence)],
    ]);
  });

  it('is refused in a file with another name', async () => {
    const path = 'workflows/calendar/abc.json';

    expect(await faultsIn(path, { [paths.calendar]: null, [path]: year })).toEqual([
      ['error', '/year', 2, '2026 年的日历应存为 workflows/calendar/2026.json。'],
    ]);
  });

  it('is missed once, where it is counted in, some time before it begins', async () => {
    const path = 'workflows/schedules.json';
    const schedule = { id: 'S1', title: '月查', processId: 'claim', cron: '0 9 5 * *', onDayOff: 'next' };
    const missing = ['warning', '/0', 2, says('没有 workflows/calendar/2027.json')];

    expect(await faultsIn(path, { [path]: [schedule, { ...schedule, id: 'S2' }] }, '2026-11-20')).toEqual([missing]);
    expect(await faultsIn(path, { [path]: [schedule] }, '2026-10-20')).toEqual([]);
    expect(await faultsIn(paths.process, {}, '2026-11-20')).toContainEqual([
      'warning',
      undefined,
      expect.any(Number),
      says('没有 workflows/calendar/2027.json'),
    ]);
  });
});

describe('a schedule', () => {
  const path = 'workflows/schedules.json';
  const base = { id: 'S1', title: '月查', processId: 'claim' };

  it.each([
    ['a time beside cron', { cron: '0 9 5 * *', at: '10:00' }, 'error', '/0/at', 7, '写了 cron 就不能写 at'],
    [
      'a first day without rrule',
      { cron: '0 9 5 * *', from: '2026-01-01' },
      'error',
      '/0/from',
      7,
      'from 只能与 rrule',
    ],
    ['a rule without a time', { rrule: 'FREQ=DAILY' }, 'warning', '/0', 2, '将在 00:00 启动'],
    ['a landmark without a time', { before: { days: 1, of: 'monthEnd' } }, 'warning', '/0', 2, '将在 00:00 启动'],
    [
      'a condition on an unknown parameter',
      { cron: '0 9 5 * *', onlyIf: '=parameter("day") > 1' },
      'error',
      '/0/onlyIf',
      7,
      '找不到参数“day”，是否应为“days”？',
    ],
  ])('is told of %s', async (_, rule, severity, place, line, sentence) => {
    expect(await faultsIn(path, { [path]: [{ ...base, ...rule }] })).toEqual([[severity, place, line, says(sentence)]]);
  });
});

describe('a number series', () => {
  const path = 'workflows/numbering.json';
  const series = { name: '信访件号', pattern: 'XF-{yyyy}-{00000}' };

  it('is refused with the pattern of another one', async () => {
    expect(await faultsIn(path, { [path]: { XF: series, YJ: { ...series, pattern: 'XF-{yyyy}-{000}' } } })).toEqual([
      ['error', '/YJ/pattern', 8, says('“YJ”与“XF”')],
    ]);
  });

  it('is refused without the year, as its counter begins anew each year', async () => {
    expect(await faultsIn(path, { [path]: { XF: { ...series, pattern: 'XF-{00000}' } } })).toEqual([
      ['error', '/XF/pattern', 4, says('要写年份 {yyyy}')],
    ]);
  });

  it('is refused where its months and numbers read as those of a series that counts by the year', async () => {
    const both = { A: { ...series, pattern: 'A{yyyy}{00000}' }, B: { ...series, pattern: 'A{yyyyMM}{000}' } };
    const apart = { A: { ...series, pattern: 'A{yyyy}-{000}' }, B: { ...series, pattern: 'A{yyyyMM}-{000}' } };

    expect(await faultsIn(path, { [path]: both })).toEqual([['error', '/B/pattern', 8, says('会产生相同的编号')]]);
    expect(await faultsIn(path, { [path]: apart })).toEqual([]);
  });

  it('may have the month in its pattern, and begins anew each month', async () => {
    expect(await faultsIn(path, { [path]: { XF: { ...series, pattern: 'XF-{yyyyMM}-{000}' } } })).toEqual([]);
  });
});

it('a role is refused with a permission that there is not', async () => {
  const [clerk, ...others] = rolesFile.roles;
  const roles = { ...rolesFile, roles: [{ ...clerk, permissions: ['supervise', 'superviser'] }, ...others] };

  expect(await faultsIn(paths.roles, { [paths.roles]: roles })).toEqual([
    ['error', '/roles/0/permissions/1', expect.any(Number), '找不到权限“superviser”，是否应为“supervise”？'],
  ]);
});
