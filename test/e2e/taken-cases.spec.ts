import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acceptance, complete, registration, taskAt } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

/** An accusation that is found at the assessment: from then on the case is the committee's alone (`ct.exclusive` of a step). */
describe('a case that a step has taken over', () => {
  let app: TestApp;
  let caseNo: string;
  let instanceKey: string;

  const searched = async (account: string, path: string) => {
    const { body } = await app.basic(account).post(path).send({}).expect(200);
    return (body as { items: { processInstanceKey: string }[] }).items.filter(
      (item) => item.processInstanceKey === instanceKey,
    );
  };

  beforeAll(async () => {
    app = await startApp();
    const clerk = await app.as('xf_clerk');
    const sent = await clerk.post('/api/launchers/register').send({ data: registration }).expect(201);
    ({ caseNo, processInstanceKey: instanceKey } = sent.body as { caseNo: string; processInstanceKey: string });
    await app.running.platform.runtime.idle();
    const director = await app.as('xf_office_director');
    const key = await taskAt(director, 'assessAcceptance', caseNo);
    const copy = { accounts: ['xf_clerk'], comment: '请看一下这件。' };
    await director.post(`/api/tasks/${key}/copies`).send(copy).expect(204);
    const reasonText = '反映领导干部在招标中违纪，不属于信访事项，应由纪委按规定办理。';
    const found = { ...acceptance, nature: 'B', category: 'C12', outcome: 'toDiscipline', reasonText };
    await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: found });
  });
  afterAll(() => app.close());

  it('is gone from what was copied to somebody, and from its count', async () => {
    const { body } = await (await app.as('xf_clerk')).get('/api/copies').expect(200);

    expect(body).toMatchObject({ items: [], unread: 0 });
  });

  it('is gone from the finished tasks of the engine API, for who assessed it', async () => {
    expect(await searched('xf_office_director', '/v2/user-tasks/search')).toEqual([]);
  });

  it.each(['xf_clerk', 'xf_office_director'])('cannot be opened nor found by %s', async (account) => {
    const agent = await app.as(account);

    await agent.get(`/api/instances/${instanceKey}`).expect(404);
    const { body } = await agent.get('/api/tasks?view=done').expect(200);
    expect(JSON.stringify(body)).not.toContain(caseNo);
  });

  it('is there for the committee', async () => {
    const committee = await app.as('discipline_committee');

    expect(await taskAt(committee, 'receiveAtDiscipline', caseNo)).not.toBe('');
  });
});
