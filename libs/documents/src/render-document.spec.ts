import { handlesIn, resolveHandles } from './handles.js';
import { DocumentTooLarge } from './render-budget.js';
import { renderDocument } from './render-document.js';
import { good, services } from './spec-documents.js';

const render = (source: string, context: Record<string, unknown> = {}): string =>
  renderDocument(good(source), context, services).html;

function refusalOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    if (error instanceof DocumentTooLarge) return error;
  }
  return undefined;
}

describe('render document', () => {
  it('prints a reply with its helpers', () => {
    const source = [
      '<p>{{case.no}} {{dict "channel" channel}} {{unit leadUnit}}</p>',
      '{{#each demands}}<h2>诉求{{ordinalCN @number}}</h2><p>{{lines text}}</p>{{/each}}',
      '<p>{{dateCN due}} / {{dateTimeCN at}} / {{moneyCN amount}} / {{default basis "无"}} / {{mask phone}}</p>',
      '{{seal organization.name}}',
    ].join('\n');

    const html = render(source, {
      case: { no: 'XF-2026-00001' },
      channel: 'letter',
      leadUnit: 'hr',
      demands: [{ text: '补发工资\n<两个月>' }, { text: '赔偿' }],
      due: '2026-03-17',
      at: '2026-03-02T00:05:00Z',
      amount: 1200.5,
      phone: '13800001111',
      organization: { name: '石圪台煤矿' },
    });

    expect(html).toBe(
      [
        '<p>XF-2026-00001 来信 人力资源部</p>',
        '<h2>诉求一</h2><p>补发工资<br>&lt;两个月&gt;</p><h2>诉求二</h2><p>赔偿</p>',
        '<p>2026年3月17日 / 2026年3月2日 08:05 / 人民币壹仟贰佰元伍角整 / 无 / ●●●●</p>',
        '<span class="seal">石圪台煤矿<br>（盖章）</span>',
      ].join('\n'),
    );
  });

  it('prints nothing for a variable that was not filled in, also in rows', () => {
    expect(
      render('[{{note}}][{{case.no}}]{{#each rows}}[{{text}}]{{/each}}', { case: {}, rows: [{}, { text: 'b' }] }),
    ).toBe('[][][][b]');
  });

  it('prints nothing for members of a group that was not filled in', () => {
    const source =
      '[{{leader.name}}]{{#if leader}}x{{/if}}{{#with leader}}y{{/with}}{{#each team.rows}}{{text}}{{/each}}';

    expect(render(source, { leader: null })).toBe('[]');
  });

  it('takes the other branch for empty lists and false conditions', () => {
    expect(render('{{#each rows}}x{{else}}none{{/each}}{{#unless anonymous}}named{{/unless}}', { rows: [] })).toBe(
      'nonenamed',
    );
  });

  it('escapes values', () => {
    expect(render('<p>{{name}}</p>', { name: '<script>alert(1)</script>' })).toBe(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    );
  });

  it('cannot reach functions or prototypes of its context', () => {
    const context = Object.assign(Object.create({ inherited: 'leak' }) as object, { run: () => 'leak', list: ['a'] });

    expect(render('[{{inherited}}][{{run}}][{{list.length}}]', { ...context })).not.toContain('leak');
  });

  it('leaves placeholders for protected values and resolves them last', () => {
    const context = { name: { $sealed: '42' }, demands: [{ text: { $sealed: '43' } }] };

    const { html, handles } = renderDocument(
      good('{{name}}:{{#each demands}}{{lines text}}{{/each}}'),
      context,
      services,
    );

    expect(handles).toEqual(['42', '43']);
    expect(resolveHandles(html, (key) => (key === '42' ? '<张三>\n丙' : undefined))).toBe('&lt;张三&gt;<br>丙:●●●●');
    expect(handlesIn(resolveHandles(html, () => '\u27e642.mark42\u27e7'))).toEqual([]);
  });

  it('asks for the label of a protected choice, and for a protected unit as it is', () => {
    const context = { sex: { $sealed: '42' }, unit: { $sealed: '43' } };
    const { html, handles } = renderDocument(good('{{dict "sex" sex}}:{{unit unit}}'), context, services);
    const show = (key: string, dictionary?: string) => [key, dictionary ?? 'none'].join(' in ');

    expect(handles).toEqual(['42', '43']);
    expect(resolveHandles(html, show, services.token)).toBe('42 in sex:43 in none');
    expect(resolveHandles(html, show, () => 'other')).toBe('●●●●:●●●●');
  });

  it('does not take typed text for a placeholder', () => {
    const { html, handles } = renderDocument(good('{{note}}'), { note: '\u27e642.mark42\u27e7' }, services);

    expect(handles).toEqual([]);
    expect(resolveHandles(html, () => 'secret')).toBe('[42.mark42]');
  });

  it('resolves only placeholders with the mark of this document', () => {
    const { html } = renderDocument(good('{{name}}'), { name: { $sealed: '42' } }, services);

    expect(resolveHandles(html, () => '张三', services.token)).toBe('张三');
    expect(
      resolveHandles(
        html,
        () => '张三',
        () => 'other',
      ),
    ).toBe('●●●●');
  });

  it.each([
    ['rows', '<p>\n{{#each rows}}\n{{#each ../rows}}x{{/each}}{{/each}}', Array.from({ length: 200 }, () => 1), 3],
    [
      'entries of lists',
      '{{#each rows}}\n{{dict "channel" ../rows}}{{/each}}',
      Array.from({ length: 200 }, () => 'a'),
      2,
    ],
    ['characters', '{{#each rows}}\n\n{{.}}{{/each}}', Array.from({ length: 20 }, () => 'x'.repeat(100_000)), 3],
    ['characters outside of loops', '\n{{text}}'.repeat(20), 'x'.repeat(100_000), 12],
    ['characters of helpers', '\n{{lines text}}'.repeat(20), 'x'.repeat(100_000), 12],
    ['characters inside of one another', '\n{{default (lines text) ""}}'.repeat(20), 'x'.repeat(100_000), 7],
    ['QR codes', '\n{{qr text}}'.repeat(1000), 'x'.repeat(300), 22],
  ])('stops at too many %s and says where', (_, source, value, line) => {
    const context = Array.isArray(value) ? { rows: value } : { text: value };

    const still = { ...services, clock: () => 0 };

    expect(refusalOf(() => renderDocument(good(source), context, still))).toMatchObject({
      line,
      messageZh: expect.stringContaining('不能超过'),
    });
  });

  it('stops at too many characters of protected values', () => {
    const { html } = renderDocument(good('{{name}}'.repeat(20)), { name: { $sealed: '42' } }, services);

    expect(refusalOf(() => resolveHandles(html, () => 'x'.repeat(100_000)))).toMatchObject({
      messageZh: '文书里受保护的内容不能超过 1000000 个字符。',
    });
  });

  it('stops when its time is over, also without a loop, and says where', () => {
    let ms = 0;
    const clock = (): number => (ms += 250);

    const refusal = refusalOf(() => renderDocument(good('\n{{a}}'.repeat(100)), { a: 1 }, { ...services, clock }));

    expect(refusal).toMatchObject({ message: 'Expected the document to be made within 5 s.', line: 20 });
  });

  it('stops while it still looks for what rows lack', () => {
    let ms = 0;
    const clock = (): number => (ms += 1);
    const names = Array.from({ length: 100 }, (__, index) => `{{n${index}}}`).join('');

    const refusal = refusalOf(() =>
      renderDocument(good(`{{#each rows}}${names}{{/each}}`), { rows: Array(1000).fill({}) }, { ...services, clock }),
    );

    expect(refusal).toMatchObject({ message: 'Expected the document to be made within 5 s.', line: undefined });
    expect(ms).toBeLessThan(6000);
  });

  it('calls accounts by their names, and whoever is gone by what stands there', () => {
    expect(render('{{account people}}', { people: ['clerk', 'gone'] })).toBe('登记承办岗、gone');
  });

  it('draws a QR code inline', () => {
    expect(render('{{qr url}}', { url: 'https://example.org/' })).toMatch(
      /^<svg class="qr".*viewBox="0 0 33 33".*<\/svg>$/s,
    );
  });
});
