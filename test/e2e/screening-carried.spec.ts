import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { complete } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

type Cells = Readonly<Record<string, unknown>>;
interface Carried {
  readonly issue: string;
  readonly progress: string;
  readonly stage: string;
  readonly due: string;
}

const row = {
  kind: 'C08',
  unitMatter: true,
  cause: '锅炉老化',
  affectedScope: 'section',
  level: 'medium',
  measures: '联系后勤检修',
  progress: '已报修',
  responsible: '综采一队队长',
  massRisk: false,
};
const linked = { caseRef: 'XF-2027-00003', support: '请后勤安排更换锅炉' };
const meeting = { host: '本单位负责人', attendees: 12, meetingHeld: true };

describe('monthly screening', () => {
  let app: TestApp;
  let caseNo = '';

  async function clockAt(moment: string): Promise<void> {
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.parse(moment));
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await app.running.app.get(LedgerFollowing).settled();
    await runtime.idle();
  }

  /** Opens the screening of one unit; gives what came along from earlier months. */
  async function opened(month: string, monthEnd: string, unit = 'mining1'): Promise<readonly Carried[]> {
    const { runtime, queries } = app.running.platform;
    const variables = { unit, month, monthEnd };
    const started = await runtime.createInstance({ bpmnProcessId: 'xf_unit_screening', variables });
    if (!started.ok) throw new Error(started.rejection.message);
    await runtime.idle();
    const { processInstanceKey } = started.reply;
    caseNo = (await queries.instance(processInstanceKey))?.caseNo ?? '';
    return (await queries.variablesOf(processInstanceKey))['openRows'] as readonly Carried[];
  }

  async function report(data: object): Promise<void> {
    await complete(app, { as: 'unit_liaison', element: 'screenUnit', caseNo, data });
    await complete(app, { as: 'unit_head.mining1', element: 'signScreening', caseNo, data: { screeningSign: 'sign' } });
  }

  async function rowsOf(month: string): Promise<readonly Cells[]> {
    await app.running.app.get(LedgerFollowing).settled();
    const director = await app.as('xf_office_director');
    const { body } = await director.get('/api/ledgers/L06/rows?limit=200').expect(200);
    return (body as { items: { cells: Cells }[] }).items
      .map(({ cells }) => cells)
      .filter((one) => one['month'] === month);
  }

  beforeAll(async () => {
    app = await startApp();
    await clockAt('2027-03-20T09:00:00+08:00');
    await opened('2027-03', '2027-04-01T00:00:00+08:00');
    await report({
      ...meeting,
      zeroReport: false,
      resolutions: [{ text: '逐项落实', owner: '综采一队技术员', due: '2027-04-15' }],
      heldAt: '2027-03-24T15:00:00+08:00',
      rows: [
        { ...row, issue: '宿舍热水时断时续', stage: 'handling', due: '2027-04-15', ...linked },
        { ...row, issue: '更衣室拥挤', stage: 'found', due: '2027-05-15' },
        { ...row, issue: '班车晚点', stage: 'resolved', due: '2027-03-25' },
      ],
    });
    await clockAt('2027-04-20T09:00:00+08:00');
  });
  afterAll(() => app.close());

  it('takes along what is still open, and nothing of another unit', async () => {
    const ofOther = await opened('2027-04', '2027-05-01T00:00:00+08:00', 'mining2');
    const own = await opened('2027-04', '2027-05-01T00:00:00+08:00');

    expect(ofOther).toEqual([]);
    expect(own.map(({ issue, stage, due }) => [issue, stage, due]).sort()).toEqual([
      ['宿舍热水时断时续', 'handling', '2027-04-15'],
      ['更衣室拥挤', 'found', '2027-05-15'],
    ]);
  });

  it('asks only how far they are, also where nothing is new', async () => {
    const resolved = { issue: '宿舍热水时断时续', progress: '已换锅炉', stage: 'resolved', due: '2027-04-15' };

    await report({ ...meeting, zeroReport: true, heldAt: '2027-04-24T15:00:00+08:00', carried: [resolved] });

    const rows = await rowsOf('2027-04');
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          issue: '宿舍热水时断时续',
          stage: '已化解',
          progress: '已换锅炉',
          cause: '锅炉老化',
          ...linked,
        }),
        expect.objectContaining({ issue: '更衣室拥挤', stage: '发现', progress: '已报修' }),
      ]),
    );
  });

  it('leaves a month without report out and takes along what stood before it', async () => {
    await clockAt('2027-06-20T09:00:00+08:00');

    const own = await opened('2027-06', '2027-07-01T00:00:00+08:00');

    expect(own.map(({ issue }) => issue)).toEqual(['更衣室拥挤']);
  });

  it('takes nothing along once all is resolved, though it stood open in a month before', async () => {
    await report({
      ...meeting,
      zeroReport: true,
      heldAt: '2027-06-21T15:00:00+08:00',
      carried: [{ issue: '更衣室拥挤', progress: '已扩建', stage: 'resolved', due: '2027-06-30' }],
    });
    await clockAt('2027-07-20T09:00:00+08:00');

    expect(await opened('2027-07', '2027-08-01T00:00:00+08:00')).toEqual([]);
  });

  it('counts each of them once in the rate of what was resolved', async () => {
    const director = await app.as('xf_office_director');

    const { body } = await director.get('/api/indicators?by=month').expect(200);

    const { items } = body as {
      items: { id: string; periods: { id: string; numerator: number; denominator: number }[] }[];
    };
    const april = items.find(({ id }) => id === 'R17R')?.periods.find(({ id }) => id === '2027-04');
    expect(april).toMatchObject({ numerator: 1, denominator: 1 });
  });
});
