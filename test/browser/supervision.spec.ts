import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, reveal, submit } from './story/desk.js';
import { choose, write } from './story/fields.js';
import { bringToInvestigation, setClock } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const DAY = 86_400_000;
/** The unit has another sheet of the same day, of the month's screening. */
const sheetOfCase = '督办 · 人力资源部 · 答复';
const answer = { measures: '指定劳资科副科长专人核对考勤。', progress: '考勤已核对完，正在算补发金额。' };

describe('the process itself watches deadlines', () => {
  const begin = Date.now();
  let server: ServerProcess;
  let browser: TestBrowser;
  let caseNo = '';

  async function after(days: number): Promise<void> {
    await setClock(server.url, begin + days * DAY);
    browser.setTime(begin + days * DAY);
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    caseNo = await bringToInvestigation(server.url);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('urges the unit past 80 % of the time', async () => {
    await after(49);

    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '签发督办单');
    await browser.keep(director, 'supervise-issue-1440');

    expect(await director.getByRole('main').innerText()).toMatch(/催办 · 人力资源部 · 答复/);
    await submit(director, '签发');
  });

  it('supervises the unit past the deadline', async () => {
    await after(62);

    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '签发督办单', sheetOfCase);

    expect(await director.getByRole('main').innerText()).toMatch(/督办 · 人力资源部 · 答复/);
    await submit(director, '签发');
  });

  it('lists what is overdue by unit in the cockpit', async () => {
    const director = await browser.signIn('xf_office_director', '/cockpit');
    const unit = director.getByRole('button', { name: /^人力资源部/ });
    await unit.click();
    await browser.keep(director, 'cockpit-1440');

    expect(await unit.innerText()).toMatch(/[1-9] 件超期/);
    expect(
      await director
        .getByRole('row', { name: new RegExp(`${caseNo}.*超期`) })
        .first()
        .innerText(),
    ).toMatch(/超期/);
  });

  it('has the unit answer the supervision in writing', async () => {
    const head = await browser.signIn('unit_head');
    await openTask(head, '待认领', '单位反馈', sheetOfCase);
    await write(head, '措施', answer.measures);
    await write(head, '进展', answer.progress);
    await write(head, '计划完成日', new Date(begin + 67 * DAY).toISOString().slice(0, 10));
    await browser.keep(head, 'supervise-feedback-1440');
    await submit(head, '提交反馈');
  });

  it('shows the answer to the director, who checks it, and closes the sheet in the ledger', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '核查反馈', sheetOfCase);
    await reveal(director, '措施', '核查反馈');
    await reveal(director, '进展', '核查反馈');
    await director.getByText(answer.progress).waitFor();
    await browser.keep(director, 'supervise-check-1440');
    const shown = await director.getByRole('main').innerText();
    await choose(director, '核查结论', '通过');
    await submit(director, '确定');
    const sheet = director.getByRole('row', { name: new RegExp(`${caseNo}.*人力资源部`) });
    const closed = sheet.filter({ hasText: /督办[^]*答复[^]*通过/ });
    // Ledgers follow a moment after the step.
    for (let look = 0; look < 20 && (await closed.count()) === 0; look += 1) {
      await director.goto(`${server.url}/ledgers/L05`);
      await sheet.first().waitFor();
      await director.waitForTimeout(500);
    }
    await browser.keep(director, 'ledger-L05-1440');

    expect(shown).toContain(answer.measures);
    expect(shown).toContain(answer.progress);
    expect(await closed.count()).toBeGreaterThan(0);
  });
});
