import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { complete, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

type Cells = Readonly<Record<string, unknown>>;

/** The month that two units let pass; the export comes when it and the time for objections are over. */
const month = { name: '2027-03', end: '2027-04-01T00:00:00+08:00' };

/** Where assessments come from, and what leaves them at the end of the month. */
describe('findings of the pack', () => {
  let app: TestApp;

  async function clockAt(moment: string): Promise<void> {
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.parse(moment));
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await runtime.idle();
  }

  async function start(bpmnProcessId: string, variables: object = {}): Promise<string> {
    const started = await app.running.platform.runtime.createInstance({ bpmnProcessId, variables: { ...variables } });
    if (!started.ok) throw new Error(started.rejection.message);
    await app.running.platform.runtime.idle();
    return started.reply.processInstanceKey;
  }

  async function publish(name: string, correlationKey: string, variables: object): Promise<void> {
    const sent = await app.running.platform.runtime.publishMessage({
      name,
      correlationKey,
      variables: { ...variables },
    });
    if (!sent.ok) throw new Error(sent.rejection.message);
    await app.running.platform.runtime.idle();
  }

  async function rowsOf(ledger: string, as = 'hr_assessor'): Promise<readonly Cells[]> {
    await app.running.app.get(LedgerFollowing).settled();
    const { body } = await (await app.as(as)).get(`/api/ledgers/${ledger}/rows?limit=200`).expect(200);
    return (body as { items: { cells: Cells }[] }).items.map(({ cells }) => cells);
  }

  const numbersOf = async (duty: string) =>
    (await rowsOf('L17')).filter((row) => row['duty'] === duty).map(({ no }) => String(no));

  beforeAll(async () => {
    app = await startApp();
    await clockAt('2027-03-20T09:00:00+08:00');
  });
  afterAll(() => app.close());

  it('come of a month without report: of each unit for itself, and of the keeper of the ledgers once', async () => {
    for (const unit of ['mining1', 'mining2'])
      await start('xf_unit_screening', { unit, month: month.name, monthEnd: month.end });

    await clockAt('2027-04-01T00:00:01+08:00');

    const found = (await rowsOf('L17'))
      .filter(({ period }) => period === month.name)
      .map(({ unit, duty }) => `${String(unit)} ${String(duty)}`);
    const ofBoth = ['综采一队 没有召开月度专题会议', '综采二队 没有召开月度专题会议'];
    expect(found.filter((one) => one.includes('没有建立台账'))).toEqual(['党政办（信访维稳办公室） 没有建立台账']);
    expect(found).toEqual(expect.arrayContaining(ofBoth));
  });

  it('come of a reception day for which nobody was found', async () => {
    await publish('reception.due', 'JD', {
      sessionDate: '2027-04-12',
      sessionTime: '09:00',
      place: '一楼会议室',
      contact: '信访办值班',
      phone: '8110',
      leader: 'mine_leader',
      deputy: 'mine_leader.safety',
      departments: ['hr'],
    });
    const { queries } = app.running.platform;
    const { items } = await queries.search('processInstances', { filter: { processDefinitionId: 'xf_reception_day' } });
    const caseNo = String(items.at(-1)?.['caseNo']);
    await publish('leader.absent', caseNo, {});
    await complete(app, { as: 'xf_clerk', element: 'arrangeSubstitute', caseNo, data: { substituteSource: 'office' } });

    expect(await rowsOf('L17')).toContainEqual(
      expect.objectContaining({ subject: '矿领导', duty: '接待日缺席且没有替换', evidence: caseNo }),
    );
  });

  it('come of a reply that is overdue, but neither of a reminder nor of what the discipline committee handles', async () => {
    const raised = { caseNo: 'XF-2027-00077', stepName: '答复', ground: 'overdue', drill: false, dueAt: month.end };
    await publish('supervision.raised', 'XF-2027-00077-S2', { ...raised, level: 'S2', unit: 'finance' });
    await publish('supervision.raised', 'XF-2027-00077-S3', { ...raised, level: 'S3', unit: 'hr' });
    await publish('supervision.raised', 'XF-2027-00078-S3', { ...raised, level: 'S3', unit: 'discipline' });

    const found = (await rowsOf('L17')).filter(({ duty }) => duty === '答复逾期且没有批准延期');
    expect(found).toEqual([
      expect.objectContaining({ unit: '人力资源部', subject: '单位负责人', evidence: 'XF-2027-00077' }),
    ]);
  });

  it('are decided by each member without the votes of the others, and leave with the export of their month', async () => {
    const [caseNo = ''] = await numbersOf('没有建立台账');
    const finding = { findingDecision: 'propose', findingNote: '没有排查台账。', exportTo: 'points' };
    await complete(app, { as: 'unit_head.discipline', element: 'confirmFinding', caseNo, data: finding });
    const statement = { hasStatement: true, statement: '已补报。' };
    await complete(app, { as: 'unit_head.office', element: 'giveStatement', caseNo, data: statement });
    const vote = { element: 'decideTogether', caseNo, data: { vote: 'upheld' } };
    await complete(app, { as: 'assessment.chair', ...vote });
    const union = await app.as('assessment.union');
    const { body: own } = await union.get(`/api/tasks/${await taskAt(union, vote.element, caseNo)}`).expect(200);
    expect(own.previous.map(({ taskName }: { taskName: string }) => taskName)).toEqual(['本人陈述', '认定']);
    await complete(app, { as: 'assessment.union', ...vote });
    const objection = { hasObjection: false };
    await complete(app, { as: 'unit_head.office', element: 'objectionTask', caseNo, data: objection });

    await clockAt('2027-05-01T00:05:01+08:00');

    const { queries } = app.running.platform;
    const { items } = await queries.search('processInstances', {
      filter: { processDefinitionId: 'xf_assessment_export', state: 'ACTIVE' },
    });
    const exports = await Promise.all(items.map(({ processInstanceKey }) => queries.variablesOf(processInstanceKey)));
    expect(exports.map(({ exportPeriod, exportRows }) => [exportPeriod, exportRows])).toEqual([
      ['2027-04', [expect.objectContaining({ no: caseNo, duty: 'noLedger', kind: 'points', value: 20 })]],
    ]);
    const assessor = await app.as('hr_assessor');
    const { body } = await assessor.get('/api/tasks?view=claimable&limit=200').expect(200);
    const { items: tasks } = body as { items: { userTaskKey: string; name: string }[] };
    const confirmed = tasks.find(({ name }) => name === '确认计入')?.userTaskKey;
    await assessor
      .post(`/api/tasks/${confirmed}/completion`)
      .send({ data: { counted: true } })
      .expect(200);
  });

  it('lead to a proposal where the quarterly check of reception days finds a fault', async () => {
    const key = await start('xf_reception_check');
    const committee = await app.as('discipline_committee');
    const { body } = await committee.get('/api/tasks?view=all&limit=200').expect(200);
    const { items } = body as { items: { userTaskKey: string; processInstanceKey: string }[] };
    const task = items.find(({ processInstanceKey }) => processInstanceKey === key)?.userTaskKey;
    const data = { checkNote: '一场换人没有公布。', hasFault: true, target: 'office', problem: '没有重新公布。' };
    await committee.post(`/api/tasks/${task}/completion`).send({ data }).expect(200);
    await app.running.platform.runtime.idle();

    expect(await rowsOf('L14', 'xf_office_director')).toContainEqual(
      expect.objectContaining({ kind: '改进工作', target: '党政办（信访维稳办公室）' }),
    );
  });
});
