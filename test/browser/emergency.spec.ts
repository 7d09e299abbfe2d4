import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, submit } from './story/desk.js';
import { choose, pick, press, tick, write } from './story/fields.js';
import { setClock } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const HOUR = 3_600_000;
/** As fields of date and time take it. */
const atTheMine = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 16);

describe('the emergency plan runs as a drill', () => {
  const begin = Date.now();
  let server: ServerProcess;
  let browser: TestBrowser;
  let clerk: Page;
  let room = '';

  /** Lets time pass on the server and opens the room again for the clerk. */
  async function after(hours: number): Promise<void> {
    await clerk.close();
    await setClock(server.url, begin + hours * HOUR);
    browser.setTime(begin + hours * HOUR);
    clerk = await browser.signIn('xf_clerk', room);
    await clerk.getByRole('heading', { name: '应急处置室' }).waitFor();
  }

  async function followUp(text: string): Promise<void> {
    await clerk.getByRole('region', { name: '各岗位任务' }).getByRole('link', { name: '续报' }).click();
    await write(clerk, '新情况', text);
    await write(clerk, '采取措施', '现场接谈，维持通道畅通。');
    await write(clerk, '下一步', '继续接谈。');
    await submit(clerk, '报送');
  }

  /** Something is reported from the scene; the guard asks to stop it, without success. */
  async function dissuadeInVain(act: string, note: string): Promise<void> {
    await press(clerk, '现场违法、危险行为');
    const report = clerk.getByRole('dialog', { name: '现场违法、危险行为' });
    await pick(report, '发生了什么', act);
    await press(report, '请保卫科劝阻');
    await report.waitFor({ state: 'hidden' });
    const guard = await browser.signIn('security_officer');
    await openTask(guard, '待认领', '耐心劝阻');
    await choose(guard, '劝阻结果', '劝阻无效');
    await write(guard, '劝阻经过', note);
    await submit(guard, '提交');
  }

  async function tasksOfTheRoom(): Promise<string> {
    await clerk.goto(server.url + room);
    const posts = clerk.getByRole('region', { name: '各岗位任务' });
    await posts.waitFor();
    return posts.innerText();
  }

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('is started with the red button and names who will be called before it starts', async () => {
    clerk = await browser.signIn('xf_clerk');
    await press(clerk, '启动应急预案');
    const form = clerk.getByRole('dialog', { name: '启动应急预案' });
    await write(form, '地点', '矿办公楼前广场');
    await write(form, '大约多少人', '40');
    await write(form, '主要诉求', '要求说明上季度奖金发放办法');
    await tick(form, '这是演练');
    await browser.keep(clerk, 'emergency-start-1440');
    await press(form, '启动应急预案');
    const question = clerk.getByRole('dialog', { name: /确认.*演练/ });
    await question.waitFor();

    const called = await question.innerText();
    await browser.keep(clerk, 'emergency-confirm-1440');
    await question.getByRole('button', { name: /开始演练/ }).click();

    expect(called).toMatch(/领导小组组长.*信访办主任.*工会/s);
  });

  it('shows drill, level, a running clock and a countdown in the room', async () => {
    await clerk.getByRole('heading', { name: '应急处置室' }).waitFor();
    room = new URL(clerk.url()).pathname;
    const page = clerk.getByRole('main');
    const clock = clerk.getByRole('timer').first();
    const before = await clock.innerText();
    await clerk.waitForTimeout(1_200);
    expect(await clerk.locator('dt:text-is("首报期限") + dd').innerText()).toMatch(/^\d+月\d+日 \d\d:\d\d前$/);
    await browser.keep(clerk, 'room-1440');

    expect(await clock.innerText()).not.toBe(before);
    expect(await page.innerText()).toMatch(/这是演练.*距首报截止.*较大.30–99人/s);
  });

  it('ends the first countdown with the first report and counts down to the next', async () => {
    await clerk.getByRole('region', { name: '各岗位任务' }).getByRole('link', { name: '首报' }).click();
    await write(clerk, '已做工作', '已到现场接谈，通道畅通。');
    await write(clerk, '造成的社会影响', '没有影响生产。');
    await write(clerk, '电话报告时间', atTheMine(begin));
    await browser.keep(clerk, 'emergency-first-report-1440');
    await submit(clerk, '报送首报');
    const deputy = await browser.signIn('lead_group_deputy');
    await openTask(deputy, '待认领', '签发首报');
    await browser.keep(deputy, 'emergency-sign-first-report-1440');
    await submit(deputy, '确定');
    await clerk.goto(server.url + room);

    await clerk.getByText(/距续报/).waitFor();
  });

  it('opens no police step for a quiet crowd, even when asking it in vain to leave', async () => {
    await dissuadeInVain('打横幅，没有堵路', '请对方收起横幅、派代表接谈，对方没有收起。');
    const posts = await tasksOfTheRoom();
    await browser.keep(clerk, 'room-quiet-crowd-1440');

    expect(posts).toMatch(/耐心劝阻.*已完成/s);
    expect(posts).not.toContain('向公安报警');
  });

  it('opens it for the commander when the road is blocked and nobody can be dissuaded', async () => {
    await dissuadeInVain('拦截车辆、堵塞交通', '请对方让开道路、派代表接谈，对方不让。');
    const commander = await browser.signIn('lead_group_deputy');
    await openTask(commander, '待认领', '向公安报警');
    await write(commander, '报警内容', '矿大门道路被堵，车辆不能进出。');
    await browser.keep(commander, 'emergency-police-1440');
    await submit(commander, '已报警');
    const posts = await tasksOfTheRoom();

    expect(posts.match(/向公安报警/g)).toHaveLength(1);
  });

  it('demands follow-up reports again and again', async () => {
    await after(4.1);
    await followUp('人数没有变化。');
    await after(8.2);
    await followUp('人数减少到 20 人。');

    await clerk.goto(server.url + room);
    await browser.keep(clerk, 'room-follow-ups-1440');
  });

  it('stops when the leader confirms calm, and closes with the final report', async () => {
    const deputy = await browser.signIn('lead_group_deputy');
    await openTask(deputy, '待认领', '平息判断');
    await choose(deputy, '平息情形', '演练结束');
    await submit(deputy, '确认平息');

    await clerk.goto(server.url + room);
    await clerk.getByRole('region', { name: '各岗位任务' }).getByRole('link', { name: '终报' }).click();
    await write(clerk, '新情况', '演练结束，人员返回。');
    await write(clerk, '采取措施', '接谈、解释、疏导。');
    await write(clerk, '下一步', '总结不足。');
    await write(clerk, '起因', '演练。');
    await write(clerk, '本单位工作不足', '通知用时偏长。');
    await submit(clerk, '报送');
    await clerk.goto(server.url + room);
    await clerk.getByText(/处置已结束/).waitFor();
    await browser.keep(clerk, 'room-ended-1440');

    const posts = await clerk.getByRole('region', { name: '各岗位任务' }).innerText();
    expect(posts).toMatch(/支持任务.*已停止.*终报.*已完成/s);
    const journal = await clerk.getByRole('region', { name: '处置记录' }).innerText();
    const steps = ['首报', '签发首报', '续报', '平息判断', '现场接谈', '支持任务', '领导批示传达', '终报'];
    expect(steps.filter((step) => !journal.includes(step))).toEqual([]);
  });
});
