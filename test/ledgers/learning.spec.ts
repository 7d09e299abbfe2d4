import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { startApp, type TestApp } from '../e2e/start-app.js';

const NOW = Date.parse('2026-03-20T09:00:00+08:00');
const base = { nature: 'C', wish: 'solve', category: 'C01', leadUnit: 'hr', caseState: 'replied' };

interface Figure {
  readonly id: string;
  readonly periods: readonly {
    readonly id: string;
    readonly numerator: number;
    readonly denominator: number;
    readonly rate: number | null;
  }[];
}

/** Indicators of the pack over cases as they stand when their steps are done. */
describe('indicators for learning and duty', () => {
  let app: TestApp;

  async function cases(count: number, variables: object): Promise<void> {
    const admin = await app.as('admin');
    for (let one = 0; one < count; one += 1)
      await admin
        .post('/v2/process-instances')
        .send({ processDefinitionId: 'xf_main', variables: { ...base, ...variables } })
        .expect(200);
  }

  async function ratings(delivered: readonly string[], { wish = 'solve', scoreOutcome = 1 } = {}): Promise<void> {
    const scores = { scoreProcess: 2, scoreOutcome, wantContact: false };
    for (const deliveredAt of delivered)
      await app.running.platform.runtime.publishMessage({
        name: 'petitioner.evaluation',
        correlationKey: '',
        variables: { ...scores, deliveredAt, wish },
      });
  }

  async function figure(id: string): Promise<Figure['periods'][number] | undefined> {
    const { body } = await (await app.as('xf_office_director')).get('/api/indicators?by=month').expect(200);
    return (body.items as Figure[]).find((one) => one.id === id)?.periods.find((period) => period.id === '2026-03');
  }

  beforeAll(async () => {
    app = await startApp();
    await app.running.platform.runtime.idle();
    const admin = await app.as('admin');
    await admin.put('/v2/clock').send({ timestamp: NOW }).expect(204);
    const replied = { repliedAt: '2026-03-10T09:00:00+08:00', deliveredAt: '2026-03-10T09:00:00+08:00' };
    await cases(4, { ...replied, previous: 'first', receivedAt: '2026-03-19T09:00:00+08:00' });
    const again = { repeatCause: 'unclear' };
    await cases(2, { ...replied, ...again, receivedAt: '2026-03-02T09:00:00+08:00' });
    await cases(3, { ...replied, ...again, wish: 'discipline' });
    // Came again, and is not replied yet.
    await cases(1, { repeatCause: 'unkept', receivedAt: '2026-03-19T09:00:00+08:00' });
    // Two of the replies of March were rated, the rest is of a reply of February, or of an accusation.
    await ratings(['2026-03-10T09:00:00+08:00', '2026-03-10T09:00:00+08:00']);
    await ratings(['2026-02-27T09:00:00+08:00'], { scoreOutcome: 4 });
    await ratings(['2026-03-10T09:00:00+08:00'], { wish: 'discipline' });
    await app.running.platform.runtime.idle();
    await app.running.app.get(LedgerFollowing).settled();
  });
  afterAll(() => app.close());

  it('counts who came again after a reply against what was replied, by cause, and no accusation (R08)', async () => {
    expect(await figure('R08')).toMatchObject({ numerator: 3, denominator: 6, rate: 0.5 });
    expect(await figure('R08A')).toMatchObject({ numerator: 2, denominator: 6 });
    expect(await figure('R08B')).toMatchObject({ numerator: 1, denominator: 6 });
    expect(await figure('R08C')).toMatchObject({ numerator: 0, denominator: 6 });
  });

  it('counts ratings of the replies that were delivered, whenever they came (R06)', async () => {
    expect(await figure('R06')).toMatchObject({ numerator: 2, denominator: 6, rate: 2 / 6 });
  });

  it('counts who was satisfied, with process and outcome apart, when the rating came (R07)', async () => {
    expect(await figure('R07P')).toMatchObject({ numerator: 3, denominator: 3 });
    expect(await figure('R07O')).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('counts what was registered within one working day of what had to be (R10)', async () => {
    expect(await figure('R10')).toMatchObject({ numerator: 0, denominator: 2 });
  });

  it('keeps the figures of protection from everybody but the committee (R20)', async () => {
    expect(await figure('R20')).toBeUndefined();
  });
});
