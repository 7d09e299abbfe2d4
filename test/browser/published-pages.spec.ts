import type { Locator, Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { anonymous, signIn } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { pick, press, write } from './story/fields.js';
import { keepClean } from './story/stage.js';

const WAGES = { question: '夜班津贴什么时候发？', answer: '每月十五日和工资一起发。' };
const HEALTH = { question: '门诊费怎么报销？', answer: '带票据到工会办公室，每周二办。' };

describe('what is published is at hand in forms', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let desk: Page;
  let form: Locator;
  const answer = () => form.getByRole('textbox', { name: /^答复/ });

  beforeAll(async () => {
    server = await startServer();
    await publish('C01', WAGES);
    await publish('C03', HEALTH);
    browser = await openBrowser(server.url);
    desk = await browser.signIn('xf_receptionist');
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('offers answers where somebody answers on the spot, those of the category first', async () => {
    await press(desk, '登记与发起');
    await desk.getByRole('menuitem', { name: '当场解答' }).click();
    form = desk.getByRole('dialog', { name: '当场解答' });
    await write(form, '问什么', '夜班津贴');
    await pick(form, '内容类别', '工资福利');
    await form.getByRole('combobox', { name: /政策问答/ }).click();
    const offered = desk.locator('.ant-select-item-option', { has: desk.locator('.ct-suggested-text') });
    await offered.first().waitFor();
    await browser.keep(desk, 'desk-suggestions-1440');

    expect((await offered.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
      WAGES.question,
      HEALTH.question,
    ]);
  });

  it('fills in the one that is chosen, which may be changed', async () => {
    await desk.getByText(WAGES.answer).click();
    expect(await answer().inputValue()).toBe(WAGES.answer);

    await answer().fill(`${WAGES.answer}本月因节日提前到十三日。`);
    await form.getByRole('combobox', { name: /政策问答/ }).fill('票据');
    await desk.getByText(HEALTH.answer).click();

    expect(await answer().inputValue()).toBe(`${WAGES.answer}本月因节日提前到十三日。\n${HEALTH.answer}`);
  });

  it('leaves what was typed alone when somebody goes past it with Tab', async () => {
    await answer().fill('请问劳资科。');
    await form.getByRole('combobox', { name: /政策问答/ }).click();
    await desk.keyboard.press('Tab');

    expect(await answer().inputValue()).toBe('请问劳资科。');
  });

  it('leads from a form to the page that it names, in a tab of its own', async () => {
    const page = await browser.visit('/report/booking');
    const link = page.getByRole('link', { name: /^接待日安排/ });
    await link.waitFor();
    await browser.keep(page, 'portal-named-page-1440');

    expect(await link.getAttribute('href')).toBe('/pages/sessions');
    expect(await link.getAttribute('target')).toBe('_blank');
  });

  async function publish(category: string, { question, answer }: typeof WAGES): Promise<void> {
    const admin = await signIn(server.url, 'admin');
    await admin.post('/v2/messages/publication', { name: 'policy.asked', variables: { category, source: question } });
    await complete('unit_head', '写解答', { question, answer, basis: '工资管理办法', reviewMonths: 6 });
    await complete('legal_advisor', '法务审查', { policyCheck: 'publish' });
    await until(async () => {
      const { body } = await anonymous(server.url).get('/api/portal/pages/policy');
      return JSON.stringify(body).includes(question);
    });
  }

  async function complete(as: string, name: string, data: object): Promise<void> {
    const person = await signIn(server.url, as);
    await until(async () => {
      const { body } = await person.get<{ items: { name: string; userTaskKey: string }[] }>('/api/tasks?view=all');
      const key = body.items.find((task) => task.name === name)?.userTaskKey;
      return key !== undefined && (await person.post(`/api/tasks/${key}/completion`, { data })).status === 200;
    });
  }
});

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isDone())) {
    if (Date.now() > deadline) throw new Error('It was not so within 30 s.');
    await new Promise((done) => setTimeout(done, 100));
  }
}
