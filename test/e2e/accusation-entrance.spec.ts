import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { anonymousReport, register, registration, report, send } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

const START = Date.parse('2026-03-02T09:00:00+08:00');

/** Who works in the line of the mine, and who operates and audits it; the committee is not among them. */
const line = [
  'xf_clerk',
  'xf_receptionist',
  'xf_office_director',
  'lead_group_head',
  'lead_group_deputy',
  'lead_group_member',
  'mine_leader',
  'unit_head',
  'unit_handler',
  'union_rep',
  'hr_assessor',
  'admin',
  'auditor',
];
const lists = [
  '/api/tasks?view=all',
  '/api/tasks?view=mine',
  '/api/tasks?view=claimable',
  '/api/copies',
  '/api/notices',
  '/api/instances',
  '/api/deadlines',
  '/api/supervision',
  '/api/indicators?by=month',
  '/api/indicators?by=year',
  '/api/dashboards',
  '/api/ledgers',
  '/api/destructions',
];

/** An accusation has an entrance of its own: nothing that the line can read, and no number in it, changes. */
describe('an accusation', () => {
  let app: TestApp;
  const visit = { ...registration, receivedAt: new Date(START).toISOString() };
  let first: string;
  let before: Readonly<Record<string, string>>;
  beforeAll(async () => {
    app = await startApp();
    await (await app.as('admin')).put('/v2/clock').send({ timestamp: START }).expect(204);
    ({ caseNo: first } = await register(app, visit));
  });
  afterAll(() => app.close());

  const settled = async () => {
    await app.running.platform.runtime.idle();
    await app.running.app.get(LedgerFollowing).settled();
  };
  async function seenBy(account: string): Promise<Readonly<Record<string, string>>> {
    const session = await app.as(account);
    const { body } = await session.get('/api/ledgers');
    const ledgers = ((body as { items?: { id: string }[] }).items ?? []).map(({ id }) => `/api/ledgers/${id}/rows`);
    const seen = [];
    for (const path of [...lists, ...ledgers]) {
      const { status, text } = await session.get(path);
      seen.push([`${account} ${path}`, `${status} ${text}`] as const);
    }
    return Object.fromEntries(seen);
  }
  async function seenByLine(): Promise<Readonly<Record<string, string>>> {
    const seen = [];
    for (const account of line) seen.push(await seenBy(account));
    return Object.assign({}, ...seen) as Readonly<Record<string, string>>;
  }

  it('changes nothing that anybody of the line can read or count, whether sent or registered at the window', async () => {
    await settled();
    before = await seenByLine();

    const numbers = [
      (await send(app, { ...report, wish: 'discipline', phone: '13811115555' })).caseNo,
      (await send(app, { ...anonymousReport, wish: 'discipline' }, { pin: '135790' })).caseNo,
      (await register(app, { ...visit, wish: 'discipline', category: 'C12', phone: '13811116666' })).caseNo,
    ];
    await settled();

    expect(numbers).toEqual(['JB-2026-0001', 'JB-2026-0002', 'JB-2026-0003']);
    expect(Object.keys(before).some((place) => place.includes('/api/ledgers/L01/rows'))).toBe(true);
    expect(await seenByLine()).toEqual(before);
  });

  it('reaches the committee at once, and it alone', async () => {
    const { body } = await (await app.as('discipline_committee')).get('/api/tasks?view=claimable').expect(200);

    expect((body.items as { caseNo: string }[]).map(({ caseNo }) => caseNo)).toEqual(
      expect.arrayContaining(['JB-2026-0001', 'JB-2026-0002', 'JB-2026-0003']),
    );
  });

  it('speaks of who accuses where the committee reads it, not to them', async () => {
    const committee = await app.as('discipline_committee');
    const { body: list } = await committee.get('/api/instances?q=JB-2026-0001').expect(200);
    const { processInstanceKey } = list.items.at(-1) as { processInstanceKey: string };

    const { body: instance } = await committee.get(`/api/instances/${processInstanceKey}`).expect(200);

    const labels = (instance.facts as { label: string }[]).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['反映人姓名', '信访事由', '请求', '信访人希望']));
    expect(labels.filter((label) => /[您我]/.test(label))).toEqual([]);
  });

  it('leaves no gap in the numbers of the office, which sees what comes in by the other entrance', async () => {
    const { caseNo } = await register(app, { ...visit, phone: '13811117777' });
    await settled();

    expect([first, caseNo]).toEqual(['XF-2026-00001', 'XF-2026-00002']);
    expect(await seenByLine()).not.toEqual(before);
  });
});
