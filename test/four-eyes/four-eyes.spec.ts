import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  compileConfiguration,
  protectiveChanges,
  readFolder,
  type ConfigurationSet,
  type ConfigurationSource,
} from '#configuration';

/** A text of a file and what it becomes; of the path alone, the file is gone. */
type Edit = readonly [path: string, find?: string | RegExp, put?: string];

const main = 'workflows/xf_main/xf_main.bpmn';
const portal = 'workflows/portal.json';

/** What would loosen protection, with the sentence that names it to the second person. */
const loosening: readonly (readonly [Edit, string])[] = [
  [
    [main, '=working days after(now(), parameter(&quot;register.days&quot;))', '=working days after(now(), 60)'],
    '流程“信访事项受理办理”的步骤“核对登记”：办理期限由“=working days after(now(), parameter("register.days"))”改为“=working days after(now(), 60)”。',
  ],
  [
    [
      main,
      '=calendar days after(callStart, parameter(&quot;notice.days&quot;))',
      '=calendar days after(callStart, 60)',
    ],
    '变量“noticeDue”由“=calendar days after(callStart, parameter("notice.days"))”改为“=calendar days after(callStart, 60)”',
  ],
  [
    [main, 'then [&quot;discipline_committee&quot;] else', 'then [&quot;xf_clerk&quot;] else'],
    '步骤“核对登记”：候选岗位由“',
  ],
  [['workflows/xf_evaluation/D17.dmn', /<text>(\d+)<\/text>/, '<text>9$1</text>'], '期限所依据的决策“'],
  [
    ['workflows/calendar/2027.json', '"2027-10-03"', '"2027-10-03",\n    "2027-10-04"'],
    '2027 年日历：2027-10-04不再是工作日。',
  ],
  [['workflows/calendar/2025.json'], '2025 年日历：'],
  [
    ['workflows/schedules.json', 'string(parameter(\\"screening.day\\"))', '\\"28\\"'],
    '定时“月度矛盾纠纷排查”的时间有改动。',
  ],
  [[portal, '"=wish = \\"discipline\\""', '"=false"'], '公开页面的入口“我要反映”的设查询密码的条件、分流规则有改动。'],
  [
    [portal, '"pinWhen": "=anonymous"', '"pinWhen": "=false"'],
    '公开页面的入口“我要反映”的设查询密码的条件、分流规则有改动。',
  ],
  [['workflows/deadlines.json', '"statutory": true', '"statutory": false'], '期限“告知期限”的法定标记有改动。'],
];

/** What an administrator does from day to day. */
const everyday: readonly Edit[] = [
  [main, 'name="核对登记"', 'name="核对并登记"'],
  [main, '提交后，系统判定性质和紧急程度', '接下来判定性质和紧急程度'],
  [main, /<dc:Bounds x="(\d+)"/, '<dc:Bounds x="9$1"'],
  ['workflows/xf_main/D03.dmn', '&gt;= 10', '&gt;= 8'],
  ['forms/F01.form.json', '"title": "信访接待登记"', '"title": "来访登记"'],
  [portal, '三步写完，不用注册，可以匿名。', '不用注册，可以匿名。'],
  ['workflows/calendar/2027.json', '只含法定节日。', '法定节日。'],
  ['workflows/schedules.json', '"title": "月度矛盾纠纷排查"', '"title": "每月排查"'],
  ['workflows/dictionaries.json', '"label": "来信"', '"label": "信件"'],
];

describe('a publication by one person', () => {
  let source: ConfigurationSource;
  let before: ConfigurationSet;
  beforeAll(async () => {
    source = await readFolder(process.cwd());
    before = await compiled(source.files);
  });

  async function compiled(files: ReadonlyMap<string, string>): Promise<ConfigurationSet> {
    const { set, problems } = await compileConfiguration({ ...source, files });
    if (!set) throw new Error(JSON.stringify(problems.filter(({ severity }) => severity === 'error')));
    return set;
  }

  async function named(edits: readonly Edit[]): Promise<readonly string[]> {
    const files = new Map(source.files);
    for (const [path, find, put = ''] of edits) {
      const text = files.get(path) ?? '';
      const changed = text.replace(find ?? text, put);
      if (changed === text) throw new Error(`Expected ${String(find)} in ${path}.`);
      if (find === undefined) files.delete(path);
      else files.set(path, changed);
    }
    return protectiveChanges(before, await compiled(files)).map(({ messageZh }) => messageZh);
  }

  it('loosens nothing: each such change is named to a second person', async () => {
    const found = await named(loosening.map(([edit]) => edit));

    expect(found).toEqual(expect.arrayContaining(loosening.map(([, sentence]) => expect.stringContaining(sentence))));
  });

  it('changes names, texts, choices and layout alone', async () => {
    expect(await named(everyday)).toEqual([]);
  });
});
