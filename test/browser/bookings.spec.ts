import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, submit } from './story/desk.js';
import { choose, press, write } from './story/fields.js';
import { follow, readReceipt, stayAnonymous, tellWhatHappened, wageClaim } from './story/portal.js';
import { publish, setClock } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const monday = Date.parse('2026-06-29T09:00:00+08:00');
const pin = '246810';

/** Somebody anonymous, on a phone. */
describe('a booking of a reception day on the page of its case', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let person: Page;
  let code = '';
  let caseNo = '';

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await setClock(server.url, monday);
    await publish(server.url, 'reception.due', {
      sessionDate: '2026-07-06',
      sessionTime: '09:00',
      place: '一楼会议室',
      leader: 'mine_leader',
      deputy: 'mine_leader.safety',
      departments: ['hr'],
      contact: '信访办值班',
      phone: '8110',
    });
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('waits for its answer as soon as it is sent', async () => {
    person = await browser.visit('/report/report', { ...phone, width: 390 });
    await tellWhatHappened(person, wageClaim);
    await stayAnonymous(person, pin);
    await press(person, '提交');
    ({ code, caseNo } = await readReceipt(person));
    browser.setTime(monday);
    person = await browser.visit('/follow', { ...phone, width: 390 });
    await follow(person, code, pin);
    await book('2026-07-06');
    await person.getByText('您约的是2026年7月6日。一个工作日内在这一页答复。').waitFor();
    await book('2026-07-13');
    await person.getByText('您约的是2026年7月13日。一个工作日内在这一页答复。').waitFor();
    await browser.keep(person, 'portal-bookings-390');
  });

  it('says day and place once the office has confirmed it', async () => {
    const receptionist = await browser.signIn('xf_receptionist');
    await openTask(receptionist, '待认领', '确认预约');
    await browser.keep(receptionist, 'work-booking-1440');
    await choose(receptionist, '怎么答复', '改期');
    await write(receptionist, '改到哪天', '2026-07-06');
    await write(receptionist, '改期理由', '那天约满了。');
    await submit(receptionist, '答复信访人');

    await press(person, /^关闭/);
    await follow(person, code, pin);
    await person
      .getByText('2026年7月6日 09:00，一楼会议室。请带上查询码。来不了的，2026年7月3日17:00前可以在这里撤回。')
      .waitFor();
    await browser.keep(person, 'portal-booked-390');
  });

  it('is taken back on the page, the others stay', async () => {
    const waiting = person.getByRole('listitem').filter({ hasText: '等确认' });
    await press(waiting, '撤回预约');
    await write(waiting, '想说明的', '那天要上班。');
    await browser.keep(person, 'portal-booking-withdraw-390');
    await press(waiting, '撤回预约');

    await person.getByText('已撤回', { exact: true }).waitFor();
    expect(await person.getByText('已约上', { exact: true }).count()).toBe(1);
    await person.setViewportSize({ width: 1440, height: 900 });
    await browser.keep(person, 'portal-booking-withdrawn-1440');
  });

  it('stands there as well when the clerk makes it, and is taken back there', async () => {
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '接待准备');
    await clerk.getByRole('link', { name: /^JD-/ }).click();
    await clerk.getByRole('link', { name: '领导信访接待日' }).click();
    await press(clerk, '登记预约');
    const form = clerk.getByRole('dialog', { name: '登记预约' });
    await write(form, '件号', 'XF-2020-99999');
    await write(form, '领导或议题', '加班工资');
    await press(form, '预约');
    await form.getByText('没有这个件号，请核对。').first().waitFor();
    await browser.keep(clerk, 'reception-book-unknown-1440');
    browser.takeProblems();
    await write(form, '件号', caseNo);
    await press(form, '预约');
    await form.waitFor({ state: 'hidden' });

    await person.setViewportSize({ width: 375, height: 740 });
    await press(person, /^关闭/);
    await follow(person, code, pin);
    const registered = person.getByRole('listitem').filter({ hasText: '谈：加班工资。' });
    await registered.waitFor();
    await browser.keep(person, 'portal-booked-by-clerk-375');
    await press(registered, '撤回预约');
    await press(registered, '撤回预约');

    await registered.waitFor({ state: 'hidden' });
    expect(await person.getByText('已撤回', { exact: true }).count()).toBe(2);
  });

  async function book(day: string): Promise<void> {
    await press(person, '预约领导接待日');
    const form = person.locator('form');
    await write(form, '希望哪天', day);
    await write(form, '想见哪位领导，或者谈什么', '分管工资的领导');
    await write(form, '事由', '加班工资');
    await press(form, '预约');
    await person.getByText('预约已收到').waitFor();
  }
});
