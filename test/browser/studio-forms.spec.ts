import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { lastCommit, putUnderGit } from '../support/git-folder.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, submit } from './story/desk.js';
import { press, write } from './story/fields.js';
import { namelessInputs } from './story/measures.js';
import { publish } from './story/studio.js';
import { keepClean } from './story/stage.js';

const narrow = { width: 1024, height: 800 };

describe('an administrator makes forms and processes without reading a file', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;
  let clerk: Page;
  const open = (path: string) => admin.goto(`${server.url}/studio/edit/${path}`);
  const field = (title: string) => fields().getByRole('button', { name: new RegExp(`^${title}`) });
  const fields = () => admin.getByRole('region', { name: '字段清单' });
  const titles = () => fields().locator('button[data-field]').allInnerTexts();
  const preview = () => admin.getByRole('region', { name: '预览' });

  beforeAll(async () => {
    server = await startServer();
    putUnderGit(server.configDir);
    browser = await openBrowser(server.url);
    admin = await browser.signIn('admin', '/studio/edit/forms/F-consult.form.json');
    await field('问什么').waitFor({ timeout: 120_000 });
    clerk = await browser.signIn('xf_clerk');
  }, 300_000);

  keepClean(() => ({ server, browser }));

  it('adds a field after another, names it and asks for it, and sees it at once', async () => {
    await field('问什么').click();
    await press(admin, /添加字段/);
    await admin.getByRole('menuitem', { name: '文本', exact: true }).click();
    const settings = admin.getByRole('group', { name: '“新文本”的设置' });
    await settings.getByLabel('字段名称').fill('陪同人');
    await settings.getByRole('checkbox', { name: '必填' }).check();
    await preview().getByLabel('陪同人').waitFor();
    await browser.keep(admin, 'studio-fields-1440');

    expect((await titles())[1]).toMatch(/^陪同人\n必填/);
    expect(await namelessInputs(admin)).toEqual([]);
    expect(await admin.getByText('"x-class"').count()).toBe(0);
  });

  it('moves and removes fields by keyboard, and takes it back', async () => {
    await field('陪同人').focus();
    await admin.keyboard.press('Alt+ArrowUp');
    expect((await titles())[0]).toMatch(/^陪同人/);

    await admin.keyboard.press('ArrowDown');
    await admin.keyboard.press('Delete');
    await admin.getByText('已删除“问什么”。').waitFor();
    expect((await titles())[1]).not.toMatch(/^问什么/);

    await press(admin.getByRole('status'), '撤销');
    await field('问什么').waitFor();
    expect((await titles())[1]).toMatch(/^问什么/);
  });

  it('publishes it, and who fills in the form next is asked', async () => {
    await publish(admin, '记下陪同人');
    const form = await launch('当场解答');
    await form.getByLabel('陪同人').waitFor();
    await press(form, '解答并登记');
    const summary = form.getByRole('alert').filter({ hasText: '陪同人' });
    await summary.first().waitFor();
    await browser.keep(clerk, 'studio-new-field-asked-1440');

    expect(lastCommit(server.configDir)).toMatch(/记下陪同人/);
  });

  it('is led from a fault to the field', async () => {
    await field('答复').click();
    await fields().getByLabel('最少字数').fill('9000');
    await admin
      .getByRole('status')
      .filter({ hasText: /个错误/ })
      .waitFor();
    await field('内容类别').click();
    await admin.getByRole('button', { name: /9000/ }).first().click();
    await admin.getByRole('group', { name: '“答复”的设置' }).getByRole('alert').waitFor();
    await browser.keep(admin, 'studio-field-fault-1440');

    await press(fields().locator('xpath=..'), '撤销');
    await admin.getByText('检查通过').waitFor();
  });

  it('creates a process and publishes it; its first case is begun and done', async () => {
    await press(admin, '新建');
    const dialog = admin.getByRole('dialog', { name: '新建' });
    await dialog.getByLabel('名称', { exact: true }).fill('用车申请');
    await dialog.getByLabel('编号').fill('car_request');
    await choose(dialog, '第一步由谁办', '信访登记承办人');
    await choose(dialog, '谁可以在工作台发起', '信访登记承办人');
    await browser.keep(admin, 'studio-create-1440');
    await press(dialog, '新建');
    await admin.getByRole('group', { name: '流程图画布' }).waitFor();
    await browser.keep(admin, 'studio-created-1440');
    await publish(admin, '用车要申请');

    const form = await launch('用车申请');
    await press(form, '用车申请');
    await press(form, '完成');
    await openTask(clerk, '待认领', '办理', '用车申请');
    await press(clerk, '认领');
    await write(clerk, '内容', '去县里送材料');
    await submit(clerk, '提交');

    expect(lastCommit(server.configDir)).toMatch(/用车要申请/);
    expect(launchers().at(-1)).toMatchObject({ processId: 'car_request', roles: ['xf_clerk'] });
  });

  it('is told who still uses what is to be deleted', async () => {
    await open('forms/car_request.form.json');
    await press(admin, '删除');
    const dialog = admin.getByRole('dialog', { name: /删除“用车申请”/ });
    await dialog.getByText(/别处还在用/).waitFor();
    await browser.keep(admin, 'studio-remove-used-1440');

    await press(dialog, '取消');
  });

  it('deletes a process with its folder and with the way to begin it', async () => {
    await open('workflows/car_request/car_request.bpmn');
    await press(admin, '删除');
    const dialog = admin.getByRole('dialog', { name: /删除“用车申请”/ });
    await dialog.getByText('没有别处用到它').waitFor();
    await press(dialog, '删除');
    await admin.getByText('下次发布时删除').waitFor();
    await press(admin, /发布[(（]\d/);
    await admin.getByLabel(/为什么这样改/).fill('不用了');
    await admin.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
    await admin.getByText('已送审，等待第二人批准').waitFor();

    expect(existsSync(join(server.configDir, 'workflows/car_request/car_request.bpmn'))).toBe(true);
  });

  it('drops what was never published', async () => {
    const page = await browser.signIn('admin', '/studio', narrow);
    await press(page, '新建');
    const dialog = page.getByRole('dialog', { name: '新建' });
    await dialog.getByText('表单', { exact: true }).click();
    await dialog.getByLabel('名称', { exact: true }).fill('用车登记');
    await press(dialog, '新建');
    const link = page.getByRole('link', { name: /用车登记.*草稿/ });
    await link.waitFor();
    await page.getByRole('region', { name: '字段清单' }).getByRole('button', { name: /^内容/ }).click();
    await browser.keep(page, 'studio-fields-1024');
    await press(page, '放弃新建');
    await press(page.getByRole('dialog', { name: /放弃新建的/ }), '放弃新建');
    await link.waitFor({ state: 'detached' });

    expect(await page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);
  });

  function launchers(): unknown[] {
    return JSON.parse(readFileSync(join(server.configDir, 'workflows/launchers.json'), 'utf8')) as unknown[];
  }

  async function launch(title: string): Promise<Locator> {
    await clerk.goto(`${server.url}/work`);
    await press(clerk, '登记与发起');
    await clerk.getByRole('menuitem', { name: title }).click();
    const dialog = clerk.getByRole('dialog', { name: title });
    await dialog.waitFor();
    return dialog;
  }

  async function choose(place: Locator, label: string, entry: string): Promise<void> {
    const list = place.getByRole('combobox', { name: new RegExp(`^${label}`) });
    await list.click();
    await list.fill(entry);
    await admin.locator(`.ant-select-dropdown:visible [title="${entry}"]`).click();
    await list.press('Tab');
  }
});
