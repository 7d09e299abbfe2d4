import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appoint, complete, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const proposal = { ownedIssue: '宿舍热水时断时续', trigger: 'H', triggerReason: '拖了一年', ownedUnit: 'logistics' };

describe('the leader who is in charge of an ownership', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp()));
  afterAll(() => app.close());

  const propose = async (more: object = {}): Promise<string> => {
    const sent = (await app.as('xf_clerk')).post('/api/launchers/ownership').send({ data: { ...proposal, ...more } });
    const { caseNo } = (await sent.expect(201)).body as { caseNo: string };
    await app.running.platform.runtime.idle();
    return caseNo;
  };
  const opened = async (caseNo: string) => {
    const clerk = await app.as('xf_clerk');
    const { body } = await clerk.get(`/api/tasks/${await taskAt(clerk, 'registerOwnership', caseNo)}`).expect(200);
    return (body as { data: Record<string, unknown> }).data;
  };
  const hasPlan = async (account: string, caseNo: string): Promise<boolean> =>
    (await taskAt(await app.as(account), 'planOwnership', caseNo)) !== '';

  it.each([
    ['C08', 'post:logisticsLeader'],
    ['C06', 'post:safetyLeader'],
    ['C01', 'post:personnelLeader'],
  ])('is filled in by the portfolio of the category %s: %s', async (ownedCategory, leader) => {
    expect(await opened(await propose({ ownedCategory }))).toMatchObject({ owner: leader });
  });

  it('is filled in with the unit where a hot matter is proposed (trigger E), which names no case', async () => {
    const sourceNo = 'C01@hr';
    const matter = {
      trigger: 'E',
      ownedIssue: '工资福利：九十天内 5 件',
      ownedCategory: 'C01',
      ownedUnit: 'hr',
      sourceNo,
    };
    const { runtime } = app.running.platform;
    await runtime.publishMessage({ name: 'ownership.proposed', correlationKey: '', variables: matter });
    await runtime.idle();
    const { body } = await (await app.as('xf_clerk')).get('/api/tasks?view=all&q=包案').expect(200);
    const rows = body.items as { elementId: string; caseNo: string }[];
    const caseNo = rows.findLast(({ elementId }) => elementId === 'registerOwnership')?.caseNo ?? '';

    expect(await opened(caseNo)).toMatchObject({ owner: 'post:personnelLeader', ownedUnit: 'hr' });
  });

  it('is left to the clerk where there is no category', async () => {
    expect((await opened(await propose()))['owner'] ?? null).toBeNull();
  });

  it('is a post: who comes to hold it goes on, and who leaves it does not', async () => {
    const caseNo = await propose({ ownedCategory: 'C08' });
    const registered = await opened(caseNo);
    await complete(app, { as: 'xf_clerk', element: 'registerOwnership', caseNo, data: registered });
    await complete(app, { as: 'lead_group_head', element: 'approveOwnership', caseNo, data: { approval: 'agree' } });
    const before = [await hasPlan('mine_leader.logistics', caseNo), await hasPlan('mine_leader.safety', caseNo)];

    await appoint(app, { posts: [] }, 'mine_leader.logistics');
    await appoint(app, { posts: ['safetyLeader', 'logisticsLeader'] }, 'mine_leader.safety');

    expect(before).toEqual([true, false]);
    expect([await hasPlan('mine_leader.logistics', caseNo), await hasPlan('mine_leader.safety', caseNo)]).toEqual([
      false,
      true,
    ]);
  });
});
