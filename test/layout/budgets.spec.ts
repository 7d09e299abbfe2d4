import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { createFormValidator, effectiveSchema, type EffectiveForm } from '#forms';

const NOW = Date.parse('2026-03-02T09:00:00+08:00');

/** What the everyday path may ask: nobody fills in more than the matter needs at that moment. */
describe('everyday forms', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  /** The form as it is opened, once somebody has put this in. */
  function opened(formId: string, put: object = {}, variables: object = {}): EffectiveForm {
    const form = set.forms.get(formId);
    if (!form) throw new Error(`Expected a form ${formId}.`);
    return effectiveSchema(form, put, {
      variables: { ...variables },
      dictionaries: set.dictionaries,
      sources: {},
      evaluation: { now: NOW, timeZone: 'Asia/Shanghai', functions: set.feelFunctions },
      parameters: Object.fromEntries(Object.entries(set.parameters).map(([name, { value }]) => [name, value])),
      applyDefaults: true,
    });
  }

  /** Fields that are seen before "more" is unfolded. */
  const shown = ({ ui }: EffectiveForm): readonly string[] => (ui.pages ?? []).flatMap(({ fields }) => fields);

  /** What must be put in by hand: required, and not filled already. */
  const missing = ({ schema, data }: EffectiveForm): readonly string[] =>
    (schema.required ?? []).filter((name) => data[name] === undefined);

  it.each([
    ['with a name', { anonymous: false }],
    ['without a name', { anonymous: true }],
  ])('register a visit %s in 12 fields', (_case, identity) => {
    const form = opened('F01', { channel: 'visit', wish: 'solve', ...identity });

    expect(shown(form).length).toBeLessThanOrEqual(12);
    expect(missing(form).filter((name) => !shown(form).includes(name))).toEqual([]);
  });

  it.each(['letter', 'fax', 'suggestionBox', 'web', 'transferredIn'])(
    'ask plainly when it came in, where that is seldom the day of registering: %s',
    (channel) => {
      const form = opened('F01', { channel });

      expect(shown(form)).toContain('receivedAt');
      expect(shown(form).length).toBeLessThanOrEqual(channel === 'transferredIn' ? 14 : 12);
    },
  );

  it('fold the time of a visit away, which is now', () => {
    const form = opened('F01', { channel: 'visit' });

    expect(shown(form)).not.toContain('receivedAt');
    expect(form.ui.pages?.[0]?.more).toContain('receivedAt');
    expect(form.data['receivedAt']).toBe('2026-03-02T09:00:00+08:00');
  });

  it.each([
    ['F01', 'receivedAt', '收到的时间不能晚于现在，请改成实际收到的时间。'],
    ['F02', 'callStart', '来电时间不能晚于现在，请改成实际来电的时间。'],
    ['F02-code', 'callEnd', '通话结束不能晚于现在，请改成实际结束的时间。'],
  ])('refuse a time to come in %s, with a sentence', (formId, field, sentence) => {
    const validator = createFormValidator({ language: 'zh' });
    const said = (time: string): string | undefined => {
      const { schema, data } = opened(formId, { channel: 'letter', [field]: time });
      return validator.validate(schema, data).find(({ path }) => path === `/${field}`)?.message;
    };

    expect(said('2026-03-01T08:00:00+08:00')).toBeUndefined();
    expect(said('2026-03-03T00:00:00+08:00')).toBe(sentence);
  });

  it('end a call with one tick, the time filled in; nobody hangs up before having called', () => {
    const form = opened('F02-code');
    const validator = createFormValidator({ language: 'zh' });
    const said = (callEnd: string): string | undefined => {
      const { schema, data } = opened('F02-code', { callEnd }, { callStart: '2026-03-02T08:40:25+08:00' });
      return validator.validate(schema, data).find(({ path }) => path === '/callEnd')?.message;
    };

    expect(missing(form)).toEqual(['codeTold']);
    expect(form.data['callEnd']).toBe('2026-03-02T09:00:00+08:00');
    expect(said('2026-03-02T08:40:00+08:00')).toBeUndefined();
    expect(said('2026-03-02T08:39:00+08:00')).toBe('通话结束不能早于来电时间，请核对。');
  });

  it.each([
    ['with a name', { anonymous: false }],
    ['without a name', { anonymous: true }],
  ])('let a petitioner report %s in 8 required fields', (_case, identity) => {
    const { schema } = opened('F01-portal', { wish: 'solve', ...identity });

    expect(schema.required?.length).toBeGreaterThan(4);
    expect(schema.required?.length).toBeLessThanOrEqual(8);
  });

  it('ask a petitioner plainly whether anybody is in danger, and where only if so', () => {
    const asked = shown(opened('F01-portal', { wish: 'solve' }));
    const inDanger = shown(opened('F01-portal', { wish: 'solve', imminentDanger: true }));

    expect(asked).toContain('imminentDanger');
    expect(asked).not.toContain('dangerPlace');
    expect(inDanger).toEqual(expect.arrayContaining(['dangerKind', 'dangerPlace']));
  });

  it.each(['F-sign', 'F-countersign', 'F09', 'F10-check'])(
    'let a leader sign in two clicks after reading, with nothing to put in: %s',
    (formId) => {
      expect(missing(opened(formId))).toEqual([]);
    },
  );

  it('ask who investigates four things of each claim, which is there already, and say how to write without papers', () => {
    const { schema, data } = opened('F07', {}, { demands: [{ text: '补发加班工资' }] });
    const problems = createFormValidator({ language: 'zh' }).validate(schema, data);
    const ofTheRow = problems.filter(({ path }) => path.startsWith('/findings/0/'));

    expect(ofTheRow.map(({ path }) => path.split('/').at(-1)).sort()).toEqual([
      'basis',
      'conclusion',
      'evidence',
      'facts',
    ]);
    expect(ofTheRow.find(({ path }) => path.endsWith('/evidence'))?.message).toBe(
      '请写证据。没有书面材料的，写明核实的方式。',
    );
  });

  it('let a leader follow what the office proposes in two clicks, the wording with it', () => {
    const form = opened('F04', {}, { leadUnit: 'hr', replyDue: '2026-05-02T00:00:00+08:00', outcome: 'accept' });

    expect(missing(form)).toEqual([]);
    expect(form.data['leaderInstruction']).toMatch(/^同意拟办意见，请.+按规定办理、按期答复。$/);
  });

  it('let a unit send a zero report in three acts: to tick it, to say how many met, and to send', () => {
    const ticked = opened('F27', { zeroReport: true });

    expect(shown(ticked)).toContain('zeroReport');
    expect(missing(ticked)).toEqual(['attendees']);
  });
});
