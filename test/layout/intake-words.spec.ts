import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { compileAttribute, scopeOf } from '#feel';
import { effectiveSchema, type EffectiveForm } from '#forms';

/** A letter, a call and a message on the portal are registered on the same form: its words have to fit each. */
describe('words of the intake', () => {
  let set: ConfigurationSet;
  beforeAll(async () => {
    const compiled = await compileConfiguration(await readFolder(process.cwd()));
    if (!compiled.set) throw new Error(JSON.stringify(compiled.problems));
    set = compiled.set;
  });

  function opened(channel: string): EffectiveForm {
    return effectiveSchema(
      set.forms.get('F01')!,
      { channel, anonymous: false, visitorCount: 6 },
      {
        variables: {},
        dictionaries: set.dictionaries,
        sources: {},
        evaluation: { now: Date.parse('2026-03-02T09:00:00+08:00'), timeZone: 'Asia/Shanghai' },
        parameters: Object.fromEntries(Object.entries(set.parameters).map(([name, { value }]) => [name, value])),
        applyDefaults: true,
      },
    );
  }

  /** Title, sentences and help of each field that is there. */
  const words = ({ schema, ui }: EffectiveForm): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      field.title ?? '',
      ...Object.values(field['x-messages'] ?? {}),
      ui.help?.[name] ?? '',
    ]);

  it.each(['web', 'letter', 'fax', 'suggestionBox', 'transferredIn', 'assignedIn'])(
    'call nobody a visitor who has not come: %s',
    (channel) => {
      const said = words(opened(channel));

      expect(said).toEqual(expect.arrayContaining(['反映人姓名', '反映人希望']));
      expect(said.filter((text) => text.includes('来访'))).toEqual([]);
    },
  );

  it('count the visitors of a visit', () => {
    expect(words(opened('visit'))).toContain('来访人数');
  });

  it('stay on paper as annex 1 prescribes them', () => {
    expect(readFileSync('workflows/xf_main/documents/T01.hbs', 'utf8')).toContain('来访人员姓名');
  });

  it.each([
    ['register', 'visit', '来访人'],
    ['register', 'letter', '来信人'],
    ['register', 'assignedIn', '反映人'],
    ['call', 'phone', '来电人'],
    ['consult', 'phone', '来电人'],
    ['consult', 'visit', '本人'],
  ])('hand the code over to whom it is for: %s, %s', (launcherId, channel, whom) => {
    const { handOver = '' } = set.launchers.find(({ id }) => id === launcherId)!;
    const compiled = compileAttribute(handOver);
    if (!compiled.ok) throw new Error(handOver);
    const said = compiled.expression.evaluate(scopeOf({ channel }), { now: 0, timeZone: 'Asia/Shanghai' }).value;

    expect(said).toMatch(new RegExp(`查询码只显示这一次，.*${whom}`));
  });
});
