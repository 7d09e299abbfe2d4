import type { Page } from 'playwright-core';
import { press } from './fields.js';

/** Finds a file in the tree by the beginning of its title, and opens it. */
export async function openFile(page: Page, title: RegExp): Promise<void> {
  const tree = page.getByRole('navigation', { name: '可以修改的内容' });
  await tree.getByRole('textbox', { name: '按名称查找' }).fill(title.source.replace(/^\^/, ''));
  await tree.getByRole('link', { name: title }).first().click();
}

/** An entry of one of the lists of the studio: its first letters, then the entry. */
export async function pickSetting(page: Page, label: RegExp, typed: string, entry: string): Promise<void> {
  const list = page.getByRole('combobox', { name: label });
  await list.click();
  await list.fill(typed);
  await page.getByTitle(entry, { exact: true }).first().click();
  await page.keyboard.press('Escape');
}

/** Publishes with a reason and gives back what the page says then. */
export async function publish(page: Page, reason: string): Promise<string> {
  await page.getByText('检查通过').waitFor();
  await press(page, /发布[(（]\d/);
  await page.getByLabel(/为什么这样改/).fill(reason);
  await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
  const result = page.getByRole('dialog', { name: '发布结果' });
  await result.getByText(/现行第/).waitFor();
  const text = await result.innerText();
  await result.getByRole('button', { name: '关闭' }).last().click();
  return text;
}
