import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFolder } from '#configuration';
import { createDeadlineQueries } from '#persistence';
import { model } from '#testing';
import { TimelineService } from '../../apps/server/src/cases/timeline.service.js';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { publish } from './published.js';
import { startApp, type TestApp } from './start-app.js';

const DAY = 24 * 3_600_000;
const HOLIDAYS = ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'];
const BEGIN = Date.parse('2026-03-02T09:00:00+08:00');
const endOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`) + DAY;

/** Waits at a task, before an event of its own and in an event sub-process. */
const waits = model('waits')
  .start()
  .parallelGateway('fork')
  .userTask('sign')
  .end()
  .boundary('late', 'sign', { timer: { date: '=working days after(now(), 3)' } })
  .end('lateEnd')
  .at('fork')
  .catchEvent('rest', { timer: { date: '=working days after(now(), 2)' } })
  .end('restEnd')
  .at('fork')
  .catchEvent('hearing', { timer: { date: '=date and time(startsAt)' } })
  .end('hearingEnd')
  .eventSubProcess('remind', (inner) =>
    inner.start('weekly', { timer: { date: '=working days after(now(), 5)' }, interrupting: false }).end('reminded'),
  ).xml;

describe('timers of a diagram, when a calendar is published', () => {
  let app: TestApp;
  let instanceKey: string;
  beforeAll(async () => {
    app = await startApp();
    await app.running.platform.runtime.pinClock(BEGIN);
    await publish(app, 'waits', waits);
    const variables = { startsAt: '2026-03-20T09:00:00+08:00' };
    const started = await app.running.platform.runtime.createInstance({ bpmnProcessId: 'waits', variables });
    if (!started.ok) throw new Error(started.rejection.message);
    instanceKey = started.reply.processInstanceKey;
    await app.running.platform.runtime.pinClock(BEGIN + DAY / 2);
    await publishHolidays(app, HOLIDAYS);
  });
  afterAll(() => app.close());

  const waiting = async () => {
    const timers = await createDeadlineQueries(app.running.platform.database).openTimers('0', 1_000);
    const mine = timers.filter(({ processInstanceKey }) => processInstanceKey === instanceKey);
    return Object.fromEntries(mine.map(({ elementId, dueAt }) => [elementId, dueAt]));
  };
  const course = async () => {
    const instance = await app.running.platform.queries.instance(instanceKey);
    const entries = await app.running.app.get(TimelineService).of([instance!], []);
    return entries.filter(({ text }) => text.startsWith('期限')).map(({ text, detail }) => `${text}，${detail}`);
  };

  it('are counted again from where they began to wait; what follows from data stays', async () => {
    expect(await waiting()).toEqual({
      late: endOf('2026-03-11'),
      rest: endOf('2026-03-10'),
      weekly: endOf('2026-03-13'),
      hearing: Date.parse('2026-03-20T09:00:00+08:00'),
    });
  });

  it('say in the course of the case from when to when', async () => {
    expect((await course()).sort()).toEqual([
      '期限重新计算：late，日历或设置变更，由 2026年3月5日 24:00 改为 2026年3月11日 24:00',
      '期限重新计算：rest，日历或设置变更，由 2026年3月4日 24:00 改为 2026年3月10日 24:00',
      '期限重新计算：weekly，日历或设置变更，由 2026年3月9日 24:00 改为 2026年3月13日 24:00',
    ]);
  });

  it('move back with the next calendar, from their own beginning and not from that of the move', async () => {
    await publishHolidays(app, []);

    expect(await waiting()).toMatchObject({ late: endOf('2026-03-05'), rest: endOf('2026-03-04') });
  });

  it('fire at the new moment', async () => {
    await publishHolidays(app, HOLIDAYS);
    await app.running.platform.runtime.pinClock(endOf('2026-03-06'));
    await app.running.platform.runtime.idle();
    const before = await app.running.platform.queries.instance(instanceKey);
    await app.running.platform.runtime.pinClock(endOf('2026-03-11'));
    await app.running.platform.runtime.idle();

    expect(before?.state).toBe('ACTIVE');
    expect(Object.keys(await waiting()).sort()).toEqual(['hearing', 'weekly']);
  });
});

async function publishHolidays(app: TestApp, days: readonly string[]): Promise<void> {
  const path = join(app.configDir, 'workflows/calendar/2026.json');
  const year = JSON.parse(await readFile(path, 'utf8')) as { holidays: string[] };
  const holidays = [...new Set([...year.holidays.filter((day) => !HOLIDAYS.includes(day)), ...days])].sort();
  await writeFile(path, JSON.stringify({ ...year, holidays }));
  const applied = await app.running.platform.deployer.apply(await readFolder(app.configDir), { by: 'admin' });
  expect(applied.ok).toBe(true);
  await app.running.app.get(DeadlineKeeping).settled();
}
