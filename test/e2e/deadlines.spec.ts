import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFolder, type Scenario } from '#configuration';
import type { UserTaskView } from '#persistence';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { runScenario } from '../../apps/server/src/scenarios/run-scenario.js';
import { startApp, type TestApp } from './start-app.js';

const scenarios = JSON.parse(readFileSync('workflows/xf_main/xf_main.scenarios.json', 'utf8')) as Scenario[];
const DAY = 24 * 3_600_000;

describe('deadlines of the pack', () => {
  let app: TestApp;
  beforeEach(async () => void (app = await startApp()));
  afterEach(() => app.close());

  const run = async (name: string) => {
    const scenario = scenarios.find((one) => one.name === name)!;
    expect(await runScenario(scenario, { app: app.running.app, platform: app.running.platform })).toEqual([]);
  };
  const settled = () => app.running.app.get(DeadlineKeeping).settled();
  const overview = async (account: string) => (await (await app.as(account)).get('/api/deadlines').expect(200)).body;
  const advance = async (to: number) => {
    await app.running.platform.runtime.pinClock(to);
    await settled();
  };

  it('show the reply period of a case and its lamp, and tell its marks', async () => {
    await run('单位两个工作日不签收，视为收到');
    const { items } = await overview('xf_office_director');
    const reply = items.find((row: { deadlineId: string }) => row.deadlineId === 'reply');

    await advance(Date.parse(reply.dueAt) + 15 * DAY);

    expect(reply).toMatchObject({ title: '答复期限', clause: '条例 34;D08', paused: false, fault: null });
    const late = await overview('xf_office_director');
    expect(late.counts.overdue).toBeGreaterThan(0);
    expect(late.items[0]).toMatchObject({ deadlineId: 'reply', lamp: 'overdue', caseNo: reply.caseNo, nextMark: null });
    expect(late.items.map((row: { title: string }) => row.title)).not.toContain('答复的内部目标');
    const { body: reached } = await (await app.as('unit_handler')).get('/api/notices').expect(200);
    expect(JSON.stringify(reached)).toContain(`${reply.caseNo}：答复已到内部目标`);
    const { body } = await (await app.as('discipline_committee')).get('/api/notices').expect(200);
    const told = body.items.filter(({ text }: { text: string }) => text === `${reply.caseNo}：领导挂牌督办（答复）`);
    expect(told).toHaveLength(1);
  });

  it('do not exist for those whom the case is about, nor for those who do not supervise', async () => {
    await run('被反映的单位不是候选单位，也看不到');

    await (await app.as('xf_clerk')).get('/api/deadlines').expect(403);
    const seen = await overview('xf_office_director');
    expect(seen.counts.normal).toBeGreaterThan(0);
    await app.running.platform.database.reader.query(`UPDATE accounts SET unit = 'hr' WHERE id = 'xf_office_director'`);
    const hidden = await overview('xf_office_director');
    expect(hidden.items).toEqual([]);
    expect(hidden.counts).toEqual({ normal: 0, near: 0, urgent: 0, overdue: 0 });
  });

  it('are computed again when a calendar is published, and say so in the case, on the page and to those who supervise', async () => {
    await run('单位两个工作日不签收，视为收到');
    const before = await overview('xf_office_director');
    const { processInstanceKey } = before.items[0];
    const deadlines = join(app.configDir, 'workflows/deadlines.json');
    const declared = JSON.parse(await readFile(deadlines, 'utf8')) as { id: string }[];
    const shorter = declared.map((one) => (one.id === 'reply' ? { ...one, due: undefined, period: '20D' } : one));
    await writeFile(deadlines, JSON.stringify(shorter));

    const applied = await app.running.platform.deployer.apply(await readFolder(app.configDir), { by: 'admin' });
    expect(applied.ok).toBe(true);
    await settled();

    const after = await overview('xf_office_director');
    expect(after.publications).toMatchObject([{ earlier: 1, later: 0, kept: 0, doneAt: expect.any(String) }]);
    const { body: course } = await (
      await app.as('xf_office_director')
    )
      .get(`/api/instances/${processInstanceKey}/timeline`)
      .expect(200);
    expect(JSON.stringify(course)).toContain('期限重新计算：答复期限');
    const { body: notices } = await (await app.as('xf_office_director')).get('/api/notices').expect(200);
    expect(JSON.stringify(notices)).toContain('未到期限已重新计算完毕');
  });

  describe('that a task counts from its beginning', () => {
    const counted = async (): Promise<UserTaskView> => {
      const filter = { state: 'CREATED', elementId: 'planInquiry' };
      return (await app.running.platform.queries.search('userTasks', { filter })).items[0]!;
    };
    /** The four days after the task began become holidays. */
    const publishHolidays = async ({ creationDate }: UserTaskView) => {
      const calendar = join(app.configDir, 'workflows/calendar/2026.json');
      const year = JSON.parse(await readFile(calendar, 'utf8')) as { holidays: string[] };
      const free = [1, 2, 3, 4].map((days) => dayInShanghai(creationDate + days * DAY));
      await writeFile(
        calendar,
        JSON.stringify({ ...year, holidays: [...new Set([...year.holidays, ...free])].sort() }),
      );
      expect((await app.running.platform.deployer.apply(await readFolder(app.configDir), { by: 'admin' })).ok).toBe(
        true,
      );
      await settled();
    };

    it('move with the calendar, and the case says so', async () => {
      await run('单位两个工作日不签收，视为收到');
      const before = await counted();

      await publishHolidays(before);

      expect((await counted()).dueDate).toBeGreaterThan(before.dueDate!);
      const { body: course } = await (
        await app.as('xf_office_director')
      )
        .get(`/api/instances/${before.processInstanceKey}/timeline`)
        .expect(200);
      expect(JSON.stringify(course)).toContain(`期限重新计算：${before.name}`);
      expect((await overview('xf_office_director')).publications).toMatchObject([{ later: expect.any(Number) }]);
    });

    it('stay where somebody gave another date', async () => {
      await run('单位两个工作日不签收，视为收到');
      const { processInstanceKey: instanceKey, userTaskKey, ...before } = await counted();
      const dueAt = before.dueDate! + DAY;
      const command = { type: 'updateUserTask', userTaskKey, changes: { dueAt }, by: 'xf_office_director' } as const;
      expect((await app.running.platform.runtime.execute({ instanceKey, command })).ok).toBe(true);

      await publishHolidays({ processInstanceKey: instanceKey, userTaskKey, ...before });

      expect((await counted()).dueDate).toBe(dueAt);
    });
  });
});

const dayInShanghai = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
