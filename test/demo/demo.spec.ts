import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../e2e/start-app.js';

interface Story {
  readonly scenario: unknown;
  readonly cases: readonly {
    readonly repeat?: number;
    readonly values?: { readonly name?: string; readonly phone?: string };
  }[];
}
interface Player {
  readStories(): readonly Story[];
  play(url: string): Promise<{ cases: number; steps: number }>;
}
interface Instance {
  readonly processDefinitionId: string;
  readonly state: string;
  readonly hasIncident: boolean;
}
interface Task {
  readonly userTaskKey: string;
  readonly state: string;
  readonly dueAt: string | null;
}
type Cells = Readonly<Record<string, unknown>>;

const PATIENCE_MS = 900_000;

describe('demo', () => {
  let player: Player;
  let app: TestApp;
  let played: { cases: number; steps: number };
  let cpuSeconds: number;

  beforeAll(async () => {
    player = (await import(pathToFileURL(resolve(process.cwd(), 'scripts/demo/play.mjs')).href)) as Player;
    app = await startApp({ inPlace: true });
    const before = process.cpuUsage();
    played = await player.play(app.url);
    const { user, system } = process.cpuUsage(before);
    cpuSeconds = (user + system) / 1_000_000;
    await app.running.platform.runtime.idle();
  }, PATIENCE_MS);
  afterAll(() => app.close());

  const get = async <T>(account: string, path: string): Promise<T> =>
    (await (await app.as(account)).get(path).expect(200)).body as T;
  const search = async <T>(what: string, filter: object): Promise<readonly T[]> => {
    const admin = app.basic('admin');
    const { body } = await admin
      .post(`/v2/${what}/search`)
      .send({ filter, page: { limit: 2_000 } })
      .expect(200);
    return (body as { items: readonly T[] }).items;
  };
  const accounts = async () =>
    (await get<{ demoAccounts: readonly { id: string }[] }>('admin', '/api/reference')).demoAccounts.map(
      ({ id }) => id,
    );
  const cells = async (ledger: string, account: string) =>
    (
      await get<{ items: readonly { cells: Cells; drill: boolean }[] }>(
        account,
        `/api/ledgers/${ledger}/rows?limit=200`,
      )
    ).items;

  /** Each open task once, whoever it waits for. */
  const openTasks = async (): Promise<readonly Task[]> => {
    const lists = [];
    for (const account of await accounts())
      lists.push(await get<{ items: readonly Task[] }>(account, '/api/tasks?view=all&limit=200'));
    const open = lists.flatMap(({ items }) => items).filter(({ state }) => state === 'CREATED');
    return [...new Map(open.map((task) => [task.userTaskKey, task])).values()];
  };

  it('names nobody: petitioners stand there as 信访人甲, 信访人乙 …', () => {
    const names = player.readStories().flatMap(({ cases }) => cases.flatMap(({ values }) => values?.name ?? []));

    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !/^信访人\p{Script=Han}$/u.test(name))).toEqual([]);
  });

  it('is a mine in the middle of its work: what is finished, what is open, nothing stuck, the clock as it is', async () => {
    const items = await search<Instance>('process-instances', {});
    const petitions = items.filter(({ processDefinitionId }) => processDefinitionId === 'xf_main');

    expect(petitions.length).toBeGreaterThanOrEqual(60);
    expect(petitions.filter(({ state }) => state === 'COMPLETED').length).toBeGreaterThan(20);
    expect(petitions.filter(({ state }) => state === 'ACTIVE').length).toBeGreaterThan(20);
    expect(items.filter(({ hasIncident }) => hasIncident)).toEqual([]);
    expect(Math.abs(app.running.platform.runtime.now() - Date.now())).toBeLessThan(60_000);
  });

  it('shows matters in each state from receipt to the end, and each way in which one may end', async () => {
    const states = new Set((await cells('L01', 'xf_office_director')).map(({ cells: row }) => row['state']));

    expect(
      [
        '已收到',
        '正在确认由谁办理',
        '等信访人补充材料',
        '已受理，正在办理',
        '已转到其他单位',
        '应通过其他途径',
        '不予受理',
        '已延期',
        '已答复',
        '已办结',
        '信访人已撤回',
        '已合并办理',
      ].filter((state) => !states.has(state)),
    ).toEqual([]);
  });

  it('tells apart who is registered: no telephone stands for two people', () => {
    const people = player.readStories().flatMap(({ cases }) => cases.flatMap(({ values }) => values ?? []));
    const named = people.filter(({ phone }) => phone !== undefined);

    const ofPhone = new Map(named.map(({ phone, name }) => [phone, name]));

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ phone, name }) => ofPhone.get(phone) !== name)).toEqual([]);
  });

  it('lets nothing lie: most open tasks are in time, a few are not', async () => {
    const tasks = await openTasks();

    const overdue = tasks.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < Date.now());

    expect(tasks.length).toBeGreaterThan(25);
    expect(overdue.length).toBeGreaterThan(0);
    expect(overdue.length / tasks.length).toBeLessThan(0.15);
  });

  it('brings accusations and complaints about leaders of the mine to the discipline committee of the company', async () => {
    const company = 'company_discipline';
    const tasks = await get<{ items: readonly { elementId: string }[] }>(company, '/api/tasks?view=all&limit=200');
    const notices = await get<object>(company, '/api/notices');

    expect(tasks.items.map(({ elementId }) => elementId)).toContain('receiveAccusation');
    expect(JSON.stringify(notices)).toContain('保护投诉涉及矿领导');
  });

  it('leaves no ledger empty', async () => {
    const filled = new Map<string, number>();
    for (const account of await accounts())
      for (const { id } of (await get<{ items: readonly { id: string }[] }>(account, '/api/ledgers')).items) {
        if (filled.get(id)) continue;
        const { total } = await get<{ total: number }>(account, `/api/ledgers/${id}/rows?limit=1`);
        filled.set(id, total);
      }

    expect(filled.size).toBeGreaterThan(25);
    expect([...filled].filter(([, total]) => total === 0)).toEqual([]);
  });

  it('has as many of each kind as the pack asks for', async () => {
    const events = await cells('L16', 'xf_office_director');
    const letters = await cells('L03', 'xf_office_director');
    const petitions = await cells('L01', 'xf_office_director');

    expect(events.map(({ drill }) => drill).sort()).toEqual([false, true]);
    expect(await cells('L07', 'xf_office_director')).toHaveLength(4);
    expect(await cells('L15', 'xf_office_director')).toHaveLength(5);
    expect(letters.filter((row) => row.cells['anonymous'] === true).length).toBeGreaterThanOrEqual(10);
    expect(petitions.filter((row) => Number(row.cells['headcount']) >= 5)).toHaveLength(6);
  });

  it('has twelve months of the screening of three units, and the rest of the units since they are called', async () => {
    const reports = await cells('L08', 'xf_office_director');

    const monthsOf = (unit: string) =>
      new Set(reports.filter((row) => JSON.stringify(row.cells).includes(unit)).map((row) => row.cells['month'])).size;

    expect(['综采一队', '综采二队', '掘进一队'].map(monthsOf).filter((months) => months < 11)).toEqual([]);
    expect(monthsOf('运输队')).toBeGreaterThanOrEqual(3);
  });

  it('publishes answers to different questions', async () => {
    const questions = (await cells('L19P', 'xf_office_director')).map((row) => row.cells['question']);

    expect(questions.length).toBeGreaterThan(1);
    expect(new Set(questions).size).toBe(questions.length);
  });

  it('shows when the schedules have run last', async () => {
    const schedules = await get<readonly { id: string; lastAt: string | null }[]>('admin', '/api/schedules');

    const monthly = schedules.filter(({ id }) => ['S04', 'RM', 'S07', 'S11', 'S14'].includes(id));

    expect(monthly.filter(({ lastAt }) => lastAt === null)).toEqual([]);
  });

  it('is ready within a minute of work', () => {
    expect(played.cases).toBeGreaterThan(100);
    expect(played.steps).toBeGreaterThan(1_000);
    // Some forty at rest; a busy machine counts up to four times as much for the same work.
    expect(cpuSeconds).toBeLessThan(240);
  });
});
