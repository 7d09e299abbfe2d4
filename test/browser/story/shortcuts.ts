import { randomUUID } from 'node:crypto';
import { anonymous, type Client, makeAccount, type Reply, signIn } from '../../support/client.js';
import { wageClaim } from './portal.js';

type Answers = Record<string, unknown>;
type TaskRow = { userTaskKey: string; name: string; caseNo: string | null };

/** What a spec needs to stand but does not look at goes through the HTTP interface, not through pages. */
export async function reportWageClaim(url: string, report = wageClaim): Promise<string> {
  return (await reportedWageClaim(url, report)).caseNo;
}

/** Number and code of a wage claim. */
export async function reportedWageClaim(
  url: string,
  { subject, facts, demand } = wageClaim,
): Promise<{ caseNo: string; trackingCode: string }> {
  const answers = { wish: 'solve', subject, mainFacts: facts, demands: [{ text: demand }] };
  const data = { ...answers, anonymous: false, name: '张建国', consentNotice: true };
  const reply = await anonymous(url).post<{ caseNo: string; trackingCode: string }>(
    '/api/portal/entries/report',
    { data },
    once(),
  );
  return expectDone(reply, 'report');
}

/** Completes one open task in the name of an account; answers are laid over what the form holds already. */
export async function completeAs(url: string, account: string, task: TaskOfCase, answers: Answers = {}): Promise<void> {
  const person = await signIn(url, account);
  const row = await firstTask(person, (row) => isTask(row, task));
  if (!row) throw new Error(`Expected ${account} to have the task ${task.name} of ${task.caseNo ?? 'some case'}.`);
  const { data } = (await person.get<{ data: Answers }>(`/api/tasks/${row.userTaskKey}`)).body;
  const body = { data: { ...data, ...answers } };
  expectDone(await person.post(`/api/tasks/${row.userTaskKey}/completion`, body, once()), task.name);
}

export interface TaskOfCase {
  readonly name: string;
  /** Absent: of any case. */
  readonly caseNo?: string;
}

function isTask(row: TaskRow, { name, caseNo }: TaskOfCase): boolean {
  return row.name === name && (caseNo === undefined || row.caseNo === caseNo);
}

/** A wage claim with clear facts that the unit has received; a second one in like words would be compared by the clerk. */
export async function bringToInvestigation(url: string, report = wageClaim): Promise<string> {
  const caseNo = await reportWageClaim(url, report);
  await completeAs(url, 'xf_clerk', { name: '核对登记', caseNo }, { category: 'C01', consentNotice: true });
  const review = { mainIssue: '反映加班工资未发', factsClear: true };
  await completeAs(url, 'xf_office_director', { name: '受理审核与分析', caseNo }, review);
  await completeAs(url, 'unit_head', { name: '签收交办单', caseNo }, { acceptChoice: 'received' });
  return caseNo;
}

/** The unit reports what it found, drafts the reply and checks it: it waits for the leader. */
export async function investigateAndDraft(url: string, caseNo: string): Promise<void> {
  const claim = { claim: '补发加班工资', facts: '考勤漏传 5 个班。', basis: '《劳动法》第四十四条' };
  const report = {
    rootCause: '考勤数据没有同步。',
    proposedReply: '补发。',
    petitionerHeard: true,
    otherSideHeard: true,
  };
  const findings = [{ ...claim, evidence: '考勤记录、工资表。', conclusion: 'support' }];
  await completeAs(url, 'unit_handler', { name: '简易办理', caseNo }, { ...report, findings });
  const claims = [{ ...claim, decision: 'support', reason: '加班属实。' }];
  await completeAs(
    url,
    'unit_handler',
    { name: '起草处理意见', caseNo },
    { claims, carriedOut: true, countersignUnits: [] },
  );
  await completeAs(url, 'unit_head', { name: '审核处理意见', caseNo });
}

/** The reception days of half a year: chosen, confirmed by each leader and approved. */
export async function approveReceptionPlan(url: string, leaders: readonly string[]): Promise<void> {
  const chosen = { leaders, place: '一楼会议室', contact: '信访办值班', phone: '8110' };
  await startProcess(url, 'xf_reception_plan', {});
  await completeAs(url, 'xf_clerk', { name: '选定接待领导' }, chosen);
  await completeAs(url, 'xf_clerk', { name: '编制计划' });
  for (const leader of leaders) await completeAs(url, leader, { name: '确认能到' }, { canAttend: 'yes' });
  await completeAs(url, 'lead_group_head', { name: '审定计划' }, { planDecision: 'agree' });
  await untilTask(url, 'xf_clerk', '上报公司');
}

/** Sets the clock of the server (epoch ms); it then stands still. */
export async function setClock(url: string, timestamp: number): Promise<void> {
  const admin = await signIn(url, 'admin');
  expectDone(await admin.put('/v2/clock', { timestamp }), 'clock');
}

/** Starts a process, as its schedule does. */
export async function startProcess(url: string, processDefinitionId: string, variables: Answers): Promise<void> {
  const admin = await signIn(url, 'admin');
  expectDone(await admin.post('/v2/process-instances', { processDefinitionId, variables }), processDefinitionId);
}

/** Waits until a task of this name has come to an account: what starts it goes on after its answer. */
export async function untilTask(url: string, account: string, name: string): Promise<void> {
  const person = await signIn(url, account);
  if (!(await firstTask(person, (row) => row.name === name)))
    throw new Error(`Expected ${account} to get the task ${name}.`);
}

/** Waits for a task up to 10 s: it may come a moment after the step before it was answered. */
async function firstTask(person: Client, isIt: (row: TaskRow) => boolean): Promise<TaskRow | undefined> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { items } = (await person.get<{ items: TaskRow[] }>('/api/tasks?view=all&limit=50')).body;
    const row = items.find(isIt);
    if (row) return row;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

/** Publishes a message that starts what waits for it. */
export async function publish(url: string, name: string, variables: Answers): Promise<void> {
  const admin = await signIn(url, 'admin');
  expectDone(await admin.post('/v2/messages/publication', { name, correlationKey: '', variables }), name);
}

/** A unit reports its screening: the liaison fills it in and the head signs it, each with an account made for it. */
export async function reportScreening(url: string, unit: string, answers: Answers): Promise<void> {
  await completeAsNew(url, { unit, role: 'unit_liaison', task: '本月排查与会议' }, answers);
  await completeAsNew(url, { unit, role: 'unit_head', task: '负责人签名' }, { screeningSign: 'sign' });
}

async function completeAsNew(
  url: string,
  { unit, role, task }: { unit: string; role: string; task: string },
  answers: Answers,
): Promise<void> {
  const id = `${role}.of.${unit}`;
  const password = randomUUID();
  const account = { id, name: id, roles: [role], unit, password };
  await makeAccount(url, account);
  const person = await signIn(url, id, password);
  const row = await firstTask(person, ({ name }) => name === task);
  expectDone(await person.post(`/api/tasks/${row?.userTaskKey}/completion`, { data: answers }, once()), id);
}

/** Registers a visit on the leaders' reception day. */
export async function registerVisit(url: string, answers: { subject: string; receivedAt: string }): Promise<string> {
  const clerk = await signIn(url, 'xf_clerk');
  const visit = { channel: 'receptionDay', wish: 'solve', headcount: 1, visitorCount: 1, representing: 'self' };
  const told = { mainFacts: wageClaim.facts, demands: [{ text: wageClaim.demand }], category: 'C01' };
  const person = { anonymous: false, name: '张建国', preferredContact: 'code', imminentDanger: false };
  const data = { ...visit, ...told, ...person, consentNotice: true, ...answers };
  const reply = await clerk.post<{ caseNo: string }>('/api/launchers/register', { data }, once());
  return expectDone(reply, 'visit').caseNo;
}

function once(): Record<string, string> {
  return { 'idempotency-key': randomUUID() };
}

function expectDone<T>({ status, body }: Reply<T>, what: string): T {
  if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
}
