import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const screensDir = resolve(process.cwd(), 'test-results/screens');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'];

/** How long a page may take to show what is looked for. */
const PATIENCE_MS = 60_000;

/** Widths that people work with. */
export const desk = { width: 1440, height: 900 };
export const phone = { width: 360, height: 740 };
type Size = typeof desk;

/** A browser in which each person has a window of their own; what goes wrong in any of them is remembered. */
export interface TestBrowser {
  /** A window of a person nobody knows. */
  visit(path: string, size?: Size): Promise<Page>;
  /** A window of a person who has signed in with a demo account. */
  signIn(account: string, path?: string, size?: Size): Promise<Page>;
  /** Keeps a picture of the whole page under test-results/screens. */
  keep(page: Page, name: string): Promise<void>;
  /** Sets the clock of windows that are opened from now on (epoch ms); it runs on from there. Null: the time of the machine. */
  setTime(at: number | null): void;
  /** Errors and warnings that the pages wrote to the console, uncaught errors and failed requests since the last call. */
  takeProblems(): string[];
  close(): Promise<void>;
}

/** Opens Chromium for the pages of one server; CHROMIUM_PATH names another program than Debian's. */
export async function openBrowser(url: string): Promise<TestBrowser> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: flags,
  });
  const problems: string[] = [];
  let startsAt: number | null = null;
  await mkdir(screensDir, { recursive: true });

  async function visit(path: string, size = desk): Promise<Page> {
    const context = await newContext(browser, size);
    context.setDefaultTimeout(PATIENCE_MS);
    if (startsAt !== null) await context.clock.install({ time: startsAt });
    const page = await context.newPage();
    remember(page, problems);
    await page.goto(url + path);
    return page;
  }

  return {
    visit,
    signIn: async (account, path = '/work', size = desk) => {
      const page = await visit(path, size);
      await page.getByLabel('用户名').fill(account);
      await page.getByLabel('密码', { exact: true }).fill('demo');
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await page.getByRole('navigation', { name: '主导航' }).waitFor();
      return page;
    },
    keep: async (page, name) => {
      await page.screenshot({ path: join(screensDir, `${name}.png`), fullPage: true, animations: 'disabled' });
    },
    setTime: (at) => {
      startsAt = at;
    },
    takeProblems: () => problems.splice(0),
    close: () => browser.close(),
  };
}

function newContext(browser: Browser, viewport: Size): Promise<BrowserContext> {
  return browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' });
}

function remember(page: Page, problems: string[]): void {
  const note = (text: string) => problems.push(`${new URL(page.url()).pathname}: ${text}`);
  page.on('console', (message) => {
    const { url } = message.location();
    if (['error', 'warning'].includes(message.type())) note(`${message.type()} ${message.text()} ${url}`.trim());
  });
  page.on('pageerror', (error) => note(`uncaught ${error.message}`));
}
