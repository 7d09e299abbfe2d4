import { describe, expect, it } from '@jest/globals';
import { unzip } from '#testing';
import { a4Page } from '../page.js';
import { qrSvg } from '../qr.js';
import { wordFile, WordTooLarge } from './word-file.js';

const head = { title: '处理意见书', organization: '某矿', number: 'A-1', printedAt: '2026年3月2日' };

async function fileOf(body: string, { drill = false } = {}): Promise<ReadonlyMap<string, string>> {
  const html = a4Page({ ...head, body, drill });
  return unzip(await wordFile({ title: head.title, organization: head.organization, html }));
}

async function xmlOf(body: string): Promise<string> {
  return (await fileOf(body)).get('word/document.xml') ?? '';
}

/** Texts of the paragraphs in order, a line break as `/`. */
async function textsOf(body: string): Promise<readonly string[]> {
  const xml = await xmlOf(body);
  const paragraphs = [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>|<w:(br|tab)\/>/g)]
      .map(([, text, mark]) => text ?? (mark === 'br' ? '/' : '|'))
      .join(''),
  );
  return paragraphs.slice(2).filter((text) => text !== '');
}

describe('Word file of a page', () => {
  it('holds the line with organization, number and date, and the title, as the page does', async () => {
    const xml = await xmlOf('<p>正文</p>');

    const texts = [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text);
    expect(texts).toEqual(['某矿', '编号：A-1\u3000日期：2026年3月2日', '处理意见书', '正文']);
    expect(xml).toContain('<w:pStyle w:val="Title"/>');
  });

  it('is A4 with the margins of the printed page', async () => {
    const xml = await xmlOf('<p>正文</p>');

    expect(xml).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(xml).toMatch(/<w:pgMar w:top="1417" w:right="1134" w:bottom="1417" w:left="1134"/);
  });

  it('names the fonts of official letters: 仿宋 for the text, 黑体 for headings', async () => {
    const styles = (await fileOf('<h2>一、情况</h2>')).get('word/styles.xml') ?? '';

    expect(styles).toMatch(/<w:docDefaults>.*?w:eastAsia="仿宋".*?<\/w:docDefaults>/s);
    expect(styles).toMatch(/<w:style [^>]*w:styleId="Title">.*?w:eastAsia="黑体".*?<\/w:style>/s);
    expect(styles).toMatch(/<w:style [^>]*w:styleId="Heading2">.*?w:eastAsia="黑体".*?<\/w:style>/s);
  });

  it('keeps headings, paragraphs, line breaks and bold words', async () => {
    const body = '<h2>一、情况</h2>\n<p>第一行<br>第二行 <strong>支持</strong>\n</p>';

    const xml = await xmlOf(body);

    expect(await textsOf(body)).toEqual(['一、情况', '第一行/第二行 支持']);
    expect(xml).toContain('<w:pStyle w:val="Heading2"/>');
    expect(xml).toMatch(/<w:b\/>.*?<w:t[^>]*>支持/s);
  });

  it('makes tables of rows and cells, with joined cells', async () => {
    const body =
      '<table><tr><th>事项</th><th>件数</th></tr><tr><td>工资</td><td>3</td></tr><tr><td colspan="2">合计</td></tr></table>';

    const xml = await xmlOf(body);

    expect(xml.match(/<w:tr>/g)).toHaveLength(3);
    expect(xml.match(/<w:tc>/g)).toHaveLength(5);
    expect(xml).toContain('<w:gridSpan w:val="2"/>');
    expect(await textsOf(body)).toEqual(['事项', '件数', '工资', '3', '合计']);
  });

  it('numbers each list from one', async () => {
    const xml = await xmlOf('<ol><li>甲</li><li>乙</li></ol><p>又</p><ol><li>丙</li></ol><ul><li>丁</li></ul>');

    const lists = [...xml.matchAll(/<w:numId w:val="(\d+)"\/>/g)].map(([, id]) => id);
    expect(new Set(lists).size).toBe(3);
    expect(lists[0]).toBe(lists[1]);
  });

  it('leaves the place of the seal, with the date below at the right', async () => {
    const body = '<div class="sign"><span class="seal">某矿<br>（盖章）</span><br>2026年3月2日</div>';

    const xml = await xmlOf(body);

    expect(await textsOf(body)).toEqual(['某矿/（盖章）', '2026年3月2日']);
    expect(xml).toMatch(/<w:tcBorders>.*?w:val="dashed".*?<\/w:tcBorders>/s);
    expect(xml).toMatch(/<w:jc w:val="right"\/>.*2026年3月2日/s);
  });

  it('shows a QR code as a picture', async () => {
    const file = await fileOf(`<p>${qrSvg('https://portal.example/')}</p>`);

    const [path = ''] = [...file.keys()].filter((name) => name.startsWith('word/media/'));
    expect(path).toMatch(/\.bmp$/);
    expect(file.get(path)?.slice(0, 2)).toBe('BM');
    expect(file.get('word/document.xml')).toContain('<pic:pic');
    expect(file.get('[Content_Types].xml')).toContain('image/bmp');
  });

  it('marks a drill in the head of each page', async () => {
    const file = await fileOf('<p>正文</p>', { drill: true });

    const headers = [...file].filter(([path]) => /^word\/header\d*\.xml$/.test(path)).map(([, xml]) => xml);
    expect(headers.join('')).toContain('演练');
  });

  it('leaves room to write where the page does', async () => {
    const xml = await xmlOf('<table><tr><td><div style="min-height: 25mm;"></div></td></tr></table>');

    expect(xml).toContain('w:after="1417"');
  });

  it('takes what people typed as text: marks of XML, characters that XML cannot hold', async () => {
    expect(await textsOf('<p>&lt;w:p&gt; &amp;amp; “引”\u0001\u000b\ud800</p>')).toEqual([
      '&lt;w:p&gt; &amp;amp; “引”',
    ]);
  });

  it('reads what authors leave open or close wrongly as a browser does', async () => {
    expect(
      await textsOf('<p>一<p>二<ul><li>三<li>四</ul><table><tr><td>五<td>六<tr><td>七</table></b>八 < 九'),
    ).toEqual(['一', '二', '三', '四', '五', '六', '七', '八 &lt; 九']);
  });

  it('is refused for a page with more cells than an office would edit', async () => {
    const rows = '<tr><td>1</td><td>2</td></tr>'.repeat(2_501);

    await expect(fileOf(`<table>${rows}</table>`)).rejects.toThrow(WordTooLarge);
  });

  it('is refused for a page of more than two million characters', async () => {
    await expect(fileOf('长'.repeat(2_000_000))).rejects.toThrow(WordTooLarge);
  });

  it.each([
    ['paragraphs', '<p>长</p>'.repeat(10_001), '20005 parts'],
    ['lines', `<p>${'长<br>'.repeat(10_001)}</p>`, '20005 parts'],
    ['seals', '<div class="seal">某矿</div>'.repeat(1_001), '20023 parts'],
    ['QR codes', qrSvg('https://portal.example/').repeat(21), '21 QR codes'],
  ])('is refused for a page of %s without end', async (_, body, found) => {
    await expect(fileOf(body)).rejects.toThrow(found);
  });

  it('is refused once it takes too long', async () => {
    let ms = 0;
    const clock = (): number => (ms += 1_000);
    const html = a4Page({ ...head, body: '<p>长</p>'.repeat(20) });

    await expect(wordFile({ title: head.title, organization: head.organization, html, clock })).rejects.toThrow(
      'within 10 s',
    );
  });

  it('is made of deep and of hostile markup in good time', async () => {
    const startedAt = performance.now();

    await fileOf('<div>'.repeat(100_000));
    await fileOf('<a "'.repeat(100_000));
    await fileOf('<td>'.repeat(5_000));

    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
