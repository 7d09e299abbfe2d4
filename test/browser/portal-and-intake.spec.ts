import type { Page } from 'playwright-core';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, printed, reveal, submit } from './story/desk.js';
import { choose, pick, press, tick, write } from './story/fields.js';
import { follow, giveName, readReceipt, standing, stayAnonymous, tellWhatHappened, wageClaim } from './story/portal.js';
import { keepClean } from './story/stage.js';

describe('a complaint travels from the public page to the archive', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let petitioner: Page;
  let clerk: Page;
  let director: Page;
  let handler: Page;
  let code = '';
  const addresses: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('takes a report with a name in three steps on a phone', async () => {
    petitioner = await browser.visit('/', phone);
    petitioner.on('request', (request) => addresses.push(request.url()));
    await browser.keep(petitioner, 'portal-home-360');
    await petitioner.getByRole('link', { name: /我要反映/ }).click();
    await petitioner.getByText(/第 1 步.共 3 步/).waitFor();
    await browser.keep(petitioner, 'portal-step-1-360');

    await tellWhatHappened(petitioner, wageClaim);
    await browser.keep(petitioner, 'portal-step-3-360');
    await giveName(petitioner, '张建国', '13800000000');
    await browser.keep(petitioner, 'portal-review-360');
    await press(petitioner, '提交');
    const receipt = await readReceipt(petitioner);
    await browser.keep(petitioner, 'portal-receipt-360');

    expect(receipt.caseNo).toMatch(/^XF/);
    expect(receipt.code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    code = receipt.code;
  });

  it('lets nobody leave the receipt before the code is noted', async () => {
    const leave = petitioner.getByRole('button', { name: '完成' });

    expect(await leave.isDisabled()).toBe(true);

    await tick(petitioner, '我已记下');
    await leave.click();
    await petitioner.getByRole('link', { name: /查询进度/ }).click();
  });

  it('tells the petitioner where the matter stands, and never puts the code into an address', async () => {
    await follow(petitioner, code);
    await browser.keep(petitioner, 'portal-follow-360');

    expect(await standing(petitioner, code)).toMatch(/已收到.*前告诉您由谁办.*还剩/);
    expect(addresses.filter((address) => address.includes(code))).toEqual([]);
  });

  it('takes an anonymous report that only code and PIN together open', async () => {
    const person = await browser.visit('/report/report', phone);
    await tellWhatHappened(person, { ...wageClaim, subject: '食堂的饭菜不够热' });
    await stayAnonymous(person, '246810');
    await press(person, '提交');
    const receipt = await readReceipt(person);
    await tick(person, '我已记下');
    await press(person, '完成');
    await person.getByRole('link', { name: /查询进度/ }).click();

    await follow(person, receipt.code, '246810');

    expect(await person.getByRole('heading', { level: 1 }).innerText()).toBe('已收到');
  });

  it('brings the task to the clerk, who reads the name with a reason and registers', async () => {
    clerk = await browser.signIn('xf_clerk');
    await browser.keep(clerk, 'work-list-1440');
    await openTask(clerk, '待认领', '核对登记');
    await browser.keep(clerk, 'work-task-1440');

    await reveal(clerk, '反映人姓名', '核实情况');
    expect(await clerk.getByText('张建国').isVisible()).toBe(true);

    await pick(clerk, '内容类别', '工资福利');
    await tick(clerk, '已向反映人说明');
    await browser.keep(clerk, 'work-register-1440');
    await submit(clerk, '完成登记');
    await browser.keep(clerk, 'work-submitted-1440');

    expect(await standing(petitioner, code)).toMatch(/正在确认由谁办理.*还剩/);
  });

  it('proposes nature and urgency to the director, who accepts', async () => {
    director = await browser.signIn('xf_office_director');
    await openTask(director, '待认领', '受理审核');
    await browser.keep(director, 'work-assess-1440');

    expect(await director.getByLabel('申诉求决').isChecked()).toBe(true);

    await write(director, '反映的主要问题', '反映9月份加班工资未发');
    await submit(director, '确定');
  });

  it('gives the matter to the unit that the decision table names', async () => {
    const head = await browser.signIn('unit_head');
    await openTask(head, '待认领', '签收交办单');
    await browser.keep(head, 'work-receive-1440');
    await submit(head, '签收');

    expect(await standing(petitioner, code)).toMatch(/已受理.正在办理.*人力资源部正在调查.*前答复.*还剩/);
  });

  it('lets the handler plan and ask the petitioner on the page of the case', async () => {
    handler = await browser.signIn('unit_handler');
    await openTask(handler, '待认领', '制定核查计划');
    await write(handler, '核查要点', '核对考勤系统和换班记录。');
    await browser.keep(handler, 'work-plan-1440');
    await submit(handler, '确定');
    await openTask(handler, '待认领', '约谈信访人');
    await choose(handler, '怎么听的', '网上往来');
    await write(handler, '要问的问题', '请问漏记的是哪几个班？');
    await browser.keep(handler, 'work-hear-1440');
    await submit(handler, '提交');

    await standing(petitioner, code);
    await petitioner.getByRole('button', { name: /查看 \d 条留言/ }).click();
    await petitioner.getByText('请问漏记的是哪几个班？').waitFor();
    await browser.keep(petitioner, 'portal-question-360');

    await openTask(handler, '待认领', '登记网上陈述');
    await write(handler, '陈述内容', '信访人回答：换班的 5 个班。');
    await submit(handler, '提交');
  });

  it('has the report of the investigation checked by the head of the unit', async () => {
    await openTask(handler, '待认领', '写调查报告');
    await write(handler, '查明事实', '9月加班 12 个班，考勤系统漏传 5 个班。');
    await write(handler, '证据', '考勤机原始记录、9月工资表。');
    await write(handler, '依据', '《劳动法》第四十四条');
    await pick(handler, '结论', '予以支持');
    await choose(handler, '已听取相关方说明', '是');
    await write(handler, '问题起因', '考勤系统换班数据没有同步。');
    await write(handler, '拟答复意见', '补发 5 个班的加班工资。');
    await browser.keep(handler, 'work-investigate-1440');
    await submit(handler, '提交调查报告');

    const head = await browser.signIn('unit_head');
    await openTask(head, '待认领', '审核调查报告');
    await browser.keep(head, 'work-check-report-1440');
    await submit(head, '确定');
  });

  it('lets the handler draft the reply', async () => {
    await openTask(handler, '待认领', '起草处理意见');
    await pick(handler, '意见', '予以支持');
    await write(handler, '理由', '加班属实，应当支付加班工资。');
    await tick(handler, '支持的请求都已经办完，没有要落实的');
    await browser.keep(handler, 'work-draft-1440');
    await submit(handler, '送审');
  });

  it('is countersigned by the unit that shares the matter, read by the lawyer and checked by the head', async () => {
    const finance = await browser.signIn('unit_head.finance');
    await openTask(finance, '待认领', '签署会签意见');
    await browser.keep(finance, 'work-countersign-1440');
    await submit(finance, '签署');
    const lawyer = await browser.signIn('legal_advisor');
    await openTask(lawyer, '待认领', '法律与依据审查');
    for (const point of ['依据准确、现行有效', '救济途径和期限写全', '信访人看得懂']) await choose(lawyer, point, '是');
    await submit(lawyer, '确定');
    const head = await browser.signIn('unit_head');
    await openTask(head, '待认领', '审核处理意见');
    await submit(head, '确定');
  });

  it('is signed by the leader and delivered by the clerk', async () => {
    const leader = await browser.signIn('mine_leader');
    await openTask(leader, '待认领', '审核签发');
    await browser.keep(leader, 'work-sign-1440');
    await submit(leader, '确定');

    await openTask(clerk, '待认领', '送达');
    await printed(clerk, browser, '石圪台煤矿信访接待登记簿', 'print-T01');
    await printed(clerk, browser, '石圪台煤矿信访事项处理意见书', 'print-T09');
    await printed(clerk, browser, '登记回执', 'print-T02');
    await clerk.getByRole('tab', { name: '办理' }).click();
    await pick(clerk, '送达方式', '查询页');
    await submit(clerk, '登记送达');

    expect(await standing(petitioner, code)).toMatch(/已答复.*书面答复已送达.*前可申请复查.*还剩/);
    await browser.keep(petitioner, 'portal-replied-360');
  });
});
