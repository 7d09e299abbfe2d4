import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { scopeOf } from '#feel';

type Row = readonly [row: string, given: object, output: unknown];

const calm = {
  imminentDanger: false,
  urgentSigns: [],
  visitorCount: 1,
  jointSigners: 0,
  category: 'C01',
};
const plain = {
  severity: 1,
  nature: 'C',
  priorFinal: false,
  duplicate: 'new',
  competentBody: 'mine',
  routeLegal: 'none',
};
const quiet = { weapons: false, badlyHurt: false, participants: 1, blocked: false, violence: false };
const simple = {
  previous: 'first',
  factsClear: true,
  nature: 'C',
  severity: 1,
  routeLegal: 'none',
  unitCount: 1,
  hasAccused: false,
};
const onTime = {
  elapsedPercent: 10,
  overdueWorkDays: 0,
  level: null,
  unanswered: false,
  recordedGround: null,
  reopened: 0,
};
const unowned = {
  group: false,
  openDays: 10,
  assigned: false,
  massRisk: false,
  repeats: 0,
  similar: 1,
  jointSigners: 0,
  litigation: false,
};
const dutiful = { noLedger: false, noMeeting: false, missedReception: false, breach: null };
const same = { sameClaimant: 'yes', sameClaim: true, sameFacts: true, sameState: 'accepted', sameFinal: false };
const reply = {
  severity: 1,
  jointSigners: 0,
  channel: 'letter',
  groupRejected: false,
  nature: 'C',
  unitCount: 1,
  leadUnit: 'hr',
  leaderRole: 'mine_leader',
};
const day = { leaderCame: true, largestGroup: 1, units: 1, bookings: 0, severity: 1, signers: 1, categories: 1 };
const answer = { category: 'C08', nature: 'C', decisions: ['support'], promised: false };

const proposed = (nature: string, handlerKind: string, to = nature) => ({ nature, handlerKind, proposed: to });
const severity = (value: number, alarm: string) => expect.objectContaining({ severity: value, alarm });
const posts: Readonly<Record<string, string>> = {
  人力: 'personnelLeader',
  安全: 'safetyLeader',
  后勤: 'logisticsLeader',
  '生产/外协': 'productionLeader',
  经营: 'financeLeader',
  法务: 'legalLeader',
};
const deputies: Readonly<Record<string, string>> = {
  人力: 'financeLeader',
  安全: 'productionLeader',
  后勤: 'personnelLeader',
  '生产/外协': 'safetyLeader',
  经营: 'personnelLeader',
  法务: 'financeLeader',
};
/** Where the field has no deputy, the deputy of the leading group signs in its leader's place. */
const deputyOf = (field: string) => (deputies[field] === undefined ? 'lead_group_deputy' : `post:${deputies[field]}`);
const responsible = (
  candidates: string[],
  coUnits: string[],
  field: string,
  { leaderRole = `post:${posts[field] ?? ''}`, deputy = deputyOf(field) } = {},
) => ({ candidates, coUnits, field, leaderRole, deputy });
const term = (noticeDays: number, replyDays: number, dayKind: string, extensionDays: number) =>
  expect.objectContaining({ noticeDays, replyDays, dayKind, extensionDays });
const event = (level: string, command: string, firstReportMinutes: number, followUpMinutes: number) => ({
  level,
  command,
  firstReportMinutes,
  followUpMinutes,
});
const signed = (signer: string, check: boolean, countersign: boolean, legal: boolean) => ({
  signer,
  check,
  countersign,
  legal,
});
const raised = (level: string, ground: string) => ({ level, ground });
const finding = (duty: string, subject: string, kind: string, value: number) => ({ duty, subject, kind, value });
const taken = (exclude: boolean, takeover: string) => ({ exclude, takeover });

/** Each row of the tables D01 to D17, as the regulation has them; D18 is checked against the roles when a set is published. */
const tables: Readonly<Record<string, readonly Row[]>> = {
  D01: [
    ['1 misconduct', { wish: 'discipline', severity: 4, category: 'C01' }, proposed('B', 'discipline')],
    ['2 danger to life', { wish: 'ask', severity: 4, category: 'C06' }, proposed('C', 'line')],
    ['3 decision, benefit', { wish: 'solve', severity: 1, category: 'C01' }, proposed('C', 'line')],
    ['4 hardship', { wish: 'help', severity: 1, category: 'C01' }, proposed('E', 'line')],
    ['5 improvement', { wish: 'suggest', severity: 1, category: 'C08' }, proposed('A', 'line')],
    ['6 what the rule is', { wish: 'ask', severity: 1, category: 'C01' }, proposed('D', 'line')],
    [
      '1 misconduct by category: a proposal alone',
      { wish: 'solve', severity: 1, category: 'C12' },
      proposed('C', 'line', 'B'),
    ],
    ['by category', { wish: null, severity: 1, category: 'C15' }, proposed('A', 'line')],
  ],
  D02: [
    ['1 severity 4', { ...plain, severity: 4, nature: 'B', routeLegal: 'court' }, 'accept'],
    ['2 nature B', { ...plain, nature: 'B' }, 'toDiscipline'],
    ['3 finalised', { ...plain, priorFinal: true, duplicate: 'finalised' }, 'notAccepted'],
    ['3 new facts', { ...plain, priorFinal: true, duplicate: 'new' }, 'accept'],
    ['4 same and open', { ...plain, duplicate: 'sameOpen' }, 'merge'],
    ['5 company', { ...plain, competentBody: 'company' }, 'transfer'],
    ['6 outside', { ...plain, competentBody: 'outside' }, 'redirect'],
    ['7 legal route', { ...plain, routeLegal: 'labourArbitration' }, 'redirect'],
    ['8 otherwise', { ...plain, nature: 'A' }, 'accept'],
  ],
  D03: [
    ['1 imminent danger', { ...calm, imminentDanger: true }, severity(4, 'hazard')],
    ['1 life', { ...calm, urgentSigns: ['lifeDanger'] }, severity(4, 'hazard')],
    ['2 self-harm', { ...calm, urgentSigns: ['selfHarm'] }, severity(4, 'person')],
    ['2 domestic violence', { ...calm, urgentSigns: ['domesticViolence'] }, severity(4, 'person')],
    ['2 threatened', { ...calm, urgentSigns: ['threatened'] }, severity(4, 'person')],
    ['3 thirty visitors', { ...calm, visitorCount: 30 }, severity(3, 'event')],
    ['3 violence on site', { ...calm, urgentSigns: ['violenceOnSite'] }, severity(3, 'event')],
    ['4 five visitors', { ...calm, visitorCount: 5 }, severity(2, 'event')],
    ['4 twenty-nine visitors', { ...calm, visitorCount: 29 }, severity(2, 'event')],
    ['5 wages of two months', { ...calm, urgentSigns: ['unpaidTwoMonths'] }, severity(2, 'none')],
    ['5 untreated', { ...calm, urgentSigns: ['untreated'] }, severity(2, 'none')],
    ['5 ten signers', { ...calm, jointSigners: 10 }, severity(2, 'none')],
    ['5 safety', { ...calm, category: 'C06' }, severity(2, 'none')],
    ['6 else', { ...calm, visitorCount: 4, jointSigners: 9 }, severity(1, 'none')],
  ],
  D04: [
    ...['C01', 'C02', 'C03', 'C05', 'C13'].map((category): Row => [
      `1 ${category}`,
      { category, claimUnits: [] },
      responsible(['hr', 'office', 'union', 'companyOffice'], ['finance'], '人力'),
    ]),
    ['2 C04', { category: 'C04', claimUnits: [] }, responsible(['hr', 'office', 'union', 'companyOffice'], [], '人力')],
    [
      '3 C06',
      { category: 'C06', claimUnits: [] },
      responsible(['safety', 'office', 'union', 'companyOffice'], [], '安全'),
    ],
    [
      '3 C07',
      { category: 'C07', claimUnits: [] },
      responsible(['safety', 'office', 'union', 'companyOffice'], [], '安全'),
    ],
    [
      '4 C08',
      { category: 'C08', claimUnits: [] },
      responsible(['logistics', 'office', 'union', 'companyOffice'], ['union'], '后勤'),
    ],
    [
      '4 C14',
      { category: 'C14', claimUnits: [] },
      responsible(['logistics', 'office', 'union', 'companyOffice'], ['union'], '后勤'),
    ],
    [
      '5 C09',
      { category: 'C09', claimUnits: [] },
      responsible(['enterprise', 'office', 'union', 'companyOffice'], ['production'], '生产/外协'),
    ],
    [
      '5 C10',
      { category: 'C10', claimUnits: [] },
      responsible(['enterprise', 'office', 'union', 'companyOffice'], ['production'], '生产/外协'),
    ],
    [
      '6 C11',
      { category: 'C11', claimUnits: [] },
      responsible(['finance', 'office', 'union', 'companyOffice'], [], '经营'),
    ],
    [
      '7 C12',
      { category: 'C12', claimUnits: ['hr'] },
      responsible(['discipline', 'companyDiscipline', 'companyOffice'], [], '纪检', {
        leaderRole: 'discipline_committee',
      }),
    ],
    [
      '8 C16',
      { category: 'C16', claimUnits: [] },
      responsible(['legal', 'office', 'union', 'companyOffice'], [], '法务'),
    ],
    [
      '9 one unit, tested first',
      { category: 'C08', claimUnits: ['mining1'] },
      responsible(['mining1', 'production', 'office', 'union', 'companyOffice'], [], '综合', {
        leaderRole: 'post:logisticsLeader',
        deputy: 'post:personnelLeader',
      }),
    ],
    [
      '9 two units: the second leads where the first is accused',
      { category: 'C99', claimUnits: ['mining1', 'hr'] },
      responsible(['mining1', 'hr', 'production', 'office', 'union', 'companyOffice'], ['hr'], '综合', {
        leaderRole: 'mine_leader',
      }),
    ],
    [
      '10 else',
      { category: 'C99', claimUnits: [] },
      responsible(['office', 'union', 'companyOffice'], [], '综合', { leaderRole: 'xf_office_director' }),
    ],
  ],
  D05: [
    ['1 severity 4', { severity: 4, channel: 'assignedIn', nature: 'D' }, term(0, 7, 'calendar', 0)],
    ['2 transferred', { severity: 1, channel: 'transferredIn', nature: 'C' }, term(15, 60, 'calendar', 30)],
    ['2 assigned', { severity: 1, channel: 'assignedIn', nature: 'C' }, term(15, 60, 'calendar', 0)],
    ['3 question', { severity: 1, channel: 'web', nature: 'D' }, term(0, 5, 'working', 0)],
    ['5 nature C', { severity: 1, channel: 'web', nature: 'C' }, term(15, 60, 'calendar', 30)],
    ['5 nature E', { severity: 1, channel: 'web', nature: 'E' }, term(15, 60, 'calendar', 30)],
    ['6 nature A', { severity: 1, channel: 'web', nature: 'A' }, term(15, 60, 'calendar', 30)],
    ['7 else', { severity: 1, channel: 'web', nature: 'B' }, term(15, 60, 'calendar', 30)],
  ],
  D06: [
    ['1 severity 3', { ...reply, severity: 3 }, signed('lead_group_head', true, true, true)],
    ['1 ten signers', { ...reply, jointSigners: 10 }, signed('lead_group_head', true, true, true)],
    ['1 assigned', { ...reply, channel: 'assignedIn' }, signed('lead_group_head', true, true, true)],
    ['1 group, rejected', { ...reply, groupRejected: true }, signed('lead_group_head', true, true, true)],
    ['3 nature A, one unit', { ...reply, nature: 'A' }, signed('unit_head@hr', false, false, false)],
    ['4 severity 2', { ...reply, severity: 2 }, signed('mine_leader', true, true, true)],
    ['4 two units', { ...reply, unitCount: 2 }, signed('mine_leader', true, true, true)],
    ['5 else', reply, signed('mine_leader', true, false, false)],
  ],
  D07: [
    ['all true', simple, true],
    ['nature E', { ...simple, nature: 'E' }, true],
    ['again', { ...simple, previous: 'again' }, false],
    ['facts not clear', { ...simple, factsClear: false }, false],
    ['severity 2', { ...simple, severity: 2 }, false],
    ['nature A', { ...simple, nature: 'A' }, false],
    ['legal route', { ...simple, routeLegal: 'court' }, false],
    ['two units', { ...simple, unitCount: 2 }, false],
    ['somebody accused', { ...simple, hasAccused: true }, false],
  ],
  D08: [
    ['1 five days over', { ...onTime, elapsedPercent: 100, overdueWorkDays: 5 }, raised('S4', 'overdue')],
    ['1 S3 unanswered', { ...onTime, level: 'S3', unanswered: true }, raised('S4', 'noFeedback')],
    ['1 report found false', { ...onTime, recordedGround: 'untrue' }, raised('S4', 'untrue')],
    ['1 reopened twice', { ...onTime, reopened: 2 }, raised('S4', 'reopened')],
    ['2 due passed', { ...onTime, elapsedPercent: 100 }, raised('S3', 'overdue')],
    ['2 delay recorded', { ...onTime, recordedGround: 'delay' }, raised('S3', 'delay')],
    ['2 not carried out', { ...onTime, recordedGround: 'notCarriedOut' }, raised('S3', 'notCarriedOut')],
    ['3 eighty percent', { ...onTime, elapsedPercent: 80 }, raised('S2', 'nearDue')],
    ['4 half of the time', { ...onTime, elapsedPercent: 50 }, raised('S1', 'nearDue')],
    ['5 else', onTime, raised('S0', 'other')],
  ],
  D09: [
    ['A group', { ...unowned, group: true }, ['A']],
    ['B open too long', { ...unowned, openDays: 91 }, ['B']],
    ['C assigned', { ...unowned, assigned: true }, ['C']],
    ['D screening', { ...unowned, massRisk: true }, ['D']],
    ['E repeated twice', { ...unowned, repeats: 2 }, ['E']],
    ['E hot issue', { ...unowned, similar: 5 }, ['E']],
    ['F ten signers', { ...unowned, jointSigners: 10 }, ['F']],
    ['G litigation', { ...unowned, litigation: true }, ['G']],
    ['several at once', { ...unowned, group: true, jointSigners: 10 }, ['A', 'F']],
    ['none', { ...unowned, openDays: 90, repeats: 1, similar: 4, jointSigners: 9 }, null],
  ],
  D10: [
    ['1 weapon', { ...quiet, weapons: true }, event('E1', 'lead_group_head', 60, 120)],
    ['1 badly hurt', { ...quiet, badlyHurt: true }, event('E1', 'lead_group_head', 60, 120)],
    ['2 three hundred', { ...quiet, participants: 300 }, event('E1', 'lead_group_head', 60, 120)],
    ['3 a hundred', { ...quiet, participants: 100 }, event('E2', 'lead_group_head', 60, 120)],
    ['3 gate blocked', { ...quiet, blocked: true }, event('E2', 'lead_group_head', 60, 120)],
    ['4 thirty', { ...quiet, participants: 30 }, event('E3', 'lead_group_deputy', 120, 240)],
    ['4 violence', { ...quiet, violence: true }, event('E3', 'lead_group_deputy', 120, 240)],
    ['5 five', { ...quiet, participants: 5 }, event('E4', 'mine_leader', 0, 1440)],
    ['6 else', { ...quiet, participants: 4 }, event('none', 'xf_clerk', 0, 1440)],
  ],
  D11: [
    ...['siege', 'block', 'weapon', 'assault', 'abandon'].flatMap((act): Row[] => [
      [`${act}, dissuasion failed`, { act, dissuasionResult: 'failed' }, true],
      [`${act}, dissuasion impossible`, { act, dissuasionResult: 'impossible' }, true],
      [`${act}, dissuaded`, { act, dissuasionResult: 'stopped' }, false],
    ]),
    ['a loud voice', { act: 'loud', dissuasionResult: 'failed' }, false],
    ['a banner', { act: 'banner', dissuasionResult: 'failed' }, false],
  ],
  D12: [
    ['1 no ledger', { ...dutiful, noLedger: true }, [finding('noLedger', 'ledgerKeeper', 'points', 20)]],
    [
      '2, 3 no meeting',
      { ...dutiful, noMeeting: true },
      [finding('noMeeting', 'unit', 'record', 200), finding('noMeeting', 'unit_head', 'record', 100)],
    ],
    ['4 reception', { ...dutiful, missedReception: true }, [finding('missedReception', 'leader', 'record', 0)]],
    ['5 notice', { ...dutiful, breach: 'lateNotice' }, [finding('lateNotice', 'handler', 'record', 0)]],
    ['6 reply', { ...dutiful, breach: 'lateReply' }, [finding('lateReply', 'unit_head', 'record', 0)]],
    ['7 ownership', { ...dutiful, breach: 'noOwnershipStep' }, [finding('noOwnershipStep', 'leader', 'record', 0)]],
    ['9 event', { ...dutiful, breach: 'lateEventReport' }, [finding('lateEventReport', 'unit_head', 'record', 0)]],
    ['nothing breached', dutiful, null],
  ],
  D13: [
    ['open', same, 'sameOpen'],
    ['replied', { ...same, sameState: 'replied' }, 'adviseReview'],
    ['finalised', { ...same, sameState: 'closed', sameFinal: true }, 'finalised'],
    ['other people', { ...same, sameClaimant: 'no' }, 'related'],
    ['unknown', { ...same, sameClaimant: 'unknown' }, 'related'],
    ['new fact', { ...same, sameFacts: false }, 'new'],
    ['other claim', { ...same, sameClaim: false }, 'new'],
  ],
  D14: [
    ['no ground', { recusalGround: 'none', unit: 'hr' }, taken(false, 'hr')],
    ['former decider', { recusalGround: 'decider', unit: 'hr' }, taken(true, 'office')],
    ['the office itself', { recusalGround: 'accused', unit: 'office' }, taken(true, 'union')],
    ['accused in 纪委', { recusalGround: 'accused', unit: 'discipline' }, taken(true, 'companyDiscipline')],
    ['accused', { recusalGround: 'accused', unit: 'hr' }, taken(true, 'office')],
  ],
  D15: [
    ['deputy of the portfolio', { deputies: ['b'], others: ['c'] }, { source: 'deputy', leader: 'b' }],
    ['next in the rotation', { deputies: [], others: ['c', 'd'] }, { source: 'rotation', leader: 'c' }],
    ['nobody', { deputies: [], others: [] }, { source: 'office', leader: null }],
  ],
  D15M: [
    ['leader absent', { ...day, leaderCame: false, severity: 3 }, 'office'],
    ['severity 3', { ...day, severity: 3 }, 'several'],
    ['ten signers', { ...day, signers: 10 }, 'several'],
    ['two units', { ...day, units: 2 }, 'joint'],
    ['two categories', { ...day, categories: 2 }, 'joint'],
    ['appointment', { ...day, bookings: 1 }, 'booked'],
    ['else', day, 'single'],
  ],
  D16: [
    ['always', answer, [expect.stringContaining('联系方式')]],
    [
      'labour claim',
      { ...answer, category: 'C01' },
      [expect.stringContaining('联系方式'), expect.stringContaining('时效为一年')],
    ],
    [
      'work injury',
      { ...answer, category: 'C03' },
      [expect.stringContaining('联系方式'), expect.stringContaining('时效为一年'), expect.stringContaining('工伤认定')],
    ],
    [
      'reject',
      { ...answer, decisions: ['support', 'reject'] },
      [expect.stringContaining('联系方式'), expect.stringContaining('新的证据')],
    ],
    ['promise', { ...answer, promised: true }, [expect.stringContaining('联系方式'), expect.stringContaining('到期')]],
    ['nature A', { ...answer, nature: 'A' }, [expect.stringContaining('联系方式'), expect.stringContaining('采纳')]],
  ],
  D17: [
    ['dissatisfied, wants contact', { scoreProcess: 4, scoreOutcome: 1, wantContact: true }, 5],
    ['dissatisfied, wants none', { scoreProcess: 5, scoreOutcome: 5, wantContact: false }, null],
    ['satisfied', { scoreProcess: 3, scoreOutcome: 1, wantContact: true }, null],
  ],
};

const hitPolicies: Readonly<Record<string, string>> = { D09: 'COLLECT', D11: 'UNIQUE', D12: 'COLLECT', D16: 'COLLECT' };
const rows = Object.entries(tables).flatMap(([id, ofTable]) =>
  ofTable.map(([row, given, output]) => ({ id, row, given, output })),
);

describe('decision tables of the pack', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  it.each(rows)('$id, $row', ({ id, given, output }) => {
    const { decision } = set.decisions.find((one) => one.id === id)!;
    const context = { now: 0, timeZone: 'Asia/Shanghai', functions: set.feelFunctions };
    const result = decision.evaluate(scopeOf({ ...given }), context);

    expect(result).toMatchObject({ output });
  });

  it.each(Object.keys(tables))('%s has the hit policy of the pack', (id) => {
    const text = set.files.get(set.decisions.find((one) => one.id === id)!.path);

    expect(text).toContain(`hitPolicy="${hitPolicies[id] ?? 'FIRST'}"`);
  });
});
