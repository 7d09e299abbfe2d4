import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationHolder } from '../../apps/server/src/configuration/configuration-holder.js';
import { NewTaskNotices } from '../../apps/server/src/notices/new-task-notices.service.js';
import { AttendanceService } from '../../apps/server/src/organization/attendance.service.js';
import { acceptance, complete, ofSomebodyElse, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const MINUTE_MS = 60_000;
const MONDAY = Date.parse('2027-03-01T09:00:00+08:00');

describe('the notice of a new task', () => {
  let app: TestApp;
  let now = MONDAY;

  beforeAll(async () => {
    app = await startApp({ inPlace: true });
    await app.running.platform.runtime.pinClock(now);
  });
  afterAll(() => app.close());

  const pass = async (ms: number): Promise<void> => {
    now += ms;
    await app.running.platform.runtime.pinClock(now);
  };
  const register = async (more: object = {}): Promise<string> => {
    await pass(2 * MINUTE_MS);
    const receivedAt = '2027-03-01T09:00:00+08:00';
    const clerk = await app.as('xf_receptionist');
    const { body } = await clerk
      .post('/api/launchers/register')
      .send({ data: ofSomebodyElse(app, { ...registration, receivedAt, ...more }) })
      .expect(201);
    return (body as { caseNo: string }).caseNo;
  };
  const told = async (account: string, caseNo: string): Promise<readonly string[]> => {
    await app.running.platform.runtime.idle();
    await app.running.app.get(AttendanceService).settled();
    await app.running.app.get(NewTaskNotices).settled();
    const { body } = await (await app.as(account)).get('/api/notices').expect(200);
    return (body as { items: readonly { text: string }[] }).items
      .map(({ text }) => text)
      .filter((text) => text.startsWith('新任务') && text.includes(caseNo));
  };
  const accept = (caseNo: string, as = 'xf_office_director') =>
    complete(app, { as, element: 'assessAcceptance', caseNo, data: acceptance });

  it('comes to the one who can do it, at each step, and names the step and the number alone', async () => {
    const caseNo = await register();
    expect(await told('xf_office_director', caseNo)).toEqual([`新任务：「受理审核与分析」（${caseNo}）`]);

    await pass(2 * MINUTE_MS);
    await accept(caseNo);

    expect(await told('unit_head', caseNo)).toHaveLength(1);
    expect(await told('xf_office_director', caseNo)).toHaveLength(1);
    expect(await told('unit_handler', caseNo)).toEqual([]);
  });

  it('does not come to who has just done the step before', async () => {
    const caseNo = await register();
    await accept(caseNo);
    await pass(2 * MINUTE_MS);
    await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
    expect(await told('unit_handler', caseNo)).toHaveLength(1);

    await pass(2 * MINUTE_MS);
    const plan = {
      wantsRecusal: false,
      planPoints: '核对有关记录，问清经过。',
      enquiries: [],
      siteNeeded: false,
      complexMatter: false,
    };
    await complete(app, { as: 'unit_handler', element: 'planInquiry', caseNo, data: plan });

    expect(await told('unit_handler', caseNo)).toHaveLength(1);
  });

  it('never comes to who is complained about: it comes to who takes the place', async () => {
    const caseNo = await register({ accusedRefs: [{ kind: 'account', account: 'unit_head' }] });
    await pass(2 * MINUTE_MS);
    await accept(caseNo);

    expect(await told('unit_head', caseNo)).toEqual([]);
    expect(await told('mine_leader', caseNo)).toHaveLength(1);
  });

  it('comes to those of several candidates who want e-mail, and fills the list of nobody else', async () => {
    const agent = await app.as('company_discipline');
    await agent.put('/api/mail-preference').send({ address: 'one@example.org', wanted: true }).expect(200);
    const accusation = { wish: 'discipline', channel: 'letter', category: 'C12', visitorCount: undefined };
    const before = (await told('discipline_committee', '')).length;

    await register(accusation);

    expect(await told('company_discipline', '')).toHaveLength(1);
    expect(await told('discipline_committee', '')).toHaveLength(before);
  });

  it('is reworded in the files, and switched off by taking it away', async () => {
    const holder = app.running.app.get(ConfigurationHolder);
    const { mail } = holder.current.notifications;

    holder.switchTo({ ...holder.current, notifications: { tasks: { text: '新任务请看：{{task}}' } } });
    const reworded = await told('xf_office_director', await register());
    holder.switchTo({ ...holder.current, notifications: { ...(mail && { mail }) } });
    const silent = await told('xf_office_director', await register());

    expect(reworded).toEqual([expect.stringMatching(/^新任务请看：「受理审核与分析」（XF-/)]);
    expect(silent).toEqual([]);
  });
});
