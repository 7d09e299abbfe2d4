import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';

/** The columns that a ledger has to have, in the order in which they are laid down; it may show more between them. */
const laidDown: readonly (readonly [string, string, string])[] = [
  [
    'L01',
    '信访接待登记台账',
    'caseNo registeredAt channel petitioner headcount subject category nature severity leadUnit leader acceptedAt replyDue extended repliedAt conclusion method lamp receptionist',
  ],
  [
    'L02',
    '领导接待日台账',
    'sessionNo sessionDate place leader substituteFor mode cases people onSpot assigned coordinated handedOver reported signedAt',
  ],
  ['L03', '来信来电台账', 'caseNo receivedAt anonymous subject readBack leader instructedAt state'],
  ['L04', '交办转送台账', 'caseNo transferTo subject sentAt receivedAt objected replyDue reportedAt overdue'],
  ['L05', '督办台账', 'no caseNo level unit ground feedbackDue feedbackAt result'],
  [
    'L06',
    '矛盾纠纷与隐患排查台账',
    'no month unit issue kind cause scope level measures progress responsible due stage caseRef zero',
  ],
  ['L07', '包案台账', 'no issue trigger owner unit measures done due progressAt result closedAt'],
  ['L08', '单位信访信息上报台账', 'unit month due reportedAt meetingHeld rows resolved missed'],
  ['L09', '值班台账', 'reason from to leader planned backup checks incidents handedOver'],
  ['L10', '安全排查台账', 'date place object checkers problems police result due recheck'],
  ['L11', '下访座谈台账', 'kind heldOn place host participants invited questions cases feedbackDue'],
  ['L12', '帮扶台账', 'requestedAt supported measures helpedAt nextContact endedAt'],
  ['L13', '应急通讯录', 'unit post phone backup useFor checkedAt'],
  ['L14', '建议与反馈台账', 'no kind target suggestion due adopted measures overdue'],
  ['L15', '复查复核台账', 'reviewedCaseNo reviewLevel appliedAt acceptedAt body dueAt reviewConclusion redo'],
  [
    'L16',
    '应急事件台账',
    'caseNo occurredAt place participants level firstReportMinutes followUps demands finalReportAt reviewedAt',
  ],
  ['L17', '考核扣分台账', 'period subject duty evidence value statement objection decision'],
  ['L18', '访问与导出日志', 'at account field caseNo reason'],
];

describe('ledgers of the pack', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(compiled.problems.map(({ message }) => message).join('\n'));
    set = compiled.set;
  });
  const ledger = (id: string) => {
    const { ledgers, accessLedgers } = set.readModel;
    return [...ledgers, ...accessLedgers].find(({ declaration }) => declaration.id === id)?.declaration;
  };

  it.each(laidDown)('%s %s has its columns in their order', (id, title, columns) => {
    const wanted = columns.split(' ');

    const found = ledger(id);

    expect(found?.title).toBe(title);
    expect(found?.columns.map((column) => column.id).filter((column) => wanted.includes(column))).toEqual(wanted);
  });

  it('are all taken out as a workbook by somebody, with a reason', () => {
    expect(laidDown.filter(([id]) => (ledger(id)?.exports ?? []).length === 0)).toEqual([]);
  });

  it('keep the need of help to the union, and looks at identities to the committee and the auditor', () => {
    expect(ledger('L12')?.readers).toEqual([{ roles: ['union_rep'] }]);
    expect(ledger('L18')?.readers).toEqual([{ roles: ['discipline_committee', 'auditor'] }]);
  });
});
