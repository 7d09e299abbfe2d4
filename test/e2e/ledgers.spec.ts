import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJs from 'exceljs';
import type TestAgent from 'supertest/lib/agent.js';
import { LedgerFollowing } from '../../apps/server/src/ledgers/ledger-following.service.js';
import { canary, registration } from './product-values.js';
import { startApp, type TestApp } from './start-app.js';

interface Row {
  readonly rowKey: string;
  readonly processInstanceKey: string;
  readonly cells: Readonly<Record<string, string | number | boolean | null>>;
}
interface Page {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
  readonly total: number;
}
interface Figure {
  readonly id: string;
  readonly state: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly rate: number | null;
  readonly mean: number | null;
  readonly p90: number | null;
  readonly groups: unknown;
  readonly difference: number | null;
  readonly isAlert: boolean;
}

const at = (text: string) => Date.parse(`${text}+08:00`);
const HOSTILE = ['=HYPERLINK("http://x")', '+1+1', '-2', '@SUM(A1)', '\tx', '\r=1', '＝1+1', '平常的文字'];

describe('ledgers and indicators', () => {
  let app: TestApp;
  const settled = () => app.running.app.get(LedgerFollowing).settled();
  const start = async (variables: object) => {
    const outcome = await app.running.platform.runtime.createInstance({
      bpmnProcessId: 'xf_main',
      by: 'xf_clerk',
      variables: { channel: 'visit', headcount: 1, previous: 'first', anonymous: false, ...variables },
    });
    if (!outcome.ok) throw new Error(outcome.rejection.message);
    await app.running.platform.runtime.idle();
    return outcome.reply.processInstanceKey;
  };
  const setVariables = async (key: string, variables: object) => {
    const command = { type: 'setVariables', scopeKey: key, variables: { ...variables }, local: true } as const;
    const outcome = await app.running.platform.runtime.execute({ instanceKey: key, command });
    if (!outcome.ok) throw new Error(outcome.rejection.message);
  };
  const pages = async (agent: TestAgent, ledger: string, query = ''): Promise<readonly Page[]> => {
    const all: Page[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = all.at(-1)?.nextCursor ?? null)
      all.push(
        (await agent.get(`/api/ledgers/${ledger}/rows?limit=3${query}&cursor=${cursor}`).expect(200)).body as Page,
      );
    return all;
  };
  const rowsOf = async (agent: TestAgent, ledger: string, query = ''): Promise<readonly Row[]> =>
    (await pages(agent, ledger, query)).flatMap(({ items }) => items);
  const filter = (...filters: object[]) => `&filters=${encodeURIComponent(JSON.stringify(filters))}`;
  const figure = async (agent: TestAgent, id: string, by: string, period: string): Promise<Figure | undefined> => {
    const { items } = (await agent.get(`/api/indicators?by=${by}`).expect(200)).body as {
      items: readonly { id: string; periods: readonly Figure[] }[];
    };
    return items.find((one) => one.id === id)?.periods.find((one) => one.id === period);
  };

  beforeAll(async () => {
    app = await startApp();
    await app.running.platform.runtime.pinClock(at('2026-03-02T09:00:00'));
  }, 60_000);
  afterAll(() => app.close());

  it('lists the ledgers of a role and no others', async () => {
    const titles = async (account: string) => {
      const agent = await app.as(account);
      return ((await agent.get('/api/ledgers').expect(200)).body as { items: { id: string }[] }).items.map(
        ({ id }) => id,
      );
    };

    expect(await titles('xf_clerk')).toEqual(
      'L01 L02 L02F L02P L02V L03 L04 L04W L05 L06 L07 L08 L09 L10 L11 L13 L15 L16 L19 L19Q L30 L31'.split(' '),
    );
    expect(await titles('unit_head')).toEqual('L02P L04 L04W L05 L06 L07 L08 L10 L14 L19 L31'.split(' '));
    expect(await titles('logistics_officer')).toEqual(['L10']);
    expect(await titles('union_rep')).toEqual(['L12']);
    await (await app.as('unit_head')).get('/api/ledgers/L01').expect(404);
    await (await app.as('unit_head')).get('/api/ledgers/L01/rows').expect(404);
    await (await app.as('admin')).post('/api/ledgers/L01/export').send({ reason: '看看' }).expect(404);
    await app.anonymous().get('/api/ledgers').expect(401);
  });

  it('has a row of a registered case, with its columns in words and no identity', async () => {
    const clerk = await app.as('xf_clerk');
    const data = { ...registration, receivedAt: '2026-03-02T09:00:00+08:00' };
    const sent = await clerk.post('/api/launchers/register').send({ data }).expect(201);
    const { caseNo } = sent.body as { caseNo: string };
    await settled();

    const [row] = await rowsOf(clerk, 'L01', filter({ column: 'caseNo', equal: [caseNo] }));

    expect(row?.cells).toMatchObject({
      caseNo,
      registeredAt: '2026-03-02T09:00:00.000+08:00',
      channel: '来访',
      category: '工资福利',
      severity: '一般',
      noticeDue: '2026-03-18T00:00:00.000+08:00',
      subject: '●●●●',
      lamp: null,
    });
    const stored = await app.running.platform.database.reader.query('SELECT cells FROM ledger_rows');
    expect(JSON.stringify(stored)).not.toContain(canary.name);
    expect(JSON.stringify(row)).not.toContain('工资没有发');
  });

  it('pages, sorts and filters along its columns', async () => {
    const clerk = await app.as('xf_clerk');
    for (const headcount of [31, 4, 205, 4, 77, 12]) await start({ headcount, transferTo: `单位${headcount}` });
    await settled();
    const some = filter({ column: 'headcount', from: 4, to: 205 });

    const up = await rowsOf(clerk, 'L01', `${some}&sort=headcount`);
    const down = await pages(clerk, 'L01', `${some}&sort=headcount&order=desc`);
    const narrow = await rowsOf(clerk, 'L01', filter({ column: 'headcount', from: 5, to: 77 }));

    expect(up.map(({ cells }) => cells['headcount'])).toEqual([4, 4, 12, 31, 77, 205]);
    expect(down.map(({ items }) => items.map(({ cells }) => cells['headcount']))).toEqual([
      [205, 77, 31],
      [12, 4, 4],
      [],
    ]);
    expect(down[0]?.total).toBe(6);
    expect(narrow).toHaveLength(3);
    await clerk.get('/api/ledgers/L01/rows?sort=lamp').expect(400);
    await clerk.get(`/api/ledgers/L01/rows?${filter({ column: 'receptionist', equal: ['x'] }).slice(1)}`).expect(400);
    await clerk.get('/api/ledgers/L03/rows?sort=anonymous').expect(400);
  });

  it('hides a case from the unit that it is about: rows, totals, sums and exports', async () => {
    const clerk = await app.as('xf_clerk');
    const receivedAt = '2026-03-02T09:00:00+08:00';
    const accusing = { ...registration, receivedAt, accusedRefs: [{ kind: 'unit', ref: 'office' }] };
    const discipline = await app.as('discipline_committee');
    const before = {
      clerk: (await pages(clerk, 'L01'))[0]?.total,
      discipline: (await pages(discipline, 'L01'))[0]?.total,
    };
    const sent = await clerk.post('/api/launchers/register').send({ data: accusing }).expect(201);
    const { caseNo, processInstanceKey } = sent.body as { caseNo: string; processInstanceKey: string };
    await setVariables(processInstanceKey, { replyDue: '2025-09-10T00:00:00+08:00' });
    await settled();
    const director = await app.as('xf_office_director');

    const rows = await rowsOf(director, 'L01', filter({ column: 'caseNo', equal: [caseNo] }));
    const total = (await pages(clerk, 'L01'))[0]?.total;
    const seen = await rowsOf(discipline, 'L01', filter({ column: 'caseNo', contains: caseNo }));
    const totalOfDiscipline = (await pages(discipline, 'L01'))[0]?.total;

    expect(rows).toEqual([]);
    expect(total).toBe(before.clerk);
    expect(totalOfDiscipline).toBe((before.discipline ?? 0) + 1);
    expect(seen).toHaveLength(1);
    expect(await figure(director, 'R03', 'month', '2025-09')).toMatchObject({ denominator: 0 });
    expect(await figure(discipline, 'R03', 'month', '2025-09')).toMatchObject({ denominator: 1 });
    const workbook = await exported(clerk, 'L01', { reason: '核对登记' });
    expect(JSON.stringify(workbook.rows)).not.toContain(caseNo);
  });

  it('shows a unit its own rows and lets it neither see nor export more', async () => {
    const own = await start({ leadUnit: 'hr' });
    const other = await start({ leadUnit: 'finance' });
    for (const [key, leadUnit] of [
      [own, 'hr'],
      [other, 'finance'],
    ] as const)
      await sendTo(key, leadUnit);
    await settled();
    const head = await app.as('unit_head');

    const rows = await rowsOf(head, 'L04');

    expect(rows.map(({ processInstanceKey }) => processInstanceKey)).toEqual([own]);
    expect(rows.map(({ cells }) => Object.keys(cells).includes('subject'))).toEqual([false]);
    expect(await rowsOf(head, 'L04', filter({ column: 'leadUnit', equal: ['finance'] }))).toEqual([]);
    await head.post('/api/ledgers/L04/export').send({ reason: '本单位核对' }).expect(403);
  });

  /** Takes an instance to the step at which a unit confirms. */
  async function sendTo(key: string, leadUnit: string): Promise<void> {
    const { queries, runtime } = app.running.platform;
    const [task] = (await queries.search('userTasks', { filter: { processInstanceKey: key, state: 'CREATED' } })).items;
    const variables = { outcome: 'accept', nature: 'C', category: leadUnit === 'hr' ? 'C01' : 'C11' };
    await runtime.execute({
      command: { type: 'completeUserTask', userTaskKey: task?.userTaskKey ?? '', variables, by: 'xf_office_director' },
    });
    await runtime.idle();
  }

  interface Workbook {
    readonly head: readonly unknown[];
    readonly rows: readonly (readonly unknown[])[];
    readonly formulas: number;
    readonly note: readonly (readonly unknown[])[];
  }

  async function exported(agent: TestAgent, ledger: string, body: object): Promise<Workbook> {
    const answer = await agent
      .post(`/api/ledgers/${ledger}/export`)
      .send(body)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => void chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      })
      .expect(200);
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load(answer.body as ArrayBuffer);
    const [sheet, note] = workbook.worksheets;
    const valuesOf = (one: ExcelJs.Worksheet | undefined) => {
      const rows: unknown[][] = [];
      one?.eachRow((row) => void rows.push((row.values as unknown[]).slice(1)));
      return rows;
    };
    let formulas = 0;
    sheet?.eachRow((row) => row.eachCell((cell) => void (formulas += cell.type === ExcelJs.ValueType.Formula ? 1 : 0)));
    const [head = [], ...rows] = valuesOf(sheet);
    return { head, rows, formulas, note: valuesOf(note) };
  }

  /** Completes the one open task that fits, past its form. */
  async function completeOpen(filter: Record<string, string>, variables: Record<string, string>): Promise<void> {
    const { queries, runtime } = app.running.platform;
    const { items } = await queries.search('userTasks', { filter: { ...filter, state: 'CREATED' } });
    expect(items).toHaveLength(1);
    const userTaskKey = items[0]!.userTaskKey;
    const done = await runtime.execute({ command: { type: 'completeUserTask', userTaskKey, variables } });
    expect(done.ok).toBe(true);
    await runtime.idle();
  }

  it('exports what the page shows, guards texts against formulas, and records it first', async () => {
    const director = await app.as('xf_office_director');
    for (const [index, transferTo] of HOSTILE.entries()) {
      const key = await start({ headcount: 900 + index, nature: 'C' });
      await completeOpen({ processInstanceKey: key }, { outcome: 'transfer', nature: 'C', transferTo });
      await setVariables(key, { transferTo, leadUnit: 'hr' });
      await completeOpen({ elementId: 'draftTransfer' }, { transferTo });
      await completeOpen({ elementId: 'signNotice' }, { signDecision: 'agree' });
      await completeOpen(
        { elementId: 'deliverNotice' },
        { method: 'inPerson', deliveredAt: '2026-03-02T17:00:00+08:00', deliveryResult: 'delivered' },
      );
    }
    await settled();
    const shown = await rowsOf(director, 'L04', filter({ column: 'kind', equal: ['transfer'] }));

    const workbook = await exported(director, 'L04', {
      reason: '季度核对',
      filters: JSON.stringify([{ column: 'kind', equal: ['transfer'] }]),
      columns: ['caseNo', 'transferTo', 'sentAt'],
    });

    expect(workbook.head).toEqual(['编号', '转送去向', '交办、转送时间']);
    expect(workbook.rows.map((row) => row[0])).toEqual(shown.map(({ cells }) => cells['caseNo']));
    expect(workbook.rows.map((row) => row[2])).toEqual(shown.map(() => new Date('2026-03-02T09:00:00Z')));
    expect(workbook.formulas).toBe(0);
    const texts = workbook.rows.map((row) => String(row[1]).replace(/_x000D_|\r/g, '\r')).sort();
    expect(texts.filter((text) => /^[=+\-@\t\r＝]/.test(text))).toEqual([]);
    expect(texts).toContain('平常的文字');
    expect(texts).toContain(`'${HOSTILE[0]}`);
    expect(workbook.note).toContainEqual(['理由', '季度核对']);
    expect(workbook.note).toContainEqual(['行数', String(shown.length)]);
    const auditor = await app.as('auditor');
    const { items } = (await auditor.get('/api/access-log').expect(200)).body as { items: readonly object[] };
    expect(items[0]).toMatchObject({
      class: '台账导出',
      field: `L04 交办转送台账 × ${shown.length}`,
      reason: '季度核对',
      purpose: 'export',
      role: { id: 'xf_office_director' },
    });
  });

  it.each([[''], ['x'], ['长'.repeat(201)]])('exports nothing for the reason "%s"', async (reason) => {
    const clerk = await app.as('xf_clerk');

    await clerk.post('/api/ledgers/L01/export').send({ reason }).expect(400);
  });

  it('exports no column that the account does not see', async () => {
    const clerk = await app.as('xf_clerk');

    await clerk
      .post('/api/ledgers/L01/export')
      .send({ reason: '核对', columns: ['caseNo', 'name'] })
      .expect(400);
  });

  it('gives counts alone below the least denominator, and a rate from there on', async () => {
    const lead = await app.as('lead_group_head');
    const due = '2025-11-20T00:00:00+08:00';
    const keys = [];
    for (let count = 0; count < 4; count += 1)
      keys.push(await start({ replyDue: due, repliedAt: due, leadUnit: 'hr' }));
    await settled();
    const four = await figure(lead, 'R03', 'month', '2025-11');
    await start({ replyDue: due, leadUnit: 'hr' });
    await settled();

    const five = await figure(lead, 'R03', 'month', '2025-11');

    expect(four).toMatchObject({ state: 'counts', numerator: 4, denominator: 4, rate: null });
    expect(five).toMatchObject({ state: 'shown', numerator: 4, denominator: 5, rate: 0.8 });
    const { items } = (await lead.get('/api/indicators/R03/cases?by=month&period=2025-11').expect(200)).body as {
      items: readonly { processInstanceKey: string; isNumerator: boolean }[];
    };
    expect(items.map(({ isNumerator }) => isNumerator)).toEqual([true, true, true, true, false]);
  });

  it('counts what is due in its period and not before it is due', async () => {
    const lead = await app.as('lead_group_head');
    await start({ replyDue: '2026-03-31T00:00:00+08:00' });
    await settled();

    expect(await figure(lead, 'R03', 'month', '2026-03')).toMatchObject({ state: 'none', denominator: 0 });
  });

  it('gives mean and ninth decile of days', async () => {
    const lead = await app.as('lead_group_head');
    for (const days of [1, 2, 3, 4, 5, 6, 7, 8, 9, 30]) {
      const acceptedAt = '2025-10-01T00:00:00+08:00';
      const deliveredAt = new Date(Date.parse(acceptedAt) + days * 24 * 3_600_000).toISOString();
      await start({ acceptedAt, deliveredAt });
    }
    await settled();

    expect(await figure(lead, 'R05', 'quarter', '2025-Q4')).toMatchObject({
      state: 'shown',
      denominator: 10,
      mean: 7.5,
      p90: 9,
    });
  });

  it('gives no number of either group where one is small, and leads to no case', async () => {
    const lead = await app.as('lead_group_head');
    const due = '2024-05-20T00:00:00+08:00';
    for (let count = 0; count < 5; count += 1) await start({ replyDue: due, repliedAt: due, anonymous: false });
    for (let count = 0; count < 4; count += 1) await start({ replyDue: due, anonymous: true });
    await settled();
    const small = await figure(lead, 'R14', 'year', '2024');
    await start({ replyDue: due, anonymous: true });
    await settled();

    const shown = await figure(lead, 'R14', 'year', '2024');

    expect(small).toMatchObject({ state: 'hidden', numerator: null, denominator: null, rate: null, groups: null });
    expect(shown).toMatchObject({ state: 'shown', difference: -100, isAlert: true });
    await lead.get('/api/indicators/R14/cases?by=year&period=2024').expect(403);
  });

  it('gives a unit the figures of its own cases', async () => {
    const head = await app.as('unit_head');
    const finance = await app.as('unit_head.finance');

    expect(await figure(head, 'R03', 'month', '2025-11')).toMatchObject({ denominator: 5 });
    expect(await figure(finance, 'R03', 'month', '2025-11')).toMatchObject({ denominator: 0 });
    expect(await figure(head, 'R14', 'year', '2024')).toBeUndefined();
    expect(await figure(await app.as('xf_clerk'), 'R03', 'month', '2025-11')).toBeUndefined();
  });

  it('leaves accusations out of the ledger and of every count of the line', async () => {
    const lead = await app.as('lead_group_head');
    const discipline = await app.as('discipline_committee');
    const before = (await pages(discipline, 'L01'))[0]?.total;
    await start({ nature: 'B', wish: 'discipline', replyDue: '2025-11-20T00:00:00+08:00' });
    await settled();

    expect((await pages(discipline, 'L01'))[0]?.total).toBe(before);
    expect(await figure(lead, 'R03', 'month', '2025-11')).toMatchObject({ denominator: 5 });
  });
});
