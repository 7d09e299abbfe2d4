import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

const NOW = Date.parse('2027-01-04T09:00:00+08:00');
const base = {
  nature: 'C',
  wish: 'solve',
  category: 'C01',
  leadUnit: 'hr',
  caseState: 'closed',
  acceptedAt: '2026-05-20T09:00:00+08:00',
  replyDue: '2026-06-10T00:00:00+08:00',
};
const inTime = { repliedAt: '2026-05-30T09:00:00+08:00', deliveredAt: '2026-05-30T09:00:00+08:00' };
const late = { repliedAt: '2026-06-19T09:00:00+08:00', deliveredAt: '2026-06-19T09:00:00+08:00' };

/** R14 over five anonymous and five named cases of one year. */
describe('anonymous and named cases', () => {
  let app: TestApp;

  async function cases(count: number, variables: object): Promise<void> {
    const admin = await app.as('admin');
    for (let one = 0; one < count; one += 1)
      await admin
        .post('/v2/process-instances')
        .send({ processDefinitionId: 'xf_main', variables: { ...base, ...variables } })
        .expect(200);
  }

  async function figure(id: string) {
    const { body } = await (await app.as('discipline_committee')).get('/api/indicators?by=year').expect(200);
    const found = (body.items as { id: string; periods: { id: string }[] }[]).find((one) => one.id === id);
    return found?.periods.find((period) => period.id === '2026');
  }

  beforeAll(async () => {
    app = await startApp();
    await app.running.platform.runtime.idle();
    await (await app.as('admin')).put('/v2/clock').send({ timestamp: NOW }).expect(204);
    await cases(3, { ...inTime, anonymous: true });
    await cases(2, { ...late, anonymous: true });
    await cases(5, { ...inTime, anonymous: false });
    await app.running.platform.runtime.idle();
    await app.running.app.get(LedgerFollowing).settled();
  });
  afterAll(() => app.close());

  it('are compared in the share that is replied in time (R14)', async () => {
    expect(await figure('R14')).toMatchObject({ state: 'shown', difference: 60 - 100, isAlert: true });
  });

  it('are looked into by the committee before the report of the year is checked, where they are too far apart', async () => {
    const committee = await app.as('discipline_committee');
    const open = async (element: string) => {
      const { body } = await committee.get('/api/tasks?view=all&limit=50').expect(200);
      return (body.items as { elementId: string; userTaskKey: string }[]).find((task) => task.elementId === element);
    };
    const done = async (element: string, data: object) => {
      const task = await open(element);
      await committee.post(`/api/tasks/${task?.userTaskKey}/completion`).send({ data }).expect(200);
      await app.running.platform.runtime.idle();
    };
    const start = { processDefinitionId: 'xf_reports', variables: { reportKind: 'year' } };
    const { body } = await (await app.as('admin')).post('/v2/process-instances').send(start).expect(200);
    await app.running.platform.runtime.idle();

    await done('tellCounts', { accusationCount: 0, protectionCount: 0, protectionConfirmed: 0 });
    await done('auditGap', { gapCauses: '匿名件补充材料慢。', gapMeasures: '先查可以自己查的。' });

    const { alerts } = await app.running.platform.queries.variablesOf(String(body.processInstanceKey));
    expect(alerts).toEqual(['R14']);
    expect(await open('auditGap')).toBeUndefined();
  });

  it('are compared in the days that it takes (R14)', async () => {
    const days = (3 * 10 + 2 * 30) / 5 - 10;

    expect(await figure('R14D')).toMatchObject({
      state: 'shown',
      difference: days,
      isAlert: false,
      groups: [
        { label: '匿名', denominator: 5, rate: null, mean: 18 },
        { label: '署名', denominator: 5, rate: null, mean: 10 },
      ],
    });
  });
});
