import type { Page } from 'playwright-core';
import type { TestBrowser } from '../../support/browser.js';
import { press } from './fields.js';

/** Goes to the list in which the task lies, opens the one about a subject or case, and waits for its form. */
export async function openTask(page: Page, view: string, task: string, about = ''): Promise<void> {
  await page.getByRole('link', { name: '工作台' }).click();
  await press(page.getByRole('navigation', { name: '视图' }), new RegExp(`^${view}`));
  const row = page.getByRole('link', { name: new RegExp(`${task}.*${about}`) });
  await row.first().click();
  await page.getByRole('heading', { level: 1, name: new RegExp(task) }).waitFor();
}

/** Sends the form of the open task and waits until the page says so. */
export async function submit(page: Page, button: string): Promise<void> {
  await press(page, button);
  await page.getByText('已提交').waitFor();
}

/** Reads a masked value of the open task, with the reason that is recorded. */
export async function reveal(page: Page, label: string, reason: string): Promise<void> {
  await press(page, `查看${label}`);
  await page.getByLabel(/为什么要查看/).fill(reason);
  await press(page, '查看并记录');
  await page
    .getByText(/已记录/)
    .first()
    .waitFor();
}

/** Opens a document of the open task or case, prints it, keeps a picture and gives its text; fails unless every page is A4. */
export async function printed(page: Page, browser: TestBrowser, title: string, name: string): Promise<string> {
  await page.getByRole('tab', { name: '文书' }).click();
  await press(page, `打开${title}`);
  const question = page.getByLabel(/为什么要打开/);
  const frame = page.getByTitle(title).last();
  await question.or(frame).first().waitFor();
  if (await question.isVisible()) {
    await question.fill('制作文书');
    await press(page, '查看并记录');
  }
  await frame.waitFor();
  const text = await expectA4(browser, (await frame.getAttribute('srcdoc')) ?? '', name);
  await page
    .getByRole('dialog', { name: title })
    .getByRole('button', { name: /^Close$|^关闭$/ })
    .click();
  return text;
}

async function expectA4(browser: TestBrowser, html: string, name: string): Promise<string> {
  const sheet = await browser.visit('/rights');
  await sheet.goto('about:blank');
  await sheet.setContent(html);
  await browser.keep(sheet, name);
  const pdf = (await sheet.pdf({ preferCSSPageSize: true })).toString('latin1');
  const boxes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ]);
  expect(boxes.length).toBeGreaterThan(0);
  expect(boxes).toEqual(boxes.map(() => [595, 842]));
  return sheet.locator('body').innerText();
}
