import type { Locator, Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { openTask, printed, submit } from './story/desk.js';
import { choose, pick, press, tick, unfold, write } from './story/fields.js';
import { wageClaim } from './story/portal.js';
import { keepClean } from './story/stage.js';

describe('the desk takes down who comes and who calls', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let desk: Page;
  let form: Locator;
  let visitNo = '';

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    desk = await browser.signIn('xf_receptionist');
  }, 240_000);

  keepClean(() => ({ server, browser }));

  it('registers a visit and hands over number and code', async () => {
    form = await launch('登记来信来访');
    await pick(form, '信访形式', '来访');
    await write(form, '反映人姓名', '张建国');
    await write(form, '联系电话', '13800000000');
    await choose(form, '反映人希望', '解决问题');
    await write(form, '信访事由', wageClaim.subject);
    await write(form, '信访人陈述主要事实', wageClaim.facts);
    await write(form, '请求内容', wageClaim.demand);
    await pick(form, '内容类别', '工资福利');
    await tick(form, '已向反映人说明');
    await unfold(form, /^更多信息/);
    await choose(form, '性别', '男');
    await write(form, '年龄', '46');
    await write(form, '籍贯', '陕西榆林');
    await write(form, '接访人', '信访接待岗');
    await browser.keep(desk, 'desk-visit-1440');
    await press(form, '完成登记');
    const { caseNo, code } = await receipt();
    await browser.keep(desk, 'desk-visit-receipt-1440');

    expect(caseNo).toMatch(/^XF-\d{4}-\d{5}$/);
    expect(await form.getByTitle('回执').contentFrame().locator('body').innerText()).toContain(code);
    visitNo = caseNo;
  });

  it('prints the visit as attachment 1, filled with what was told and open for both signatures', async () => {
    await press(form, '打开案卷');
    const sheet = await printed(desk, browser, '石圪台煤矿信访接待登记簿', 'print-T01-visit');

    expect(sheet.replace(/\s+/g, ' ')).toMatch(
      /姓名 张建国 性别 男 年龄 46 籍贯 陕西榆林 联系电话 13800000000 信访事由 九月份加班工资没有发 接访人 信访接待岗/,
    );
    expect(sheet).toContain(wageClaim.facts);
    expect(sheet).toMatch(/信访人签名：[^]*接待人签名：/);
  });

  it('does not save a call before it is read back to the caller', async () => {
    form = await launch('登记来电');
    await write(form, '来电人姓名', '李秀兰');
    await write(form, '联系电话', '13900000000');
    await choose(form, '来电人希望', '解决问题');
    await write(form, '信访事由', '食堂饭菜卫生');
    await write(form, '来电内容记录', '反映食堂中饭不干净，近来有几个人吃了肚子疼。');
    await write(form, '请求内容', '查清并整改');
    await pick(form, '内容类别', '后勤');
    await write(form, '复述内容', '您反映食堂中饭不干净，请查一查。');
    await choose(form, '来电人确认', '一致');
    await tick(form, '已向来电人说明');
    await press(form, '完成登记');
    const faults = form.getByRole('alert').getByRole('link');
    await faults.first().waitFor();
    await browser.keep(desk, 'desk-call-not-read-back-1440');

    expect(await faults.allInnerTexts()).toEqual(['没有复述，不能登记。请先向来电人复述。']);
  });

  it('saves it under the next number once it is read back, and the caller is told the code', async () => {
    await tick(form, '已向来电人复述');
    await press(form, '完成登记');
    const { caseNo, code } = await receipt();
    await browser.keep(desk, 'desk-call-receipt-1440');
    await press(form, '完成');
    await openTask(desk, '待认领', '告知查询码与流程');
    await tick(desk, '已告知查询码和办理流程');
    await submit(desk, '完成');

    expect(numberOf(caseNo)).toBe(numberOf(visitNo) + 1);
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}$/);
  });

  async function launch(title: string): Promise<Locator> {
    await desk.goto(`${server.url}/work`);
    await press(desk, '登记与发起');
    await desk.getByRole('menuitem', { name: title }).click();
    return desk.getByRole('dialog', { name: title });
  }

  async function receipt(): Promise<{ caseNo: string; code: string }> {
    const credentials = form.getByRole('region', { name: '件号和查询码' });
    await credentials.waitFor();
    const [caseNo = '', code = ''] = await credentials.locator('strong').allInnerTexts();
    return { caseNo, code };
  }
});

/** Numbers of a series have no gaps. */
const numberOf = (caseNo: string): number => Number(caseNo.slice(-5));
