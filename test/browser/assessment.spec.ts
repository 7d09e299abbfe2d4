import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, printed, submit } from './story/desk.js';
import { choose, tick, write } from './story/fields.js';
import { reportScreening } from './story/shortcuts.js';
import { keepClean, setBothClocks } from './story/stage.js';

/** All that screen every month but 人力资源部; 综采一队 has nothing new and says so. */
const punctual =
  'finance safety production electrical security logistics enterprise legal publicity dispatch union mining1 mining2 tunnel1 electricTeam transport';
const DAY = 86_400_000;
const month = nextMonth(Date.now());
const at = (day: number, time = '09:00:00') =>
  `${isoDay(Date.parse(`${month}-01T00:00:00Z`) + (day - 1) * DAY)}T${time}+08:00`;
const zeroReport = { zeroReport: true, heldAt: at(24), host: '本单位负责人', attendees: 12, meetingHeld: true };
const TASK = '没有建立台账';

describe('an assessment with a successful objection', () => {
  let server: ServerProcess;
  let browser: TestBrowser;

  const clockAt = (moment: string) => setBothClocks({ server, browser }, moment);

  beforeAll(async () => {
    server = await startServer({ CLOCK_CONTROL: 'true' });
    browser = await openBrowser(server.url);
    await clockAt(at(20, '09:00:01'));
    for (const unit of punctual.split(' ')) await reportScreening(server.url, unit, zeroReport);
    await clockAt(at(33));
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('begins with the missing report, which the discipline committee finds, as the office keeps the ledgers', async () => {
    const finder = await browser.signIn('unit_head.discipline');
    await openTask(finder, '待认领', '认定', TASK);
    await browser.keep(finder, 'assessment-finding-1440');
    await write(finder, '认定的事实', '当月没有人力资源部的排查台账。');
    await submit(finder, '确定');
  });

  it('hears the office before anything is decided', async () => {
    const head = await browser.signIn('unit_head.office');
    await openTask(head, '待认领', '本人陈述', TASK);
    await choose(head, '我要陈述', '是');
    await write(head, '陈述', '台账已建，报送系统当日停用。');
    await browser.keep(head, 'assessment-statement-1440');
    await submit(head, '提交陈述');
  });

  it('is decided by two of three members, each by itself', async () => {
    for (const member of ['assessment.chair', 'assessment.safety']) {
      const page = await browser.signIn(member);
      await openTask(page, '待认领', '委员核定', TASK);
      await choose(page, '我的意见', '成立');
      await browser.keep(page, 'assessment-decide-1440');
      await submit(page, '确定');
    }
  });

  it('tells the office, which objects', async () => {
    const head = await browser.signIn('unit_head.office');
    await openTask(head, '待认领', '可以异议', TASK);
    await tick(head, '我有异议');
    await write(head, '异议', '有停用公告为证。');
    await browser.keep(head, 'assessment-objection-1440');
    await submit(head, '确定');
  });

  it('is dropped by somebody who had no part in the decision', async () => {
    const head = await browser.signIn('lead_group_head');
    await openTask(head, '待认领', '复核异议', TASK);
    await choose(head, '复核决定', '不成立');
    await write(head, '理由', '系统停用属实，不是没有建台账。');
    await browser.keep(head, 'assessment-review-1440');
    await submit(head, '确定');
  });

  it('prints what the office was told', async () => {
    browser.setTime(null);
    const head = await browser.signIn('lead_group_head');
    await openTask(head, '我已办', '复核异议', TASK);
    await printed(head, browser, '考核扣分告知书', 'print-T24');
  });

  it('leaves a row in the ledger and none in the export', async () => {
    const assessor = await browser.signIn('hr_assessor');
    await assessor.goto(`${server.url}/ledgers/L17`);
    const row = assessor.getByRole('row', { name: new RegExp(TASK) });
    await row.waitFor();
    await browser.keep(assessor, 'ledger-L17-1440');
    await assessor.goto(`${server.url}/ledgers/RA`);
    await assessor.getByRole('heading', { level: 1, name: /考核导出/ }).waitFor();
    await browser.keep(assessor, 'ledger-RA-1440');

    expect(await assessor.getByRole('row', { name: new RegExp(TASK) }).count()).toBe(0);
  });
});

function nextMonth(now: number): string {
  const day = new Date(now);
  return isoDay(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1)).slice(0, 7);
}

function isoDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
