import { filledIn, matchedFields, suggestionsFrom } from './suggestions.js';

const page = {
  items: [
    { key: '1', cells: { question: '探亲假有几天？', answer: '每年一次，二十天。', category: '假期' } },
    { key: '2', cells: { question: '津贴何时发？', answer: '每月十五日。', category: '工资' } },
    { key: '3', cells: { question: '还没有写好', answer: null, category: '工资' } },
  ],
};
const source = { page: 'policy', label: 'question', value: 'answer' };
const labels = (match: Record<string, string>, shown: Record<string, string>) =>
  suggestionsFrom(page, { ...source, match }, shown).map(({ label }) => label);

describe('suggestions', () => {
  it('are the rows of the page that have a text', () => {
    expect(suggestionsFrom(page, source, {})).toEqual([
      { key: '1', label: '探亲假有几天？', text: '每年一次，二十天。' },
      { key: '2', label: '津贴何时发？', text: '每月十五日。' },
    ]);
  });

  it('begin with the rows that show what is filled in', () => {
    expect(labels({ category: 'about' }, { about: '工资' })).toEqual(['津贴何时发？', '探亲假有几天？']);
  });

  it('keep the order of the page while nothing is filled in', () => {
    expect(labels({ category: 'about' }, {})).toEqual(['探亲假有几天？', '津贴何时发？']);
  });
});

describe('fields that suggestions are matched by', () => {
  it('are found in rows too', () => {
    const text = { type: 'string', 'x-suggests': { ...source, match: { category: 'about' } } };
    const rows = { type: 'array', items: { properties: { text } } };

    expect(matchedFields({ properties: { about: {}, rows } })).toEqual(['about']);
  });
});

describe('a suggestion that is chosen', () => {
  it('is the text of an empty field', () => {
    expect(filledIn('', '', '每月十五日。')).toBe('每月十五日。');
  });

  it('takes the place of the one chosen before', () => {
    expect(filledIn('每年一次，二十天。', '每年一次，二十天。', '每月十五日。')).toBe('每月十五日。');
  });

  it('stands below what somebody has typed, which is never lost', () => {
    expect(filledIn('您好。', '', '每月十五日。')).toBe('您好。\n每月十五日。');
  });

  it('does not stand there twice', () => {
    expect(filledIn('您好。\n每月十五日。', '每月十五日。', '每月十五日。')).toBe('您好。\n每月十五日。');
  });

  it('stands below the one chosen before where that was changed', () => {
    expect(filledIn('每年一次，路程另算。', '每年一次。', '每月十五日。')).toBe('每年一次，路程另算。\n每月十五日。');
  });

  it('takes the place of the one before it below what was typed', () => {
    expect(filledIn('您好。\n每年一次。', '每年一次。', '每月十五日。')).toBe('您好。\n每月十五日。');
  });
});
