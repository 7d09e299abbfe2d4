import type TestAgent from 'supertest/lib/agent.js';
import type { TestApp } from './start-app.js';

/** Words that occur nowhere but in protected fields: wherever one turns up, something leaks. */
export const canary = {
  name: '金丝雀姓名',
  phone: '13900135790',
  mainFacts: '金丝雀事实：工资少发了三个月，问了没有答复。',
};

/** What a petitioner writes who gives a name. */
export const report = {
  wish: 'solve',
  subject: '工资没有发',
  mainFacts: canary.mainFacts,
  demands: [{ text: '补发工资' }],
  anonymous: false,
  name: canary.name,
  phone: canary.phone,
  headcount: 1,
  preferredContact: 'code',
  imminentDanger: false,
  consentNotice: true,
};

const { name: _name, phone: _phone, ...unnamed } = report;
export const anonymousReport = { ...unnamed, anonymous: true };

/** A moment as forms write it. */
function atTheMine(moment: number): string {
  return new Date(moment + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
}

/** What a clerk registers for a visitor. */
export const registration = {
  ...report,
  channel: 'visit',
  receivedAt: atTheMine(Date.now()),
  visitorCount: 1,
  representing: 'self',
  category: 'C01',
};

/** The director accepts and it goes to the unit that the table names. */
export const acceptance = {
  mainIssue: '反映工资未发',
  nature: 'C',
  category: 'C01',
  severity: 1,
  outcome: 'accept',
  priorFinal: false,
  competentBody: 'mine',
  routeLegal: 'none',
  headcountConfirmed: 1,
};

export const emergency = {
  place: '办公楼前广场',
  participants: 40,
  mainDemands: '要求说明绩效工资的计算办法。',
  drill: true,
  knownAt: '2026-03-02T09:00:00+08:00',
  occurredAt: '2026-03-02T09:00:00+08:00',
  weapons: false,
  badlyHurt: false,
  blocked: false,
  violence: false,
};

export interface Receipt {
  readonly caseNo: string;
  readonly trackingCode: string;
  readonly receiptHtml: string;
}

/** Sends a report on the portal. */
export async function send(app: TestApp, data: object = report, more: object = {}): Promise<Receipt> {
  const response = await app
    .anonymous()
    .post('/api/portal/entries/report')
    .send({ data, ...more })
    .expect(201);
  return response.body as Receipt;
}

const people = new WeakMap<TestApp, number>();

/** Every case of an application is somebody else's, who has another telephone; the first has the canary's. */
export function ofSomebodyElse<T extends object>(app: TestApp, values: T): T {
  const count = people.get(app) ?? 0;
  people.set(app, count + 1);
  if (count === 0 || !('phone' in values)) return values;
  return { ...values, phone: `138${String(count).padStart(8, '0')}` };
}

/** Registers a visit and waits until the process has come to its next person. */
export async function register(
  app: TestApp,
  values: object = registration,
): Promise<Receipt & { processInstanceKey: string }> {
  const clerk = await app.as('xf_clerk');
  const response = await clerk
    .post('/api/launchers/register')
    .send({ data: ofSomebodyElse(app, values) })
    .expect(201);
  await app.running.platform.runtime.idle();
  return response.body as Receipt & { processInstanceKey: string };
}

/** Key of the open task at an element that the signed-in account sees. */
export async function taskAt(agent: TestAgent, elementId: string, caseNo: string | null): Promise<string> {
  const { body } = await agent.get('/api/tasks').query({ view: 'all', q: caseNo }).expect(200);
  const rows = (body as { items: { elementId: string; userTaskKey: string }[] }).items;
  return rows.find((row) => row.elementId === elementId)?.userTaskKey ?? '';
}

/** Completes the open task at an element. */
export async function complete(
  app: TestApp,
  step: { as: string; element: string; caseNo: string | null; data: object },
): Promise<void> {
  await app.running.platform.runtime.idle();
  const agent = await app.as(step.as);
  const key = await taskAt(agent, step.element, step.caseNo);
  await agent.post(`/api/tasks/${key}/completion`).send({ data: step.data }).expect(200);
  await app.running.platform.runtime.idle();
}

/** Makes an account, or changes the one with that id, and lets its holder confirm the password that is set for it. */
export async function appoint(app: TestApp, change: Appointed, id?: string): Promise<void> {
  await appointOnly(app, change, id);
  const holder = id ?? change.id;
  if (change.password !== undefined && holder !== undefined) await takeOver(app, holder, change.password);
}

interface Appointed {
  readonly id?: string;
  readonly password?: string;
  readonly [name: string]: unknown;
}

/** The holder changes the password twice: it is the same in the end, and the holder's own. */
export async function takeOver(app: TestApp, id: string, password: string): Promise<void> {
  const other = `${password}.`;
  const change = async (current: string, next: string) =>
    (await app.as(id, current)).post('/api/session/password').send({ current, next }).expect(204);
  await change(password, other);
  await change(other, password);
}

/** As the administrator; the auditor approves it where that is needed. */
export async function appointOnly(app: TestApp, change: object, id?: string): Promise<void> {
  const admin = await app.as('admin');
  const asked = id === undefined ? admin.post('/api/accounts') : admin.patch(`/api/accounts/${id}`);
  const { status, body } = await asked.send(change);
  if (status < 202) return;
  const decision = (await app.as('auditor')).post(`/api/studio/approvals/${body.approvalId}`);
  await decision.send({ decision: 'approve', comment: '同意' }).expect(200);
}
