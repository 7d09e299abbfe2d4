import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { proposeAccount } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { namelessInputs, overflowOf } from './story/measures.js';

describe('somebody signs in with a password that the administrator set', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    const made = { id: 'newcomer', name: '财务部联络员二', roles: ['unit_liaison'], unit: 'finance' };
    await proposeAccount(server.url, { ...made, password: 'first-one-1' });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('changes it before anything else is shown, and goes on', async () => {
    const page = await browser.visit('/work', phone);
    await page.getByLabel('用户名').fill('newcomer');
    await page.getByLabel('密码', { exact: true }).fill('first-one-1');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('heading', { name: '请先修改密码' }).waitFor();
    await browser.keep(page, 'first-password-360');
    const navigation = page.getByRole('navigation', { name: '主导航' });

    expect(await navigation.count()).toBe(0);
    expect([await overflowOf(page), await namelessInputs(page)]).toEqual([0, []]);

    await page.getByLabel('现在的密码').fill('first-one-1');
    await page.getByLabel('新密码', { exact: true }).fill('mine-alone-2');
    await page.getByLabel('再输一次新密码').fill('mine-alone-2');
    await page.getByRole('button', { name: '保存' }).click();
    await navigation.waitFor();

    expect(browser.takeProblems()).toEqual([]);
  });
});
