import { claimForm, claimProcess, paths, problemsOf, urgencyDecision } from '../../test/tiny-configuration.js';

type Overrides = Parameters<typeof problemsOf>[0];

/** Severity, code, place or element, line and sentence of what is wrong with one file. */
async function faultsIn(file: string, overrides: Overrides) {
  return (await problemsOf(overrides))
    .filter((problem) => problem.file === file)
    .map(({ severity, code, place, elementId, line, messageZh }) => [
      severity,
      code,
      place ?? elementId,
      line,
      messageZh,
    ]);
}

const says = (text: string) => expect.stringContaining(text);
const someLine = expect.any(Number);

describe('a dictionary', () => {
  const path = 'workflows/dictionaries.json';
  const letter = { value: 'letter', label: '来信' };
  const choosing = { channel: { type: 'string', title: '形式', 'x-class': 'stat', 'x-dictionary': 'channel' } };

  it('is refused with one value twice', async () => {
    expect(await faultsIn(path, { [path]: { channel: [letter, { ...letter, label: '信件' }] } })).toEqual([
      ['error', 'settings.dictionary', '/channel/1/value', 8, '字典“channel”的值“letter”重复。'],
    ]);
  });

  it('is refused without any value', async () => {
    expect(await faultsIn(path, { [path]: { channel: [] } })).toEqual([
      ['error', 'settings.dictionary', '/channel', 2, says('字典“channel”没有任何值')],
    ]);
  });

  it('is told apart from a decision that asks for a value that nobody can choose', async () => {
    const table = (text: string) =>
      urgencyDecision('channel')
        .replace('typeRef="number"', 'typeRef="string"')
        .replace('<text>-</text>', `<text>"${text}"</text>`);
    const asking = (text: string) => ({ [paths.form]: claimForm(choosing), [paths.decision]: table(text) });
    const unknown = ['warning', 'link.unknownValue', 'D1_r1', someLine, '“channel”不会是“visit”：字典里没有这个值。'];

    expect(await faultsIn(paths.decision, asking('visit'))).toContainEqual(unknown);
    expect((await faultsIn(paths.decision, asking('letter'))).map(([, code]) => code)).not.toContain(
      'link.unknownValue',
    );
  });

  it('is told apart from a form that asks for a value that nobody can choose', async () => {
    const place = { type: 'string', title: '地点', 'x-class': 'open', 'x-visible': '=channel in ("letter", "visit")' };

    expect(await faultsIn(paths.form, { [paths.form]: claimForm({ ...choosing, place }) })).toEqual([
      [
        'warning',
        'link.unknownValue',
        '/schema/properties/place/x-visible',
        someLine,
        '“channel”不会是“visit”：字典里没有这个值。',
      ],
    ]);
  });
});

it('a portfolio is refused with a category that no dictionary has', async () => {
  const path = 'workflows/portfolios.json';
  const organization = {
    name: 'x',
    units: [{ id: 'hr', name: 'x' }],
    posts: [{ id: 'head', name: 'x', unit: 'hr', roles: [] }],
  };
  const portfolio = { field: 'people', post: 'head', categories: ['leter'] };

  expect(await faultsIn(path, { [paths.organization]: organization, [path]: [portfolio] })).toEqual([
    ['error', 'link.unknownReference', '/0/categories/0', 6, says('“leter”，是否应为“letter”？')],
  ]);
});

describe('a deadline', () => {
  const path = 'workflows/deadlines.json';
  const task = { id: 'register', title: '登记', of: { process: 'claim', task: 'register' }, period: '3W' };

  it.each(['0W', '0D', 'PT0S'])('is refused with the period %s', async (period) => {
    expect(await faultsIn(path, { [path]: [{ ...task, period }] })).toEqual([
      ['error', 'deadline.declaration', '/0/period', 9, says('为零')],
    ]);
  });

  it('is told of another one of its task, unless each says when it holds', async () => {
    const other = { ...task, id: 'other' };
    const when = (formula: string) => ({ ...other, of: { ...task.of, when: formula } });

    expect(await faultsIn(path, { [path]: [task, other] })).toEqual([
      ['warning', 'deadline.twice', '/1/of/task', 16, says('任务“register”已有期限“register”')],
    ]);
    expect(await faultsIn(path, { [path]: [task, when('=amount > 5')] })).toEqual([]);
  });

  it('is refused with a role in a formula that there is not', async () => {
    const to = '=if amount > 5 then ["clrk"] else task.candidates';
    const marks = [{ at: 1, do: { notify: { to, text: '到期' } } }];

    expect(await faultsIn(path, { [path]: [{ ...task, marks }] })).toEqual([
      ['error', 'link.unknownGroup', '/0/marks/0/do/notify/to', someLine, says('找不到岗位“clrk”，是否应为“clerk”？')],
    ]);
  });
});

describe('a diagram', () => {
  const fault = (code: string, element: string, text: string, severity = 'error') => [
    severity,
    code,
    element,
    someLine,
    says(text),
  ];

  it.each([
    ['a role', '=if amount &gt; 5 then [&quot;clerk&quot;] else [&quot;handlr&quot;]', '找不到岗位“handlr”'],
    ['a role of a unit', '=[&quot;handlr@&quot; + lead]', '找不到岗位“handlr”'],
  ])('is refused with %s in a formula of candidates that there is not', async (_, groups, text) => {
    expect(await faultsIn(paths.process, { [paths.process]: claimProcess({ groups }) })).toContainEqual(
      fault('link.unknownGroup', 'register', text),
    );
  });

  it('is refused with a property of the platform that there is not', async () => {
    const properties = '<zeebe:properties><zeebe:property name="ct.nxt" value="由承办岗办理。" /></zeebe:properties>';
    const text = claimProcess().replace('<zeebe:userTask />', `<zeebe:userTask />${properties}`);

    expect(await faultsIn(paths.process, { [paths.process]: text })).toContainEqual(
      fault('link.unknownProperty', 'register', '找不到扩展属性“ct.nxt”，是否应为“ct.next”？'),
    );
    expect(
      await faultsIn(paths.process, {
        [paths.process]: claimProcess({ properties: '<zeebe:property name="ct.csae" value="XF" />' }),
      }),
    ).toContainEqual(fault('link.unknownProperty', 'claim', '找不到扩展属性“ct.csae”'));
  });

  it('is refused with a task header that is written like one of the platform', async () => {
    const jobHeaders = '<zeebe:header key="document" value="T1" /><zeebe:header key="ct.next" value="打印" />';

    expect(await faultsIn(paths.process, { [paths.process]: claimProcess({ jobHeaders }) })).toEqual([
      fault('link.unknownProperty', 'print', '找不到任务头（task header）“ct.next”'),
    ]);
  });

  it('is refused with a job type that is written like a built-in one', async () => {
    expect(await faultsIn(paths.process, { [paths.process]: claimProcess({ job: 'ct.notfy' }) })).toContainEqual(
      fault('link.unknownJob', 'print', '找不到内置任务类型“ct.notfy”，是否应为“ct.notify”？'),
    );
    expect(await faultsIn(paths.process, { [paths.process]: claimProcess({ job: 'erp.book' }) })).toContainEqual(
      fault('link.externalJob', 'print', '需要外部程序来处理', 'warning'),
    );
  });

  it('is told of a ready-made step that there is not', async () => {
    const text = claimProcess().replace(
      '<bpmn:userTask id="register"',
      '<bpmn:userTask zeebe:modelerTemplate="approval" id="register"',
    );

    expect(await faultsIn(paths.process, { [paths.process]: text })).toEqual([
      fault('link.unknownTemplate', 'register', '找不到步骤模板“approval”', 'warning'),
    ]);
  });
});

it('an indicator is refused whose numerator is the same for every matter', async () => {
  const path = 'workflows/ledgers/R1.indicator.json';
  const indicator = {
    id: 'R1',
    title: '比率',
    process: 'claim',
    kind: 'ratio',
    readers: [{ roles: ['clerk'] }],
    lengths: ['month'],
    period: '=instance.startedAt',
    suppress: 'days',
    small: 'counts',
    numerator: '=1',
  };

  expect(await faultsIn(path, { [path]: indicator })).toContainEqual([
    'error',
    'ledger.declaration',
    '/numerator',
    someLine,
    says('每一件都一样'),
  ]);
  expect(await faultsIn(path, { [path]: { ...indicator, numerator: '=amount > 1' } })).toEqual([]);
});
