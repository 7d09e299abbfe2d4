import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';

describe('an address where nothing is, or nothing for this person', () => {
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

  it('gets a page in words for people and the problem as JSON for programs', async () => {
    const page = await browser.visit('/no-such-page');
    await page.getByText('没有这个页面。').waitFor();
    const home = page.getByRole('link', { name: '回到首页' });
    const forPrograms = await fetch(`${server.url}/no-such-page`);

    expect(await home.getAttribute('href')).toBe('/');
    expect(forPrograms.status).toBe(404);
    expect(await forPrograms.json()).toMatchObject({ code: 'notFound' });
  });

  it('leads staff back to the workbench', async () => {
    const page = await browser.signIn('unit_head', '/work/no-such-page');

    expect(await page.title()).toBe('没有这个页面。');

    await page.getByRole('link', { name: '回到工作台' }).click();
    await page.getByRole('searchbox').first().waitFor();

    expect(await page.title()).toBe('工作台');
  });

  it('does not offer to try again what cannot come', async () => {
    const page = await browser.signIn('unit_head', '/work/case/123');
    await page.getByText('没有找到，或您无权查看。').waitFor();

    expect(await page.getByRole('button', { name: '重试' }).count()).toBe(0);
    expect(await page.title()).toBe('案件');
    expect(await page.getByRole('link', { name: '回到工作台' }).getAttribute('href')).toBe('/work');
    await page.goto(`${server.url}/cockpit`);
    await page.getByText('驾驶舱给督查、审计和系统管理人员用。').waitFor();
  });
});
