import fc from 'fast-check';
import { compileTemplate } from './compile-template.js';
import { faults, good } from './spec-documents.js';

describe('compile template', () => {
  it('accepts what documents need', () => {
    const source =
      '<p>{{name}}</p>{{#if (eq a "b")}}{{dateCN due}}{{else}}{{default x "-"}}{{/if}}{{#each rows as |row|}}{{@number}}{{row.text}}{{/each}}';

    expect(faults(source)).toEqual([]);
  });

  it.each([
    ['triple braces', '\n\n{{{name}}}', 'document.unescaped 3'],
    ['ampersand', '{{&name}}', 'document.unescaped 1'],
    ['a partial', '\n{{> other}}', 'document.notAllowed 2'],
    ['a partial block', '{{#> other}}x{{/other}}', 'document.notAllowed 1'],
    ['a decorator', '{{* activate}}', 'document.notAllowed 1'],
    ['an inline partial', '{{#*inline "a"}}x{{/inline}}', 'document.notAllowed 1'],
    ['an unknown helper', '{{log name}}', 'document.unknownHelper 1'],
    ['lookup', '{{lookup rows "constructor"}}', 'document.unknownHelper 1'],
    ['an unknown block', '{{#rows}}x{{/rows}}', 'document.unknownHelper 1'],
    ['a call without helper', '{{dateCN (name)}}', 'document.unknownHelper 1'],
    ['a prototype', '{{a.__proto__.b}}', 'document.forbiddenName 1'],
    ['a constructor', '{{#with constructor}}x{{/with}}', 'document.forbiddenName 1'],
    ['a private variable', '{{@root.constructor}}', 'document.forbiddenName 1'],
    ['a script', 'a\nb<script>', 'document.forbiddenHtml 2'],
    ['an event handler', '<p onclick="x">', 'document.forbiddenHtml 1'],
    ['an image from elsewhere', '<img src="//evil">', 'document.forbiddenHtml 1'],
    ['a style that loads', '<p style="background:url(x)">', 'document.forbiddenHtml 1'],
    ['a value inside a tag', '<p class="{{a}}">', 'document.insideTag 1'],
    ['a value inside a style', '<style>p { color: {{a}} }</style>', 'document.insideTag 1'],
    ['a tag hidden by a comment', '<scr{{! }}ipt>', 'document.insideTag 1'],
    ['a tag hidden by white space control', '< {{~! ~}} script>', 'document.insideTag 1'],
    ['a dictionary whose name is computed', '{{dict kind value}}', 'document.dictionaryName 1'],
    ['a dictionary without a name', '\n{{dict}}', 'document.dictionaryName 2'],
    ['a reserved bracket', '\u27e642.\u27e7', 'document.reservedBracket 1'],
    ['a syntax error', '\n{{#if a}}', 'document.syntax 2'],
    ['a syntax tree', { type: 'Program', body: [] }, 'document.notText -'],
    ['too much text', 'x'.repeat(200_001), 'document.tooLarge -'],
  ])('refuses %s with its line', (_, source, expected) => {
    expect(faults(source)[0]).toBe(expected);
  });

  it('explains in Chinese too', () => {
    const result = compileTemplate('{{{name}}}', { id: 'T' });

    expect(!result.ok && result.problems[0]?.messageZh).toBe('不允许不转义的输出（{{{ }}} 或 {{& }}），请写成 {{ }}。');
  });

  it('names the variables that a template reads', () => {
    const template = good(
      '{{case.no}}{{#each demands}}{{text}}{{../channel}}{{#each parts as |part|}}{{part.label}}{{@index}}{{/each}}{{/each}}{{dict "channel" kind}}{{@root.place}}{{#with leader}}{{name}}{{/with}}',
    );

    expect(template.names.reads.map(({ path }) => path.join('.')).sort()).toEqual([
      'case.no',
      'channel',
      'demands',
      'demands.parts',
      'demands.parts.label',
      'demands.text',
      'kind',
      'leader',
      'leader.name',
      'place',
    ]);
  });

  it('names variables and dictionaries with the line where it first does, each once', () => {
    const template = good(
      '\n{{a}}{{dict parameters.[b.c] a}}\n{{a}}{{dict "x" a}}\n{{#if (dict "y" (dict "x" d))}}{{seal}}{{/if}}',
    );

    expect(template.names).toEqual({
      reads: [
        { path: ['a'], line: 2 },
        { path: ['parameters', 'b.c'], line: 2 },
        { path: ['d'], line: 4 },
      ],
      dictionaries: [
        { id: 'x', line: 3 },
        { id: 'y', line: 4 },
      ],
      dictionaryParameters: [{ id: 'b.c', line: 2 }],
    });
  });

  it('never throws on any text', () => {
    const part = fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '#if a',
      '/if',
      'each',
      '<p ',
      '>',
      '"',
      '.',
      '../',
      '@x',
      '(',
      ')',
      'a',
    );

    fc.assert(
      fc.property(fc.array(part), (parts) => {
        compileTemplate(parts.join(''), { id: 'T' });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a template of blocks inside of one another', () => {
  it('is refused before it is parsed', () => {
    const source = '{{#if x}}'.repeat(5000) + '{{/if}}'.repeat(5000);

    const compiled = compileTemplate(source, { id: 'T' });

    expect(compiled).toMatchObject({ ok: false, problems: [{ code: 'document.tooDeep' }] });
  });
});
