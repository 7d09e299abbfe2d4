import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { bringToInvestigation } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

describe('a leader looks at deadlines on a phone', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let leader: Page;
  let caseNo = '';

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    caseNo = await bringToInvestigation(server.url);
    leader = await browser.signIn('xf_office_director', '/cockpit', phone);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it.each([
    ['超期与督办', 'supervision'],
    ['时限', 'deadlines'],
  ])('%s: lamp and time stand under the title, within the edge', async (...[section, name]) => {
    await leader.getByRole('navigation', { name: '驾驶舱' }).getByRole('link', { name: section, exact: true }).click();
    const row = leader.getByRole('row', { name: new RegExp(caseNo) }).first();
    const due = row.locator('.ct-deadline').first();
    await due.waitFor();
    await browser.keep(leader, `cockpit-${name}-360`);
    const box = await due.boundingBox();

    expect(Math.round((box?.x ?? 0) + (box?.width ?? 999))).toBeLessThanOrEqual(phone.width);
    expect(await row.getByRole('cell').count()).toBe(1);
  });
});
