import type { Matter } from './matters.js';

type Values = Readonly<Record<string, unknown>>;

const REASON = '经审核，按规定作出这一决定，理由已经当面向本人说明。';
const notice = { noticeReason: REASON, noticeBasis: '条例第二十三条' };

const claim = { claim: '补发工资', facts: '考勤属实，未计发。', basis: '劳动法第五十条' };

/** One row for each request. */
const rowsFor = ({ demands }: Values, row: Values): readonly Values[] =>
  Array.isArray(demands) ? demands.map((_, index) => ({ ...claim, claim: `请求之${index + 1}`, ...row })) : [];

/** What staff put into each form on the way to the delivered reply. A form that is not here stays open. */
export function answersOf(
  matter: Matter,
  registration: Values,
  now: number,
): Readonly<Record<string, (variables: Values) => Values>> {
  const moment = `${new Date(now + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
  return {
    registerPetition: () => registration,
    readBack: () => ({ readBackText: '把记下的念了一遍。', callerConfirmed: 'same', readBackDone: true }),
    tellCode: () => ({ codeTold: true, callEnd: moment }),
    instruct: () => ({ leaderInstruction: '请抓紧办理。', instructionType: 'agree', closingReportRequired: false }),
    assessAcceptance: (variables) => reviewOf(matter, variables),
    askSupplement: () => ({ supplementItems: [{ item: '工资条', why: '核对金额' }], supplementDays: 7 }),
    draftTransfer: () => ({ transferTo: '公司人力资源部', transferPhone: '0912-1234567', ...notice }),
    draftRedirect: () => ({ routeLegal: 'labourArbitration', limitNote: '一年内提出。', ...notice }),
    draftRefusal: () => ({ unacceptReason: 'notCompetent', ...notice }),
    signNotice: () => ({ signDecision: 'agree' }),
    receiveAtDiscipline: () => ({ disciplineReceived: true, noticeReason: REASON }),
    receiveAccusation: () => ({ accepted: true, noticeReason: REASON, accusedUnits: ['electricTeam'] }),
    confirmReceipt: () =>
      matter.isObjected ? { acceptChoice: 'objection', objectionReason: REASON } : { acceptChoice: 'received' },
    ruleReceipt: () => ({ ruledUnit: 'hr', rulingReason: REASON }),
    planInquiry: () => ({
      wantsRecusal: false,
      planPoints: '核对有关记录，问清经过。',
      enquiries: [],
      siteNeeded: false,
      complexMatter: false,
    }),
    shortReport: (variables) => ({
      findings: rowsFor(variables, { evidence: '考勤记录、工资表。', conclusion: 'support' }),
      petitionerHeard: true,
      otherSideHeard: true,
      rootCause: '考勤漏报。',
      proposedReply: '补发工资。',
    }),
    draftReply: (variables) => ({
      replyTitle: '关于工资的处理意见',
      issueDate: moment.slice(0, 10),
      receivedNote: '您反映的事项我们已收到并调查核实，现答复如下。',
      claims: rowsFor(variables, { decision: 'support', reason: '考勤记录属实。' }),
      carriedOut: true,
      remedy: '如不服本意见，可自收到之日起30日内，向公司信访办提出复查申请。',
      contact: '党政办（信访维稳办公室）',
      unitName: '石圪台煤矿',
    }),
    checkReply: () => ({ signDecision: 'agree' }),
    signReply: () => ({ signDecision: 'agree' }),
    deliverReply: () => ({ method: 'portal', deliveredAt: moment, deliveryResult: 'delivered' }),
  };
}

/** The office leaves what the tables propose, and decides what the matter is drawn to. */
function reviewOf({ category, outcome, review }: Matter, { nature, severity, supplementDue }: Values): Values {
  const decided = outcome === 'needInfo' && typeof supplementDue === 'string' ? 'accept' : outcome;
  return {
    mainIssue: '反映的主要问题',
    petitionerDemand: '按请求逐项答复。',
    nature,
    category,
    severity,
    outcome: decided,
    priorFinal: false,
    competentBody: 'mine',
    routeLegal: 'none',
    headcountConfirmed: 1,
    ...(decided === 'accept' ? review : {}),
    ...(decided === 'notAccepted' && { unacceptReason: 'notCompetent' }),
    ...(['accept', 'needInfo'].includes(decided) ? {} : { reasonText: REASON }),
  };
}
