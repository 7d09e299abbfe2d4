import { parseDateTime } from '#feel';
import {
  claimForm,
  claimProcess,
  launcher,
  organizationFile,
  paths,
  portalEntry,
  problemsOf,
  rolesFile,
  roomAction,
  tinyConfiguration,
  urgencyDecision,
} from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';

const element = (elementId: string, code: string) => expect.objectContaining({ elementId, code });
const place = (file: string, at: string) => expect.objectContaining({ file, place: at });

describe('a good set', () => {
  it('has no problem and holds every part', async () => {
    const { set, problems } = await compileConfiguration(tinyConfiguration());

    expect(problems).toEqual([]);
    expect(set?.processes.map(({ id, caseSeries, formIds }) => ({ id, caseSeries, formIds }))).toEqual([
      { id: 'claim', caseSeries: 'XF', formIds: ['F1'] },
    ]);
    expect([...(set?.documents.keys() ?? [])]).toEqual(['T1']);
  });

  it('is compiled once when it is asked for again soon, but not with other files, options or faults of the folder', async () => {
    const first = await compileConfiguration(tinyConfiguration());
    const again = await compileConfiguration(tinyConfiguration());
    const faulty = await compileConfiguration({
      ...tinyConfiguration(),
      problems: [{ severity: 'error', code: 'unreadable', message: 'unreadable', messageZh: '无法读取' }],
    });
    const elsewhere = await compileConfiguration(tinyConfiguration(), { timeZone: 'Asia/Urumqi' });
    const other = await compileConfiguration(tinyConfiguration({ [paths.template]: '<p>other</p>' }));

    expect(again.set).toBe(first.set);
    expect(faulty.set).toBeUndefined();
    expect(elsewhere.set).not.toBe(first.set);
    expect(other.set?.hash).not.toBe(first.set?.hash);
  });

  it('has functions for parameters, units and dictionaries', async () => {
    const { set } = await compileConfiguration(tinyConfiguration());
    const context = { now: 0, timeZone: 'Asia/Shanghai' };

    expect(set?.feelFunctions['parameter']?.invoke(['days'], context)).toBe(15);
    expect(set?.feelFunctions['unit name']?.invoke(['hr'], context)).toBe('人力资源部');
    expect(set?.feelFunctions['dictionary label']?.invoke(['channel', 'letter'], context)).toBe('来信');
    expect(set?.feelFunctions['parameter']?.invoke(['toString'], context)).toBeNull();
  });

  it.each([
    ['2026-03-02', '2026年3月2日', '2026年3月2日 00:00'],
    [parseDateTime('2026-03-01T16:05:00Z'), '2026年3月2日', '2026年3月2日 00:05'],
    ['2026-03', '2026年3月', '2026-03'],
    ['下周', '下周', '下周'],
    [null, null, null],
  ])('says the moment %s as printed documents do', async (moment, day, time) => {
    const { set } = await compileConfiguration(tinyConfiguration());
    const said = (name: string): unknown =>
      set?.feelFunctions[name]?.invoke([moment], { now: 0, timeZone: 'Asia/Shanghai' });

    expect([said('date label'), said('date time label')]).toEqual([day, time]);
  });

  it('has the same hash whatever the order of its files', async () => {
    const source = tinyConfiguration();
    const reversed = { files: new Map([...source.files].reverse()) };

    const sets = [await compileConfiguration(source), await compileConfiguration(reversed)];

    expect(sets[0]?.set?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(sets[1]?.set?.hash).toBe(sets[0]?.set?.hash);
  });
});

describe('files that cannot be read', () => {
  it('names the line of broken JSON', async () => {
    const problems = await problemsOf({ [paths.launchers]: '[\n  {\n    "id": "a",,\n  }\n]' });

    expect(problems).toContainEqual(expect.objectContaining({ code: 'json.syntax', file: paths.launchers, line: 3 }));
  });

  it('names the place and line that break a schema', async () => {
    const [problem] = await problemsOf({
      [paths.organization]: '{\n  "name": "x",\n  "units": [\n    { "id": 7, "name": "y" }\n  ]\n}',
    });

    expect(problem).toMatchObject({
      code: 'json.schema',
      place: '/units/0/id',
      line: 4,
      message: 'Expected /units/0/id to be string (found 7).',
    });
  });

  it.each([
    ['nothing', '{ "id": "", "name": "y" }', '/units/0/id：不能为空。'],
    [
      'a name as an id',
      '{ "id": "一队", "name": "y" }',
      '/units/0/id：代号应以英文字母开头，只含字母、数字和 _ . -，现为 "一队"。',
    ],
  ])('says in plain words that %s cannot stand there', async (_what, unit, messageZh) => {
    const [problem] = await problemsOf({ [paths.organization]: `{ "name": "x", "units": [${unit}] }` });

    expect(problem).toMatchObject({ code: 'json.schema', messageZh });
  });

  it('refuses a key that stands twice', async () => {
    const problems = await problemsOf({ [paths.portal]: '{ "title": "a",\n "title": "b", "entries": [] }' });

    expect(problems).toContainEqual(expect.objectContaining({ code: 'json.duplicateKey', place: '/title' }));
  });

  it('gives no set and tells of a missing settings file', async () => {
    const result = await compileConfiguration(tinyConfiguration({ [paths.roles]: null }));

    expect(result.set).toBeUndefined();
    expect(result.problems).toContainEqual(
      expect.objectContaining({ code: 'configuration.missingFile', file: paths.roles }),
    );
  });

  it('does not call a form unknown that is only broken', async () => {
    const problems = await problemsOf({ [paths.form]: '{' });

    expect(problems.map(({ code }) => code)).toContain('json.syntax');
    expect(problems.map(({ code }) => code)).not.toContain('link.unknownReference');
  });
});

describe('names in a diagram', () => {
  it('refuses a user task without a form, which the engine alone would run', async () => {
    const withoutForm = claimProcess({}).replace('<zeebe:formDefinition formId="F1" bindingType="deployment" />', '');

    const problems = await problemsOf({ [paths.process]: withoutForm });

    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'link.missingForm', elementId: 'register', line: 9 }),
    );
  });

  it('refuses an action on a task that nobody knows, with place and what there is', async () => {
    const allowing = (text: string) =>
      claimProcess({}).replace(
        '<zeebe:userTask />',
        `<zeebe:userTask /><zeebe:properties><zeebe:property name="ct.taskActions" value="${text}" /></zeebe:properties>`,
      );

    const problems = await problemsOf({ [paths.process]: allowing('transfer, forward') });

    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        code: 'link.unknownTaskAction',
        elementId: 'register',
        line: 9,
        message: expect.stringMatching(/to name actions of transfer, .*attach but found forward/),
      }),
    ]);
    expect(await problemsOf({ [paths.process]: allowing('transfer, comment') })).toEqual([]);
    expect(await problemsOf({ [paths.process]: allowing('') })).toEqual([]);
  });

  it('refuses an unknown form, with the line of the task', async () => {
    const problems = await problemsOf({ [paths.process]: claimProcess({ formId: 'F-1' }) });

    expect(problems).toContainEqual(
      expect.objectContaining({
        elementId: 'register',
        line: 9,
        message: 'Expected the form "F-1" to exist; did you mean "F1"?',
      }),
    );
  });

  it('refuses an unknown decision', async () => {
    expect(await problemsOf({ [paths.process]: claimProcess({ decisionId: 'D9' }) })).toContainEqual(
      element('judge', 'link.unknownReference'),
    );
  });

  it('refuses an unknown role in a literal list of groups', async () => {
    expect(await problemsOf({ [paths.process]: claimProcess({ groups: 'clerk,boss' }) })).toContainEqual(
      element('register', 'link.unknownGroup'),
    );
  });

  it('refuses an unknown unit in a constant expression', async () => {
    const groups = '=[&quot;clerk@hr&quot;, &quot;handler@moon&quot;]';

    expect(await problemsOf({ [paths.process]: claimProcess({ groups }) })).toContainEqual(
      element('register', 'link.unknownGroup'),
    );
  });

  it('refuses an unknown role in front of a computed unit', async () => {
    const groups = '=&quot;boss@&quot; + urgency';

    expect(await problemsOf({ [paths.process]: claimProcess({ groups }) })).toContainEqual(
      element('register', 'link.unknownGroup'),
    );
  });

  it('refuses an unknown document of a ct.document job', async () => {
    const jobHeaders = '<zeebe:header key="document" value="T7" />';

    expect(await problemsOf({ [paths.process]: claimProcess({ jobHeaders }) })).toContainEqual(
      element('print', 'link.unknownReference'),
    );
  });

  it('refuses a ct.ledger job of an unknown ledger or for a role that does not read all of it', async () => {
    const ledger = {
      id: 'L1',
      title: '台账',
      process: 'claim',
      readers: [{ roles: ['clerk'] }],
      columns: [{ id: 'no', title: '编号', type: 'text', value: '=instance.caseNo' }],
    };
    const header = (id: string, role: string) =>
      `<zeebe:header key="ledger" value="${id}" /><zeebe:header key="role" value="${role}" />`;
    const withJob = (jobHeaders: string) =>
      problemsOf({
        [paths.process]: claimProcess({ job: 'ct.ledger', jobHeaders }),
        'workflows/ledgers/L1.ledger.json': ledger,
      });

    expect(await withJob(header('L1', 'clerk'))).toEqual([]);
    expect(await withJob(header('L2', 'clerk'))).toContainEqual(
      expect.objectContaining({ code: 'link.unknownReference' }),
    );
    expect(await withJob(header('L1', 'boss'))).toContainEqual(
      expect.objectContaining({ code: 'link.unknownReference' }),
    );
  });

  it('refuses a ct.webhook job without a web address', async () => {
    const jobHeaders = '<zeebe:header key="url" value="erp/hooks" />';
    const wrong = await problemsOf({ [paths.process]: claimProcess({ job: 'ct.webhook', jobHeaders }) });
    const missing = await problemsOf({ [paths.process]: claimProcess({ job: 'ct.webhook', jobHeaders: '' }) });
    const right = jobHeaders.replace('erp', 'https://erp.example.org');

    expect(wrong).toContainEqual(element('print', 'link.invalidHeader'));
    expect(missing).toContainEqual(element('print', 'link.missingHeader'));
    expect(await problemsOf({ [paths.process]: claimProcess({ job: 'ct.webhook', jobHeaders: right }) })).toEqual([]);
  });

  it('refuses a grant of sight that has no end', async () => {
    const granting = (until: string) =>
      claimProcess({ job: 'ct.grant', jobHeaders: '' }).replace(
        '<zeebe:taskHeaders></zeebe:taskHeaders>',
        `<zeebe:ioMapping><zeebe:input source="ident" target="class" /><zeebe:input source="clerk" target="to" />${until}</zeebe:ioMapping>`,
      );
    const until = '<zeebe:input source="=calendar days after(now(), 30)" target="until" />';

    expect(await problemsOf({ [paths.process]: granting('') })).toContainEqual(element('print', 'link.missingInput'));
    expect(await problemsOf({ [paths.process]: granting(until) })).toEqual([]);
  });

  describe('of a ct.http job', () => {
    const asking = (inputs: Readonly<Record<string, string>>, headers = 'reply') => {
      const mappings = Object.entries(inputs).map(
        ([name, source]) => `<zeebe:input source="${source}" target="${name}" />`,
      );
      const jobHeaders = `<zeebe:header key="resultVariable" value="${headers}" />`;
      const xml = claimProcess({ job: 'ct.http', jobHeaders });
      const mapped = `</zeebe:taskHeaders><zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping>`;
      return { [paths.process]: mappings.length > 0 ? xml.replace('</zeebe:taskHeaders>', mapped) : xml };
    };
    const url = 'https://erp.example.org/in';

    it('refuses a missing address, another scheme, an unknown method and a result without a name', async () => {
      expect(await problemsOf(asking({}))).toContainEqual(element('print', 'link.missingInput'));
      expect(await problemsOf(asking({ url: 'ftp://a.org' }))).toContainEqual(element('print', 'link.outgoingAddress'));
      expect(await problemsOf(asking({ url, method: 'FETCH' }))).toContainEqual(element('print', 'link.invalidInput'));
      expect(await problemsOf(asking({ url }, 'a b'))).toContainEqual(element('print', 'link.invalidHeader'));
      expect(await problemsOf(asking({ url }))).toEqual([]);
    });

    it('warns of a literal address that the operator does not allow', async () => {
      const outgoingFault = (address: string) =>
        address.startsWith('https://erp.') ? undefined : (['not allowed', '没有允许'] as const);
      const other = asking({ url: 'https://other.example.org/' });

      expect(await problemsOf(other)).toEqual([]);
      expect(await problemsOf(asking({ url }), { outgoingFault })).toEqual([]);
      expect(await problemsOf(other, { outgoingFault })).toEqual([
        expect.objectContaining({ code: 'link.outgoingAddress', severity: 'warning', messageZh: '没有允许' }),
      ]);
    });
  });

  it('refuses an unknown number series of a case', async () => {
    const properties = '<zeebe:property name="ct.case" value="ZZ" />';

    expect(await problemsOf({ [paths.process]: claimProcess({ properties }) })).toContainEqual(
      element('claim', 'link.unknownReference'),
    );
  });

  it.each(['P1X', '2 years', '-P1D', '', '30'])(
    'refuses the time to live of history %j, with place and remedy',
    async (text) => {
      const properties = `<zeebe:property name="ct.historyTimeToLive" value="${text}" />`;

      const problems = await problemsOf({ [paths.process]: claimProcess({ properties }) });

      expect(problems).toContainEqual(
        expect.objectContaining({
          severity: 'error',
          code: 'link.invalidDuration',
          file: paths.process,
          elementId: 'claim',
          line: expect.any(Number),
          message: expect.stringMatching(/ct\.historyTimeToLive.*ISO 8601 duration.*P2Y/),
          messageZh: expect.stringContaining('P2Y'),
        }),
      );
    },
  );

  it('takes a time to live of history in years, days or hours', async () => {
    const texts = ['P10Y', 'P30D', 'PT12H', 'P1Y6M'];
    const properties = (text: string) => `<zeebe:property name="ct.historyTimeToLive" value="${text}" />`;

    const found = await Promise.all(
      texts.map((text) => problemsOf({ [paths.process]: claimProcess({ properties: properties(text) }) })),
    );

    expect(found.flat()).toEqual([]);
  });

  it.each([
    { series: 'XF', exclusive: 'nobody', code: 'link.unknownReference' },
    { series: undefined, exclusive: 'clerk', code: 'link.exclusive' },
    { series: 'XF', exclusive: '', code: 'link.exclusive' },
  ])('refuses ct.exclusive "$exclusive" with the series $series', async ({ series, exclusive, code }) => {
    const properties = `${series === undefined ? '' : `<zeebe:property name="ct.case" value="${series}" />`}<zeebe:property name="ct.exclusive" value="${exclusive}" />`;

    expect(await problemsOf({ [paths.process]: claimProcess({ properties }) })).toContainEqual(element('claim', code));
  });

  it.each([
    { series: '<zeebe:property name="ct.case" value="XF" />', tracking: 'own' },
    { series: '', tracking: 'origin' },
  ])('refuses ct.tracking "$tracking" with "$series"', async ({ series, tracking }) => {
    const properties = `${series}<zeebe:property name="ct.tracking" value="${tracking}" />`;

    expect(await problemsOf({ [paths.process]: claimProcess({ properties }) })).toContainEqual(
      element('claim', 'link.tracking'),
    );
  });

  it('lets only a process that hides its cases take over what another case hands over', async () => {
    const series = '<zeebe:property name="ct.case" value="XF" />';
    const properties = `${series}<zeebe:property name="ct.exclusive" value="clerk" />`;
    const taking = (own: string) =>
      problemsOf({ [paths.process]: claimProcess({ properties: own, job: 'ct.take-over' }) });

    expect(await taking(series)).toContainEqual(element('print', 'link.takeOver'));
    expect(await taking(properties)).not.toContainEqual(element('print', 'link.takeOver'));
  });

  it.each([
    ['start', 'ct.returned', 'true', 'link.returned'],
    ['submitted', 'ct.returned', 'yes', 'link.returned'],
    ['submitted', 'ct.otherThan', 'register, nobody', 'link.unknownReference'],
    ['submitted', 'ct.otherThan', 'register, nowhere/register', 'link.unknownReference'],
    ['submitted', 'ct.otherThan', 'register, nowhere/*', 'link.unknownReference'],
    ['submitted', 'ct.choosesOtherThan', 'register, nobody', 'link.unknownReference'],
    ['start', 'ct.notOf', 'hr', 'link.notOf'],
  ])('refuses, on %s, %s = %s', async (id, name, value, code) => {
    const start = `<bpmn:startEvent id="${id}">`;
    const properties = `<zeebe:properties><zeebe:property name="${name}" value="${value}" /></zeebe:properties>`;
    const process = claimProcess().replace(
      start,
      `${start}<bpmn:extensionElements>${properties}</bpmn:extensionElements>`,
    );

    expect(await problemsOf({ [paths.process]: process })).toContainEqual(element(id, code));
  });

  it.each([
    ['safty', 'link.unknownReference'],
    ['=if amount &gt; 1 then &quot;safty&quot; else unit', 'link.unknownReference'],
    ['=[', 'link.notOf'],
    ['=anonymous', 'link.protectedVariable'],
  ])('refuses, on a user task, ct.notOf = %s', async (value, code) => {
    const property = `<zeebe:properties><zeebe:property name="ct.notOf" value="${value}" /></zeebe:properties>`;
    const process = claimProcess().replace('<zeebe:userTask />', `<zeebe:userTask />${property}`);

    expect(await problemsOf({ [paths.process]: process })).toContainEqual(element('register', code));
  });

  it('refuses an unknown parameter in an expression', async () => {
    const dueDate = '=working days after(now(), parameter(&quot;weeks&quot;))';

    expect(await problemsOf({ [paths.process]: claimProcess({ dueDate }) })).toContainEqual(
      element('register', 'link.unknownReference'),
    );
  });

  it('warns of a job type that needs an external worker', async () => {
    const problems = await problemsOf({ [paths.process]: claimProcess({ job: 'mail.send' }) });

    expect(problems).toEqual([
      expect.objectContaining({ code: 'link.externalJob', severity: 'warning', elementId: 'print' }),
    ]);
  });

  it('warns of a message that nobody catches', async () => {
    const problems = await problemsOf({ [paths.process]: claimProcess({ thrown: 'claim.gone' }) });

    expect(problems).toEqual([
      expect.objectContaining({ code: 'link.uncaughtMessage', severity: 'warning', elementId: 'end' }),
    ]);
  });

  it('warns of a binding that changes under running instances', async () => {
    const problems = await problemsOf({ [paths.process]: claimProcess({ binding: 'latest' }) });

    expect(problems).toEqual([expect.objectContaining({ code: 'link.latestBinding', severity: 'warning' })]);
  });

  it('warns of a variable that nothing sets', async () => {
    const problems = await problemsOf({ [paths.process]: claimProcess({ condition: '=urgencie = 1' }) });

    expect(problems).toEqual([
      expect.objectContaining({ code: 'link.unknownVariable', severity: 'warning', elementId: 'which' }),
    ]);
  });

  it('wants process, file and folder to share one id', async () => {
    const problems = await problemsOf({ [paths.process]: null, 'workflows/other/other.bpmn': claimProcess() });

    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'configuration.processPlace', elementId: 'claim' }),
    );
  });
});

describe('protected content', () => {
  const refused = (elementId: string) =>
    expect.objectContaining({ code: 'link.protectedVariable', severity: 'error', elementId });

  it('is refused in a decision input', async () => {
    expect(await problemsOf({ [paths.decision]: urgencyDecision('anonymous') })).toContainEqual(refused('judge'));
  });

  it('is refused in a decision that no process calls', async () => {
    const spare = urgencyDecision('anonymous').replaceAll('D1', 'D2');

    expect(await problemsOf({ 'workflows/claim/D2.dmn': spare })).toContainEqual(refused('D2'));
  });

  it('is refused in a condition, naming element and variable', async () => {
    const problems = await problemsOf({ [paths.process]: claimProcess({ condition: '=name = &quot;x&quot;' }) });

    expect(problems).toContainEqual(refused('which'));
    expect(problems[0]?.message).toContain('"紧急？" not to read "name", a protected field of form F1');
  });

  it('is refused in candidate groups', async () => {
    const groups = '=if anonymous then &quot;clerk&quot; else &quot;handler&quot;';

    expect(await problemsOf({ [paths.process]: claimProcess({ groups }) })).toContainEqual(refused('register'));
  });

  it('is refused in a due date', async () => {
    const dueDate = '=calendar days after(now(), if anonymous then 9 else 1)';

    expect(await problemsOf({ [paths.process]: claimProcess({ dueDate }) })).toContainEqual(refused('register'));
  });

  it('is refused in a timer', async () => {
    expect(
      await problemsOf({
        [paths.process]: claimProcess({ timer: '=if anonymous then &quot;P9D&quot; else &quot;P1D&quot;' }),
      }),
    ).toContainEqual(refused('late'));
  });

  it('is refused in the condition of an event, one of several too', async () => {
    const condition =
      '<bpmn:conditionalEventDefinition><bpmn:condition>anonymous</bpmn:condition></bpmn:conditionalEventDefinition>';
    const events = `<bpmn:startEvent id="asked">${condition}</bpmn:startEvent>
      <bpmn:boundaryEvent id="noticed" attachedToRef="register">${condition}${condition}</bpmn:boundaryEvent>`;

    const problems = await problemsOf({
      [paths.process]: claimProcess({}).replace('<bpmn:startEvent', `${events}<bpmn:startEvent`),
    });

    expect(problems).toContainEqual(refused('asked'));
    expect(problems).toContainEqual(refused('noticed'));
  });

  it('is refused in the title', async () => {
    const properties = '<zeebe:property name="ct.case" value="XF" /><zeebe:property name="ct.title" value="=name" />';

    expect(await problemsOf({ [paths.process]: claimProcess({ properties }) })).toContainEqual(refused('claim'));
  });

  it('is refused under another name that a mapping gave it', async () => {
    const mapping = '<zeebe:ioMapping><zeebe:input source="=anonymous" target="amount" /></zeebe:ioMapping>';

    expect(await problemsOf({ [paths.process]: claimProcess({ mapping }) })).toContainEqual(refused('judge'));
  });

  it('wants a class on every field of a case', async () => {
    const problems = await problemsOf({ [paths.form]: claimForm({ place: { type: 'string', title: '地点' } }) });

    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'form.classMissing', file: paths.form, line: expect.any(Number) }),
    );
  });
});

describe('names in settings', () => {
  it('refuses unknown units, parents and roles of accounts', async () => {
    const accounts = [{ id: 'x', name: 'x', roles: ['boss'], unit: 'moon' }];

    const problems = await problemsOf({ [paths.organization]: { ...organizationFile, accounts } });

    expect(problems).toContainEqual(place(paths.organization, '/accounts/0/roles/0'));
    expect(problems).toContainEqual(place(paths.organization, '/accounts/0/unit'));
  });

  it('refuses an unknown class in what a role sees', async () => {
    const roles = [
      { id: 'clerk', name: 'x', sees: { secret: 'reason' } },
      { id: 'handler', name: 'y' },
    ];

    expect(await problemsOf({ [paths.roles]: { ...rolesFile, roles } })).toContainEqual(
      place(paths.roles, '/roles/0/sees/secret'),
    );
  });

  it('refuses a portal entry without its start message, form or receipt', async () => {
    const entries = [{ ...portalEntry, startMessage: 'claim.sent', formId: 'F9', receipt: 'T9' }];

    const problems = await problemsOf({ [paths.portal]: { title: 'x', entries } });

    expect(problems.map((problem) => problem.place)).toEqual([
      '/entries/0/startMessage',
      '/entries/0/formId',
      '/entries/0/receipt',
    ]);
  });

  it('refuses a launcher of an unknown process or role', async () => {
    const problems = await problemsOf({ [paths.launchers]: [{ ...launcher, processId: 'claims', roles: ['boss'] }] });

    expect(problems).toContainEqual(place(paths.launchers, '/0/processId'));
    expect(problems).toContainEqual(place(paths.launchers, '/0/roles/0'));
  });

  it('refuses a room that counts down an unknown element or sends a message nobody catches', async () => {
    const room = { title: 'x', countdown: ['nowhere'], actions: [{ ...roomAction, message: 'claim.shout' }] };

    const problems = await problemsOf({ [paths.rooms]: { claim: room } });

    expect(problems.map((problem) => problem.place)).toEqual(['/claim/countdown/0', '/claim/actions/0/message']);
  });

  describe('with element templates', () => {
    const file = 'workflows/element-templates.json';
    const template = (properties: readonly object[], more: object = {}) => ({
      $schema: 'https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json',
      id: 'notify',
      name: '通知',
      version: 1,
      appliesTo: ['bpmn:Task'],
      elementType: { value: 'bpmn:ServiceTask' },
      properties,
      ...more,
    });
    const type = (value: string) => ({
      type: 'Hidden',
      value,
      binding: { type: 'zeebe:taskDefinition', property: 'type' },
    });

    it('takes a template of a job that the server works itself', async () => {
      expect(await problemsOf({ [file]: [template([type('ct.notify')])] })).toEqual([]);
    });

    it('refuses what the public schema of templates refuses, with its place', async () => {
      const wrong = { type: 'Strin', binding: { type: 'zeebe:input', name: 'text' } };

      const problems = await problemsOf({ [file]: [template([type('ct.notify'), wrong])] });

      expect(problems).toEqual([place(file, '/0/properties/1/type')]);
      expect(problems[0]).toMatchObject({ code: 'elementTemplate.schema', line: 23 });
    });

    it('refuses a template twice and names that lead nowhere, and tells of a worker outside', async () => {
      const formId = { type: 'Hidden', value: 'F9', binding: { type: 'zeebe:formDefinition', property: 'formId' } };
      const task = { elementType: { value: 'bpmn:UserTask' }, id: 'ask' };
      const user = { type: 'Hidden', binding: { type: 'zeebe:userTask' } };

      const problems = await problemsOf({
        [file]: [template([type('ct.notify')]), template([type('sms.send')]), template([user, formId], task)],
      });

      expect(problems.map(({ code, severity, place: at }) => [code, severity, at])).toEqual([
        ['elementTemplate.doubled', 'error', '/1/id'],
        ['link.externalJob', 'warning', '/1/properties/0/value'],
        ['link.unknownReference', 'error', '/2/properties/1/value'],
      ]);
    });

    it('refuses what is no template at all', async () => {
      expect(await problemsOf({ [file]: [7] })).toContainEqual(place(file, '/0'));
      expect(await problemsOf({ [file]: [template([null as unknown as object])] })).toContainEqual(
        place(file, '/0/properties/0'),
      );
    });
  });

  describe('refuses group chats', () => {
    const file = 'workflows/notifications.json';
    const format = { name: '群', body: { text: '{{text}}' }, sign: 'none', codes: ['errcode'] };
    const group = { robot: 'OFFICE', format: 'a', roles: ['clerk'], text: '{{title}}' };
    const codesOf = async (formats: object, ...groups: object[]) =>
      (await problemsOf({ [file]: { chat: { formats, groups } } })).map(({ code, place: at }) => `${code} ${at}`);

    it('with an unknown format or role, with a robot twice, with a format that has no place for the text', async () => {
      expect(await codesOf({ a: format }, group)).toEqual([]);
      expect(await codesOf({ a: format }, { ...group, format: 'b' })).toEqual([
        'link.unknownReference /chat/groups/0/format',
      ]);
      expect(await codesOf({ a: format }, { ...group, roles: ['boss'] })).toEqual([
        'link.unknownReference /chat/groups/0/roles/0',
      ]);
      expect(await codesOf({ a: format }, group, group)).toEqual(['settings.duplicateId /chat/groups/1/robot']);
      expect(await codesOf({ a: { ...format, body: { text: 'x' } } }, group)).toEqual([
        'settings.chatText /chat/formats/a/body',
      ]);
    });

    it('with another signature, a text that tells more, an address instead of a name', async () => {
      expect(await codesOf({ a: { ...format, sign: 'md5' } }, group)).toContain('json.schema /chat/formats/a/sign');
      expect(await codesOf({ a: format }, { ...group, text: '{{name}}' })).toContain('json.schema /chat/groups/0/text');
      expect(await codesOf({ a: format }, { ...group, robot: 'https://a.org' })).toContain(
        'json.schema /chat/groups/0/robot',
      );
    });
  });

  it('refuses a notice of new tasks that tells more than step, number and procedure, and another choice of candidates', async () => {
    const codesOf = async (tasks: object) =>
      (await problemsOf({ 'workflows/notifications.json': { tasks } })).map(({ code, place: at }) => `${code} ${at}`);

    expect(await codesOf({ text: '{{title}}：{{task}}', candidates: 'all' })).toEqual([]);
    expect(await codesOf({ text: '{{name}}' })).toEqual(['json.schema /tasks/text']);
    expect(await codesOf({ text: '新任务', candidates: 'some' })).toEqual(['json.schema /tasks/candidates']);
  });

  describe('of a calendar to subscribe to', () => {
    const file = 'workflows/calendar-feeds.json';
    const ledgerOf = (...roles: string[]) => ({
      id: 'L1',
      title: '台账',
      process: 'claim',
      readers: [{ roles }],
      columns: [
        { id: 'at', title: '时间', type: 'dateTime', value: '=instance.startedAt', sort: true },
        { id: 'plain', title: '时间', type: 'dateTime', value: '=instance.startedAt' },
        { id: 'day', title: '日期', type: 'date', value: '=date(instance.startedAt)', sort: true },
        { id: 'inner', title: '内部', type: 'text', value: '=instance.caseNo', roles: ['clerk'] },
        { id: 'lamp', title: '灯', type: 'lamp', due: 'at' },
      ],
    });
    const feed = { id: 'a', title: '日历', ledger: 'L1', start: 'at', summary: '{{inner}}' };
    const faultsOf = async (more: object, ...roles: string[]) => {
      const files = {
        [paths.roles]: { ...rolesFile, roles: [...rolesFile.roles, { id: 'portal', name: '门户' }] },
        'workflows/ledgers/L1.ledger.json': ledgerOf('clerk', ...roles),
        [file]: [{ ...feed, ...more }],
      };
      return (await problemsOf(files)).map(({ code, place: at }) => `${code} ${at}`);
    };

    it('takes columns that its readers see', async () => {
      expect(await faultsOf({})).toEqual([]);
      expect(await faultsOf({ duration: 'PT2H', place: '{{plain}}' })).toEqual([]);
      expect(await faultsOf({ start: 'day', end: 'day' })).toEqual([]);
      expect(await faultsOf({ public: true, summary: '{{at}}' }, 'portal')).toEqual([]);
    });

    it.each([
      [{ ledger: 'L9' }, 'link.unknownReference /0/ledger'],
      [{ start: 'none' }, 'link.unknownReference /0/start'],
      [{ start: 'plain' }, 'settings.calendarFeed /0/start'],
      [{ end: 'day' }, 'settings.calendarFeed /0/end'],
      [{ start: 'day', duration: 'PT2H' }, 'settings.calendarFeed /0/duration'],
      [{ duration: 'P2X' }, 'settings.calendarFeed /0/duration'],
      [{ summary: '{{lamp}}' }, 'link.unknownReference /0/summary'],
      [{ summary: '{{{at}}}' }, 'json.schema /0/summary'],
      [{ public: true, summary: '{{at}}' }, 'settings.calendarFeed /0/public'],
    ])('refuses %j', async (more, expected) => {
      expect(await faultsOf(more)).toContain(expected);
    });

    it('refuses a column that the portal does not see in a public one', async () => {
      expect(await faultsOf({ public: true }, 'portal')).toContain('link.unknownReference /0/summary');
    });
  });

  it('refuses a document with an unknown role or template', async () => {
    const problems = await problemsOf({
      [paths.documents]: [{ id: 'T1', title: 'x', template: 'documents/T9.hbs', roles: ['boss'], receipt: true }],
    });

    expect(problems).toContainEqual(place(paths.documents, '/0/template'));
    expect(problems).toContainEqual(place(paths.documents, '/0/roles/0'));
  });

  it('refuses Word output where nobody could edit: a receipt, no roles, a value that is no yes or no', async () => {
    const document = { id: 'T1', title: 'x', template: 'documents/T1.hbs', roles: ['clerk'] };
    const codesOf = async (more: object) =>
      (await problemsOf({ [paths.documents]: [{ ...document, ...more }] }))
        .filter(({ file }) => file === paths.documents)
        .map(({ code, place: at }) => `${code} ${at}`);

    expect(await codesOf({ word: true })).toEqual([]);
    expect(await codesOf({ word: true, receipt: true })).toContain('document.wordReceipt /0/word');
    expect(await codesOf({ word: true, roles: [] })).toContain('document.wordForNobody /0/word');
    expect(await codesOf({ word: 'docx' })).toContain('json.schema /0/word');
  });

  it('takes the two days that a document may carry, and no other', async () => {
    const document = { id: 'T1', title: 'x', template: 'documents/T1.hbs', roles: ['clerk'] };
    const problemsDated = async (dated: string) =>
      (await problemsOf({ [paths.documents]: [{ ...document, dated }] })).filter(
        ({ file }) => file === paths.documents,
      );

    expect([await problemsDated('start'), await problemsDated('printing')]).toEqual([[], []]);
    expect(await problemsDated('yesterday')).toContainEqual(place(paths.documents, '/0/dated'));
  });

  it('refuses Word output of a template with what Word would lose, with its line', async () => {
    const template = 'workflows/claim/documents/T1.hbs';
    const document = { id: 'T1', title: 'x', template: 'documents/T1.hbs', roles: ['clerk'] };
    const withPicture = { [template]: '<p>a</p>\n<img src="data:image/png;base64,AA">' };

    const refused = await problemsOf({ ...withPicture, [paths.documents]: [{ ...document, word: true }] });
    const printed = await problemsOf({ ...withPicture, [paths.documents]: [document] });

    expect(refused).toContainEqual(
      expect.objectContaining({ code: 'document.wordElement', file: template, line: 2, severity: 'error' }),
    );
    expect(printed.map(({ code }) => code)).not.toContain('document.wordElement');
  });

  it('refuses a document that prints a blank page', async () => {
    const template = 'workflows/claim/documents/T1.hbs';
    const problems = await problemsOf({
      [template]: ' \n',
      [paths.documents]: [{ id: 'T1', title: 'x', template: 'documents/T1.hbs', roles: ['clerk'] }],
    });

    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'document.empty', file: template, severity: 'error' }),
    );
  });

  it('refuses a parameter out of its range', async () => {
    expect(await problemsOf({ [paths.parameters]: { days: { name: 'x', value: 16, max: 15 } } })).toContainEqual(
      place(paths.parameters, '/days/value'),
    );
  });

  it('refuses a text for a parameter with a range', async () => {
    expect(await problemsOf({ [paths.parameters]: { days: { name: 'x', value: '16', max: 15 } } })).toContainEqual(
      place(paths.parameters, '/days/value'),
    );
  });

  it('refuses a parameter that is none of its choices', async () => {
    const mode = { name: 'x', value: 'money', choices: ['record', 'points'] };

    expect(await problemsOf({ [paths.parameters]: { mode } })).toContainEqual(place(paths.parameters, '/mode/value'));
  });

  it('refuses a calendar day that does not exist', async () => {
    const calendar = { year: 2026, holidays: ['2026-02-30'], workdays: [] };

    expect(await problemsOf({ [paths.calendar]: calendar })).toContainEqual(place(paths.calendar, '/holidays/0'));
  });

  it('refuses a scenario with an unknown account or element', async () => {
    const scenario = {
      name: 'x',
      start: { process: 'claim', as: 'nobody', at: '2026-03-02T09:00:00+08:00' },
      steps: [{ do: 'complete', element: 'sign' }],
    };

    const problems = await problemsOf({ [paths.scenarios]: [scenario] });

    expect(problems.map((problem) => problem.place)).toEqual(['/0/start/as', '/0/steps/0/element']);
  });

  it.each([
    ['a case that no step starts', { do: 'follow', cases: ['other'] }, '/0/steps/0/cases/0'],
    ['nothing to follow', { do: 'follow' }, '/0/steps/0'],
    ['a start without a name', { do: 'start', start: { process: 'claim' } }, '/0/steps/0'],
    [
      'a file that there is not',
      { do: 'publish', as: 'clerk', reason: 'why', changes: [{ file: 'workflows/no.json', pointer: '/a', value: 1 }] },
      '/0/steps/0/changes/0/file',
    ],
    [
      'an indicator that there is not',
      { do: 'advance', expect: { indicators: [{ indicator: 'R99', as: 'clerk', period: '2026-03' }] } },
      '/0/steps/0/expect/indicators/0/indicator',
    ],
    [
      'a period that is none',
      { do: 'advance', expect: { indicators: [{ indicator: 'R1', as: 'clerk', period: '2026-13' }] } },
      '/0/steps/0/expect/indicators/0/period',
    ],
    [
      'a deadline that there is not',
      { do: 'advance', expect: { deadlines: [{ deadline: 'none', as: 'clerk' }] } },
      '/0/steps/0/expect/deadlines/0/deadline',
    ],
  ])('refuses a scenario with %s', async (_, step, place) => {
    const scenario = {
      name: '例',
      start: { process: 'claim', as: 'clerk', at: '2026-03-02T09:00:00+08:00' },
      steps: [step],
    };

    const problems = await problemsOf({ [paths.scenarios]: [scenario] });

    expect(problems.map((problem) => problem.place)).toContain(place);
  });
});
