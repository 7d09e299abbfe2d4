import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openFile } from './story/studio.js';
import { keepClean } from './story/stage.js';

describe('an administrator changes the template of a document', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let admin: Page;
  const frame = () => admin.frameLocator('iframe[title^="信访事项受理告知书"]');
  const type = async (text: string) => {
    await admin.getByRole('textbox', { name: /T04/ }).focus();
    await admin.keyboard.press('Control+Home');
    await admin.keyboard.type(text);
  };

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    admin = await browser.signIn('admin', '/studio');
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('finds what can be changed folded by process', async () => {
    const tree = admin.getByRole('navigation', { name: '可以修改的内容' });
    const group = tree.locator('summary', { hasText: /^信访事项受理办理$/ });
    await group.waitFor();
    const before = await tree.getByRole('link').count();
    await group.click();
    await tree.getByRole('link', { name: /^信访事项受理告知书/ }).waitFor();

    expect(before).toBe(0);
  });

  it('sees the page beside it, with titles of fields in place of values', async () => {
    await openFile(admin, /^信访事项受理告知书/);
    await frame().getByText('〔反映人姓名〕').waitFor();
    await browser.keep(admin, 'studio-document-1440');

    expect(await admin.locator('iframe').getAttribute('sandbox')).toBe('');
  });

  it('sees at once what is typed', async () => {
    await type('<p>请妥善保管{{subject}}</p>');

    await frame().getByText('请妥善保管〔信访事由〕').waitFor();

    expect(await admin.getByRole('region', { name: '预览' }).getByRole('alert').count()).toBe(0);
  });

  it('reads what is wrong and where, and still sees the page before it', async () => {
    await type('{{{subject}}}\n');

    const faults = admin.getByRole('region', { name: '预览' }).getByRole('alert');
    await faults.getByText(/不允许不转义的输出/).waitFor();
    await browser.keep(admin, 'studio-document-fault-1440');

    expect(await faults.getByRole('button', { name: '第 1 行' }).count()).toBe(1);
    expect(await frame().getByText('请妥善保管').count()).toBe(1);
  });
});
