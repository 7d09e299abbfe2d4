import type { Locator, Page } from 'playwright-core';

type Place = Page | Locator;

/** A label as it begins; what follows, such as 可不填, does not matter. */
const beginning = (label: string) => new RegExp(`^\\s*${label}`);

export async function write(place: Place, label: string, text: string): Promise<void> {
  await place.getByLabel(beginning(label)).first().fill(text);
}

/** One of several choices that lie open. */
export async function choose(place: Place, group: string, choice: string): Promise<void> {
  await place
    .getByRole('radiogroup', { name: beginning(group) })
    .getByLabel(choice, { exact: true })
    .check();
}

/** An entry of a list that opens: its first letters, then Enter. */
export async function pick(place: Place, label: string, choice: string): Promise<void> {
  const list = place.getByRole('combobox', { name: beginning(label) });
  await list.click();
  await list.fill(choice);
  await list.press('Enter');
}

export async function tick(place: Place, label: string): Promise<void> {
  await place.getByLabel(beginning(label)).first().check();
}

export async function press(place: Place, name: string | RegExp): Promise<void> {
  await place.getByRole('button', { name, exact: typeof name === 'string' }).click();
}

/** Opens what lies folded: 更多信息, 补充信息. */
export async function unfold(place: Place, name: RegExp): Promise<void> {
  await place.getByText(name).first().click();
}
