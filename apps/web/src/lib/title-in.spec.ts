import { titleIn } from './title-in.js';

describe('a title', () => {
  it('is said in the language of the page where it has a name there', () => {
    const entry = { title: '我要反映', titleEn: 'Report' };

    expect([titleIn('zh-CN', entry), titleIn('en', entry)]).toEqual(['我要反映', 'Report']);
    expect(titleIn('en', { title: '我要反映' })).toBe('我要反映');
    expect(titleIn('en', { title: '我要反映', titleEn: null })).toBe('我要反映');
  });
});
