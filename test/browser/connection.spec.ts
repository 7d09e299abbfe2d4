import type { Page } from 'playwright-core';
import { report } from '../e2e/product-values.js';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { anonymous } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { press } from './story/fields.js';
import { giveName, readReceipt, tellWhatHappened, wageClaim } from './story/portal.js';

const LOST = '连接已断开，正在重试；未提交的内容仍保留在本页。';

describe('a page whose server does not answer', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  const notice = (page: Page) => page.getByRole('status').filter({ hasText: LOST });
  const isGone = (page: Page) => notice(page).waitFor({ state: 'detached' });
  /** Nothing answers any more, as when the server or the way to it is down; gives the addresses that were asked for. */
  const cutOff = async (page: Page): Promise<string[]> => {
    const asked: string[] = [];
    await page.route(/\/(api|health)\//, (route) => {
      asked.push(new URL(route.request().url()).pathname);
      return route.abort('connectionrefused');
    });
    return asked;
  };
  /** Somebody reports something, of which the pages of staff hear. */
  const reported = () => anonymous(server.url).post('/api/portal/entries/report', { data: report });
  const isAgain = (page: Page) => page.unroute(/\/(api|health)\//);

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    await reported();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  afterEach(() => {
    const others = browser
      .takeProblems()
      .filter((text) => !/ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED)/.test(text));
    expect(others).toEqual([]);
  });

  it('says so to staff, keeps the form with what was typed, and is quiet when the answers come back', async () => {
    const page = await browser.signIn('xf_clerk');
    await openTask(page, '待认领', '核对登记');
    const typed = page.getByLabel('收到时间');
    await typed.fill('2026-11-20T08:30');

    const asked = await cutOff(page);
    await reported();
    await notice(page).waitFor();
    await browser.keep(page, 'connection-lost-1440');
    await page.waitForTimeout(3_000);
    const looks = asked.filter((path) => path === '/health/live').length;
    expect(await typed.inputValue()).toBe('2026-11-20T08:30');
    expect(asked.some((path) => /^\/api\/tasks\/\d+$/.test(path))).toBe(true);
    expect(looks).toBeLessThanOrEqual(3);

    await isAgain(page);
    await isGone(page);
    expect(await typed.inputValue()).toBe('2026-11-20T08:30');
    await page.context().close();
  });

  it('says so to a petitioner whose sending failed, and the sending arrives when the answers come back', async () => {
    const page = await browser.visit('/report/report', phone);
    await tellWhatHappened(page, wageClaim);
    await giveName(page, '张建国', '13800000000');

    await cutOff(page);
    await press(page, '提交');
    await notice(page).waitFor();
    await browser.keep(page, 'connection-lost-360');
    await isAgain(page);

    expect((await readReceipt(page)).caseNo).toMatch(/^XF/);
    await isGone(page);
    await page.context().close();
  });

  it('says so as soon as the browser is offline, without asking, and keeps what was typed', async () => {
    const page = await browser.visit('/report/report', phone);
    const told = page.getByRole('textbox').first();
    await told.fill(wageClaim.subject);

    await page.context().setOffline(true);
    await notice(page).waitFor();
    expect(await told.inputValue()).toBe(wageClaim.subject);

    await page.context().setOffline(false);
    await isGone(page);
    expect(await told.inputValue()).toBe(wageClaim.subject);
    await page.context().close();
  });
});
