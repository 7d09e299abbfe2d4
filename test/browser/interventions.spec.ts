import type { Page } from 'playwright-core';
import { report } from '../e2e/product-values.js';
import { model } from '#testing';
import { openBrowser, phone, type TestBrowser } from '../support/browser.js';
import { anonymous, signIn } from '../support/client.js';
import { type ServerProcess, startServer } from '../support/server-process.js';
import { namelessInputs, overflowOf } from './story/measures.js';

const reason = '系统误登，经信访办主任同意';

describe('an operator changes what runs from outside its own course', () => {
  let server: ServerProcess;
  let browser: TestBrowser;
  let caseKey: string;
  let caseNo: string;
  const panel = async (key: string, size?: typeof phone): Promise<Page> => {
    const page = await browser.signIn('admin', `/work/case/${key}`, size);
    await page.getByRole('tab', { name: '人工干预' }).click();
    return page;
  };
  const ask = async (page: Page, verb: string) => {
    await page.getByRole('button', { name: verb }).click();
    return page.getByRole('dialog', { name: verb });
  };

  /** All that runs in the case, asked for by the operator; the auditor approves that and what waits besides. */
  const endByTwo = async () => {
    const [admin, auditor] = [await signIn(server.url, 'admin'), await signIn(server.url, 'auditor')];
    const running = await admin.get<{ items: { processInstanceKey: string; state: string }[] }>(
      `/api/instances?q=${caseNo}`,
    );
    for (const { processInstanceKey, state } of running.body.items) {
      if (state !== 'ACTIVE') continue;
      await admin.post(`/v2/process-instances/${processInstanceKey}/cancellation`, { reason });
    }
    const waiting = await auditor.get<{ approvalId: string; kind: string }[]>('/api/studio/approvals');
    for (const { approvalId, kind } of waiting.body)
      if (kind === 'case') await auditor.post(`/api/studio/approvals/${approvalId}`, { decision: 'approve' });
  };

  beforeAll(async () => {
    server = await startServer();
    browser = await openBrowser(server.url);
    const sent = await anonymous(server.url).post<{ caseNo: string }>('/api/portal/entries/report', { data: report });
    const admin = await signIn(server.url, 'admin');
    ({ caseNo } = sent.body);
    const found = await admin.get<{ items: { processInstanceKey: string }[] }>(`/api/instances?q=${caseNo}`);
    caseKey = found.body.items.at(-1)?.processInstanceKey ?? '';
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  afterEach(() => {
    expect(browser.takeProblems()).toEqual([]);
  });

  it('of a case with a reason alone; it waits for a second person, and the course says so', async () => {
    const page = await panel(caseKey);
    await browser.keep(page, 'intervention-panel');
    const dialog = await ask(page, '暂停办理');
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await dialog.getByText('请写明理由。').waitFor();
    await dialog.getByLabel('理由').fill(reason);
    await dialog.getByRole('alert').waitFor({ state: 'detached' });
    await browser.keep(page, 'intervention-reason');
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await page.getByText('已提出“暂停办理”，等另一个人批准').waitFor();
    await browser.keep(page, 'intervention-waits');
    await page.getByRole('tab', { name: '记录' }).click();
    await page.getByText('提出人工干预：暂停办理').waitFor();
    await page.getByRole('tab', { name: '人工干预' }).click();
    await page.getByRole('link', { name: '查看待批准' }).click();

    await page.getByText('这是您自己提交的，须由另一个人批准。').waitFor();
    expect(await page.getByRole('button', { name: /批\s*准/ }).count()).toBe(0);
  });

  it('and it is so once the second person agrees', async () => {
    const approver = await browser.signIn('auditor', '/studio/approvals');
    await approver.getByText(`理由：${reason}`).waitFor();
    await browser.keep(approver, 'intervention-approval');
    await approver.getByRole('button', { name: /批\s*准/ }).click();
    await approver.getByText('没有等待批准的事项').waitFor();

    const page = await panel(caseKey);
    await page.getByText(/起暂停办理/).waitFor();
    await page.getByText(/进行中 · 已暂停/).waitFor();
    await page.getByRole('tab', { name: '记录' }).click();
    await page.getByText('人工干预：暂停办理', { exact: true }).waitFor();
    await page.getByText(/审计员批准。$/).waitFor();
    await browser.keep(page, 'intervention-course');
    await page.getByRole('tab', { name: '人工干预' }).click();
    const dialog = await ask(page, '恢复办理');
    await dialog.getByRole('button', { name: '恢复办理' }).click();
    await page.getByText('已生效。').waitFor();

    await page.getByRole('button', { name: '暂停办理' }).waitFor();
    await page.getByRole('tab', { name: '记录' }).click();
    await page.getByText('恢复办理', { exact: true }).waitFor();
  });

  it('of its data one by one, beginning with the value that is there', async () => {
    const page = await panel(caseKey, phone);
    const dialog = await ask(page, '改动数据');
    await dialog.getByLabel('数据项').fill('headcount');
    await page.locator('.ant-select-item-option[title="headcount"]').click();
    const before = await dialog.getByLabel('新的值').inputValue();
    await dialog.getByLabel('新的值').fill('三');
    await dialog.getByLabel('理由').fill(reason);
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await dialog.getByText('新的值要符合 JSON 写法。', { exact: false }).last().waitFor();
    await dialog.getByLabel('新的值').fill('3');
    await dialog.getByRole('alert').waitFor({ state: 'detached' });
    await browser.keep(page, 'intervention-variables-360');
    const measured = [await overflowOf(page), await namelessInputs(page)];
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await page.getByText('已提出“改动数据”，等另一个人批准').waitFor();

    expect(before).toBe('1');
    expect(measured).toEqual([0, []]);
  });

  it('of a process without people behind it at once, and without a reason', async () => {
    const admin = await signIn(server.url, 'admin');
    const form = new FormData();
    const { xml } = model('plain').start().userTask('wait', { groups: 'admin', form: '' }).end();
    form.append('resources', new Blob([xml]), 'plain.bpmn');
    const authorization = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
    await fetch(`${server.url}/v2/deployments`, { method: 'POST', body: form, headers: { authorization } });
    const started = await admin.post<{ processInstanceKey: string }>('/v2/process-instances', {
      processDefinitionId: 'plain',
    });
    const page = await panel(started.body.processInstanceKey);
    const dialog = await ask(page, '终止办理');
    expect(await dialog.getByLabel('理由').count()).toBe(0);
    await browser.keep(page, 'intervention-plain');
    await dialog.getByRole('button', { name: '终止办理' }).click();

    await page.getByText('已经结束，不能再改动。').waitFor();
  });

  it('of its steps, after it was said in words what comes of it', async () => {
    const page = await panel(caseKey);
    const dialog = await ask(page, '修改步骤');
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await dialog.getByText('请选择要取消或开始的步骤。').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await ask(page, '修改步骤');
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await dialog.getByLabel('取消哪些步骤').click();
    const step = page.locator('.ant-select-dropdown:visible .ant-select-item-option').first();
    const ended = (await step.innerText()).trim();
    await step.click();
    await dialog.getByLabel('从哪些步骤开始').fill('registerPetition');
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option[title*="registerPetition"]').click();
    await dialog.getByText(`取消：${ended}`).waitFor();
    await dialog.getByText(/^开始：核对登记/).waitFor();
    await dialog.getByLabel('理由').fill(reason);
    await browser.keep(page, 'intervention-steps');
    await dialog.getByRole('button', { name: '提交批准' }).click();
    await page.getByText('已提出“修改步骤”，等另一个人批准').waitFor();

    const approver = await browser.signIn('auditor', '/studio/approvals');
    await approver.getByText(`取消步骤：${ended}。`).first().waitFor();
    await approver.getByText('开始步骤：核对登记。').first().waitFor();
  });

  it('by another version of its process, where what runs goes on', async () => {
    const admin = await signIn(server.url, 'admin');
    const deploy = async (xml: string) => {
      const form = new FormData();
      form.append('resources', new Blob([xml]), 'moving.bpmn');
      const authorization = `Basic ${Buffer.from('admin:demo').toString('base64')}`;
      await fetch(`${server.url}/v2/deployments`, { method: 'POST', body: form, headers: { authorization } });
    };
    const once = model('moving').start().userTask('wait', { groups: 'admin', form: '' });
    await deploy(once.end().xml);
    const started = await admin.post<{ processInstanceKey: string }>('/v2/process-instances', {
      processDefinitionId: 'moving',
    });
    const next = model('moving').start().userTask('wait', { groups: 'admin', form: '' });
    await deploy(next.userTask('look', { groups: 'admin', form: '' }).end().xml);
    const page = await panel(started.body.processInstanceKey);
    const dialog = await ask(page, '迁移到新版本');
    await dialog.getByLabel('迁移到哪一版').click();
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
    await dialog.getByText('从第 1 版改为第 2 版。').waitFor();
    await browser.keep(page, 'intervention-migration');
    await dialog.getByRole('button', { name: '迁移到新版本' }).click();
    await page.getByText('已生效。').waitFor();

    const path = `/v2/process-instances/${started.body.processInstanceKey}`;
    expect((await admin.get<{ processDefinitionVersion: number }>(path)).body.processDefinitionVersion).toBe(2);
  });

  it('at its end: what it held is kept while it must be, and destroyed by two people', async () => {
    await endByTwo();
    // The end itself starts the look at quiet ends.
    await endByTwo();
    const approver = await browser.signIn('auditor', `/work/case/${caseKey}`);
    await approver.getByRole('tab', { name: '销毁与保全' }).click();
    await browser.keep(approver, 'keeping-of-case');
    await approver.getByRole('button', { name: '依法保全' }).click();
    const hold = approver.getByRole('dialog', { name: /依法保全/ });
    await hold.getByRole('button', { name: '依法保全' }).click();
    await hold.getByText('请写明理由。').waitFor();
    await hold.getByLabel('理由').fill('复查期间');
    await hold.getByRole('button', { name: '依法保全' }).click();
    await approver.getByText('保全中').waitFor();
    expect(await approver.getByRole('button', { name: '提出销毁' }).count()).toBe(0);
    await browser.keep(approver, 'keeping-held');

    await approver.goto(`${server.url}/cockpit/keeping`);
    await approver.getByRole('button', { name: '解除保全' }).click();
    const lift = approver.getByRole('dialog', { name: /解除保全/ });
    await lift.getByLabel('理由').fill('复查结束');
    await lift.getByRole('button', { name: '解除保全' }).click();
    await approver.getByText('已解除', { exact: true }).waitFor();

    const operator = await browser.signIn('admin', `/work/case/${caseKey}`);
    await operator.getByRole('tab', { name: '销毁与保全' }).click();
    await operator.getByRole('button', { name: '提出销毁' }).click();
    const wish = operator.getByRole('dialog', { name: /提出销毁/ });
    await wish.getByLabel('理由').fill('误登，不是信访事项');
    await wish.getByRole('button', { name: '提出销毁' }).click();
    await operator.getByText('等另一个人决定', { exact: true }).waitFor();
    await browser.keep(operator, 'keeping-asked');

    await approver.reload();
    await approver.getByRole('button', { name: /^同意销毁/ }).click();
    const decision = approver.getByRole('dialog', { name: /同意销毁/ });
    await decision.getByLabel('理由').fill('已核对');
    await browser.keep(approver, 'keeping-decision');
    await decision.getByRole('button', { name: '同意销毁' }).click();
    await approver.getByText('已销毁', { exact: true }).waitFor();
    await browser.keep(approver, 'keeping-page');
    await operator.reload();
    await operator.getByRole('tab', { name: '销毁与保全' }).click();
    await operator.getByText('这一件受保护的内容已经销毁，不能恢复。').waitFor();

    const small = await browser.signIn('auditor', '/cockpit/keeping', phone);
    await small.getByText('已销毁', { exact: true }).waitFor();
    await browser.keep(small, 'keeping-360');
    expect([await overflowOf(small), await namelessInputs(small)]).toEqual([0, []]);
  });
});
