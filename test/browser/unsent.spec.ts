import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask } from './story/desk.js';
import { press, tick, write } from './story/fields.js';
import { follow, tellWhatHappened, wageClaim } from './story/portal.js';
import { reportedWageClaim, reportWageClaim } from './story/shortcuts.js';

const QUESTION = '写的内容还没有提交';

describe('what was typed and not sent', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('is not lost by a link of the public pages without a question', async () => {
    const person = await browser.visit('/report/report', phone);
    await write(person, '用一句话说是什么事', wageClaim.subject);
    await person.getByRole('link', { name: /返回首页/ }).click();
    const question = person.getByRole('dialog', { name: QUESTION });
    await question.waitFor();
    await browser.keep(person, 'portal-unsent-360');
    await press(question, '继续填写');

    expect(await person.getByLabel(/用一句话说是什么事/).inputValue()).toBe(wageClaim.subject);

    await person.getByRole('link', { name: /返回首页/ }).click();
    await press(question, '不要了，离开');
    await person.getByRole('link', { name: /我要反映/ }).waitFor();
  });

  describe('on the page of a case', () => {
    const message = '考勤表的照片我留着，需要的话';
    let person: Page;
    const question = () => person.getByRole('dialog', { name: QUESTION });
    const typed = () => person.getByLabel(/^留言/).inputValue();

    beforeAll(async () => {
      const { trackingCode } = await reportedWageClaim(server.url);
      person = await browser.visit('/follow', { width: 375, height: 740 });
      await follow(person, trackingCode);
      await press(person, '给办理人员留言');
      await write(person, '留言', message);
    });

    it.each([
      ['the name of the house', '职工群众信访平台', 'link'],
      ['closing the case', /^关闭/, 'button'],
      ['the entrance of the staff', '工作人员入口', 'link'],
    ] as const)('is not lost by %s without a question', async (_what, name, role) => {
      await person.getByRole(role, { name }).click();
      await question().waitFor();
      await press(question(), '继续填写');

      expect(await typed()).toBe(message);
    });

    it('is given up where the person says so', async () => {
      await person.getByRole('link', { name: '职工群众信访平台' }).click();
      await browser.keep(person, 'portal-unsent-follow-375');
      await press(question(), '不要了，离开');

      await person.getByRole('link', { name: /我要反映/ }).waitFor();
    });

    it('does not stand in the way of the quick way out', async () => {
      const { trackingCode } = await reportedWageClaim(server.url);
      person = await browser.visit('/follow', phone);
      await person.route(
        (url) => url.origin !== server.url,
        (route) => route.fulfill({ body: 'elsewhere' }),
      );
      await follow(person, trackingCode);
      await press(person, '给办理人员留言');
      await write(person, '留言', message);
      await press(person, '快速离开');
      await person.getByText('elsewhere').waitFor();

      expect(person.url()).not.toContain(server.url);
    });

    it('asks nothing once it is sent', async () => {
      const { trackingCode } = await reportedWageClaim(server.url);
      person = await browser.visit('/follow', phone);
      await follow(person, trackingCode);
      await press(person, '给办理人员留言');
      await write(person, '留言', message);
      await press(person, '发送');
      await person.getByText('留言已送到').waitFor();
      await person.getByRole('link', { name: '职工群众信访平台' }).click();

      await person.getByRole('link', { name: /我要反映/ }).waitFor();
    });
  });

  it('never stands in the way of the quick way out', async () => {
    const person = await browser.visit('/report/report', phone);
    const questions: string[] = [];
    person.on('dialog', (dialog) => {
      questions.push(dialog.type());
      void dialog.dismiss();
    });
    await person.route(
      (url) => url.origin !== server.url,
      (route) => route.fulfill({ body: 'elsewhere' }),
    );
    await write(person, '用一句话说是什么事', wageClaim.subject);
    await press(person, '快速离开');
    await person.getByText('elsewhere').waitFor();

    expect(questions).toEqual([]);
  });

  it('does not cover the quick way out with its own question', async () => {
    const person = await browser.visit('/report/report', phone);
    await person.route(
      (url) => url.origin !== server.url,
      (route) => route.fulfill({ body: 'elsewhere' }),
    );
    await write(person, '用一句话说是什么事', wageClaim.subject);
    await person.getByRole('link', { name: /返回首页/ }).click();
    await person.getByRole('dialog', { name: QUESTION }).waitFor();
    await person.getByRole('button', { name: '快速离开' }).click({ timeout: 5_000 });
    await person.getByText('elsewhere').waitFor();

    expect(person.url()).not.toContain(server.url);
  });

  it('counts a missing PIN among what is to be mended, and leads to it', async () => {
    const person = await browser.visit('/report/report', phone);
    await tellWhatHappened(person, wageClaim);
    await tick(person, '我不想留姓名');
    await press(person, '下一步');
    const summary = person.getByRole('alert').filter({ hasText: '需要改正' });

    expect(await summary.innerText()).toContain('有 2 处需要改正');

    await summary.getByRole('link', { name: '密码要正好 6 位数字。' }).click();
    await person.keyboard.type('246810');
    expect(await person.getByLabel(/6 位数字密码/).inputValue()).toBe('246810');
  });

  it('is not closed away at the desk by Esc, which only asks', async () => {
    const desk = await browser.signIn('xf_clerk');
    await press(desk, '登记与发起');
    await desk.getByRole('menuitem', { name: '登记来电' }).click();
    const form = desk.getByRole('dialog', { name: '登记来电' });
    await write(form, '信访事由', wageClaim.subject);
    await desk.keyboard.press('Escape');
    const question = desk.getByRole('dialog', { name: QUESTION });
    await question.waitFor();
    await desk.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });

    expect(await form.getByLabel(/^\s*信访事由/).inputValue()).toBe(wageClaim.subject);

    await desk.keyboard.press('Escape');
    await press(question, '不要了，离开');
    await form.waitFor({ state: 'hidden' });
  });

  it('stays in a small dialog when Esc is pressed', async () => {
    await reportWageClaim(server.url);
    const desk = await browser.signIn('xf_clerk');
    await openTask(desk, '待认领', '核对登记');
    await press(desk, /^更多操作/);
    await desk.getByRole('menuitem', { name: '评论' }).click();
    const dialog = desk.getByRole('dialog', { name: /评论/ });
    await dialog.getByRole('textbox').fill('已电话联系，明天带考勤表来。');
    await desk.keyboard.press('Escape');
    await desk.waitForTimeout(600);

    expect(await dialog.getByRole('textbox').inputValue()).toBe('已电话联系，明天带考勤表来。');
  });
});
