import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { scopeOf } from '#feel';

/** What the processes know, by name. */
const everything = {
  category: 'C01',
  coordinatedCaseNo: 'XF-2026-00001',
  companyCaseNo: 'XF-2026-00001',
  reviewedCaseNo: 'XF-2026-00001',
  identityCaseNo: 'XF-2026-00001',
  reviewLevel: 'review',
  place: 'crowd',
  leader: 'lead_group_head',
  sessionDate: '2026-11-30',
  wantedDate: '2026-11-30',
  weekOf: '2026-11-30',
  roundDate: '2026-11-30',
  callsOf: '2026-11-30',
  startsAt: '2026-11-30T08:00:00+08:00',
  dutyFrom: '2026-11-30',
  dutyUntil: '2026-12-01',
  quarterFrom: '2026-10-01',
  quarterUntil: '2026-12-31',
  period: '2026-11',
  exportPeriod: '2026-11',
  month: '2026-11',
  quietMonth: '2026-11',
  auditYear: '2026',
  assessedYear: '2026',
  unit: 'hr',
  owner: 'hr',
  target: 'hr',
  ownedUnit: 'hr',
  stepName: '领导批示',
  level: 'S2',
  duty: 'lateNotice',
  officer: 'duty_leader',
  round: 'monthly',
  proposalKind: 'improve',
  trigger: 'A',
  ref: '1',
  subject: '会签',
  post: '值班员',
};

/** What is an object in one process and a text in the others. */
const own: Record<string, object> = { xf_reports: { period: { id: '2026-11' } } };

/** The number of the case stands beside the title already: the title says what the matter is about. */
describe('titles of the task list', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  function titled(processId: string, variables: object): unknown {
    const title = set.processes.find(({ id }) => id === processId)?.title;
    const evaluation = {
      now: Date.parse('2026-03-02T09:00:00+08:00'),
      timeZone: 'Asia/Shanghai',
      functions: set.feelFunctions,
    };
    return title?.evaluate(scopeOf({ caseNo: 'XF-2026-00001', ...variables }), evaluation).value;
  }

  it('tell no number that stands beside them, and no date as machines write it', () => {
    const titles = set.processes.map(({ id }) => [id, titled(id, { ...everything, ...own[id] })] as const);

    expect(titles.filter(([, title]) => /XF-2026|\d{4}-\d\d-\d\d|null/.test(String(title)))).toEqual([]);
    expect(titles.map(([, title]) => title)).toContain('来电咨询批阅 2026年11月30日');
  });

  it.each([
    'xf_message',
    'xf_reply',
    'xf_reply_light',
    'xf_promise',
    'xf_execute',
    'xf_redo',
    'xf_evaluation',
    'xf_same_matter',
    'xf_quiet_end',
    'xf_recusal',
    'xf_identity',
    'xf_split_claim',
    'xf_data_request',
  ])('tell the category, and the number once: %s', (processId) => {
    const label = set.dictionaries['category']!.find(({ value }) => value === 'C01')!.label;

    expect(titled(processId, { category: 'C01' })).toContain(label);
    expect(titled(processId, { category: 'C01' })).not.toContain('XF-');
    expect(titled(processId, {})).toContain('待分类');
  });

  it('tell the number of a matter that is not the number of the row', () => {
    expect(titled('xf_coordination', { coordinatedCaseNo: 'XF-2026-00002' })).toBe('协调会议 · XF-2026-00002');
  });

  it.each([{ handlerKind: 'discipline' }, { handlerKind: 'union' }, { wish: 'discipline' }])(
    'tell nothing of what is in closed hands: %j',
    (held) => {
      expect(titled('xf_message', { category: 'C01', ...held })).toBe('留言');
    },
  );
});
