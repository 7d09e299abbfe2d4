import { a4Page } from './page.js';

describe('A4 page', () => {
  it('has a heading, a number and a date, all escaped', () => {
    const html = a4Page({
      title: '答复<1>',
      body: '<p>正文</p>',
      number: 'XF-1',
      printedAt: '2026年3月2日',
      organization: 'A&B',
    });

    expect(html).toContain('<h1>答复&lt;1&gt;</h1>');
    expect(html).toContain('<span>A&amp;B</span><span>编号：XF-1&#12288;日期：2026年3月2日</span>');
    expect(html).toContain('<p>正文</p>');
    expect(html).toContain('@page { size: A4; margin: 25mm 20mm; }');
    expect(html).not.toContain('class="drill"');
  });

  it('marks a drill over the whole page', () => {
    const html = a4Page({ title: '首报', body: '', drill: true });

    expect(html).toContain('<div class="drill" role="note" aria-label="演练">演练</div>');
    expect(html).toContain('<h1>首报（演练）</h1>');
  });

  it('loads nothing and runs nothing', () => {
    expect(a4Page({ title: 'a', body: '' })).not.toMatch(/<script|src=|href=|url\(/);
  });
});
