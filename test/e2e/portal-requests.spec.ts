import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymousReport, complete, report } from './product-values.js';
import { reported, type Visitor } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

interface Shown {
  readonly key: string;
  readonly title: string;
  readonly label: string;
  readonly sentence: string;
  readonly actions: readonly { readonly id: string }[];
}

/** Bookings of reception days: who gives a name and who does not reads and does the same. */
describe.each([
  { who: 'somebody who gave a name', data: report, pin: undefined },
  { who: 'somebody anonymous', data: anonymousReport, pin: '246810' },
])('what $who asked for beside the case', ({ data, pin }) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    await app.running.platform.runtime.pinClock(Date.parse('2026-06-29T09:00:00+08:00'));
  });
  afterAll(() => app.close());

  const codeOf = ({ receipt }: Visitor) => ({ code: receipt.trackingCode, ...(pin !== undefined && { pin }) });
  const shown = async (visitor: Visitor) => {
    await app.running.platform.runtime.idle();
    const { body } = await app.anonymous().post('/api/portal/case').send(codeOf(visitor)).expect(200);
    return body.requests as readonly Shown[];
  };
  const act = (visitor: Visitor, id: string, body: object, key: string = randomUUID()) =>
    app
      .anonymous()
      .post(`/api/portal/case/actions/${id}`)
      .set('idempotency-key', key)
      .send({ ...codeOf(visitor), ...body });
  const book = (visitor: Visitor, wantedDate: string) => {
    const wish = { wantedDate, topicOrLeader: '分管工资的领导', bookingSubject: '加班工资', bookedHeadcount: 1 };
    return act(visitor, 'booking', { data: wish }).expect(200);
  };

  it('stands on the page of the case from the first moment, without what was written in it', async () => {
    const visitor = await reported(app, data, pin);
    const before = await shown(visitor);

    await book(visitor, '2026-07-06');

    const [booking, ...others] = await shown(visitor);
    expect([before, others]).toEqual([[], []]);
    expect(booking).toMatchObject({ title: '领导接待日预约', label: '等确认' });
    expect(booking?.sentence).toContain('2026年7月6日');
    expect(booking?.actions.map(({ id }) => id)).toEqual(['withdrawBooking']);
    expect(JSON.stringify(booking)).not.toContain('分管工资的领导');
  });

  it('is taken back one by one, by who holds the code of its case alone', async () => {
    const [visitor, stranger] = [await reported(app, data, pin), await reported(app, data, pin)];
    await book(visitor, '2026-07-06');
    await book(visitor, '2026-07-13');
    const [first, second] = await shown(visitor);
    const wish = { requestKey: second?.key, data: { withdrawNote: '那天要上班。' } };

    await act(stranger, 'withdrawBooking', wish).expect(404);
    await act(visitor, 'withdrawBooking', { data: {} }).expect(404);
    await act(visitor, 'withdrawBooking', wish, 'once').expect(200);
    await act(visitor, 'withdrawBooking', wish, 'once').expect(200);
    const after = await shown(visitor);
    await act(visitor, 'withdrawBooking', wish).expect(409);

    expect(first?.key).not.toBe(second?.key);
    expect(after.map(({ label }) => label)).toEqual(['等确认', '已撤回']);
    expect(after.map(({ actions }) => actions.length)).toEqual([1, 0]);
  });

  it('is told when the office has answered it', async () => {
    const visitor = await reported(app, data, pin);
    await book(visitor, '2026-07-07');
    const reason = { confirmReason: '那天没有接待。', bookingReply: '那天没有接待，可以再约。' };
    const answer = { bookingDecision: 'move', ...reason };
    const { caseNo } = visitor.receipt;

    await complete(app, { as: 'xf_receptionist', element: 'confirmBooking', caseNo, data: answer });

    expect(await shown(visitor)).toEqual([expect.objectContaining({ label: '没有约上', actions: [] })]);
  });
});
