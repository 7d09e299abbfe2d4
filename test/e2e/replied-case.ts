import { acceptance, complete, ofSomebodyElse, report, send, type Receipt } from './product-values.js';
import type { TestApp } from './start-app.js';

export interface Visitor {
  readonly receipt: Receipt;
  readonly data: object;
  readonly pin?: string;
}

/** Sends a report on the portal, and lets the office check what was written. */
export async function reported(app: TestApp, told: object = report, pin?: string): Promise<Visitor> {
  const data = ofSomebodyElse(app, told);
  const receipt = await send(app, data, pin === undefined ? {} : { pin });
  await app.running.platform.runtime.idle();
  const checked = { ...data, channel: 'web', receivedAt: momentOf(app), representing: 'self', category: 'C01' };
  await complete(app, { as: 'xf_clerk', element: 'registerPetition', caseNo: receipt.caseNo, data: checked });
  return { receipt, data, ...(pin !== undefined && { pin }) };
}

const reportData = {
  findings: [
    {
      claim: '补发工资',
      facts: '考勤属实，未计发。',
      evidence: '考勤记录、工资表。',
      basis: '劳动法第五十条',
      conclusion: 'support',
    },
  ],
  petitionerHeard: true,
  otherSideHeard: true,
  rootCause: '考勤漏报。',
  proposedReply: '补发工资。',
};

const replyData = {
  replyTitle: '关于工资的处理意见',
  receivedNote: '您反映的事项我们已收到并调查核实，现答复如下。',
  claims: [
    { claim: '补发工资', facts: '未计发。', basis: '劳动法第五十条', decision: 'support', reason: '考勤记录属实。' },
  ],
  carriedOut: true,
  remedy: '如不服本意见，可自收到之日起30日内，向公司信访办提出复查申请。',
  contact: '党政办（信访维稳办公室）',
  unitName: '石圪台煤矿',
};

/** Carries a case on the simple path from the director to the delivered reply. */
export async function replied(app: TestApp, caseNo: string): Promise<void> {
  const now = momentOf(app);
  const reply = { ...replyData, issueDate: now.slice(0, 10) };
  const proof = { proofKind: 'filed', proofPlace: '送达回证，存本件案卷。' };
  const delivery = { method: 'inPerson', deliveredAt: now, deliveryResult: 'delivered', ...proof };
  const director = { ...acceptance, factsClear: true };
  await complete(app, { as: 'xf_office_director', element: 'assessAcceptance', caseNo, data: director });
  await complete(app, { as: 'unit_head', element: 'confirmReceipt', caseNo, data: { acceptChoice: 'received' } });
  await complete(app, { as: 'unit_handler', element: 'shortReport', caseNo, data: reportData });
  await complete(app, { as: 'unit_handler', element: 'draftReply', caseNo, data: reply });
  await complete(app, { as: 'unit_head', element: 'checkReply', caseNo, data: { signDecision: 'agree' } });
  await complete(app, { as: 'mine_leader', element: 'signReply', caseNo, data: { signDecision: 'agree' } });
  await complete(app, { as: 'xf_clerk', element: 'deliverReply', caseNo, data: delivery });
}

/** The engine's present, at the offset of the mine. */
function momentOf(app: TestApp): string {
  const local = app.running.platform.runtime.now() + 8 * 3_600_000;
  return new Date(local).toISOString().replace(/\.\d+Z$/, '+08:00');
}
