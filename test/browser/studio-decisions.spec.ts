import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { press } from './story/fields.js';
import { openFile } from './story/studio.js';
import { keepClean } from './story/stage.js';

describe('an administrator reads and fills a decision table', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;
  const cell = (text: string) => admin.locator('td.input-cell', { hasText: text }).first();

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    admin = await browser.signIn('admin', '/studio');
    await openFile(admin, /^D01/);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('reads what a code is called under it', async () => {
    await admin.locator('td[data-words]').first().waitFor();
    await browser.keep(admin, 'studio-decision-words-1440');

    expect(await cell('"C12"').getAttribute('data-words')).toBe('干部作风与廉洁');
    expect(await cell('4').getAttribute('data-words')).toBe('紧急（危及生命安全）');
  });

  it('chooses values of the dictionary by their words', async () => {
    await cell('"C12"').click();
    await press(admin, '从字典选值');
    const box = admin.getByRole('dialog', { name: '选择：内容类别' });
    await box.getByRole('checkbox', { name: /考核奖惩/ }).check();
    await browser.keep(admin, 'studio-decision-choose-1440');
    await box.getByRole('button', { name: /填.?入/ }).click();
    await admin.locator('td[data-words="干部作风与廉洁、考核奖惩"]').waitFor();

    expect(await cell('"C12", "C13"').count()).toBe(1);
  });
});
