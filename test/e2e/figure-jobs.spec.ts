import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { complete } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const answer = { question: '夜班津贴什么时候发？', answer: '每月十五日发。', basis: '工资管理办法', reviewMonths: 6 };

/** What a process reads of ledgers: sums above the least, and nothing of what an exclusive role has in hand. */
describe('figures in a process', () => {
  let app: TestApp;

  async function asked(count: number, category: string): Promise<void> {
    const admin = await app.as('admin');
    for (let one = 0; one < count; one += 1)
      await admin
        .post('/v2/process-instances')
        .send({ processDefinitionId: 'xf_main', variables: { wish: 'ask', category, nature: 'D' } })
        .expect(200);
  }

  async function weekly() {
    const admin = await app.as('admin');
    const { body } = await admin
      .post('/v2/process-instances')
      .send({ processDefinitionId: 'xf_policy_qa' })
      .expect(200);
    await app.running.platform.runtime.idle();
    return app.running.platform.queries.variablesOf(String(body.processInstanceKey));
  }

  beforeAll(async () => {
    app = await startApp();
    await asked(3, 'C01');
    await asked(2, 'C06');
    await app.running.platform.runtime.idle();
  });
  afterAll(() => app.close());

  it('counts by the columns named, gives no number below the least, and starts what follows from it', async () => {
    const found = await weekly();

    const counts = (found['asked'] as { keys: { category: string }; count: number | null; text: string }[]).map(
      ({ keys, count, text }) => [keys.category, count, text],
    );
    expect(counts).toEqual([
      ['C01', 3, '3 件'],
      ['C06', null, '少于 3 件'],
    ]);
    expect(found['newTopics']).toEqual(['C01']);
  });

  it('does not ask again for what is being answered', async () => {
    expect((await weekly())['newTopics']).toEqual([]);
  });

  it('shows on the portal what was published, without a name of anybody', async () => {
    const [task] = (await (await app.as('unit_head')).get('/api/tasks?view=claimable').expect(200)).body.items;
    const before = await app.anonymous().get('/api/portal/pages/policy').expect(200);
    await complete(app, { as: 'unit_head', element: 'writeAnswer', caseNo: null, data: answer });
    await complete(app, {
      as: 'legal_advisor',
      element: 'checkAnswer',
      caseNo: null,
      data: { policyCheck: 'publish' },
    });
    await app.running.platform.runtime.idle();
    await app.running.app.get(LedgerFollowing).settled();

    const after = await app.anonymous().get('/api/portal/pages/policy').expect(200);

    expect(task.name).toBe('写解答');
    expect(before.body.items).toEqual([]);
    expect(after.body.items).toEqual([
      {
        key: expect.any(String),
        cells: expect.objectContaining({ question: answer.question, basis: answer.basis }),
        entry: null,
      },
    ]);
    expect(after.body.columns.map(({ id }: { id: string }) => id)).toEqual([
      'question',
      'answer',
      'basis',
      'category',
      'publishedAt',
    ]);
    await app.anonymous().get('/api/portal/pages/nowhere').expect(404);
  });
});
