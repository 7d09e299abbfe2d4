import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { registration } from './product-values.js';
import { replied } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

describe('yearly audit of closing reports', () => {
  let app: TestApp;
  let caseNo = '';
  let auditKey = '';

  async function clockAt(moment: string): Promise<void> {
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.parse(moment));
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await app.running.app.get(LedgerFollowing).settled();
    await runtime.idle();
  }

  async function tasksAt(as: string, element: string): Promise<readonly string[]> {
    const agent = await app.as(as);
    const { body } = await agent.get('/api/tasks').query({ view: 'all', limit: 200 }).expect(200);
    const { items } = body as { items: { elementId: string; userTaskKey: string }[] };
    return items.filter(({ elementId }) => elementId === element).map(({ userTaskKey }) => userTaskKey);
  }

  beforeAll(async () => {
    app = await startApp();
    await clockAt('2027-03-01T09:00:00+08:00');
    const clerk = await app.as('xf_clerk');
    const data = { ...registration, receivedAt: '2027-03-01T09:00:00+08:00' };
    const sent = await clerk.post('/api/launchers/register').send({ data }).expect(201);
    caseNo = (sent.body as { caseNo: string }).caseNo;
    await replied(app, caseNo);
    await clockAt('2028-01-05T09:00:00+08:00');
    const { items } = await app.running.platform.queries.search('processInstances', {
      filter: { processDefinitionId: 'xf_truth_audit' },
      sort: [{ field: 'processInstanceKey', order: 'desc' }],
      page: { limit: 1 },
    });
    auditKey = items[0]?.processInstanceKey ?? '';
  });
  afterAll(() => app.close());

  it('draws a share of what was replied in the year before, at least one', async () => {
    const { auditYear, repliedCount, sample } = await app.running.platform.queries.variablesOf(auditKey);

    expect({ auditYear, repliedCount, sample }).toEqual({
      auditYear: '2027',
      repliedCount: 1,
      sample: [{ caseNo, unit: 'hr' }],
    });
  });

  it('brings a report that is not true before the head of the group', async () => {
    const [key = ''] = await tasksAt('discipline_committee', 'auditReport');
    const before = await tasksAt('lead_group_head', 'orderByHead');
    const committee = await app.as('discipline_committee');
    const data = { auditResult: 'untrue', auditNote: '报告写已补发，工资单上没有这一笔。' };

    await committee.post(`/api/tasks/${key}/completion`).send({ data }).expect(200);
    await app.running.platform.runtime.idle();

    const after = await tasksAt('lead_group_head', 'orderByHead');
    expect(after.filter((one) => !before.includes(one))).toHaveLength(1);
    expect(await app.running.platform.queries.instance(auditKey)).toMatchObject({ state: 'COMPLETED' });
  });
});
