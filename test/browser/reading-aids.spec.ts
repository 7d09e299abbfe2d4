import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { press, tick } from './story/fields.js';
import { readReceipt, stayAnonymous, tellWhatHappened, wageClaim } from './story/portal.js';

describe('who reads with difficulty', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('makes all text of the public pages larger, on a phone without a bar to scroll sideways', async () => {
    const page = await browser.visit('/');
    await page.setViewportSize({ width: 390, height: 844 });
    const button = page.getByRole('button', { name: '大字' });
    const height = async () =>
      (
        await page
          .getByRole('link', { name: /我要反映/ })
          .first()
          .boundingBox()
      )?.height ?? 0;
    const before = await height();
    await button.click();

    expect(await height()).toBeGreaterThan(before * 1.2);
    await browser.keep(page, 'portal-large-text-390');
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await page.getByRole('button', { name: '标准字' }).click();
    expect(await height()).toBe(before);
  });

  it('hears the page, but no code, until they press again or go on', async () => {
    const page = await browser.visit('/');
    await withVoice(page);
    await page.reload();
    await page.getByText(/我们的承诺/).waitFor();
    await page.evaluate(
      `document.getElementById('main').insertAdjacentHTML('beforeend', '<p>查询码 <strong class="ct-code">ABCD-1234</strong></p>')`,
    );
    await page.getByRole('button', { name: '朗读', exact: true }).click();
    const said = (await page.evaluate('window.said.map(({ text }) => text).join("")')) as string;

    expect(said).toContain('我们的承诺');
    expect(said).not.toContain('ABCD');
    expect(await page.evaluate('window.said.every(({ lang }) => lang === "zh-CN")')).toBe(true);
    await page.getByRole('button', { name: '停止朗读' }).click();
    expect(await page.evaluate('window.cancelled')).toBeGreaterThan(0);
    await page.getByRole('button', { name: '朗读', exact: true }).waitFor();
  });

  it('is offered no voice where the device has none', async () => {
    const page = await browser.visit('/');
    await page.addInitScript('delete window.speechSynthesis; delete Window.prototype.speechSynthesis;');
    await page.reload();
    await page.getByRole('button', { name: '大字' }).waitFor();

    expect(await page.getByRole('button', { name: '朗读', exact: true }).count()).toBe(0);
  });

  it('lets somebody else type, and confirms it before it is sent, anew after each change', async () => {
    const page = await browser.visit('/report/report');
    await page.setViewportSize({ width: 390, height: 844 });
    await tick(page, '有人帮我填写');
    await tellWhatHappened(page, wageClaim);
    await stayAnonymous(page, '246810');
    await press(page, '提交');
    await page
      .getByRole('alert')
      .getByText(/还没有本人确认/)
      .waitFor();
    await browser.keep(page, 'portal-helper-390');
    await tick(page, '我是本人，看过或者听过，说得对。');
    await press(page, '上一步');
    await press(page, '下一步');

    expect(await page.getByLabel('我是本人，看过或者听过，说得对。').isChecked()).toBe(false);
    await tick(page, '我是本人，看过或者听过，说得对。');
    await press(page, '提交');
    await readReceipt(page);
    await page.getByText(/不要留给帮您填写的人/).waitFor();
  });
});

/** A voice that writes down what it is asked to say. */
async function withVoice(page: Page): Promise<void> {
  await page.addInitScript(`
    window.said = [];
    window.cancelled = 0;
    const voice = { speak: (one) => window.said.push({ text: one.text, lang: one.lang }), cancel: () => { window.cancelled += 1; } };
    Object.defineProperty(window, 'speechSynthesis', { value: voice, configurable: true });
  `);
}
