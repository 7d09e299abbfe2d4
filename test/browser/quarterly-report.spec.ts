import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, printed, submit } from './story/desk.js';
import { choose, write } from './story/fields.js';
import { overflowOf } from './story/measures.js';
import { bringToInvestigation, publish, setClock, startProcess, untilTask } from './story/shortcuts.js';
import { exported, shownOn } from './story/workbooks.js';
import { keepClean } from './story/stage.js';

const session = {
  sessionDate: '2026-06-22',
  sessionTime: '09:00',
  place: '一楼会议室',
  leader: 'mine_leader',
  deputy: 'mine_leader.safety',
  departments: ['hr'],
  contact: '信访办值班',
  phone: '8110',
};

describe('the report of a quarter', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let caseNo: string;

  async function clockAt(moment: string): Promise<void> {
    const at = Date.parse(`${moment}+08:00`);
    await setClock(server.url, at);
    browser.setTime(at);
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await clockAt('2026-06-15T10:00:00');
    caseNo = await bringToInvestigation(server.url);
    await publish(server.url, 'reception.due', session);
    await clockAt('2026-06-22T09:30:00');
    await clockAt('2026-07-01T10:00:00');
    await startProcess(server.url, 'xf_reports', { reportKind: 'quarter' });
    await untilTask(server.url, 'unit_head', '报交办事项落实情况');
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('asks each unit to confirm what was assigned to it, as the ledger has it', async () => {
    const head = await browser.signIn('unit_head');
    await openTask(head, '待认领', '报交办事项落实情况');
    expect(await head.getByRole('textbox', { name: '台账记录' }).inputValue()).toBe('本季度交办 1 件，已答复 0 件');
    await write(head, '落实情况', '正在核对考勤，七月中旬答复。');
    await browser.keep(head, 'report-unit-1440');
    await submit(head, '报信访办');
  });

  it('asks the leader of each session likewise', async () => {
    const leader = await browser.signIn('mine_leader');
    await openTask(leader, '我的待办', '核对接待日落实情况');
    expect(await leader.getByRole('textbox', { name: '台账记录' }).inputValue()).toMatch(/^1 场，来访 0 批/);
    await choose(leader, '台账记录属实', '是');
    await write(leader, '相关事件落实情况', '当日没有来访，值班到十二点。');
    await browser.keep(leader, 'report-leader-1440');
    await submit(leader, '报信访办');
  });

  it('is checked by the office when all have reported', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '审核报表', '季报');
    await write(director, '主要问题和原因', '考勤数据没有同步，工资少算。');
    await write(director, '相关事件落实情况', '一件正在核对。');
    await write(director, '改进建议', '每月核对考勤。');
    await browser.keep(director, 'report-check-1440');
    await submit(director, '送组长签发');
  });

  it('is signed by the head of the group', async () => {
    const head = await browser.signIn('lead_group_head');
    await openTask(head, '待认领', '签发', '季报');
    await choose(head, '意见', '同意签发');
    await browser.keep(head, 'report-sign-1440');
    await submit(head, '确定');
  });

  it('is sent to the company', async () => {
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '报送公司', '季报');
    await clerk.getByLabel(/报送日期/).fill('2026-07-01');
    await browser.keep(clerk, 'report-send-1440');
    await submit(clerk, '已报送');
  });

  it('is published in figures, small numbers left out, on a phone too', async () => {
    const pages: readonly Page[] = [
      await browser.visit('/pages/figures'),
      await browser.visit('/pages/figures', phone),
    ];
    const [wide, narrow] = pages;
    await wide!.getByText('2026年第2季度').first().waitFor();
    await narrow!.getByText('2026年第2季度').first().waitFor();
    await browser.keep(wide!, 'published-figures-1440');
    await browser.keep(narrow!, 'published-figures-360');

    const text = await wide!.getByRole('main').innerText();
    expect(text).toContain('承诺兑现率');
    expect(text).not.toMatch(/[1-4] ÷ [1-4]\b/);
    expect(text).not.toContain(caseNo);
    expect(await overflowOf(narrow!)).toBeLessThanOrEqual(0);
  });

  it.each([
    ['L01', '信访接待登记台账'],
    ['L02', '领导接待日台账'],
    ['L04', '交办转送台账'],
  ])('has what ledger %s shows in its Excel file, cell by cell', async (id, title) => {
    const director = await browser.signIn('xf_office_director', `/ledgers/${id}`);
    await director.getByText('共 1 条').waitFor();
    const shown = await shownOn(director);

    const file = await exported(director, '季度核对');

    expect(file.fileName).toBe(`${title}-2026-07-01.xlsx`);
    expect(shown.rows).toHaveLength(1);
    expect({ headings: file.headings, rows: file.rows }).toEqual(shown);
  });

  it('is published in what the mine improves, with the period it comes from', async () => {
    const page = await browser.visit('/pages/lessons', phone);
    await page.getByText('每月核对考勤。').waitFor();
    await browser.keep(page, 'portal-lessons-360');

    expect(await page.locator('main').innerText()).toMatch(/改进公开[^]*第\d季度/);
  });

  it('is read on paper', async () => {
    browser.setTime(null);
    const head = await browser.signIn('lead_group_head');
    await openTask(head, '我已办', '签发', '季报');

    await printed(head, browser, '信访工作报表', 'print-T14-quarter');
  });
});
