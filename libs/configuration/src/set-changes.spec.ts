import {
  claimForm,
  claimProcess,
  organizationFile,
  paths,
  rolesFile,
  tinyConfiguration,
} from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';
import type { ConfigurationSet } from './configuration-set.js';
import { diffSets } from './diff-sets.js';
import { protectiveChanges } from './protective-changes.js';

async function setWith(overrides: Parameters<typeof tinyConfiguration>[0] = {}): Promise<ConfigurationSet> {
  const { set, problems } = await compileConfiguration(tinyConfiguration(overrides));
  if (!set) throw new Error(JSON.stringify(problems));
  return set;
}

describe('difference of two sets', () => {
  it('names files and what they hold', async () => {
    const before = await setWith();
    const after = await setWith({
      [paths.process]: claimProcess({ timer: 'P2D' }),
      [paths.scenarios]: null,
      'workflows/claim/README.md': '说明',
    });

    expect(diffSets(before, after)).toEqual({
      added: ['workflows/claim/README.md'],
      changed: [paths.process],
      removed: [paths.scenarios],
      processes: ['claim'],
      forms: [],
      decisions: [],
    });
  });
});

describe('changes that need a second approver', () => {
  it('has none for a new field or another class that is open too', async () => {
    const before = await setWith();
    const after = await setWith({
      [paths.form]: claimForm({
        place: { type: 'string', 'x-class': 'open' },
        amount: { type: 'number', 'x-class': 'open' },
      }),
    });

    expect(protectiveChanges(before, after)).toEqual([]);
  });

  it('names posts, fallbacks and units that stand elsewhere, but no new unit and no new name', async () => {
    const posts = [{ id: 'head', name: '负责人', unit: 'hr', roles: ['clerk'] }];
    const [mine, hr] = organizationFile.units;
    const before = await setWith();
    const renamed = await setWith({
      [paths.organization]: { ...organizationFile, units: [mine, { ...hr, name: '人资' }, { id: 'new', name: '新' }] },
    });
    const moved = await setWith({
      [paths.organization]: { ...organizationFile, units: [mine, { id: 'hr', name: '人资' }], posts },
    });

    expect(protectiveChanges(before, renamed)).toEqual([]);
    expect(protectiveChanges(before, moved)).toMatchObject([
      { code: 'organization', place: 'posts' },
      { code: 'organization', place: 'hr', messageZh: '单位“人资”的上级或内外归属有改动。' },
    ]);
  });

  it('names how long a history is kept, and where a task sends to', async () => {
    const kept = (time: string) =>
      `<zeebe:property name="ct.case" value="XF" /><zeebe:property name="ct.historyTimeToLive" value="${time}" />`;
    const sending = (url: string) => ({
      job: 'ct.webhook',
      jobHeaders: `<zeebe:header key="url" value="${url}" />`,
    });
    const before = await setWith({
      [paths.process]: claimProcess({ properties: kept('P10Y'), ...sending('https://a.example.org/in') }),
    });
    const after = await setWith({
      [paths.process]: claimProcess({ properties: kept('P1Y'), ...sending('https://b.example.org/in') }),
    });

    expect(protectiveChanges(before, before)).toEqual([]);
    expect(protectiveChanges(before, after)).toMatchObject([
      { code: 'retention', file: paths.process, messageZh: '流程“事项”办结记录的保存期由“P10Y”改为“P1Y”。' },
      { code: 'target', file: paths.process, messageZh: expect.stringContaining('https://b.example.org/in') },
    ]);
  });

  it('names a step that takes cases over for fewer no longer, or for more', async () => {
    const roles = (exclusive: readonly string[]) => ({
      ...rolesFile,
      roles: rolesFile.roles.map((role) => ({
        ...role,
        permissions: exclusive.includes(role.id) ? ['exclusive'] : [],
      })),
    });
    const taking = (to: string) => ({
      [paths.roles]: roles(['clerk', 'handler']),
      [paths.process]: claimProcess().replace(
        '<zeebe:userTask />',
        `<zeebe:userTask /><zeebe:properties><zeebe:property name="ct.exclusive" value="${to}" /></zeebe:properties>`,
      ),
    });
    const before = await setWith(taking('clerk'));
    const wider = await setWith(taking('clerk, handler'));
    const open = await setWith({ [paths.roles]: roles(['clerk', 'handler']) });
    const refused = await compileConfiguration(tinyConfiguration({ ...taking('clerk'), [paths.roles]: rolesFile }));

    const named = [expect.objectContaining({ code: 'exclusive', place: 'register' })];
    expect(protectiveChanges(before, wider)).toEqual(named);
    expect(protectiveChanges(before, open)).toEqual(named);
    expect(protectiveChanges(open, before)).toEqual([]);
    expect(refused.problems.map(({ code }) => code)).toContain('link.exclusive');
  });

  it('names a start at which exclusive hands give a case back', async () => {
    const start = '<bpmn:startEvent id="submitted">';
    const properties = '<zeebe:properties><zeebe:property name="ct.returned" value="true" /></zeebe:properties>';
    const returning = claimProcess().replace(
      start,
      `${start}<bpmn:extensionElements>${properties}</bpmn:extensionElements>`,
    );
    const before = await setWith({});
    const after = await setWith({ [paths.process]: returning });

    expect(protectiveChanges(before, after)).toEqual([
      expect.objectContaining({ code: 'exclusive', place: 'submitted' }),
    ]);
    expect(protectiveChanges(after, after)).toEqual([]);
    expect(protectiveChanges(after, before)).toEqual([]);
  });

  it('names where a task of the type ct.http sends to, also where the address is worked out', async () => {
    const asking = (url: string) => ({
      [paths.process]: claimProcess({
        job: 'ct.http',
        jobHeaders: '<zeebe:header key="resultVariable" value="reply" />',
      }).replace(
        '</zeebe:taskHeaders>',
        `</zeebe:taskHeaders><zeebe:ioMapping><zeebe:input source="${url}" target="url" /></zeebe:ioMapping>`,
      ),
    });
    const before = await setWith(asking('https://a.example.org/in'));
    const after = await setWith(asking('=&quot;https://a.example.org/&quot; + caseNo'));

    expect(protectiveChanges(before, before)).toEqual([]);
    expect(protectiveChanges(before, after)).toMatchObject([
      { code: 'target', file: paths.process, place: 'print', messageZh: expect.stringContaining('caseNo') },
    ]);
  });

  it('names a group chat that is told of more roles', async () => {
    const chat = (...roles: string[]) => ({
      'workflows/notifications.json': {
        chat: {
          formats: { a: { name: '群', body: { text: '{{text}}' }, sign: 'none', codes: ['errcode'] } },
          groups: roles.length > 0 ? [{ robot: 'OFFICE', format: 'a', roles, text: '{{title}}' }] : [],
        },
      },
    });
    const [none, some, more] = [
      await setWith(chat()),
      await setWith(chat('clerk')),
      await setWith(chat('clerk', 'handler')),
    ];

    expect(protectiveChanges(none, some)).toMatchObject([{ code: 'target', place: '/chat/groups/0' }]);
    expect(protectiveChanges(some, more)).toMatchObject([
      { code: 'target', messageZh: expect.stringMatching(/^发给“[^、]+”的通知将同时发到群机器人 OFFICE。$/) },
    ]);
    expect(protectiveChanges(more, some)).toEqual([]);
  });

  it('names a class that is weakened', async () => {
    const before = await setWith();
    const after = await setWith({
      [paths.form]: claimForm({ name: { type: 'string', title: '姓名', 'x-class': 'open' } }),
    });

    expect(protectiveChanges(before, after)).toEqual([
      {
        code: 'classWeakened',
        file: paths.form,
        place: '/schema/properties/name',
        messageZh: '表单“登记”的字段“姓名”不再受保护（原为“身份”，现为“公开”）。',
      },
    ]);
  });

  it('has none for a field that becomes protected', async () => {
    const before = await setWith({ [paths.form]: claimForm({ place: { type: 'string', 'x-class': 'open' } }) });
    const after = await setWith({ [paths.form]: claimForm({ place: { type: 'string', 'x-class': 'ident' } }) });

    expect(protectiveChanges(before, after)).toEqual([]);
  });

  it('names a class that is taken off a field', async () => {
    const properties = '';
    const before = await setWith({ [paths.process]: claimProcess({ properties }) });
    const after = await setWith({
      [paths.process]: claimProcess({ properties }),
      [paths.form]: claimForm({ name: { type: 'string', title: '姓名' } }),
    });

    expect(protectiveChanges(before, after).map(({ code }) => code)).toEqual(['classRemoved']);
  });

  it('names what a role may see and do', async () => {
    const roles = [
      { id: 'clerk', name: '登记岗', permissions: ['studio'], sees: { ident: 'reason' } },
      { id: 'handler', name: '承办岗' },
    ];
    const [before, after] = [await setWith(), await setWith({ [paths.roles]: { ...rolesFile, roles } })];

    expect(protectiveChanges(before, after).map(({ messageZh }) => messageZh)).toEqual([
      '岗位“登记岗”对“身份”的查看权限由“仅掩码”改为“说明理由后可见”。',
      '岗位“登记岗”增加权限 studio，取消权限 supervise。',
    ]);
  });

  it('names what a role may do by the API of the engine', async () => {
    const [clerk, handler] = rolesFile.roles;
    const roles = [{ ...clerk, authorizations: { MESSAGE: ['CREATE'], DOCUMENT: ['READ'] } }, handler];
    const [before, after] = [await setWith(), await setWith({ [paths.roles]: { ...rolesFile, roles } })];

    const given = protectiveChanges(before, after);
    const taken = protectiveChanges(after, before);

    expect([...given, ...taken].map(({ messageZh }) => messageZh)).toEqual([
      '岗位“登记岗”增加权限 MESSAGE:CREATE、DOCUMENT:READ。',
      '岗位“登记岗”取消权限 MESSAGE:CREATE、DOCUMENT:READ。',
    ]);
  });

  it('names a protected file that changes, and one that is protected no longer', async () => {
    const guarded = { ...rolesFile, protectedFiles: [paths.decision] };
    const before = await setWith({ [paths.roles]: guarded });
    const after = await setWith({ [paths.decision]: `${before.files.get(paths.decision) ?? ''}\n` });

    expect(protectiveChanges(before, after).map(({ code }) => code)).toEqual(['protectedFiles', 'protectedFile']);
  });

  it('names each role that a ledger shows more to', async () => {
    const path = 'workflows/ledgers/L1.ledger.json';
    const columns = [
      { id: 'amount', title: '金额', type: 'number', value: '=amount' },
      { id: 'name', title: '姓名', type: 'sealed', value: '=name', roles: ['clerk'] },
    ];
    const ledger = { id: 'L1', title: '台账', process: 'claim', readers: [{ roles: ['clerk'] }], columns };
    const before = await setWith({ [path]: ledger });
    const wider = { ...ledger, readers: [{ roles: ['clerk', 'handler'] }], exports: ['clerk'] };
    const narrower = { ...ledger, columns: columns.slice(0, 1) };

    const given = protectiveChanges(before, await setWith({ [path]: wider }));
    const taken = protectiveChanges(before, await setWith({ [path]: narrower }));
    const made = protectiveChanges(await setWith(), before);

    expect(given.map(({ messageZh }) => messageZh)).toEqual(['台账“台账”：岗位“承办岗”可看全部，岗位“登记岗”可导出。']);
    expect(taken).toEqual([]);
    expect(made.map(({ messageZh }) => messageZh)).toEqual([
      '台账“台账”：岗位“登记岗”可看全部，岗位“登记岗”可看受保护的列“name”。',
    ]);
  });

  it('asks for a second person where a class no longer says who somebody is', async () => {
    const marked = rolesFile.classes.map((one) => (one.id === 'ident' ? { ...one, identifies: true } : one));
    const before = await setWith({ [paths.roles]: { ...rolesFile, classes: marked } });

    const changes = protectiveChanges(before, await setWith());

    expect(changes.map(({ messageZh }) => messageZh)).toEqual(['内容类别“身份”由“受保护、能认出人”改为“受保护”。']);
  });
});
