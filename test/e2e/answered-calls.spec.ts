import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { startApp, type TestApp } from './start-app.js';

const answered = {
  subject: '探亲假路费怎么报',
  category: 'C01',
  consultAnswer: '凭车票填报销单，由区队盖章，每年一次。',
  channel: 'phone',
  readBackDone: true,
  imminentDanger: false,
  namesSomebody: false,
};

async function clockAt(app: TestApp, moment: string): Promise<void> {
  const { runtime } = app.running.platform;
  await runtime.pinClock(Date.parse(moment));
  await runtime.idle();
  await app.running.app.get(DeadlineKeeping).settled();
  await app.running.app.get(LedgerFollowing).settled();
  await runtime.idle();
}

/** Instances of the daily list, the latest first: what was on each and whether it is done. */
async function lists(app: TestApp): Promise<readonly { calls: readonly string[]; state: string }[]> {
  const { queries } = app.running.platform;
  const { items } = await queries.search('processInstances', {
    filter: { processDefinitionId: 'xf_call_list' },
    sort: [{ field: 'processInstanceKey', order: 'desc' }],
    page: { limit: 10 },
  });
  return Promise.all(
    items.map(async ({ processInstanceKey, state }) => {
      const { calls } = await queries.variablesOf(processInstanceKey);
      return { calls: (calls as readonly { caseNo: string }[]).map(({ caseNo }) => caseNo), state };
    }),
  );
}

describe('calls that were answered on the spot', () => {
  let app: TestApp;
  let caseNo = '';
  let handOver = '';
  beforeAll(async () => {
    app = await startApp();
    await clockAt(app, '2027-03-01T09:00:00+08:00');
    const receptionist = await app.as('xf_receptionist');
    const sent = await receptionist.post('/api/launchers/consult').send({ data: answered }).expect(201);
    ({ caseNo, handOver } = sent.body as { caseNo: string; handOver: string });
    await receptionist
      .post('/api/launchers/consult')
      .send({ data: { ...answered, channel: 'visit', readBackDone: undefined } })
      .expect(201);
    await clockAt(app, '2027-03-02T08:00:00+08:00');
  });
  afterAll(() => app.close());

  it('are told the code at once', () => {
    expect(handOver).toContain('念给来电人');
  });

  it('come to the leader the next morning on one list, visits do not', async () => {
    expect((await lists(app))[0]).toEqual({ calls: [caseNo], state: 'ACTIVE' });
  });

  it('are signed once for the whole day', async () => {
    const leader = await app.as('mine_leader');
    const { body } = await leader.get('/api/tasks').query({ view: 'all', limit: 200 }).expect(200);
    const task = body.items.find(({ elementId }: { elementId: string }) => elementId === 'signCalls');

    await leader
      .post(`/api/tasks/${task.userTaskKey}/completion`)
      .send({ data: { dayOpinion: '已阅。' } })
      .expect(200);
    await app.running.platform.runtime.idle();

    expect((await lists(app))[0]).toEqual({ calls: [caseNo], state: 'COMPLETED' });
  });

  it('are not on the list of another day', async () => {
    await clockAt(app, '2027-03-03T08:00:00+08:00');

    expect((await lists(app))[0]).toEqual({ calls: [], state: 'COMPLETED' });
  });
});
