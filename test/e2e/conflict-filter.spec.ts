import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askedLists } from './asked-lists.js';
import { acceptance, appoint, complete, register } from './product-values.js';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { startApp, type TestApp } from './start-app.js';

describe('a case that excludes an overseer who also operates', () => {
  let app: TestApp;
  let caseNo: string;
  let processInstanceKey: string;
  const overseer = () => app.as('xf_office_director');

  beforeAll(async () => {
    app = await startApp();
    const roles = ['xf_office_director', 'admin', 'lead_group_head'];
    await appoint(app, { roles }, 'xf_office_director');
    ({ caseNo, processInstanceKey } = await register(app));
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: acceptance });
    const { runtime } = app.running.platform;
    const notice = {
      notice_key: '990001',
      recipient: 'xf_office_director',
      text: `提醒 ${caseNo}`,
      process_instance_key: processInstanceKey,
      created_at: 1,
    };
    await runtime.write([{ insert: 'notices', rows: [notice] }]);
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await runtime.idle();
  });
  afterAll(() => app.close());

  const mentions = async (): Promise<readonly string[]> => {
    const agent = await overseer();
    const found = await Promise.all(
      askedLists.map(async ([name, ask]) => {
        const text = await ask(agent);
        return text.includes(caseNo) || text.includes(`"${processInstanceKey}"`) ? [name] : [];
      }),
    );
    return found.flat();
  };

  it('is in their lists, counts and notices before, and in none of them after', async () => {
    const before = await mentions();
    const recused = await (
      await overseer()
    )
      .post(`/api/instances/${processInstanceKey}/recusals`)
      .send({ reason: '利害关系' });

    const after = await mentions();

    expect(recused.status).toBe(204);
    expect(before).toEqual(
      expect.arrayContaining([
        'tasks that are done',
        'supervision',
        'instances',
        'notices',
        '/v2/process-instances',
        '/v2/element-instances',
        '/v2/variables',
      ]),
    );
    expect(after).toEqual([]);
  });

  it('is not counted among all instances either', async () => {
    const agent = await overseer();
    const { body } = await agent.post('/v2/process-instances/search').send({}).expect(200);
    const tasks = await agent.get('/api/tasks').expect(200);

    expect(body.page.totalItems).toBe(0);
    expect(tasks.body.counts).toEqual({ mine: 0, claimable: 0, done: 0, overdue: 0 });
  });
});
