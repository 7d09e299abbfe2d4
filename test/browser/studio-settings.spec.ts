import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { putUnderGit } from '../support/git-folder.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { press } from './story/fields.js';
import { publish } from './story/studio.js';
import { keepClean } from './story/stage.js';

describe('an administrator changes settings without reading a file', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;
  const open = (name: string) => admin.goto(`${server.url}/studio/edit/workflows/${name}.json`);
  const cell = (name: string) => admin.getByLabel(name, { exact: true });
  /** Gives up the changes of every file. */
  const discard = async () => {
    await press(admin, /发布[(（]\d/);
    const each = admin.getByRole('dialog').getByRole('button', { name: '放弃修改' });
    await each.first().waitFor();
    for (let left = await each.count(); left > 0; left -= 1) await each.first().click();
    await each.waitFor({ state: 'detached' });
    await admin.keyboard.press('Escape');
    await admin.getByRole('dialog').waitFor({ state: 'hidden' });
  };

  const chooseTable = async (name: string) => {
    const segment = admin.locator('.ant-segmented-item-label', { hasText: new RegExp(`^${name}$`) });
    if ((await segment.count()) > 0) return segment.click();
    await admin.getByLabel('选择哪一张表').click();
    await admin.locator(`.ant-select-dropdown:visible .ant-select-item-option[title="${name}"]`).click();
  };

  beforeAll(async () => {
    server = await startServer();
    putUnderGit(server.configDir);
    browser = await openBrowser(server.url);
    admin = await browser.signIn('admin', '/studio/edit/workflows/parameters.json');
    await cell('取值 · 答复期限').waitFor({ timeout: 120_000 });
  }, 300_000);

  keepClean(() => ({ server, browser }));

  it('is told in its own cell that a parameter goes beyond the law', async () => {
    await cell('取值 · 答复期限').fill('90');
    await cell('取值 · 答复期限').press('Enter');
    const fault = admin.locator('tr', { has: cell('取值 · 答复期限') }).getByRole('note');
    await fault.waitFor();
    await browser.keep(admin, 'studio-parameters-1440');

    expect(await fault.innerText()).toContain('60');
    expect(await admin.getByText('1 个错误').first().isVisible()).toBe(true);

    await discard();
    await cell('取值 · 答复期限').waitFor();
    expect(await cell('取值 · 答复期限').inputValue()).toBe('60');
  });

  it('turns a workday into a holiday by a click on the day', async () => {
    await open('calendar/2027');
    await admin.getByRole('button', { name: '1月4日 星期一 工作日' }).click();
    await admin.getByRole('button', { name: '1月4日 星期一 放假' }).waitFor();
    await admin.getByRole('button', { name: '1月9日 星期六 周末休息' }).click();
    await admin.getByRole('button', { name: '1月9日 星期六 调休上班' }).waitFor();
    await browser.keep(admin, 'studio-year-1440');
    await admin.getByText('文本', { exact: true }).click();
    const text = await admin.getByRole('textbox', { name: /的内容$/ }).inputValue();

    expect(JSON.parse(text)).toMatchObject({ workdays: ['2027-01-09'] });
    expect(text).toContain('"2027-01-04"');

    await discard();
  });

  it('says in words when something starts, and changes it in words', async () => {
    await open('schedules');
    await admin.getByRole('button', { name: '什么时候 · 核对下周接待日：每星期五 15:00' }).click();
    const form = admin.getByRole('tooltip').filter({ hasText: '什么时候' });
    await form.getByLabel('几点').fill('16:30');
    await browser.keep(admin, 'studio-schedules-1440');
    await form.getByRole('button', { name: '确定' }).click();

    await admin.getByRole('button', { name: '什么时候 · 核对下周接待日：每星期五 16:30' }).waitFor();
    expect(await admin.getByRole('button', { name: /季报：每年 1、4、7、10 月 1 日 10:00/ }).count()).toBe(1);

    await discard();
  });

  it('adds a choice to a dictionary and publishes it; the rest of the file stays as it was', async () => {
    const path = join(server.configDir, 'workflows', 'dictionaries.json');
    const before = readFileSync(path, 'utf8');
    await open('dictionaries');
    await press(admin, '新增一行');
    await admin
      .getByLabel(/^显示文字/)
      .last()
      .fill('来电转交');
    await admin.keyboard.press('Enter');
    await cell('取值 · 来电转交').fill('handedOver');
    await admin.keyboard.press('Enter');
    await publish(admin, '增加一种来源');
    const after = readFileSync(path, 'utf8');

    expect((JSON.parse(after) as { channel: unknown[] }).channel.at(-1)).toEqual({
      value: 'handedOver',
      label: '来电转交',
    });
    expect(after.length - before.length).toBeLessThan(100);
  });

  it('adds a unit below another, and is told while its name is missing', async () => {
    await open('organization');
    await press(admin, '新增一行');
    await admin
      .getByText(/个错误/)
      .first()
      .waitFor();
    const row = admin.locator('tr[data-row-key]').last();
    await browser.keep(admin, 'studio-units-1440');

    expect(await row.getAttribute('class')).toContain('is-fault');

    await row.getByLabel(/^名称/).fill('掘进三队');
    await row.getByLabel(/^名称/).press('Enter');
    await row.getByLabel(/^代号/).fill('tunnel3');
    await row.getByLabel(/^代号/).press('Enter');
    await admin.getByText('检查通过').waitFor();
    await discard();
  });

  it('moves a column of a ledger to another place', async () => {
    await open('ledgers/L01.ledger');
    await press(admin, '把“登记时间”上移一行');
    await admin.getByLabel('名称 · 登记时间', { exact: true }).waitFor();
    await browser.keep(admin, 'studio-ledger-1440');

    expect(await admin.locator('tr[data-row-key] input').first().inputValue()).toBe('登记时间');
    await admin.getByText('检查通过').waitFor();
    await discard();
  });

  it('says what a role sees of each class, and tells the difference in words', async () => {
    await open('roles');
    const sight = cell('身份 · 信访登记承办人');
    await sight.waitFor();
    await browser.keep(admin, 'studio-roles-1440');
    await sight.click();
    await admin.locator('.ant-select-dropdown:visible .ant-select-item-option[title="遮住"]').click();
    await press(admin, /发布[(（]\d/);
    const told = admin.getByRole('dialog').getByText('看“身份”：写理由后可看 → 遮住');
    await told.waitFor();
    await browser.keep(admin, 'studio-roles-differences');
    await admin.keyboard.press('Escape');
    await discard();
  });

  it('shows deadlines with their marks, and a wrong period in its own cell', async () => {
    await open('deadlines');
    await cell('期限 · 核对登记期限').fill('七天');
    await cell('期限 · 核对登记期限').blur();
    const fault = admin.locator('tr', { has: cell('期限 · 核对登记期限') }).getByRole('note');
    await fault.first().waitFor();
    await browser.keep(admin, 'studio-deadlines-1440');
    await discard();
    await admin.getByText('提醒节点', { exact: true }).first().click();
    const at = cell('什么时候 · 核对登记期限 1');
    await at.fill('0.6');
    await at.press('Enter');
    await browser.keep(admin, 'studio-deadline-marks-1440');
    await admin.getByText('文本', { exact: true }).click();
    const text = await admin.getByRole('textbox', { name: /的内容$/ }).inputValue();

    expect((JSON.parse(text) as { marks: { at: unknown }[] }[])[0]?.marks[0]?.at).toBe(0.6);

    await discard();
  });

  it('tells in its cell what a letter may not say, and where the fault is by names', async () => {
    await open('notifications');
    await cell('标题 · mail').fill('{{petitioner}}来信');
    await cell('标题 · mail').blur();
    await admin.getByRole('note').first().waitFor();
    await browser.keep(admin, 'studio-notifications-1440');
    await admin.getByText('群通知', { exact: true }).click();
    await cell('机器人 · 1').waitFor();
    await browser.keep(admin, 'studio-chat-1440');
    await discard();
  });

  it.each([
    ['rooms', '名称 · 应急处置室', ['显示的事实', '可以做的事']],
    ['portal', '名称 · 职工群众信访平台', ['入口', '进度说明']],
  ])('shows %s as tables', async (file, first, others) => {
    await open(file);
    await cell(first).waitFor();
    await browser.keep(admin, `studio-${file}-1440`);
    for (const other of others) {
      await chooseTable(other);
      await admin.getByText(/^共 \d+ 行$/).waitFor();
      await browser.keep(admin, `studio-${file}-${other}`);
    }
    await admin.getByText('检查通过').first().waitFor();
  });
});
