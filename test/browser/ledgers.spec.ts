import { readFile } from 'node:fs/promises';
import ExcelJs from 'exceljs';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { namelessInputs, overflowOf } from './story/measures.js';
import { setClock } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const NOW = Date.parse('2026-11-25T10:00:00+08:00');
const LONG = '关于集团公司所属各单位历年加班工资、绩效工资、夜班津贴合并核算口径的长期遗留问题协调领导小组办公室';

describe('ledgers and indicators', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  /** A case as it is when its steps are done; the ledger follows whatever stands in it. */
  async function start(variables: object): Promise<void> {
    const answer = await fetch(`${server.url}/v2/process-instances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('admin:demo')}` },
      body: JSON.stringify({ processDefinitionId: 'xf_main', variables }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await setClock(server.url, NOW);
    browser.setTime(NOW);
    const units = ['hr', 'finance', 'safety', 'logistics'];
    for (let place = 0; place < 60; place += 1) {
      const day = String((place % 27) + 1).padStart(2, '0');
      const month = String((place % 10) + 2).padStart(2, '0');
      const replyDue = `2026-${month}-${day}T00:00:00+08:00`;
      await start({
        channel: ['visit', 'letter', 'phone', 'web'][place % 4],
        category: ['C01', 'C06', 'C08'][place % 3],
        headcount: (place % 9) + 1,
        receptionist: place === 3 ? LONG : '接访岗',
        previous: 'first',
        anonymous: place % 2 === 0,
        leadUnit: units[place % 4],
        caseState: place % 5 === 0 ? 'accepted' : 'replied',
        acceptedAt: `2026-01-${day}T09:00:00+08:00`,
        replyDue,
        ...(place % 5 === 0 ? {} : { repliedAt: replyDue, deliveredAt: replyDue }),
      });
    }
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('shows a ledger, narrows it, and goes on to the next page', async () => {
    const clerk = await browser.signIn('xf_clerk');
    await clerk.getByRole('link', { name: '台账' }).click();
    await clerk.getByRole('heading', { name: '信访接待登记台账' }).waitFor();
    await clerk.getByText('共 60 条').waitFor();
    await browser.keep(clerk, 'ledger-1440');
    await clerk.getByText('已显示 50 条').waitFor();
    await clerk.getByRole('button', { name: '显示更多' }).click();
    await clerk.getByRole('button', { name: '显示更多' }).waitFor({ state: 'detached' });
    expect(await clerk.getByRole('link', { name: /^打开案卷/ }).count()).toBe(60);
    await clerk.getByRole('button', { name: '更多筛选' }).click();
    await clerk.getByRole('combobox', { name: '筛选：类别' }).click();
    await clerk.getByTitle('安全生产与隐患').click();
    await clerk.keyboard.press('Escape');

    await clerk.getByText('共 20 条').waitFor();
    await browser.keep(clerk, 'ledger-filtered-1440');
    expect(await namelessInputs(clerk)).toEqual([]);
  });

  it('says so where no row meets the filters', async () => {
    const clerk = await browser.signIn('xf_clerk', '/ledgers/L01');
    await clerk.getByRole('searchbox', { name: '筛选：编号' }).fill('没有');
    await clerk.keyboard.press('Enter');

    await clerk.getByText('没有符合筛选条件的记录。').waitFor();
    await browser.keep(clerk, 'ledger-none-1440');
  });

  it('says so where a ledger has no rows yet', async () => {
    const clerk = await browser.signIn('xf_clerk', '/ledgers/L16');

    await clerk.getByText('这本台账还没有记录。').waitFor();
    expect(await clerk.getByRole('button', { name: '导出 Excel' }).count()).toBe(0);
  });

  it('asks why, and gives a workbook of what is shown', async () => {
    const clerk = await browser.signIn('xf_clerk', '/ledgers/L01');
    await clerk.getByText('共 60 条').waitFor();
    await clerk.getByRole('button', { name: '显示的列' }).click();
    await clerk.getByRole('checkbox', { name: '接访人' }).check();
    await clerk.keyboard.press('Escape');
    await clerk.getByRole('button', { name: '导出 Excel' }).click();
    await clerk.getByRole('button', { name: '导出并记录' }).click();
    await clerk.getByText('请写明理由，至少 2 个字。').waitFor();
    await browser.keep(clerk, 'ledger-export-1440');
    await clerk.getByLabel('为什么要导出？').fill('季度核对');
    const [download] = await Promise.all([
      clerk.waitForEvent('download'),
      clerk.getByRole('button', { name: '导出并记录' }).click(),
    ]);

    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load((await readFile(await download.path())) as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0];
    expect(download.suggestedFilename()).toBe('信访接待登记台账-2026-11-25.xlsx');
    expect(sheet?.rowCount).toBe(61);
    expect(JSON.stringify(sheet?.getRow(1).values)).toContain('接访人');
    const discipline = await browser.signIn('discipline_committee', '/cockpit/access-log');
    await discipline.getByText('L01 信访接待登记台账 × 60').waitFor();
    await browser.keep(discipline, 'access-log-export-1440');
  });

  it('fits a ledger and the indicators on a phone, long texts too', async () => {
    const clerk = await browser.signIn('xf_clerk', '/ledgers/L01', phone);
    await clerk.getByText('共 60 条').waitFor();
    await clerk.getByRole('button', { name: '显示的列' }).click();
    await clerk.getByRole('checkbox', { name: '接访人' }).check();
    await clerk.keyboard.press('Escape');
    await browser.keep(clerk, 'ledger-360');
    const lead = await browser.signIn('lead_group_head', '/indicators', phone);
    await lead.getByRole('article', { name: 'R03 按期答复率' }).waitFor();
    await browser.keep(lead, 'indicators-360');

    expect(await overflowOf(clerk)).toBeLessThanOrEqual(0);
    expect(await overflowOf(lead)).toBeLessThanOrEqual(0);
  });

  it('shows rate, numerator, denominator, small numbers and the trend', async () => {
    const lead = await browser.signIn('lead_group_head', '/indicators');
    const rate = lead.getByRole('article', { name: 'R03 按期答复率' });
    await rate.getByRole('button', { name: /^2026年8月/ }).click();
    const text = await rate.innerText();
    await browser.keep(lead, 'indicators-1440');
    await lead.getByText('季', { exact: true }).click();
    await rate.getByRole('button', { name: /^2026年第3季度/ }).waitFor();
    await browser.keep(lead, 'indicators-quarter-1440');
    await rate.getByRole('button', { name: '查看事项' }).click();
    await lead.getByRole('dialog').getByRole('link').first().waitFor();
    await browser.keep(lead, 'indicators-cases-1440');

    expect(text).toMatch(/\d+(\.\d)?%[\s\S]*\d+ ÷ \d+/);
  });
});
