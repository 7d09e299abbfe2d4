import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { putUnderGit } from '../support/git-folder.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { pickSetting } from './story/studio.js';
import { keepClean } from './story/stage.js';

describe('an administrator works inside a collapsed sub-process', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;
  const canvas = () => admin.getByRole('group', { name: '流程图画布' });
  const shape = (id: string) => canvas().locator(`.djs-shape[data-element-id="${id}"]`);

  beforeAll(async () => {
    server = await startServer();
    mkdirSync(join(server.configDir, 'workflows', 'planes'));
    copyFileSync('test/browser/planes.bpmn', join(server.configDir, 'workflows', 'planes', 'planes.bpmn'));
    putUnderGit(server.configDir);
    browser = await openBrowser(server.url);
    admin = await browser.signIn('admin', '/studio/edit/workflows/planes/planes.bpmn');
    await shape('survey').waitFor({ timeout: 120_000 });
  }, 300_000);

  keepClean(() => ({ server, browser }));

  it('sees on its shape what is wrong inside', async () => {
    const badge = canvas().getByRole('img');
    await badge.first().waitFor();
    await browser.keep(admin, 'studio-planes-1440');

    await shape('survey').and(admin.locator('[class*="ct-problem-"]')).waitFor();
    expect(await shape('survey').getAttribute('class')).toContain('ct-problem-');
  });

  it('opens it by a button, or by looking for a step in it', async () => {
    await canvas().getByRole('button', { name: '打开现场踏勘' }).click();
    await shape('look').waitFor();
    await canvas().locator('.bjs-breadcrumbs').getByRole('link', { name: '巡查' }).click();
    await shape('survey').waitFor();
    await pickSetting(admin, /查找步骤或连线/, '看现场', '看现场');
    await shape('look').waitFor();
    const [frame, found] = [(await canvas().boundingBox())!, (await shape('look').boundingBox())!];

    expect(await shape('survey').isVisible()).toBe(false);
    expect(found.x + found.width / 2).toBeCloseTo(frame.x + frame.width / 2, -1);
  });

  it('is offered each sub-process once', async () => {
    await admin.getByLabel(/查找步骤或连线/).fill('现场踏勘');
    const entries = admin.locator('.ant-select-item').filter({ hasText: /^现场踏勘$/ });
    await entries.first().waitFor();

    expect(await entries.count()).toBe(1);

    await admin.keyboard.press('Escape');
  });

  it('inserts a step there, which the file draws on the same plane', async () => {
    await admin
      .getByRole('button', { name: /插入办理步骤/ })
      .first()
      .click();
    await admin.getByRole('menuitem', { name: /插在“看现场”之后/ }).hover();
    await admin.getByRole('menuitem', { name: '普通办理步骤' }).click();
    await admin.getByRole('region', { name: '任务设置' }).getByLabel('名称').waitFor();
    await browser.keep(admin, 'studio-plane-1440');
    await admin.getByText('XML', { exact: true }).click();
    const shown = admin.locator('pre.ct-xml').filter({ hasText: 'definitions' });
    await shown.waitFor();
    const planes = ((await shown.textContent()) ?? '').split('<bpmndi:BPMNPlane ').slice(1);

    expect(planes.map((plane) => plane.split('<bpmndi:BPMNShape ').length - 1)).toEqual([4, 4, 4]);
  });
});
