import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, printed, submit } from './story/desk.js';
import { choose, pick, press, tick, write } from './story/fields.js';
import { publish, registerVisit, setClock } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

/** Monday, 6 July 2026; the session was announced five working days before. */
const at = (time: string) => Date.parse(`2026-07-06T${time}:00+08:00`);
const session = {
  sessionDate: '2026-07-06',
  sessionTime: '09:00',
  place: '一楼会议室',
  leader: 'mine_leader',
  deputy: 'mine_leader.safety',
  departments: ['hr', 'logistics'],
  contact: '信访办值班',
  phone: '8110',
};

describe('a reception Monday on which the leader cannot come', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let clerk: Page;
  const visits: string[] = [];

  async function clockAt(moment: number): Promise<void> {
    await setClock(server.url, moment);
    browser.setTime(moment);
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await clockAt(Date.parse('2026-06-29T09:00:00+08:00'));
    await publish(server.url, 'reception.due', session);
    await clockAt(at('08:30'));
    for (const subject of ['加班工资没有发', '住宿补贴没有发', '班车晚点', '巷道照明不足'])
      visits.push(await registerVisit(server.url, { subject, receivedAt: '2026-07-06T08:20:00+08:00' }));
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('says at 08:30 that the leader cannot come, on the page of the session', async () => {
    clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '接待准备');
    await clerk.getByRole('link', { name: /^JD-/ }).click();
    await clerk.getByRole('link', { name: '领导信访接待日' }).click();
    await clerk.getByRole('heading', { level: 1, name: '领导信访接待日' }).waitFor();
    await browser.keep(clerk, 'reception-room-1440');
    expect(await clerk.getByRole('main').innerText()).not.toMatch(/mine_leader|响应级别|没有要报的/);

    await press(clerk, '领导不能到');
    const form = clerk.getByRole('dialog', { name: '领导不能到' });
    await write(form, '说明', '临时参加公司会议。');
    await browser.keep(clerk, 'reception-absent-1440');
    await press(form, '请信访办换人');

    await form.waitFor({ state: 'hidden' });
  });

  it('finds another leader by 08:40, who is told', async () => {
    await clockAt(at('08:40'));
    clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '协调其他领导');
    await choose(clerk, '谁来接待', '轮流的下一位');
    await pick(clerk, '接待领导', '分管后勤矿领导');
    await browser.keep(clerk, 'reception-substitute-1440');
    await submit(clerk, '确定并通知');

    const substitute = await browser.signIn('mine_leader.logistics');
    await press(substitute, /通知/);
    await substitute.getByText(/接待/).last().waitFor();
    await browser.keep(substitute, 'reception-notice-1440');
  });

  it('receives four visitors one by one, each with an outcome', async () => {
    await clockAt(at('09:00'));
    clerk = await browser.signIn('xf_clerk');
    await receive(0, '当场解决', '当场答复：按规定补发。');
    await receive(1, '交办', '请人力资源部核实，七日内报办结报告。', async () => {
      await pick(clerk, '交给哪个单位', '人力资源部');
      await write(clerk, '办结报告日期', '2026-07-13');
    });
    await receive(2, '协调会议', '涉及两个部门，开协调会。');
    await receive(3, '移交分管领导', '移交分管安全的领导。', () => pick(clerk, '交给哪个单位', '安监部'));

    await clerk.goto(`${server.url}/work`);
    await openTask(clerk, '待认领', '接待一件');
    await choose(clerk, '接待情况', '没有来访人了，结束接待');
    await submit(clerk, '记下这一件');
  });

  it('has the sheet filled by the office and signed by who received', async () => {
    await openTask(clerk, '待认领', '填写登记表');
    await browser.keep(clerk, 'reception-sheet-1440');
    await submit(clerk, '填好，请领导签名');
    const leader = await browser.signIn('mine_leader.logistics');
    await openTask(leader, '我的待办', '签名');
    await browser.keep(leader, 'reception-sign-1440');
    await tick(leader, '已看过登记表，签名');
    await submit(leader, '签名');
  });

  it('prints the filled attachment 2, and stands in the ledger of reception days', async () => {
    browser.setTime(null);
    const leader = await browser.signIn('mine_leader.logistics');
    await openTask(leader, '我已办', '签名');
    await printed(leader, browser, '矿领导信访接待日登记表', 'print-T07');
    const director = await browser.signIn('xf_office_director', '/ledgers/L02');
    await director.getByRole('link', { name: /JD-/ }).first().waitFor();
    await browser.keep(director, 'ledger-L02-1440');

    expect(await director.getByRole('main').innerText()).toMatch(/分管后勤矿领导/);
  });

  async function receive(place: number, outcome: string, opinion: string, more = async () => {}): Promise<void> {
    await clerk.goto(`${server.url}/work`);
    await openTask(clerk, '待认领', '接待一件');
    await choose(clerk, '接待情况', '接待一件');
    await write(clerk, '件号', visits[place] ?? '');
    await write(clerk, '处理意见', opinion);
    await choose(clerk, '怎么办', outcome);
    await more();
    if (place === 1) await browser.keep(clerk, 'reception-visitor-1440');
    await submit(clerk, '记下这一件');
  }
});
