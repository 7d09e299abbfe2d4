import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { acceptance, complete, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

interface AgendaRow {
  readonly agendaKind: string;
  readonly ref: string;
  readonly status: string;
  readonly unit: string;
}
type Variables = Readonly<Record<string, unknown>>;

const MEETING = 'xf_weekly_meeting';
/** Wednesdays at 15:00. */
const WEEK = { first: '2027-04-28T15:00:00+08:00', second: '2027-05-05T15:00:00+08:00' };

const screened = {
  issue: '宿舍热水时断时续',
  kind: 'C08',
  unitMatter: true,
  cause: '锅炉老化',
  affectedScope: 'section',
  level: 'major',
  measures: '联系后勤检修',
  progress: '已报修',
  responsible: '综采一队队长',
  massRisk: false,
  due: '2027-06-15',
};

async function clockAt(app: TestApp, moment: string): Promise<void> {
  const { runtime } = app.running.platform;
  await runtime.pinClock(Date.parse(moment));
  await runtime.idle();
  await app.running.app.get(DeadlineKeeping).settled();
  await runtime.idle();
}

/** Variables of the meetings that have begun, the latest first. */
async function meetings(app: TestApp): Promise<readonly Variables[]> {
  const { queries } = app.running.platform;
  const { items } = await queries.search('processInstances', {
    filter: { processDefinitionId: MEETING },
    sort: [{ field: 'processInstanceKey', order: 'desc' }],
    page: { limit: 50 },
  });
  return Promise.all(items.map(({ processInstanceKey }) => queries.variablesOf(processInstanceKey)));
}

describe('weekly case meeting outside of special periods', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  it('does not begin by itself', async () => {
    await clockAt(app, '2027-04-26T09:00:00+08:00');
    await clockAt(app, WEEK.first);

    expect(await meetings(app)).toEqual([]);
  });

  it('lists each major matter once, as its unit last reported it, and none that was resolved since', async () => {
    const noisy = { ...screened, issue: '家属区水压不足' };
    const month = { id: '2027-04', end: '2027-05-01T00:00:00+08:00', day: '2027-04-26' };
    await report(month, {
      zeroReport: false,
      resolutions: [{ text: '逐项落实', owner: '综采一队技术员', due: '2027-05-15' }],
      rows: [
        { ...screened, stage: 'handling' },
        { ...noisy, stage: 'found' },
      ],
    });
    expect(await agendaNow()).toEqual(['家属区水压不足；已报修', '宿舍热水时断时续；已报修']);

    await clockAt(app, '2027-05-24T09:00:00+08:00');
    const carried = [
      { issue: screened.issue, progress: '已换锅炉', stage: 'resolved', due: screened.due },
      { issue: noisy.issue, progress: '已换水泵', stage: 'handling', due: noisy.due },
    ];
    await report({ id: '2027-05', end: '2027-06-01T00:00:00+08:00', day: '2027-05-23' }, { zeroReport: true, carried });

    expect(await agendaNow()).toEqual(['家属区水压不足；已换水泵']);
  });

  /** What mining1 screened in a month, reported and signed. */
  async function report(month: { id: string; end: string; day: string }, screening: object): Promise<void> {
    const { runtime, queries } = app.running.platform;
    const variables = { unit: 'mining1', month: month.id, monthEnd: month.end };
    const started = await runtime.createInstance({ bpmnProcessId: 'xf_unit_screening', variables });
    if (!started.ok) throw new Error(started.rejection.message);
    await runtime.idle();
    const caseNo = (await queries.instance(started.reply.processInstanceKey))?.caseNo ?? '';
    const meeting = { host: '本单位负责人', attendees: 12, meetingHeld: true, heldAt: `${month.day}T15:00:00+08:00` };
    const data = { ...meeting, ...screening };
    await complete(app, { as: 'unit_liaison', element: 'screenUnit', caseNo, data });
    await complete(app, { as: 'unit_head.mining1', element: 'signScreening', caseNo, data: { screeningSign: 'sign' } });
    await app.running.app.get(LedgerFollowing).settled();
  }

  /** The matters of the screening on the agenda of a meeting that is called now. */
  async function agendaNow(): Promise<readonly string[]> {
    const { runtime } = app.running.platform;
    const started = await runtime.createInstance({ bpmnProcessId: MEETING, variables: {} });
    if (!started.ok) throw new Error(started.rejection.message);
    await runtime.idle();
    const [latest] = await meetings(app);
    const agenda = latest?.['agenda'] as readonly AgendaRow[];
    return agenda
      .filter(({ agendaKind }) => agendaKind === 'screening')
      .map(({ status }) => status)
      .sort();
  }
});

describe('weekly case meeting in a special period', () => {
  let app: TestApp;
  let configuration: string;

  async function registered(data: object): Promise<string> {
    const clerk = await app.as('xf_clerk');
    const sent = await clerk.post('/api/launchers/register').send({ data }).expect(201);
    const { caseNo } = sent.body as { caseNo: string };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    return caseNo;
  }

  const refs = (agenda: unknown, kind: string) =>
    (agenda as readonly AgendaRow[]).filter(({ agendaKind }) => agendaKind === kind).map(({ ref }) => ref);

  beforeAll(async () => {
    configuration = await mkdtemp(join(tmpdir(), 'changtong-meeting-'));
    for (const folder of ['workflows', 'forms']) await cp(folder, join(configuration, folder), { recursive: true });
    const path = join(configuration, 'workflows/parameters.json');
    const parameters = JSON.parse(await readFile(path, 'utf8')) as Record<string, object>;
    const specialPeriod = { ...parameters['specialPeriod'], value: true };
    await writeFile(path, JSON.stringify({ ...parameters, specialPeriod }));
    app = await startApp({ configuration });
    await clockAt(app, '2027-03-01T09:00:00+08:00');
  });
  afterAll(async () => {
    await app.close();
    await rm(configuration, { recursive: true, force: true });
  });

  it('lists what is supervised, but no case that anybody must not know of', async () => {
    const receivedAt = '2027-03-01T09:00:00+08:00';
    const plain = await registered({ ...registration, receivedAt });
    const accusing = await registered({
      ...registration,
      receivedAt,
      accusedRefs: [{ kind: 'unit', ref: 'mining1' }],
      phone: '13800000002',
    });
    await clockAt(app, '2027-04-27T09:00:00+08:00');

    await clockAt(app, WEEK.first);

    const [latest] = await meetings(app);
    const { body } = await (await app.as('xf_office_director')).get('/api/ledgers/L05/rows').expect(200);
    const supervised = (body as { items: { cells: { caseNo: string } }[] }).items.map(({ cells }) => cells.caseNo);
    expect(supervised).toEqual(expect.arrayContaining([plain, accusing]));
    expect(refs(latest?.['agenda'], 'supervision')).toContain(plain);
    expect(refs(latest?.['agenda'], 'supervision')).not.toContain(accusing);
  });

  it('lists again what the meeting before decided and nobody carried out', async () => {
    const { caseNo } = (await meetings(app))[0] as { caseNo: string };
    const decision = { ref: 'DB-2027-001', status: '逾期', obstacle: '缺资料', decision: '补齐资料。', owner: 'hr' };
    const attendees = ['lead_group_head', 'unit_head'];
    const record = { attendees, cases: [{ ...decision, due: '2027-05-03' }], preventivePlan: '张贴工资明细。' };
    await complete(app, { as: 'xf_office_director', element: 'prepareMeeting', caseNo, data: {} });
    await complete(app, {
      as: 'xf_office_director',
      element: 'holdMeeting',
      caseNo,
      data: { chair: 'lead_group_head', ...record },
    });
    for (const as of attendees) await complete(app, { as, element: 'signMinutes', caseNo, data: { signed: true } });

    await clockAt(app, WEEK.second);

    const [latest] = await meetings(app);
    expect(refs(latest?.['agenda'], 'unfinished')).toEqual(['DB-2027-001']);
  });
});
