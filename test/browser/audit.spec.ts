import { desk, openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { makeAccount, signIn } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { namelessInputs, overflowOf } from './story/measures.js';

describe('an auditor watches over what people with rights did', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    await makeAccount(server.url, { id: 'ma', name: '马记录', roles: ['auditor'], password: 'ma-12345678' });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  afterEach(() => {
    expect(browser.takeProblems()).toEqual([]);
  });

  it('reads the log, seals it and has everything checked', async () => {
    const page = await browser.signIn('auditor', '/cockpit/audit');
    await page.getByText('尚未封存').waitFor();
    await page.getByRole('row').filter({ hasText: '账号的角色' }).first().waitFor();

    await page.getByRole('button', { name: '立即封存' }).click();
    await page.getByText(/最近封存.*到第 \d+ 条/).waitFor();
    await page.getByRole('button', { name: '核对全部' }).click();
    await page.getByText('核对无误').waitFor();

    expect(await overflowOf(page)).toBe(0);
    expect(await namelessInputs(page)).toEqual([]);
    await browser.keep(page, 'audit-log');
  });

  it('sees what a publication changed, in the words of whoever approves one', async () => {
    const admin = await signIn(server.url, 'admin');
    const path = 'workflows/organization.json';
    const { content } = (await admin.get<{ content: string }>(`/api/studio/file?path=${path}`)).body;
    const added = content.replace('"units": [', '"units": [\n    { "id": "newUnit", "name": "新设的单位" },');
    const published = { changes: [{ path, content: added }], message: '新设一个单位' };
    expect((await admin.post('/api/studio/publish', published)).status).toBe(200);
    const page = await browser.signIn('auditor', '/cockpit/audit');

    await page.getByRole('button', { name: '查看改动：新设一个单位' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('region', { name: path }).getByText('新增“新设的单位”').waitFor();
    await browser.keep(page, 'audit-publication');
    const width = await overflowOf(page);
    await dialog.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('combobox', { name: '事项' }).click();
    await page.getByTitle('发布配置').click();
    await page.getByRole('button', { name: /查看改动：启动时从配置文件夹读入/ }).click();
    await page.getByText('第一次发布，没有上一版可以对比。').waitFor();

    expect(width).toBe(0);
  });

  it('sees one kind of entry alone, also on a phone', async () => {
    const page = await browser.signIn('auditor', '/cockpit/audit', phone);
    await page.getByRole('row').filter({ hasText: '账号的角色' }).first().waitFor();
    await page.getByRole('combobox', { name: '事项' }).click();
    await page.getByTitle('发布配置').click();
    await page.getByRole('row').filter({ hasText: '账号的角色' }).first().waitFor({ state: 'detached' });

    expect(await page.getByRole('row').filter({ hasText: '发布配置' }).count()).toBe(2);
    expect(await overflowOf(page)).toBe(0);
    await browser.keep(page, 'audit-log-phone');
  });

  it('has no such page for those who do not watch', async () => {
    const page = await browser.signIn('admin', '/cockpit/audit', desk);
    await page.getByRole('navigation', { name: '督办' }).or(page.getByText('账号')).first().waitFor();

    expect(await page.getByText('审计日志').count()).toBe(0);
  });
});
