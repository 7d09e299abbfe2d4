import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { press } from './story/fields.js';
import { completeAs, reportWageClaim } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

async function choosePerson(page: Page, name: string): Promise<void> {
  const list = page.getByRole('dialog').getByRole('combobox', { name: /^选择人员/ });
  await list.click();
  await list.fill(name);
  await page.locator('.ant-select-item-option-content', { hasText: name }).first().click();
  await page.getByRole('dialog').getByText(name).first().waitFor();
}

describe('a task in the hands of several', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let caseNo = '';

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    caseNo = await reportWageClaim(server.url);
    await completeAs(server.url, 'xf_clerk', { name: '核对登记', caseNo }, { category: 'C01', consentNotice: true });
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('is signed by another before it is submitted', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '受理审核与分析', '');
    await press(director, '认领');
    await press(director, /^更多操作/);
    await browser.keep(director, 'task-actions-1440');
    await director.getByRole('menuitem', { name: /^加签/ }).click();
    const dialog = director.getByRole('dialog');
    await choosePerson(director, '分管矿领导');
    await dialog.getByLabel(/^理由/).fill('请先看处理意见。');
    await browser.keep(director, 'task-sign-1440');
    await press(dialog, '确认加签');
    await director.getByText('分管矿领导 · 正在办理').waitFor();

    const leader = await browser.signIn('mine_leader');
    await openTask(leader, '我的待办', '受理审核与分析', '');
    await leader.getByLabel('意见', { exact: true }).fill('同意按此受理。');
    await browser.keep(leader, 'task-turn-1440');
    await press(leader, '同意');

    await director.reload();
    await director.getByText('分管矿领导 · 同意').waitFor();
  });

  it('shows a copy to whom it was sent, with the count of unread ones', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '我的待办', '受理审核与分析', '');
    await press(director, /^更多操作/);
    await director.getByRole('menuitem', { name: /^抄送/ }).click();
    await choosePerson(director, '接访人');
    await press(director.getByRole('dialog'), '确认抄送');
    await director.getByText('抄送已完成。').waitFor();

    const receptionist = await browser.signIn('xf_receptionist', '/work', phone);
    await press(receptionist.getByRole('navigation', { name: '视图' }), /^抄送我的/);
    await receptionist.getByText(caseNo).first().waitFor();
    await browser.keep(receptionist, 'copies-360');

    expect(await receptionist.getByRole('main').innerText()).toMatch(/受理审核与分析/);
  });

  it('goes back to the step before', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '我的待办', '受理审核与分析', '');
    await press(director, /^更多操作/);
    await director.getByRole('menuitem', { name: /^退回/ }).click();
    const dialog = director.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^核对登记/ }).check();
    await dialog.getByLabel(/^理由/).fill('类别需要再核对。');
    await browser.keep(director, 'task-return-1440');
    await press(dialog, '确认退回');
    await director.getByText('退回已完成。').waitFor();

    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '核对登记', '');
    await clerk.getByRole('tab', { name: '记录' }).click();
    await clerk.getByText('退回至「核对登记」').waitFor();
    await browser.keep(clerk, 'task-records-1440');
  });
});
