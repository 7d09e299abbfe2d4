import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { signIn } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { keepClean } from './story/stage.js';

/** Stands in a sub-process with a plane of its own; another one has an incident. */
const xml = readFileSync('test/browser/planes.bpmn', 'utf8');

describe('the diagram of a case whose sub-processes are collapsed', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let page: Page;
  const shown = (id: string) => page.locator(`.ct-diagram .djs-shape[data-element-id="${id}"]`);
  const classOf = (id: string) => shown(id).getAttribute('class');
  const strokeOf = (id: string) =>
    page.evaluate<string>(
      `getComputedStyle(document.querySelector('.ct-diagram [data-element-id="${id}"] .djs-visual > *')).stroke`,
    );
  const trail = () => page.locator('.bjs-breadcrumbs').getByRole('link');

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    const form = new FormData();
    form.append('resources', new Blob([xml]), 'planes.bpmn');
    const authorization = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
    await fetch(`${server.url}/v2/deployments`, { method: 'POST', body: form, headers: { authorization } });
    const admin = await signIn(server.url, 'admin');
    const start = { processDefinitionId: 'planes' };
    const { processInstanceKey } = (await admin.post<{ processInstanceKey: string }>('/v2/process-instances', start))
      .body;
    const filter = { processInstanceKey };
    const incidents = async () =>
      (await admin.post<{ items: unknown[] }>('/v2/incidents/search', { filter })).body.items;
    while ((await incidents()).length === 0) await new Promise((soon) => setTimeout(soon, 100));
    page = await browser.signIn('admin', `/work/case/${processInstanceKey}`);
    await page.getByRole('tab', { name: '流程' }).click();
    await shown('look').waitFor({ timeout: 60_000 });
  }, 300_000);

  keepClean(() => ({ server, browser }));

  it('begins on the plane where the case stands', async () => {
    await browser.keep(page, 'diagram-plane-1440');

    expect(await shown('look').isVisible()).toBe(true);
    expect(await classOf('look')).toContain('ct-active');
    expect(await page.locator('.ct-token:visible').allInnerTexts()).toEqual(['在这里']);
  });

  it('leads up to the whole, where the collapsed shapes tell what goes on inside', async () => {
    await trail().getByText('巡查').click();
    await shown('survey').waitFor();
    await browser.keep(page, 'diagram-whole-1440');

    expect(await classOf('survey')).toContain('ct-active');
    expect(await classOf('reminder')).toContain('ct-incident');
    expect(await strokeOf('reminder')).toBe('rgb(192, 42, 34)');
    expect(await strokeOf('done')).not.toBe(await strokeOf('survey'));
    expect((await page.locator('.ct-token:visible').allInnerTexts()).toSorted()).toEqual(['在这里', '有故障']);
  });

  it('opens a sub-process by a button with a name, and shows all of it', async () => {
    await page.getByRole('group', { name: '流程图' }).getByRole('button', { name: '打开到点催办' }).press('Enter');
    await shown('judge').waitFor();
    const frame = (await page.locator('.ct-diagram').boundingBox())!;
    const end = (await shown('urged').boundingBox())!;

    expect(await classOf('judge')).toContain('ct-incident');
    expect(end.x + end.width).toBeLessThan(frame.x + frame.width);
    expect(end.y + end.height).toBeLessThan(frame.y + frame.height);
    expect(end.y).toBeGreaterThan(frame.y);
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('巡查');
  });

  it('comes back to where the case stands', async () => {
    await page.getByRole('button', { name: '当前步骤' }).click();
    await shown('look').waitFor();

    expect(await shown('judge').isVisible()).toBe(false);
  });
});
