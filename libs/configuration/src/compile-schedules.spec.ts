import { describe, expect, it } from '@jest/globals';
import { problemsOf, tinyConfiguration } from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';

const file = 'workflows/schedules.json';
const monthly = { id: 'S1', title: '每月核对', processId: 'claim', rrule: 'FREQ=MONTHLY;BYMONTHDAY=20', at: '09:00' };
const local = (text: string) => Date.parse(`${text}+08:00`);

async function compiled(schedules: readonly object[], more: Readonly<Record<string, object>> = {}) {
  const { set, problems } = await compileConfiguration(tinyConfiguration({ [file]: schedules, ...more }));
  expect(problems).toEqual([]);
  return set!;
}

describe('schedules of a configuration', () => {
  it('tell when they are due and what an instance begins with', async () => {
    const set = await compiled([{ ...monthly, variables: { kind: 'monthly', limit: '=parameter("days")' } }]);
    const context = { now: 0, timeZone: 'Asia/Shanghai', functions: set.feelFunctions };

    const due = set.schedules[0]!.next(local('2026-03-01T00:00'))!;

    expect(due).toBe(local('2026-03-20T09:00'));
    expect(set.schedules[0]!.variables(due, context)).toEqual({
      kind: 'monthly',
      limit: 15,
      scheduledFor: '2026-03-20T09:00:00@Asia/Shanghai',
    });
  });

  it('tell the next time alike, whatever they were asked before', async () => {
    const [schedule] = (await compiled([monthly])).schedules;
    const asked = ['2026-03-01T00:00', '2026-03-20T08:59', '2026-03-20T09:00', '2026-03-02T00:00', '2026-02-01T00:00'];

    const due = asked.map((text) => schedule!.next(local(text)));

    const expected = [
      '2026-03-20T09:00',
      '2026-03-20T09:00',
      '2026-04-20T09:00',
      '2026-03-20T09:00',
      '2026-02-20T09:00',
    ];
    expect(due).toEqual(expected.map(local));
  });

  it('let a time pass unless their condition holds', async () => {
    const set = await compiled([
      { ...monthly, onlyIf: '=parameter("days") > 15' },
      { ...monthly, id: 'S2', onlyIf: '=date and time(scheduledFor).month = 3' },
      { ...monthly, id: 'S3', onlyIf: '=parameter("not" + "hing") > 15' },
    ]);
    const context = { now: 0, timeZone: 'Asia/Shanghai', functions: set.feelFunctions };
    const variables = set.schedules.map((one) => () => one.variables(local('2026-03-20T09:00'), context));

    expect(variables[0]!()).toBeUndefined();
    expect(variables[1]!()).toBeDefined();
    expect(variables[2]).toThrow(/onlyIf of the schedule S3 to be true or false/);
  });

  it('change their digest with the rule, and with the calendar only where they count by it', async () => {
    const schedules = [monthly, { ...monthly, id: 'S2', onDayOff: 'next' }];
    const other = { 'workflows/calendar/2026.json': { year: 2026, holidays: ['2026-01-02'], workdays: [] } };

    const before = (await compiled(schedules)).schedules.map(({ digest }) => digest);
    const after = (await compiled(schedules, other)).schedules.map(({ digest }) => digest);
    const later = (await compiled([{ ...monthly, at: '10:00' }])).schedules[0]!.digest;

    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(later).not.toBe(before[0]);
  });

  it('read parameters in their rule, so that a changed parameter is another rule', async () => {
    const rule = { id: 'S1', title: '每月核对', processId: 'claim' };
    const schedules = [
      { ...rule, cron: '="0 9 " + string(parameter("days")) + " * *"' },
      { ...rule, id: 'S2', rrule: '="FREQ=MONTHLY;BYMONTHDAY=" + string(parameter("days"))', at: '="0" + "9:30"' },
    ];
    const parameters = {
      'workflows/parameters.json': { days: { name: '天数', value: 12, default: 12, min: 1, max: 15, clause: '四-1' } },
    };

    const before = (await compiled(schedules)).schedules;
    const after = (await compiled(schedules, parameters)).schedules;

    const first = local('2026-03-01T00:00');
    expect(before.map((one) => one.next(first))).toEqual([local('2026-03-15T09:00'), local('2026-03-15T09:30')]);
    expect(after.map((one) => one.next(first))).toEqual([local('2026-03-12T09:00'), local('2026-03-12T09:30')]);
    expect(after[0]!.digest).not.toBe(before[0]!.digest);
  });

  it('are refused where their rule gives no text', async () => {
    const problems = await problemsOf({
      [file]: [{ id: 'S1', title: '每月核对', processId: 'claim', cron: '=parameter("nothing")' }],
    });

    expect(problems).toEqual([expect.objectContaining({ code: 'schedule.rule', place: '/0' })]);
  });

  it('are refused where they name what is not there or cannot be read', async () => {
    const problems = await problemsOf({
      [file]: [
        monthly,
        { ...monthly },
        { ...monthly, id: 'S3', processId: 'claims' },
        { ...monthly, id: 'S4', rrule: 'FREQ=SECONDLY' },
        { ...monthly, id: 'S5', onlyIf: '=1 +' },
        { ...monthly, id: 'S6', variables: { limit: '=1 +' } },
        { ...monthly, id: 'S7', rrule: 'FREQ=DAILY;UNTIL=20200201' },
      ],
    });

    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['settings.duplicateId', '/1/id'],
      ['link.unknownReference', '/2/processId'],
      ['schedule.rule', '/3'],
      ['settings.invalidExpression', '/4/onlyIf'],
      ['settings.invalidExpression', '/5/variables/limit'],
      ['schedule.never', '/6'],
    ]);
  });

  it('are refused by their schema where a part is none', async () => {
    expect((await problemsOf({ [file]: [{ ...monthly, at: '9 Uhr' }] }))[0]).toMatchObject({
      code: 'json.schema',
      place: '/0/at',
    });
  });
});
