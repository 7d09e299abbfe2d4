import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymousReport, registration, report } from './product-values.js';
import { reported, type Visitor } from './replied-case.js';
import { startApp, type TestApp } from './start-app.js';

const row = {
  date: '2026-07-20',
  time: '10:00',
  place: '二楼会议室',
  leader: 'mine_leader',
  deputy: 'mine_leader.safety',
  departments: ['hr'],
  contact: '信访办值班',
  phone: '8110',
};
const session = { ...row, sessionDate: '2026-07-06', sessionTime: '09:00', place: '一楼会议室' };
const booked = { bookingVia: 'phone', topicOrLeader: '工资', bookedHeadcount: 1 };

/** Bookings that staff make in the room of the session, for the case whose number they are told. */
describe.each([
  { who: 'somebody who gave a name', data: report, pin: undefined },
  { who: 'somebody anonymous', data: anonymousReport, pin: '246810' },
])('a booking that staff make for $who', ({ data, pin }) => {
  let app: TestApp;
  let sessionKey: string;

  const idle = () => app.running.platform.runtime.idle();
  const message = async (name: string, correlationKey: string, variables: object) => {
    const request = { name, correlationKey, variables };
    await app.basic('admin').post('/v2/messages/publication').send(request).expect(200);
    await idle();
  };
  const openSession = async (): Promise<string> => {
    const filter = { processDefinitionId: 'xf_reception_day', state: 'ACTIVE' };
    const { body } = await app.basic('admin').post('/v2/process-instances/search').send({ filter }).expect(200);
    return body.items.at(-1).processInstanceKey;
  };
  const book = async (bookedCaseNo: string) => {
    const clerk = await app.as('xf_clerk');
    const sent = await clerk
      .post(`/api/instances/${sessionKey}/actions/book`)
      .send({ data: { ...booked, bookedCaseNo } });
    await idle();
    return sent;
  };
  const codeOf = ({ receipt }: Visitor) => ({ code: receipt.trackingCode, ...(pin !== undefined && { pin }) });
  const shown = async (visitor: Visitor) => {
    await idle();
    const { body } = await app.anonymous().post('/api/portal/case').send(codeOf(visitor)).expect(200);
    return body.requests as readonly { key: string; label: string; sentence: string; actions: object[] }[];
  };
  const withdraw = async (visitor: Visitor, requestKey = '') => {
    const body = { ...codeOf(visitor), requestKey, data: {} };
    await app.anonymous().post('/api/portal/case/actions/withdrawBooking').send(body).expect(200);
    await idle();
  };
  const listed = async (): Promise<readonly unknown[]> =>
    (await app.running.platform.queries.variablesOf(sessionKey))['bookings'] as readonly unknown[];

  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    await app.running.platform.runtime.pinClock(Date.parse('2026-06-29T09:00:00+08:00'));
    await message('reception.due', '', session);
    sessionKey = await openSession();
  });
  afterAll(() => app.close());

  it('stands on the page of the case: when, where, what about, and until when it may be taken back', async () => {
    const visitor = await reported(app, data, pin);
    const other = await reported(app, data, pin);

    const { status } = await book(visitor.receipt.caseNo);

    const [booking, ...more] = await shown(visitor);
    expect([status, more, await shown(other)]).toEqual([204, [], []]);
    expect(booking).toMatchObject({ title: '领导接待日预约', label: '已约上' });
    expect(booking?.sentence).toBe(
      '2026年7月6日 09:00，一楼会议室。谈：工资。请带上查询码。来不了的，2026年7月3日17:00前可以在这里撤回。',
    );
    expect(await listed()).toContainEqual(expect.objectContaining({ caseNo: visitor.receipt.caseNo, topic: '工资' }));
  });

  it('is taken back there, and leaves the session', async () => {
    const visitor = await reported(app, data, pin);
    await book(visitor.receipt.caseNo);
    const [booking] = await shown(visitor);
    const before = await listed();

    await withdraw(visitor, booking?.key);

    expect(await shown(visitor)).toEqual([expect.objectContaining({ label: '已撤回', actions: [] })]);
    expect(await listed()).toHaveLength(before.length - 1);
    expect(JSON.stringify(await listed())).not.toContain(visitor.receipt.caseNo);
  });

  it('is refused with a number that no case has', async () => {
    const before = await listed();

    const { status, body } = await book('XF-2020-99999');

    expect(status).toBe(422);
    expect(body.fields).toEqual([{ path: '/bookedCaseNo', message: '没有这个件号，请核对。' }]);
    expect(await listed()).toEqual(before);
  });

  it('is refused just so to somebody whom the case is about, who sees nothing of it', async () => {
    const clerk = await app.as('xf_clerk');
    const register = async (ref: string) => {
      const accusedRefs = [{ kind: 'unit', ref }];
      const receivedAt = '2026-06-29T08:30:00+08:00';
      return (await clerk.post('/api/launchers/register').send({ data: { ...registration, receivedAt, accusedRefs } }))
        .body;
    };
    const ofOffice = await register('office');
    const ofUnit = await register('hr');

    const refused = await book(ofOffice.caseNo);
    await book(ofUnit.caseNo);

    const { queries } = app.running.platform;
    const first = await queries.instance(ofUnit.processInstanceKey);
    const ofCase = await queries.instancesOfCase(first?.caseKey ?? '');
    const booking = ofCase.find(({ bpmnProcessId }) => bpmnProcessId === 'xf_booking');
    expect(refused.body.fields).toEqual([{ path: '/bookedCaseNo', message: '没有这个件号，请核对。' }]);
    expect(booking).toBeDefined();
    await (await app.as('unit_head')).get(`/api/instances/${booking?.key}`).expect(404);
  });
});
