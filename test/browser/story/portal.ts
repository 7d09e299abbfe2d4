import type { Page } from 'playwright-core';
import { press, tick, write } from './fields.js';

export interface Report {
  readonly subject: string;
  readonly facts: string;
  readonly demand: string;
}

export const wageClaim: Report = {
  subject: '九月份加班工资没有发',
  facts: '9月份我在综采一队加班 12 个班，工资条上没有加班费。问过班长和队里核算员，都说不清楚。',
  demand: '补发9月份加班工资',
};

/** Of the same kind, told in other words. */
export const nightShiftClaim: Report = {
  subject: '夜班津贴少算了',
  facts: '机电队上个月排了我十个夜班，发下来的津贴按六个夜班算，值班表和打卡机上都有。',
  demand: '按打卡记录补足夜班津贴',
};

export interface Credentials {
  readonly caseNo: string;
  readonly code: string;
}

/** First and second page of the report, up to the question how the person can be reached. */
export async function tellWhatHappened(page: Page, report: Report): Promise<void> {
  await page
    .getByRole('radiogroup', { name: /您想做什么/ })
    .getByLabel('解决问题')
    .check();
  await write(page, '用一句话说是什么事', report.subject);
  await write(page, '请说说经过', report.facts);
  await press(page, '下一步');
  await page.getByRole('heading', { name: '您希望怎么解决' }).waitFor();
  await write(page, '请求内容', report.demand);
  await press(page, '下一步');
  await page.getByRole('heading', { name: '怎么联系您' }).waitFor();
}

export async function giveName(page: Page, name: string, telephone: string): Promise<void> {
  await write(page, '您的姓名', name);
  await write(page, '联系电话', telephone);
  await tick(page, '我已读过信息使用说明');
  await press(page, '下一步');
  await page.getByRole('heading', { name: '请再看一遍' }).waitFor();
}

export async function stayAnonymous(page: Page, pin: string): Promise<void> {
  await tick(page, '我不想留姓名');
  await page.getByLabel(/6 位数字密码/).fill(pin);
  await tick(page, '我已读过信息使用说明');
  await press(page, '下一步');
  await page.getByRole('heading', { name: '请再看一遍' }).waitFor();
}

/** Number and code as the receipt shows them, once. */
export async function readReceipt(page: Page): Promise<Credentials> {
  await page.getByRole('heading', { name: '已收到您的反映' }).waitFor();
  const text = await page.getByRole('region', { name: '件号和查询码' }).innerText();
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(text)?.[0] ?? '';
  const caseNo = /[A-Z]{2}-\d+-\d+|XF\S+/.exec(text)?.[0] ?? '';
  return { caseNo, code };
}

/** Opens the case with its code on the follow page. */
export async function follow(page: Page, code: string, pin = ''): Promise<void> {
  await page.getByLabel(/^查询码/).fill(code);
  await page.getByLabel(/^密码/).fill(pin);
  await press(page, '查询');
  await page.getByRole('heading', { name: '办理经过' }).waitFor();
}

/** What the petitioner reads at this moment: state, sentence, deadline. */
export async function standing(page: Page, code: string): Promise<string> {
  await press(page, /^关闭/);
  await follow(page, code);
  return (await page.getByRole('main').innerText()).replaceAll('\n', ' ');
}
