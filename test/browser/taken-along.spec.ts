import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { unzip } from '#testing';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { press } from './story/fields.js';
import {
  approveReceptionPlan,
  bringToInvestigation,
  completeAs,
  investigateAndDraft,
  setClock,
} from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const title = '石圪台煤矿信访事项处理意见书';

describe('what people take along into programs of their own', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  async function clockAt(moment: string): Promise<void> {
    const at = Date.parse(`${moment}+08:00`);
    await setClock(server.url, at);
    browser.setTime(at);
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await clockAt('2026-06-10T09:00:00');
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('is a document as a Word file with the words of the page', async () => {
    browser.setTime(null);
    const caseNo = await bringToInvestigation(server.url);
    await investigateAndDraft(server.url, caseNo);
    await completeAs(server.url, 'mine_leader', { name: '审核签发', caseNo }, { signDecision: 'agree' });
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '送达', caseNo);
    await clerk.getByRole('tab', { name: '文书' }).click();
    await press(clerk, `打开${title}`);
    await clerk.getByLabel(/为什么要打开/).fill('修改文书');
    await press(clerk, '查看并记录');
    const shown = await clerk.getByTitle(title).last().contentFrame().locator('body').innerText();
    await browser.keep(clerk, 'document-word-1440');

    const [download] = await Promise.all([clerk.waitForEvent('download'), press(clerk, '下载 Word')]);

    expect(download.suggestedFilename()).toBe(`${title}.docx`);
    const file = unzip(await readFile(await download.path()));
    const words = letters(textOf(file.get('word/document.xml') ?? ''));
    expect(words).toContain('补发加班工资');
    expect(words).toContain('加班属实');
    expect([...words].sort().join('')).toBe([...letters(shown)].sort().join(''));
  });

  it('is a calendar: the address is copied, and what is fetched there holds the days of the plan', async () => {
    await approveReceptionPlan(server.url, ['mine_leader', 'mine_leader.safety']);
    browser.setTime(Date.parse('2026-06-20T09:00:00+08:00'));
    const leader = await browser.signIn('mine_leader', '/work/account');
    await leader.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await press(leader, '生成订阅地址');
    await leader.getByText(/只显示这一次/).waitFor();
    await browser.keep(leader, 'calendar-subscription-1440');

    const address = await copied(leader);
    const answer = await fetch(address);
    const appointments = (await answer.text())
      .replace(/\r\n[ \t]/g, '')
      .split('BEGIN:VEVENT')
      .slice(1);

    expect(new URL(address).origin).toBe(server.url);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(appointments.length).toBeGreaterThan(20);
    expect(appointments.find((one) => one.includes('DTSTART:20260706T010000Z'))).toMatch(
      /SUMMARY:领导接待日[^]*LOCATION:一楼会议室/,
    );
  });

  it('is no calendar any more when the address is given up', async () => {
    const leader = await browser.signIn('mine_leader', '/work/account');
    await leader.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await press(leader, '更换地址');
    await leader
      .getByRole('tooltip')
      .getByRole('button', { name: /确\s*定|OK/ })
      .click();
    await leader.getByText(/只显示这一次/).waitFor();
    const address = await copied(leader);

    await press(leader, '停用');
    await leader.getByRole('button', { name: '生成订阅地址' }).waitFor();

    expect((await fetch(address)).status).toBe(404);
  });

  it('is offered to everybody on the first page: the public days', async () => {
    const person = await browser.visit('/');
    const link = person.getByRole('link', { name: /接待日/ }).last();
    await link.waitFor();
    await browser.keep(person, 'portal-calendars-1440');

    const answer = await fetch(new URL((await link.getAttribute('href')) ?? '', server.url));

    expect(await answer.text()).toContain('DTSTART:20260706T010000Z');
  });
});

/** Presses 复制 beside the first address and reads what a calendar program would be given. */
async function copied(page: Page): Promise<string> {
  await page
    .getByRole('button', { name: /复制|Copy/ })
    .first()
    .click();
  return page.evaluate<string>('navigator.clipboard.readText()');
}

const textOf = (xml: string): string =>
  xml
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const letters = (text: string): string => text.replace(/\s/g, '');
