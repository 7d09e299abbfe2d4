import type { Locator, Page } from 'playwright-core';

const MOST_STOPS = 80;

/** Goes on with the Tab key until the control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if ((await control.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Expected the Tab key to reach ${String(control)} within ${MOST_STOPS} stops.`);
}

/** Runs in the page: visible inputs without label, `aria-label` or `aria-labelledby`. */
const findNameless = `
  [...document.querySelectorAll('input, select, textarea')]
    .filter((input) => input.checkVisibility() && !input.closest('[aria-hidden=true]'))
    .filter((input) => !input.labels?.length && !input.matches('[aria-label], [aria-labelledby]'))
    .map((input) => input.outerHTML)`;

/** Visible inputs of the page that a screen reader could not name. */
export function namelessInputs(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(findNameless);
}

/** How far the page is wider than its window, in px. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}

export function languageOf(page: Page): Promise<string> {
  return page.evaluate<string>('document.documentElement.lang');
}
