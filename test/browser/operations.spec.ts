import type { Locator, Page } from 'playwright-core';
import { model } from '#testing';
import { webhookBpmn } from '../e2e/engine-models.js';
import { desk, openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { signIn, type Client } from '../support/client.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { namelessInputs, overflowOf } from './story/measures.js';

const CASES = 120;
const notifyBpmn = model('tell')
  .start()
  .serviceTask('tell-duty', {
    type: 'ct.notify',
    inputs: { roles: '=["duty_officer"]', text: '="有一件事危及生命安全，请立即联系信访办。"' },
  })
  .end().xml;

/** Waits until so many are there. */
async function expectCount(locator: Locator, count: number): Promise<void> {
  await locator.nth(count).waitFor({ state: 'detached' });
  await locator.nth(count - 1).waitFor();
}

describe('operators look after what runs over many cases and what could not be sent', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let receiver: Receiver;
  let admin: Client;
  const deploy = async (xml: string) => {
    const form = new FormData();
    form.append('resources', new Blob([xml]), 'model.bpmn');
    const authorization = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
    await fetch(`${server.url}/v2/deployments`, { method: 'POST', body: form, headers: { authorization } });
  };
  const start = (processDefinitionId: string) => admin.post('/v2/process-instances', { processDefinitionId });
  const ask = async (operation: string) => {
    const filter = { processDefinitionId: 'many', state: 'ACTIVE' };
    const { body } = await admin.post<{ batchOperationKey: string }>(`/v2/process-instances/${operation}`, { filter });
    return body.batchOperationKey;
  };
  const held = async (operation: string) => {
    const key = await ask(operation);
    expect((await admin.post(`/v2/batch-operations/${key}/suspension`)).status).toBe(204);
  };
  const row = (page: Page, text: RegExp) => page.getByRole('listitem').filter({ hasText: text });

  beforeAll(async () => {
    receiver = await startReceiver();
    const hook = { 'workflows/hook/hook.bpmn': webhookBpmn('hook', `${receiver.origin}/ledger`) };
    server = await startServer({ WEBHOOK_ORIGINS: receiver.origin }, hook);
    browser = await openBrowser(server.url);
    admin = await signIn(server.url, 'admin');
    await deploy(model('many').start().userTask('wait', { groups: 'admin', form: '' }).end().xml);
    await Promise.all(Array.from({ length: CASES }, () => start('many')));
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    await receiver?.close();
  });

  afterEach(() => {
    expect(browser.takeProblems()).toEqual([]);
  });

  it('say what these pages are for where there is nothing', async () => {
    const page = await browser.signIn('admin', '/cockpit/batch-operations');
    await page.getByText('还没有批量操作。').waitFor();
    await page.getByRole('link', { name: '外发失败' }).click();

    await page.getByText('没有失败的外发。').waitFor();
  });

  it('continue what is held, see how far it is and what failed, and stop the rest', async () => {
    await held('deletion');
    const page = await browser.signIn('admin', '/cockpit/batch-operations');
    await row(page, /已暂停/).waitFor();
    await page.getByRole('button', { name: '继续：删除办结记录' }).click();
    await row(page, /已完成/).waitFor();
    await page.getByText(`已处理 ${CASES} / ${CASES} 件`).waitFor();
    await page.getByRole('button', { name: '查看出错的' }).click();
    await page
      .getByText(/to have ended but it is ACTIVE/)
      .first()
      .waitFor();
    await held('suspension');
    await page.reload();
    await page.getByRole('button', { name: '终止：暂停案件流程' }).click();
    await browser.keep(page, 'batch-operations-cancel-1440');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /终\s*止/ })
      .click();
    await row(page, /暂停案件流程.*已终止/).waitFor();
    await browser.keep(page, 'batch-operations-1440');

    expect(await page.getByRole('button', { name: /^继续/ }).count()).toBe(0);
    expect(await namelessInputs(page)).toEqual([]);
  });

  it('send again what was refused, or give it up after being asked', async () => {
    receiver.answers.push(400, 400);
    await Promise.all([start('hook'), start('hook')]);
    const page = await browser.signIn('admin', '/cockpit/dead-letters');
    await page
      .getByRole('button', { name: /^重新发送/ })
      .nth(1)
      .waitFor();
    await browser.keep(page, 'dead-letters-1440');
    await page
      .getByRole('button', { name: /^重新发送/ })
      .first()
      .click();
    await page.getByText('已重新发送').waitFor();
    await expectCount(page.getByRole('button', { name: /^放弃/ }), 1);
    await page.getByRole('button', { name: /^放弃/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /放\s*弃/ })
      .click();
    await page.getByText('没有失败的外发。').waitFor();

    expect(receiver.received).toHaveLength(3);
  });

  it('fit a phone', async () => {
    receiver.answers.push(400);
    await held('resumption');
    await start('hook');
    const page = await browser.signIn('admin', '/cockpit/batch-operations', phone);
    await row(page, /恢复案件流程.*已暂停/).waitFor();
    await browser.keep(page, 'batch-operations-360');
    const widths = [await overflowOf(page)];
    await page.goto(`${server.url}/cockpit/dead-letters`);
    await page.getByRole('button', { name: /^放弃/ }).waitFor();
    await browser.keep(page, 'dead-letters-360');

    expect([...widths, await overflowOf(page)]).toEqual([0, 0]);
  });

  it('and all others read what processes tell them, also on a phone', async () => {
    const page = await browser.signIn('duty_officer', '/work', phone);
    await deploy(notifyBpmn);
    await start('tell');
    await page.getByRole('button', { name: '通知，1 条未看' }).click();
    await page.getByText('有一件事危及生命安全').waitFor();
    await browser.keep(page, 'notices-360');
    const box = await page.getByRole('tooltip').boundingBox();
    await page.reload();
    await page.getByRole('button', { name: '通知', exact: true }).waitFor();

    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(await overflowOf(page)).toBe(0);
  });

  it('are the only ones who see these pages', async () => {
    const page = await browser.signIn('xf_office_director', '/cockpit/batch-operations', desk);
    await page.getByRole('heading', { name: '超期与督办' }).waitFor();

    expect(await page.getByRole('link', { name: /批量操作|外发失败/ }).count()).toBe(0);
  });
});
