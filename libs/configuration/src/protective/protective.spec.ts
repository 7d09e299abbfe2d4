import {
  claimForm,
  claimProcess,
  launcher,
  paths,
  portalEntry,
  portalFile,
  rolesFile,
  tinyConfiguration,
  urgencyDecision,
} from '../../test/tiny-configuration.js';
import { compileConfiguration } from '../compile-configuration.js';
import type { IndicatorEntry } from '../ledgers/entries.js';
import { protectiveChanges } from '../protective-changes.js';
import { smallNumberChanges } from './exchange-changes.js';

type Overrides = NonNullable<Parameters<typeof tinyConfiguration>[0]>;

async function setWith(overrides: Overrides) {
  const { set, problems } = await compileConfiguration(tinyConfiguration(overrides));
  if (!set) throw new Error(JSON.stringify(problems));
  return set;
}

/** What a publication that makes `after` of `before` names. */
async function sentences(before: Overrides, after: Overrides): Promise<readonly string[]> {
  return protectiveChanges(await setWith(before), await setWith(after)).map(({ messageZh }) => messageZh);
}

describe('the calendar', () => {
  const year = { year: 2026, holidays: ['2026-01-01'], workdays: ['2026-02-14'] };

  it('names days that are no longer worked, and days that become working days', async () => {
    const other = { ...year, holidays: ['2026-01-01', '2026-03-02', '2026-03-07'], workdays: ['2026-02-15'] };

    expect(await sentences({}, { [paths.calendar]: other })).toEqual([
      '2026 年日历：2026-02-14、2026-03-02不再是工作日，2026-02-15改为工作日。',
    ]);
  });

  it('names a year that is gone', async () => {
    expect(await sentences({}, { [paths.calendar]: null })).toEqual([
      '2026 年日历：2026-02-14不再是工作日，2026-01-01改为工作日。',
    ]);
  });

  it('lets a note be written', async () => {
    expect(await sentences({}, { [paths.calendar]: { ...year, note: '按通知' } })).toEqual([]);
  });
});

describe('schedules', () => {
  const path = 'workflows/schedules.json';
  const monthly = { id: 'S1', title: '月查', processId: 'claim', cron: '0 9 20 * *' };

  it('are named where they are gone or run otherwise', async () => {
    const before = { [path]: [monthly, { ...monthly, id: 'S2', title: '周查' }] };
    const after = { [path]: [{ ...monthly, cron: '0 9 21 * *', onlyIf: '=parameter("days") > 1' }] };

    expect(await sentences(before, after)).toEqual(['定时“月查”的时间、启动条件有改动。', '定时“周查”被删除。']);
  });

  it('may be called otherwise, and more may be added', async () => {
    const after = {
      [path]: [
        { ...monthly, title: '每月检查', clause: '七-5' },
        { ...monthly, id: 'S3' },
      ],
    };

    expect(await sentences({ [path]: [monthly] }, after)).toEqual([]);
  });
});

describe('the portal', () => {
  const route = { when: '=amount > 5', processId: 'claim', startMessage: 'claim.submitted' };
  const action = { id: 'note', title: '补充', message: 'claim.note', formId: 'F1' };
  const tracking = { states: { received: { label: '已收到', sentence: '已收到。' } }, actions: [action] };
  const full = { ...portalFile, entries: [{ ...portalEntry, pinWhen: '=anonymous', routes: [route] }], tracking };

  it('names ways in and actions that are gone or lead elsewhere', async () => {
    const [entry] = full.entries;
    const { pinWhen: _, ...open } = entry!;
    const after = { ...full, entries: [{ ...open, routes: [] }], tracking: { ...tracking, actions: [] } };

    expect(await sentences({ [paths.portal]: full }, { [paths.portal]: after })).toEqual([
      '公开页面的入口“我要反映”的设查询密码的条件、分流规则有改动。',
      '公开页面的操作“补充”被删除。',
    ]);
  });

  it('lets every text be written anew', async () => {
    const [entry] = full.entries;
    const after = {
      ...full,
      title: '说说看',
      promise: '都会答复。',
      entries: [{ ...entry, title: '我要说', description: '三步写完。' }],
      tracking: {
        states: { received: { label: '收到了', sentence: '您的件已收到。', next: '请等待。' } },
        actions: [{ ...action, title: '补一句', done: '已收到。' }],
      },
    };

    expect(await sentences({ [paths.portal]: full }, { [paths.portal]: after })).toEqual([]);
  });
});

describe('documents', () => {
  const receipt = { id: 'T1', title: '回执', template: 'documents/T1.hbs', roles: ['clerk'], receipt: true };

  it('are named where who follows the case, or one more role, may open them', async () => {
    const after = { [paths.documents]: [{ ...receipt, portal: true, roles: ['clerk', 'handler'] }] };

    expect(await sentences({}, after)).toEqual(['文书“回执”：凭查询码可以查看，岗位“承办岗”可以查看。']);
  });

  it('may be named otherwise, and shown to fewer', async () => {
    const before = { [paths.documents]: [{ ...receipt, roles: ['clerk', 'handler'] }] };

    expect(await sentences(before, { [paths.documents]: [{ ...receipt, title: '收件回执' }] })).toEqual([]);
  });
});

describe('candidates', () => {
  const groups = (text: string) => ({ [paths.process]: claimProcess({ groups: text }) });

  it('are named where a task goes to more', async () => {
    expect(await sentences(groups('clerk'), groups('clerk,handler'))).toEqual([
      '流程“事项”的步骤“登记”：候选岗位增加了 handler。',
    ]);
  });

  it('are named where the formula is another one', async () => {
    const formula = (role: string) => groups(`=&quot;${role}@&quot; + unit`);

    expect(await sentences(formula('clerk'), formula('handler'))).toEqual([
      '流程“事项”的步骤“登记”：候选岗位由“="clerk@" + unit”改为“="handler@" + unit”。',
    ]);
  });

  it('may become fewer', async () => {
    expect(await sentences(groups('clerk,handler'), groups('handler'))).toEqual([]);
  });

  const separated = (properties: Readonly<Record<string, string>>) => {
    const each = Object.entries(properties).map(
      ([name, value]) => `<zeebe:property name="${name}" value="${value}" />`,
    );
    const text = `<zeebe:userTask /><zeebe:properties>${each.join('')}</zeebe:properties>`;
    return { [paths.process]: claimProcess().replace('<zeebe:userTask />', text) };
  };

  it('are named where who did another step, or was named, is no longer kept from it', async () => {
    const before = separated({
      'ct.otherThan': 'register, claim/register, claim/*',
      'ct.choosesOtherThan': 'register',
      'ct.notOf': '=by',
    });
    const after = separated({ 'ct.otherThan': 'claim/*', 'ct.notOf': '=other' });

    expect(await sentences(before, after)).toEqual([
      '流程“事项”的步骤“登记”：办理人不再避开办过 register、claim/register 的人，可选的人不再避开办过 register 的人，不得办理的人由“=by”改为“=other”。',
    ]);
    expect(await sentences({}, before)).toEqual([]);
  });

  it('name a step for people that is gone', async () => {
    const without = claimProcess()
      .replace(/<bpmn:userTask[\s\S]*?<\/bpmn:userTask>/, '<bpmn:task id="taken" name="登记" />')
      .replaceAll('"register"', '"taken"');
    const rooms = { [paths.rooms]: null, [paths.scenarios]: null };
    const launchers = { [paths.launchers]: [{ ...launcher, room: false }] };

    const found = await sentences({ ...rooms, ...launchers }, { ...rooms, ...launchers, [paths.process]: without });

    expect(found).toContain('流程“事项”的步骤“登记”被删除。');
  });

  it('name what a step opens to somebody', async () => {
    const granting = (to: string) =>
      claimProcess({ job: 'ct.grant', jobHeaders: '' }).replace(
        '<zeebe:taskHeaders></zeebe:taskHeaders>',
        `<zeebe:ioMapping><zeebe:input source="ident" target="class" /><zeebe:input source="${to}" target="to" /><zeebe:input source="=now()" target="until" /></zeebe:ioMapping>`,
      );

    expect(await sentences({ [paths.process]: granting('clerk') }, { [paths.process]: granting('handler') })).toEqual([
      '流程“事项”的步骤“打印”开放受保护的内容：class 为“ident”，to 为“handler”，until 为“=now()”。',
    ]);
  });
});

describe('terms', () => {
  const giving = (mapping: string, dueDate = '=noticeDue') => ({
    [paths.process]: claimProcess({
      dueDate,
      mapping: `<zeebe:ioMapping>${mapping}</zeebe:ioMapping>`,
    }),
  });
  const output = (source: string, target: string) => `<zeebe:output source="${source}" target="${target}" />`;

  it('are named where a due date or a timer is another one', async () => {
    const after = claimProcess({ dueDate: '=working days after(now(), 60)', timer: 'P60D' });

    expect(await sentences({}, { [paths.process]: after })).toEqual([
      '流程“事项”的步骤“登记”：办理期限由“=working days after(now(), parameter("days"))”改为“=working days after(now(), 60)”。',
      '流程“事项”的步骤“late”：定时器由“P1D”改为“P60D”。',
    ]);
  });

  it('are named where a variable that they count by is worked out otherwise', async () => {
    const term = (days: string) => giving(output(`=calendar days after(now(), ${days})`, 'noticeDue'));

    expect(await sentences(term('parameter(&quot;days&quot;)'), term('60'))).toEqual([
      '流程“事项”的步骤“判定”：变量“noticeDue”由“=calendar days after(now(), parameter("days"))”改为“=calendar days after(now(), 60)”。',
    ]);
  });

  it('are named where another step gives such a variable too', async () => {
    const notice = output('=calendar days after(now(), 15)', 'noticeDue');
    const late = (mapping: string) => ({
      [paths.process]: String(giving(notice)[paths.process]).replace(
        /(<bpmn:boundaryEvent id="late"[^>]*>)/,
        `$1${mapping && `<bpmn:extensionElements><zeebe:ioMapping>${mapping}</zeebe:ioMapping></bpmn:extensionElements>`}`,
      ),
    });

    expect(await sentences(late(''), late(output('=now() + duration(&quot;P60D&quot;)', 'noticeDue')))).toEqual([
      '流程“事项”的步骤“late”：变量“noticeDue”改由“=now() + duration("P60D")”得出。',
    ]);
  });

  it('are named where the decision that they follow decides otherwise, not where it is drawn or named anew', async () => {
    const judged = giving(output('=urgency', 'days'), '=working days after(now(), days)');
    const decision = (text: string) => ({ ...judged, [paths.decision]: text });
    const table = urgencyDecision('amount');

    expect(await sentences(judged, decision(table.replace('"normal"', '"slow"')))).toEqual([
      '期限所依据的决策“紧急程度”的规则有改动。',
    ]);
    expect(await sentences(judged, decision(table.replaceAll(/name="(D1|紧急程度)"/g, 'name="多急"')))).toEqual([]);
  });

  it('leave decisions free that no term follows', async () => {
    const after = { [paths.decision]: urgencyDecision('amount').replace('"normal"', '"slow"') };

    expect(await sentences({}, after)).toEqual([]);
  });

  it('are named where a declared deadline counts otherwise, not where it is called otherwise', async () => {
    const path = 'workflows/deadlines.json';
    const deadline = { id: 'notice', title: '告知', of: { process: 'claim' }, period: '15D', statutory: true };

    expect(
      await sentences({ [path]: [deadline] }, { [path]: [{ ...deadline, period: '60D', statutory: false }] }),
    ).toEqual(['期限“告知”的期限、法定标记有改动。']);
    expect(await sentences({ [path]: [deadline] }, { [path]: [{ ...deadline, title: '告知期限' }] })).toEqual([]);
  });
});

it('a step that is added, names and layout need nobody else', async () => {
  const after = claimProcess()
    .replace('name="登记"', 'name="核对登记"')
    .replace(
      '<bpmn:sequenceFlow id="f8"',
      `<bpmn:userTask id="look" name="过目"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="F1" bindingType="deployment" /><zeebe:assignmentDefinition candidateGroups="handler" /><zeebe:taskSchedule dueDate="=working days after(now(), 2)" /></bpmn:extensionElements><bpmn:incoming>f4a</bpmn:incoming></bpmn:userTask>
    <bpmn:sequenceFlow id="f4a" sourceRef="wait" targetRef="look" />
    <bpmn:sequenceFlow id="f8"`,
    );

  expect(await sentences({ [paths.roles]: rolesFile }, { [paths.process]: after })).toEqual([]);
});

describe('what a step or an entry asks by', () => {
  const roles = { ...rolesFile, protectedFiles: [paths.decision] };
  const copy = { 'workflows/claim/D1b.dmn': urgencyDecision('amount').replaceAll('D1', 'D1b') };
  const weaker = {
    ...claimForm({ name: { type: 'string', title: '姓名', 'x-class': 'stat' } }),
    id: 'F2',
    title: '登记二',
  };
  const forms = { 'forms/F2.form.json': weaker };

  it('is named where a copy stands in the place of a protected decision', async () => {
    const before = { ...copy, [paths.roles]: roles };
    const after = { ...before, [paths.process]: claimProcess({ decisionId: 'D1b' }) };

    expect(await sentences(before, after)).toEqual(['流程“事项”的步骤“判定”不再按受保护的决策表“D1”判断，改为“D1b”。']);
  });

  it('is named where another form asks for the same without protecting it', async () => {
    const after = { ...forms, [paths.process]: claimProcess({ formId: 'F2' }) };

    expect(await sentences(forms, after)).toContain(
      '流程“事项”的步骤“登记”的表单由“登记”改为“登记二”，字段“姓名”不再受保护。',
    );
  });

  it('is named of a launcher too', async () => {
    const after = { ...forms, [paths.launchers]: [{ ...launcher, formId: 'F2' }] };

    expect(await sentences(forms, after)).toContain(
      `“${launcher.title}”的表单由“登记”改为“登记二”，字段“姓名”不再受保护。`,
    );
  });
});

describe('a new step of a process that belongs to some roles alone', () => {
  const own = '<zeebe:property name="ct.case" value="XF" /><zeebe:property name="ct.exclusive" value="clerk" />';
  const withStep = (groups: string) =>
    claimProcess({ properties: own })
      .replace(
        '<bpmn:endEvent id="endLate">',
        `<bpmn:userTask id="more" name="再看"><bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="F1" bindingType="deployment" /><zeebe:assignmentDefinition candidateGroups="${groups}" /></bpmn:extensionElements><bpmn:incoming>f7</bpmn:incoming><bpmn:outgoing>f9</bpmn:outgoing></bpmn:userTask><bpmn:sequenceFlow id="f9" sourceRef="more" targetRef="endLate" /><bpmn:endEvent id="endLate">`,
      )
      .replace('sourceRef="late" targetRef="endLate"', 'sourceRef="late" targetRef="more"')
      .replace('<bpmn:endEvent id="endLate"><bpmn:incoming>f7<', '<bpmn:endEvent id="endLate"><bpmn:incoming>f9<');

  it('is named where others may be its candidates', async () => {
    const before = { [paths.process]: claimProcess({ properties: own }) };
    const [other] = rolesFile.roles.filter(({ id }) => id !== 'clerk');

    expect(await sentences(before, { [paths.process]: withStep(other!.id) })).toEqual([
      '流程“事项”只给指定岗位看，新步骤“再看”的候选人不限于这些岗位。',
    ]);
    expect(await sentences(before, { [paths.process]: withStep('clerk') })).toEqual([]);
  });
});

describe('an indicator', () => {
  const setOf = async (small?: 'hide' | 'counts') => {
    const set = await setWith({});
    const declaration = { id: 'R1', title: '查实率', readers: [], ...(small && { small }) };
    const indicator = { kind: 'indicator', path: 'R1', declaration } as unknown as IndicatorEntry;
    return { ...set, readModel: { ...set.readModel, indicators: [indicator] } };
  };

  it('is named where it no longer hides small numbers', async () => {
    const shown = smallNumberChanges(await setOf('hide'), await setOf());

    expect(shown.map(({ messageZh }) => messageZh)).toEqual(['指标“查实率”不再隐去人数很少的数字。']);
    expect(smallNumberChanges(await setOf(), await setOf('hide'))).toEqual([]);
  });
});
