import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { lastCommit, putUnderGit } from '../support/git-folder.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { press } from './story/fields.js';
import { nightShiftClaim } from './story/portal.js';
import { bringToInvestigation, investigateAndDraft } from './story/shortcuts.js';
import { openFile, pickSetting, publish } from './story/studio.js';
import { keepClean } from './story/stage.js';

describe('an administrator changes the procedure', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;
  let runningCase = '';

  beforeAll(async () => {
    server = await startServer();
    putUnderGit(server.configDir);
    browser = await openBrowser(server.url);
    runningCase = await bringToInvestigation(server.url);
    await investigateAndDraft(server.url, runningCase);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('inserts a step before the signature; without a form it is marked and cannot be published', async () => {
    admin = await browser.signIn('admin', '/studio');
    await browser.keep(admin, 'studio-home-1440');
    await openFile(admin, /^答复审签送达/);
    await admin.getByRole('group', { name: '流程图画布' }).waitFor();
    await pickSetting(admin, /查找步骤或连线/, '审核签发', '审核签发');
    await admin
      .getByRole('button', { name: /插入办理步骤/ })
      .first()
      .click();
    await admin.getByRole('menuitem', { name: /插在“审核签发”之前/ }).hover();
    await admin.getByRole('menuitem', { name: '通知' }).waitFor();
    await browser.keep(admin, 'studio-insert-kinds-1440');
    await admin.getByRole('menuitem', { name: '普通办理步骤' }).click();
    const name = admin.getByRole('region', { name: '任务设置' }).getByLabel('名称');
    await name.fill('组长过目');
    await name.press('Enter');
    await admin
      .getByRole('status')
      .filter({ hasText: /个错误/ })
      .waitFor();
    const mark = admin.getByRole('group', { name: '流程图画布' }).getByRole('img');
    await mark.first().waitFor();
    await press(admin, /发布[(（]\d/);
    const dialog = admin.getByRole('dialog', { name: /发布/ });
    await dialog.getByLabel(/为什么这样改/).fill('签发前增加组长过目');
    await browser.keep(admin, 'studio-fault-1440');

    expect(await mark.count()).toBeGreaterThan(0);
    expect(await dialog.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);

    await dialog.getByRole('button', { name: '取消' }).click();
  });

  it('gives the step a form and a role and publishes it as a commit', async () => {
    await pickSetting(admin, /^表单/, 'F-sign', '审核签发(F-sign)');
    await pickSetting(admin, /办理角色/, '领导小组组长', '领导小组组长');
    await browser.keep(admin, 'studio-step-1440');

    const result = await publish(admin, '签发前增加组长过目');

    expect(result).toMatch(/1 件在办.按第 1 版办完/);
    expect(lastCommit(server.configDir)).toMatch(/签发前增加组长过目/);
  });

  it('lets the running case finish on its old version while a new one meets the new step', async () => {
    const newCase = await bringToInvestigation(server.url, nightShiftClaim);
    await investigateAndDraft(server.url, newCase);
    const leader = await browser.signIn('mine_leader');
    const watcher = await browser.signIn('lead_group_head');

    await openTask(leader, '待认领', '审核签发', runningCase);
    await openTask(watcher, '待认领', '组长过目', newCase);

    await browser.keep(watcher, 'studio-new-task-1440');
    expect(await leader.getByRole('link', { name: new RegExp(newCase) }).count()).toBe(0);
  });

  it('adds a field to a form with a preview', async () => {
    await openFile(admin, /^不予受理告知/);
    await press(admin, /添加字段/);
    await admin.getByRole('menuitem', { name: '文本', exact: true }).click();
    await admin.getByRole('region', { name: '预览' }).getByText('新文本').waitFor();
    await browser.keep(admin, 'studio-form-1440');

    await publish(admin, '送达时多记一项');

    expect(lastCommit(server.configDir)).toMatch(/送达时多记一项/);
  });

  it('changes a row of a decision table', async () => {
    await openFile(admin, /^D03/);
    await admin.getByText('>= 10', { exact: true }).click();
    await admin.keyboard.press('Control+A');
    await admin.keyboard.type('>= 8');
    await admin.keyboard.press('Enter');
    await browser.keep(admin, 'studio-decision-1440');

    await publish(admin, '联名八人以上当日报告');

    expect(lastCommit(server.configDir)).toMatch(/联名八人以上当日报告/);
  });

  it('inserts a ready-made step: its questions stand beside the diagram, no job type is written', async () => {
    await openFile(admin, /^督办/);
    await admin.getByRole('group', { name: '流程图画布' }).waitFor();
    await pickSetting(admin, /查找步骤或连线/, '核查', '核查反馈');
    await admin
      .getByRole('button', { name: /插入办理步骤/ })
      .first()
      .click();
    await admin.getByRole('menuitem', { name: /插在“核查反馈”之前/ }).hover();
    await admin.getByRole('menuitem', { name: '通知' }).click();
    const settings = admin.getByRole('region', { name: '基本设置' });
    await settings.getByText('在系统内通知有关角色').waitFor();
    await admin.getByText('通知谁', { exact: true }).waitFor();
    await admin.getByText('通知内容', { exact: true }).waitFor();
    await browser.keep(admin, 'studio-template-1440');

    expect(await settings.getByLabel('名称').inputValue()).toBe('通知');
  });
});
