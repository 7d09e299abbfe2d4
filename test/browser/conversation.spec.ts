import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, reveal, submit } from './story/desk.js';
import { press, tick, write } from './story/fields.js';
import { follow, readReceipt, stayAnonymous, tellWhatHappened, wageClaim } from './story/portal.js';
import { keepClean } from './story/stage.js';

describe('the petitioner and the office write to each other', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let petitioner: Page;

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('lets somebody anonymous write with code and PIN on a phone', async () => {
    petitioner = await browser.visit('/report/report', phone);
    await tellWhatHappened(petitioner, wageClaim);
    await stayAnonymous(petitioner, '246810');
    await press(petitioner, '提交');
    const { code } = await readReceipt(petitioner);
    await tick(petitioner, '我已记下');
    await press(petitioner, '完成');
    await petitioner.getByRole('link', { name: /查询进度/ }).click();
    await follow(petitioner, code, '246810');

    await press(petitioner, '给办理人员留言');
    await press(petitioner, '发送');
    expect(await petitioner.getByText('请写留言。').first().isVisible()).toBe(true);
    await write(petitioner, '留言', '补充：考勤表的照片我留着。\n需要的话我带来。');
    await browser.keep(petitioner, 'portal-message-360');
    await press(petitioner, '发送');

    await petitioner.getByText('留言已送到').waitFor();
    await browser.keep(petitioner, 'portal-message-sent-360');
  });

  it('brings it to the office as a task, whose answer joins the conversation', async () => {
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '回复留言');
    await reveal(clerk, '信访人留言', '回复留言');
    expect(await clerk.getByText('考勤表的照片我留着').isVisible()).toBe(true);
    await browser.keep(clerk, 'work-reply-1440');
    await write(clerk, '写给信访人的话', '收到。请在接待日带上考勤表。');
    await submit(clerk, '回复');
  });

  it('shows the answer to who holds code and PIN', async () => {
    await petitioner.getByRole('button', { name: /查看 \d 条留言/ }).click();
    await petitioner.getByText('收到。请在接待日带上考勤表。').waitFor();
    await browser.keep(petitioner, 'portal-conversation-360');

    expect(await petitioner.getByText('考勤表的照片我留着').isVisible()).toBe(true);
  });
});
