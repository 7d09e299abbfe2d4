import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { acceptance, canary, complete, register, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const at = (day: string, time = '09:00:00') => Date.parse(`${day}T${time}+08:00`);

const FEW = '少于 5 件，不给出';

const dispute = {
  issue: '宿舍热水时断时续',
  kind: 'C08',
  unitMatter: true,
  cause: '锅炉老化',
  affectedScope: 'section',
  measures: '联系后勤检修',
  progress: '已报修',
  responsible: '综采一队队长',
  due: '2026-04-15',
  massRisk: false,
};

/** Reports of section 9 from cases, disputes and what units were given. */
describe('reports', () => {
  let app: TestApp;
  let caseNo: string;

  const setClock = async (timestamp: number) => {
    await (await app.as('admin')).put('/v2/clock').send({ timestamp }).expect(204);
    await app.running.platform.runtime.idle();
  };
  const start = async (processDefinitionId: string, variables: object) => {
    const { body } = await (
      await app.as('admin')
    )
      .post('/v2/process-instances')
      .send({ processDefinitionId, variables })
      .expect(200);
    await app.running.platform.runtime.idle();
    return String(body.processInstanceKey);
  };
  const tasksAt = async (account: string, element: string) => {
    const { body } = await (await app.as(account)).get('/api/tasks?view=all&limit=50').expect(200);
    return (body.items as { elementId: string; userTaskKey: string }[]).filter(
      ({ elementId }) => elementId === element,
    );
  };
  const done = async (account: string, element: string, data: object) => {
    const [task] = await tasksAt(account, element);
    await (await app.as(account)).post(`/api/tasks/${task?.userTaskKey}/completion`).send({ data }).expect(200);
    await app.running.platform.runtime.idle();
  };
  const paper = async (instance: string) => {
    const papers = await app.running.platform.workQueries.documentsOf([instance]);
    return papers.at(-1)?.html ?? '';
  };

  beforeAll(async () => {
    app = await startApp();
    await setClock(at('2026-03-02'));
    const receivedAt = new Date(at('2026-03-02')).toISOString();
    ({ caseNo } = await register(app, { ...registration, receivedAt, category: 'C01' }));
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
    await app.running.app.get(DeadlineKeeping).settled();
    const month = { unit: 'mining1', month: '2026-03', monthEnd: '2026-04-01T00:00:00+08:00' };
    await start('xf_unit_screening', month);
    const rows = [
      { ...dispute, level: 'major', stage: 'resolved' },
      { ...dispute, issue: '更衣室拥挤', level: 'medium', stage: 'handling' },
    ];
    const meeting = { heldAt: '2026-03-02T15:00:00+08:00', host: '本单位负责人', attendees: 12, meetingHeld: true };
    const resolutions = [{ text: '逐项落实', owner: '综采一队技术员', due: '2026-03-31' }];
    await done('unit_liaison', 'screenUnit', { zeroReport: false, rows, resolutions, ...meeting });
    await done('unit_head.mining1', 'signScreening', { screeningSign: 'sign' });
  });
  afterAll(() => app.close());

  it('of a month lists what is overdue and sums up the disputes, without a word of persons', async () => {
    const overdue = { caseState: 'accepted', leadUnit: 'hr', category: 'C01', replyDue: '2026-03-20T00:00:00+08:00' };
    await start('xf_main', { ...overdue, channel: 'visit', registeredAt: '2026-03-01T09:00:00+08:00' });
    await setClock(at('2026-04-01'));

    const key = await start('xf_reports', { reportKind: 'month' });
    await done('xf_office_director', 'checkReport', { causes: '考勤数据没有同步。' });

    const { overdueRows, screened, figures } = await app.running.platform.queries.variablesOf(key);
    expect(overdueRows).toEqual([
      expect.objectContaining({ no: expect.stringMatching(/^XF-/), unit: 'hr', category: 'C01', days: 13 }),
    ]);
    expect(screened).toEqual([{ kind: 'C08', found: 2, major: 1, resolved: 1 }]);
    expect((figures as { id: string }[]).map(({ id }) => id)).toEqual(
      'R01 R02 R03 R03N R04 R05 R08 R08A R08B R08C R08D R10'.split(' '),
    );
    expect(figures).toContainEqual(expect.objectContaining({ id: 'R03', denominator: null, text: FEW }));
    const text = await paper(key);
    expect(text).toContain('1 件中 0 件（不足 5 件，不算比率）');
    expect(text).not.toContain(FEW);
    expect(text).toContain('<td>工资福利 · 人力资源部</td><td>2 件</td>');
    expect(text).toContain('超期未办结');
    expect(text).toContain('矛盾纠纷排查');
    expect(text).not.toContain(canary.name);
    const director = await app.as('xf_office_director');
    const { body: page } = await director.get(`/api/instances/${key}`).expect(200);
    expect(page.documents).toEqual([expect.objectContaining({ id: 'T14', needsReason: false })]);
    await director.post(`/api/instances/${key}/documents/T14`).send({ reason: '' }).expect(200);
  });

  it('of a month say nothing of a case that excludes anybody, and where few are counted do not count it', async () => {
    const [late] = await app.running.platform.queries
      .search('processInstances', {
        filter: { processDefinitionId: 'xf_main', state: 'ACTIVE' },
        page: { limit: 10 },
      })
      .then(({ items }) => items.filter(({ caseNo: one }) => one !== caseNo));
    const recusals = `/api/instances/${late?.processInstanceKey}/recusals`;
    await (await app.as('xf_office_director')).post(recusals).send({ reason: '利害关系' }).expect(204);

    const key = await start('xf_reports', { reportKind: 'month' });

    expect((await app.running.platform.queries.variablesOf(key))['overdueRows']).toEqual([]);
    await done('xf_office_director', 'checkReport', { causes: '考勤数据没有同步。' });
    const text = await paper(key);
    expect(text).toContain('<td>工资福利 · 人力资源部</td><td>1 件</td>');
    expect(text).not.toContain('1 件中 0 件');
  });

  it('of a quarter asks each unit to which something was assigned, with what the ledger has', async () => {
    await setClock(at('2026-04-01', '10:00:00'));
    const key = await start('xf_reports', { reportKind: 'quarter' });

    const { assignedUnits } = await app.running.platform.queries.variablesOf(key);
    await done('unit_head', 'confirmUnits', { unitImplementation: '正在核对考勤。' });

    expect(assignedUnits).toEqual([{ unit: 'hr', count: 1, done: 0 }]);
    const { unitReports } = await app.running.platform.queries.variablesOf(key);
    expect(unitReports).toEqual([
      { unit: 'hr', line: '本季度交办 1 件，已答复 0 件', implementation: '正在核对考勤。' },
    ]);
  });

  it('of half a year need the number of the next plan, and are printed as such', async () => {
    const key = await start('xf_reports', { reportKind: 'half' });
    const [task] = (await tasksAt('xf_office_director', 'checkReport')).slice(-1);
    const refused = await (
      await app.as('xf_office_director')
    )
      .post(`/api/tasks/${task?.userTaskKey}/completion`)
      .send({ data: { causes: '考勤数据没有同步。' } });

    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('请写计划编号');
    expect((await app.running.platform.queries.variablesOf(key))['period']).toMatchObject({ id: '182D' });
  });
});
