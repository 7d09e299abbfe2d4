import type { Page } from 'playwright-core';
import { desk, openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, printed, submit } from './story/desk.js';
import { choose, pick, press, tick, write } from './story/fields.js';
import { reportScreening } from './story/shortcuts.js';
import { keepClean, setBothClocks } from './story/stage.js';

/** All that screen every month, but 综采一队, whose report is written on its page, and 人力资源部, which writes none. */
const punctual =
  'finance safety production electrical security logistics enterprise legal publicity dispatch union mining2 tunnel1 electricTeam transport';
const DAY = 86_400_000;

/** The day of a month to come, counted from the first; the schedule of the month knows none that lie behind. */
const month = nextMonth(Date.now());
const at = (day: number, time = '09:00:00') =>
  `${isoDay(Date.parse(`${month}-01T00:00:00Z`) + (day - 1) * DAY)}T${time}+08:00`;
const zeroReport = { zeroReport: true, heldAt: at(24), host: '本单位负责人', attendees: 12, meetingHeld: true };

describe('a month of screening that one unit lets pass', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  const clockAt = (moment: string) => setBothClocks({ server, browser }, moment);

  async function keepWideAndNarrow(page: Page, name: string): Promise<void> {
    await browser.keep(page, `${name}-1440`);
    await page.setViewportSize({ width: 390, height: 844 });
    await browser.keep(page, `${name}-390`);
    await page.setViewportSize(desk);
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await clockAt(at(20, '09:00:01'));
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('begins by itself on the 20th, and takes what a unit has found on one page', async () => {
    const liaison = await browser.signIn('unit_liaison');
    await openTask(liaison, '待认领', '本月排查与会议');
    await browser.keep(liaison, 'screening-unit-1440');
    const said = liaison.getByText('好像写到了人。请写事项，不写姓名、电话、证件号。');
    await write(liaison, '事项', '张某反映宿舍热水，13800000000');
    await said.waitFor();
    await write(liaison, '事项', '宿舍热水时断时续');
    await said.waitFor({ state: 'detached' });
    await pick(liaison, '类别', '后勤生活');
    await tick(liaison, '是单位的事');
    await write(liaison, '起因', '锅炉老化');
    await pick(liaison, '影响范围', '区队');
    await choose(liaison, '级别', '较大');
    await write(liaison, '采取的各项措施', '联系后勤检修');
    await write(liaison, '防范和化解工作进度', '已报修');
    await write(liaison, '化解责任人', '综采一队队长');
    await write(liaison, '期限', at(50).slice(0, 10));
    await choose(liaison, '阶段', '处理中');
    await tick(liaison, '可能引发大规模集体反映');
    await write(liaison, '参加人数', '12');
    await write(liaison, '议定做什么', '请后勤两周内修好锅炉');
    await write(liaison, '责任人', '综采一队技术员');
    await write(liaison, '完成期限', at(45).slice(0, 10));
    await keepWideAndNarrow(liaison, 'screening-filled');
    await submit(liaison, '送负责人签名');
  });

  it('counts as reported once the head has signed', async () => {
    const head = await browser.signIn('unit_head.mining1');
    await openTask(head, '待认领', '负责人签名');
    await head.getByRole('cell', { name: '请后勤两周内修好锅炉' }).waitFor();
    await browser.keep(head, 'screening-sign-1440');
    await submit(head, '确定');
  });

  it('shows the office the matter that may grow, to be judged and passed on', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '研判');
    expect(await director.getByLabel(/^事项摘要/).inputValue()).toBe('宿舍热水时断时续');
    await choose(director, '可能引发大规模集体反映', '是');
    await pick(director, '发给哪个单位', '后勤服务中心');
    await write(director, '工作建议', '两周内换新锅炉，先保证供水。');
    await keepWideAndNarrow(director, 'screening-judge');
    await submit(director, '确定');
  });

  it('warns the unit that answers for it, which signs for the sheet and answers in writing', async () => {
    const head = await browser.signIn('unit_head.logistics');
    await openTask(head, '待认领', '签收预警单');
    await keepWideAndNarrow(head, 'warning-receipt');
    await submit(head, '签收');
    await openTask(head, '待认领', '办理并书面答复');
    await write(head, '做了什么', '更换锅炉一台，恢复全天供水，每周一公布进度。');
    await choose(head, '阶段', '已化解');
    await keepWideAndNarrow(head, 'warning-answer');
    await submit(head, '提交答复');
  });

  it('has the office look at the answer, and keeps it in a ledger', async () => {
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '核查答复');
    await keepWideAndNarrow(director, 'warning-check');
    await submit(director, '确定');
    await director.goto(`${server.url}/ledgers/L04W`);
    await director.getByRole('row', { name: /后勤服务中心/ }).waitFor();
    await browser.keep(director, 'ledger-L04W-1440');
  });

  it('lets the office warn a unit on any other day too', async () => {
    const director = await browser.signIn('xf_office_director');
    await press(director, '登记与发起');
    await director.getByRole('menuitem', { name: '发预警单' }).click();
    const form = director.getByRole('dialog', { name: '发预警单' });
    await write(form, '事项摘要', '夜班班车改线以后绕行，两个区队准备一起反映');
    await pick(form, '类别', '后勤生活');
    await pick(form, '发给哪个单位', '后勤服务中心');
    await write(form, '工作建议', '一周内重排班车线路，先到区队说明。');
    await keepWideAndNarrow(director, 'warning-start');
    await press(form, '发出预警单');

    await director
      .getByText(/YD-\d{4}-002/)
      .first()
      .waitFor();
  });

  it('takes the reports of all other units but one, which is reminded on the 25th', async () => {
    for (const unit of punctual.split(' ')) await reportScreening(server.url, unit, zeroReport);
    await clockAt(at(25, '10:00:00'));

    const head = await browser.signIn('unit_head');
    await press(head, /通知/);
    await head.getByText(/排查/).last().waitFor();
    await browser.keep(head, 'screening-reminded-1440');
  });

  it('supervises the unit when the month is over, and sums the month up', async () => {
    await clockAt(at(33));
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '签发督办单');
    await browser.keep(director, 'screening-supervise-1440');
    expect(await director.getByRole('main').innerText()).toMatch(/人力资源部/);

    await openTask(director, '待认领', '汇总研判');
    await write(director, '研判意见', '十六个单位按时上报，人力资源部未报，已督办。');
    await browser.keep(director, 'screening-summary-1440');
    await submit(director, '生成月报');
  });

  it('prints the monthly report and the warning, and the ledger names the missing unit', async () => {
    browser.setTime(null);
    const director = await browser.signIn('xf_office_director');
    await openTask(director, '我已办', '汇总研判');
    await printed(director, browser, '矛盾纠纷排查月报', 'print-T17');
    await openTask(director, '我已办', '核查答复');
    expect(await printed(director, browser, '预警单', 'print-T05-warning')).toMatch(/后勤服务中心[^]*宿舍热水时断时续/);
    await director.goto(`${server.url}/ledgers/L08`);
    const row = director.getByRole('row', { name: /人力资源部/ });
    await row.waitFor();
    await browser.keep(director, 'ledger-L08-1440');

    expect(await row.innerText()).toMatch(/是/);
    expect(await director.getByRole('row', { name: /综采一队/ }).innerText()).toMatch(/否/);
  });
});

function nextMonth(now: number): string {
  const day = new Date(now);
  return isoDay(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)).slice(0, 7);
}

function isoDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
