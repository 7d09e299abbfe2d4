import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from './start-app.js';

const session = {
  sessionTime: '09:00',
  place: '一楼会议室',
  leader: 'mine_leader.safety',
  deputy: 'mine_leader.logistics',
  nextLeaders: ['mine_leader.logistics', 'mine_leader', 'lead_group_deputy'],
  departments: ['hr'],
  contact: '信访办值班',
  phone: '8110',
};

/** The deputy post of the portfolio 安全 is 分管生产矿领导, which `mine_leader` holds. */
describe('who takes the place of a leader who cannot come', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    await app.running.platform.runtime.pinClock(Date.parse('2027-07-01T09:00:00+08:00'));
  });
  afterAll(() => app.close());

  async function send(name: string, correlationKey: string, variables: object): Promise<void> {
    const { runtime } = app.running.platform;
    const sent = await runtime.publishMessage({ name, correlationKey, variables: { ...variables } });
    if (!sent.ok) throw new Error(sent.rejection.message);
    await runtime.idle();
  }

  /** Of a session on this day whose leader says that day cannot be kept. */
  async function proposedOn(sessionDate: string): Promise<unknown> {
    const { queries } = app.running.platform;
    await send('reception.due', '', { ...session, sessionDate });
    const { items } = await queries.search('processInstances', {
      filter: { processDefinitionId: 'xf_reception_day' },
      page: { limit: 100 },
    });
    const all = await Promise.all(
      items.map(async (one) => ({ ...one, ...(await queries.variablesOf(String(one.processInstanceKey))) })),
    );
    const meant = all.find((one: Readonly<Record<string, unknown>>) => one['sessionDate'] === sessionDate);
    await send('leader.absent', String(meant?.caseNo), {});
    return (await queries.variablesOf(String(meant?.processInstanceKey)))['proposal'];
  }

  it('is who holds the deputy post of the portfolio, before the next in the rotation', async () => {
    expect(await proposedOn('2027-07-12')).toEqual({ source: 'deputy', leader: 'mine_leader' });
  });

  it('is the next in the rotation on days on which somebody stands in for the deputy', async () => {
    const away = { account: 'mine_leader', substitute: 'union_rep', from: '2027-07-19', until: '2027-07-20' };
    await (
      await app.as('mine_leader')
    )
      .post('/api/substitutions')
      .send({ ...away, reason: '出差' })
      .expect(201);

    expect(await proposedOn('2027-07-19')).toEqual({ source: 'rotation', leader: 'mine_leader.logistics' });
    expect(await proposedOn('2027-07-26')).toEqual({ source: 'deputy', leader: 'mine_leader' });
  });

  it('is nobody whose account is disabled', async () => {
    const admin = await app.as('admin');
    for (const id of ['mine_leader', 'mine_leader.logistics'])
      await admin.patch(`/api/accounts/${id}`).send({ disabled: true }).expect(200);

    expect(await proposedOn('2027-08-02')).toEqual({ source: 'rotation', leader: 'lead_group_deputy' });
  });
});
