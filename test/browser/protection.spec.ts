import { readFile } from 'node:fs/promises';
import ExcelJs from 'exceljs';
import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { signIn } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { choose, press, tick, write } from './story/fields.js';
import { follow, readReceipt } from './story/portal.js';
import { completeAs, reportWageClaim, setClock } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const NOW = Date.parse('2026-11-25T10:00:00+08:00');
const accused = ['lead_group_head', 'xf_office_director'];
const pages = ['/work', '/cockpit', '/ledgers', '/indicators'];

/** Acceptance scenario 22, as the person, the discipline committee and those complained about see it. */
describe('a report of retaliation', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let person: Page;
  let own = { caseNo: '', code: '' };
  let before: readonly string[] = [];

  /** All that the accused can look at: text of pages, their notices, and the cells of the Excel file. */
  async function sightsOfTheAccused(): Promise<readonly string[]> {
    const sights: string[] = [];
    for (const account of accused) {
      const page = await browser.signIn(account);
      for (const path of pages) {
        await page.goto(server.url + path);
        await page.getByRole('main').waitFor();
        sights.push(`${account} ${path}: ${await settledText(page)}`);
      }
      const session = await signIn(server.url, account);
      for (const path of ['/api/notices', '/api/tasks?view=all&limit=200', '/api/supervision'])
        sights.push(`${account} ${path}: ${JSON.stringify((await session.get(path)).body)}`);
      await page.context().close();
    }
    sights.push(await exported());
    return sights;
  }

  /** What the page shows when nothing of it changes any more: figures come one after the other. */
  async function settledText(page: Page, before = ''): Promise<string> {
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1_000);
    const text = await page.getByRole('main').innerText();
    return text === before ? text : settledText(page, text);
  }

  async function exported(): Promise<string> {
    const director = await browser.signIn('xf_office_director', '/ledgers/L01');
    await director.getByRole('button', { name: '导出 Excel' }).click();
    await director.getByLabel('为什么要导出？').fill('核对月报');
    const [download] = await Promise.all([
      director.waitForEvent('download'),
      director.getByRole('button', { name: '导出并记录' }).click(),
    ]);
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load((await readFile(await download.path())) as unknown as ArrayBuffer);
    const rows: string[] = [];
    workbook.eachSheet((sheet) => sheet.eachRow((row) => rows.push(JSON.stringify(row.values))));
    await director.context().close();
    return `export: ${rows.join('\n')}`;
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await setClock(server.url, NOW);
    browser.setTime(NOW);
    await reportWageClaim(server.url);
    before = await sightsOfTheAccused();
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('is made on the page of its own, on a phone, and gets a code', async () => {
    person = await browser.visit('/', phone);
    await person.getByRole('link', { name: /打击报复投诉/ }).click();
    await tick(person, '调岗');
    await write(person, '请说说经过', '反映工资以后，第三天被从综采面调到地面。');
    await browser.keep(person, 'portal-protection-360');
    await press(person, '下一步');
    await tick(person, '暂停调岗');
    await press(person, '下一步');
    await tick(person, '不留姓名');
    await person.getByLabel(/6 位数字密码/).fill('246810');
    await press(person, '下一步');
    await press(person, '提交给纪委');
    own = await readReceipt(person);
    await browser.keep(person, 'portal-protection-receipt-360');

    expect(own.caseNo).toMatch(/^BH-2026-\d{4}$/);
  });

  it('lets the person decide on each measure that the committee proposes', async () => {
    await completeAs(
      server.url,
      'discipline_committee',
      { name: '受理', caseNo: own.caseNo },
      {
        accepted: true,
        againstLeader: true,
        accusedAccounts: accused,
        proposedMeasures: ['pauseTransfer', 'changeHandler'],
        acceptText: '已受理。建议的措施请您逐项决定。',
      },
    );
    person = await browser.visit('/follow', phone);
    await follow(person, own.code, '246810');
    await press(person, '决定保护措施');
    await person.getByText('纪委建议的措施').first().waitFor();
    await browser.keep(person, 'portal-protection-consent-open-360');
    await choose(person, '同意：暂停调岗', '是');
    await choose(person, '同意：更换承办人', '否');
    await browser.keep(person, 'portal-protection-consent-360');
    await press(person, '提交');
    await person.getByText('您不同意的措施不做').waitFor();

    const committee = await browser.signIn('discipline_committee');
    await committee.getByText('落实保护措施').first().waitFor();
    await browser.keep(committee, 'work-protection-1440');
    expect(await committee.getByRole('main').innerText()).toContain('保护投诉');
  });

  it('changes nothing that the accused can see in any list, count, export or notice', async () => {
    const after = await sightsOfTheAccused();

    expect(after.join('\n')).not.toContain(own.caseNo);
    expect(before.join('\n')).toContain('XF-2026-');
    expect(after).toEqual(before);
  }, 240_000);
});
