import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeadlineKeeping } from '../../apps/server/src/deadlines/deadline-keeping.service.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { startApp, type TestApp } from './start-app.js';

type Cells = Readonly<Record<string, unknown>>;

describe('Friday before a reception day', () => {
  let app: TestApp;

  async function clockAt(moment: string): Promise<void> {
    const { runtime } = app.running.platform;
    await runtime.pinClock(Date.parse(moment));
    await runtime.idle();
    await app.running.app.get(DeadlineKeeping).settled();
    await app.running.app.get(LedgerFollowing).settled();
    await runtime.idle();
  }

  async function rowsOf(ledger: string): Promise<readonly Cells[]> {
    await app.running.app.get(LedgerFollowing).settled();
    const committee = await app.as('discipline_committee');
    const { body } = await committee.get(`/api/ledgers/${ledger}/rows?limit=200`).expect(200);
    return (body as { items: { cells: Cells }[] }).items.map(({ cells }) => cells);
  }

  const sessionOn = async (no: string) =>
    (await rowsOf('L02')).filter(({ sessionNo }) => sessionNo === no).map(({ leader }) => leader);

  beforeAll(async () => {
    app = await startApp();
    await clockAt('2027-07-01T09:00:00+08:00');
  });
  afterAll(() => app.close());

  it('opens the session that nobody planned, with the deputy', async () => {
    await clockAt('2027-07-02T15:00:00+08:00');

    expect(await sessionOn('JD-20270705')).toEqual(['领导小组副组长']);
  });

  it('supervises the office, which let it pass', async () => {
    const raised = (await rowsOf('L05')).filter(({ stepName }) => stepName === '领导接待日没有安排');

    expect(raised).toHaveLength(1);
    expect(raised[0]).toMatchObject({ unit: '党政办（信访维稳办公室）' });
  });

  it('leaves a session that the plan opened as it is', async () => {
    const { runtime } = app.running.platform;
    const variables = {
      sessionDate: '2027-07-12',
      sessionTime: '09:00',
      place: '一楼会议室',
      contact: '信访办值班',
      phone: '8110',
      leader: 'mine_leader',
      deputy: 'mine_leader.safety',
      departments: ['hr'],
    };
    const sent = await runtime.publishMessage({ name: 'reception.due', correlationKey: 'JD-20270712', variables });
    if (!sent.ok) throw new Error(sent.rejection.message);

    await clockAt('2027-07-09T15:00:00+08:00');

    expect(await sessionOn('JD-20270712')).toEqual(['分管矿领导']);
  });
});
