import { describe, expect, it } from '@jest/globals';
import { launcher, paths, portalFile, problemsOf, tinyConfiguration } from '../test/tiny-configuration.js';
import { compileConfiguration } from './compile-configuration.js';

/** The screens with one text each; the parameter `days` is 15. */
const saying = (text: string) => ({
  [paths.portal]: {
    ...portalFile,
    rights: [{ title: '期限', text }],
    tracking: { states: { open: { label: '办理中', sentence: text } } },
  },
  [paths.launchers]: [{ ...launcher, next: text }],
});

describe('texts of the screens', () => {
  it.each(['{{parameters.days}}日内告诉您。', '{{ parameters.[days] }}日内告诉您。'])(
    'say the value of a parameter: %s',
    async (text) => {
      const { set, problems } = await compileConfiguration(tinyConfiguration(saying(text)));

      expect(problems).toEqual([]);
      expect(set?.portal?.rights?.[0]?.text).toBe('15日内告诉您。');
      expect(set?.portal?.tracking?.states['open']?.sentence).toBe('15日内告诉您。');
      expect(set?.launchers[0]?.next).toBe('15日内告诉您。');
    },
  );

  it('are refused where the parameter is not there, each once', async () => {
    const problems = await problemsOf(saying('{{parameters.[reply.days]}}日内答复。'));

    expect(problems.map(({ code, file, place }) => [code, file, place])).toEqual([
      ['link.unknownReference', paths.portal, '/tracking/states/open/sentence'],
      ['link.unknownReference', paths.portal, '/rights/0/text'],
      ['link.unknownReference', paths.launchers, '/0/next'],
    ]);
  });

  it('stay as they are without one', async () => {
    const { set } = await compileConfiguration(tinyConfiguration(saying('{{amount}} 元')));

    expect(set?.portal?.rights?.[0]?.text).toBe('{{amount}} 元');
  });
});
