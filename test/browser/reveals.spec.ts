import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { signIn } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { press, tick } from './story/fields.js';
import { wageClaim } from './story/portal.js';
import { reportWageClaim } from './story/shortcuts.js';

const REASON = '核对登记的内容';

describe('protected answers on one page', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let desk: Page;

  beforeAll(async () => {
    server = await startServer();
    await reportWageClaim(server.url);
    browser = await openBrowser(server.url);
    desk = await browser.signIn('xf_clerk');
    await openTask(desk, '待认领', '核对登记');
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('open together for one reason where they are of one kind, each recorded', async () => {
    await press(desk, '查看信访事由');
    await desk.getByLabel(/为什么要查看/).fill(REASON);
    await tick(desk, '这一页其余 2 项“内容”一起查看，逐项记录');
    await browser.keep(desk, 'work-reveal-together-1440');
    await press(desk, '查看并记录');
    await desk.getByText(wageClaim.facts).waitFor();

    expect(await desk.getByText(wageClaim.demand).isVisible()).toBe(true);
    const auditor = await signIn(server.url, 'auditor');
    const { items } = (await auditor.get<{ items: { reason: string }[] }>('/api/access-log')).body;
    expect(items.filter(({ reason }) => reason === REASON)).toHaveLength(3);
  });

  it('leave the name masked, which opens alone and for a reason of its own', async () => {
    await press(desk, '查看反映人姓名');

    expect(await desk.getByLabel(/为什么要查看/).inputValue()).toBe('');
    expect(await desk.getByLabel(/一起查看/).count()).toBe(0);
  });
});
