import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileConfiguration, readFolder, type ConfigurationSet } from '#configuration';
import { scopeOf } from '#feel';

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

  it.each(['xf_message', 'xf_reply', 'xf_reply_light'])('tell the category, and the number once: %s', (processId) => {
    const label = set.dictionaries['category']!.find(({ value }) => value === 'C01')!.label;

    expect(titled(processId, { category: 'C01' })).toContain(label);
    expect(titled(processId, { category: 'C01' })).not.toContain('XF-');
    expect(titled(processId, {})).toContain('待分类');
  });

  it.each([{ handlerKind: 'discipline' }, { handlerKind: 'union' }, { wish: 'discipline' }])(
    'tell nothing of what is in closed hands: %j',
    (held) => {
      expect(titled('xf_message', { category: 'C01', ...held })).toBe('留言');
    },
  );
});
