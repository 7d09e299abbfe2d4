import { spokenParts } from './spoken-parts.js';

describe('a page read aloud', () => {
  it('is read sentence by sentence, without what is only a sign', () => {
    expect(spokenParts('我要反映\n可以匿名。一样办理！\n·\n凭查询码查询')).toEqual([
      '我要反映',
      '可以匿名。',
      '一样办理！',
      '凭查询码查询',
    ]);
  });

  it('is read in short parts, so that no voice falls silent, and nothing is left out', () => {
    const long = `${'加班工资没有发，'.repeat(40)}${'字'.repeat(400)}`;

    const parts = spokenParts(long);

    expect(parts.join('')).toBe(long);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(160);
  });
});
