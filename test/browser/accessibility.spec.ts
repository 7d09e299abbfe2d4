import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { languageOf, namelessInputs, overflowOf, tabTo } from './story/measures.js';
import { completeAs, reportWageClaim } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

describe('everyone can use it', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    const caseNo = await reportWageClaim(server.url);
    await reportWageClaim(server.url);
    await completeAs(server.url, 'xf_clerk', { name: '核对登记', caseNo }, { category: 'C01', consentNotice: true });
    await completeAs(server.url, 'xf_office_director', { name: '受理审核与分析', caseNo }, { mainIssue: '加班工资' });
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('leads from the login through a task to its end by keyboard alone', async () => {
    const page = await browser.visit('/work');
    await page.getByLabel('用户名').waitFor();
    await tabTo(page, page.getByLabel('用户名'));
    await page.keyboard.type('unit_head');
    await page.keyboard.press('Tab');
    await page.keyboard.type('demo');
    await page.keyboard.press('Enter');
    const task = page.getByRole('link', { name: /签收交办单/ });
    await task.waitFor();
    await tabTo(page, task);
    await page.keyboard.press('Enter');
    const submit = page.getByRole('button', { name: '签收', exact: true });
    await submit.waitFor();
    await tabTo(page, submit);
    await page.keyboard.press('Enter');

    await page.getByText('已提交').waitFor();
    await page.getByRole('button', { name: /^我已办/ }).click();
    await page.getByRole('link', { name: /签收交办单/ }).click();
    const heading = page.getByRole('region', { name: '任务' }).locator('header');
    await heading.waitFor();

    expect(await heading.innerText()).toMatch(/已完成/);
    expect(await heading.innerText()).not.toMatch(/还剩|超期/);
  });

  it('names every input and the task that is open, and tells its language', async () => {
    const login = await browser.visit('/work');
    await login.getByLabel('用户名').waitFor();
    const report = await browser.visit('/report/report', phone);
    await report.getByRole('heading', { name: '发生了什么' }).waitFor();
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '核对登记');
    const pages = [login, report, clerk];

    expect(await clerk.title()).toMatch(/^核对登记 · XF-\d{4}-\d{5} · 工作台$/);

    expect(await Promise.all(pages.map(namelessInputs))).toEqual([[], [], []]);
    expect(await Promise.all(pages.map(languageOf))).toEqual(['zh-CN', 'zh-CN', 'zh-CN']);
  });

  it('fits the portal and the task list on a phone without scrolling sideways', async () => {
    const open = (path: string) => browser.visit(path, phone);
    const portal = await Promise.all(['/', '/report/report', '/follow', '/rights', '/work'].map(open));
    const list = await browser.signIn('xf_clerk', '/work', phone);
    await list.getByRole('link', { name: /核对登记/ }).waitFor();
    await browser.keep(list, 'work-list-360');
    const widths = await Promise.all([...portal, list].map(overflowOf));
    await list.getByRole('link', { name: /核对登记/ }).click();
    await list.getByRole('button', { name: '完成登记' }).waitFor();
    await browser.keep(list, 'work-task-360');

    expect([...widths, await overflowOf(list)]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
