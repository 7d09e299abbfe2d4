import type { Page } from 'playwright-core';
import { press } from './fields.js';

/** Goes to the list in which the task lies, opens it and waits for its form. */
export async function openTask(page: Page, view: string, task: string): Promise<void> {
  await page.getByRole('link', { name: '工作台' }).click();
  await press(page.getByRole('navigation', { name: '视图' }), new RegExp(`^${view}`));
  await page
    .getByRole('link', { name: new RegExp(task) })
    .first()
    .click();
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
