import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, submit } from './story/desk.js';
import { choose, press, tick, write } from './story/fields.js';
import {
  follow,
  giveName,
  nightShiftClaim,
  readReceipt,
  stayAnonymous,
  tellWhatHappened,
  wageClaim,
} from './story/portal.js';
import { completeAs, investigateAndDraft } from './story/shortcuts.js';
import { keepClean } from './story/stage.js';

const checked = { category: 'C01', consentNotice: true };

describe('what the petitioner does with the tracking code', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let person: Page;
  let caseNo = '';

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('shows to somebody anonymous on a phone what the office lacks, and takes it', async () => {
    person = await browser.visit('/report/report', phone);
    await tellWhatHappened(person, wageClaim);
    await stayAnonymous(person, '246810');
    const receipt = await sendAndFollow(person, '246810');
    await completeAs(server.url, 'xf_clerk', { name: '核对登记', caseNo: receipt.caseNo }, checked);
    await completeAs(
      server.url,
      'xf_office_director',
      { name: '受理审核与分析', caseNo: receipt.caseNo },
      { mainIssue: '反映加班工资未发', outcome: 'needInfo' },
    );
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '请信访人补充材料');
    await write(clerk, '材料', '十二月的考勤表');
    await write(clerk, '用处', '核对加班天数');
    await browser.keep(clerk, 'work-supplement-1440');
    expect(await clerk.getByText('可不填').count()).toBe(0);
    await submit(clerk, '通知信访人');

    await again(person, receipt.code, '246810');
    await person.getByRole('button', { name: /查看 \d 条留言/ }).click();
    await person.getByText(/十二月的考勤表/).waitFor();
    await press(person, '补充材料');
    await write(person, '补充说明', '考勤表我拍了照片，十二月一共六天。');
    await browser.keep(person, 'portal-supplement-360');
    await press(person, '提交补充');

    await person.getByText('补充材料已收到').waitFor();
    await browser.keep(person, 'portal-supplemented-360');
  });

  it('takes a withdrawal that the person confirms, and shows what came of it', async () => {
    await press(person, '撤回');
    await press(person, '申请撤回');
    expect(await person.getByText('请确认是您本人的意愿。').first().isVisible()).toBe(true);
    await tick(person, '是我本人要撤回');
    await browser.keep(person, 'portal-withdraw-360');
    await press(person, '申请撤回');
    await person.getByText('撤回申请已收到').waitFor();

    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '核实撤回');
    await choose(clerk, '核实结果', '是本人意愿');
    await write(clerk, '写给信访人的话', '已按您的意思撤回，可以随时重新提出。');
    await browser.keep(clerk, 'work-withdrawal-1440');
    await submit(clerk, '确定');
    await person.getByRole('button', { name: /^关闭/ }).click();
    await person.getByRole('heading', { level: 1, name: '查询进度' }).waitFor();
  });

  it('lets somebody who gave a name rate the reply and ask for its review, at the desk', async () => {
    person = await browser.visit('/report/report');
    await tellWhatHappened(person, nightShiftClaim);
    await giveName(person, '张建国', '13800000000');
    const receipt = await sendAndFollow(person);
    ({ caseNo } = receipt);
    await completeAs(server.url, 'xf_clerk', { name: '核对登记', caseNo }, checked);
    const accepted = { mainIssue: '反映加班工资未发', factsClear: true };
    await completeAs(server.url, 'xf_office_director', { name: '受理审核与分析', caseNo }, accepted);
    await completeAs(server.url, 'unit_head', { name: '签收交办单', caseNo }, { acceptChoice: 'received' });
    await investigateAndDraft(server.url, caseNo);
    await completeAs(server.url, 'mine_leader', { name: '审核签发', caseNo }, { signDecision: 'agree' });
    await completeAs(server.url, 'xf_clerk', { name: '送达', caseNo }, { method: 'portal' });
    await again(person, receipt.code);
    await browser.keep(person, 'portal-replied-1440');

    await press(person, '评价办理情况');
    await choose(person, '对办理过程', '满意');
    await choose(person, '对办理结果', '不满意');
    await browser.keep(person, 'portal-evaluate-1440');
    await press(person, '提交评价');
    await person.getByText('谢谢您的评价').waitFor();
    await press(person, '申请复查');
    expect(await person.getByLabel(/哪天收到答复/).inputValue()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    await write(person, '您希望怎么改', '请重新核对加班天数。');
    await write(person, '事实和理由', '十二月的考勤没有核对。');
    await browser.keep(person, 'portal-review-request-1440');
    await press(person, /^申请复查$/);

    await person.getByText(/复查申请已收到/).waitFor();
    await browser.keep(person, 'portal-review-sent-1440');
    await untilHeading(receipt.code, '正在复查/复核');
  });

  it('brings the request to the office, which sends the file to the company', async () => {
    const clerk = await browser.signIn('xf_clerk');
    await openTask(clerk, '待认领', '移送案卷', caseNo);
    await browser.keep(clerk, 'work-review-1440');
  });

  async function sendAndFollow(page: Page, pin = '') {
    await press(page, '提交');
    const receipt = await readReceipt(page);
    await tick(page, '我已记下');
    await press(page, '完成');
    await page.getByRole('link', { name: /查询进度/ }).click();
    await follow(page, receipt.code, pin);
    return receipt;
  }

  /** The case is told of its review a moment later; the page shows what was so when it was opened. */
  async function untilHeading(code: string, wanted: string) {
    const heading = person.getByRole('heading', { level: 1 });
    for (let tries = 0; tries < 10 && (await heading.innerText()) !== wanted; tries++) await again(person, code);
    expect(await heading.innerText()).toBe(wanted);
  }

  async function again(page: Page, code: string, pin = '') {
    await press(page, /^关闭/);
    await follow(page, code, pin);
  }
});
