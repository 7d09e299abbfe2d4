import { normalizeMatch, splitByClass } from './split-by-class.js';
import { classes, goodIntake, intakeForm } from './spec-forms.js';
import type { FormFile } from './types.js';

const numbered = (): (() => string) => {
  let last = 100;
  return () => String(++last);
};

describe('split by class', () => {
  it('leaves open and statistical fields as variables', () => {
    const { open } = splitByClass(intakeForm, { ...goodIntake, note: '公开' }, classes);

    expect(open).toEqual({ channel: 'letter', anonymous: false, demands: [{ kind: 'wage' }], note: '公开' });
  });

  it('lists each protected leaf with its place, class and predicate', () => {
    const { sealed } = splitByClass(intakeForm, goodIntake, classes);

    expect(sealed).toEqual([
      { path: '/name', field: 'name', class: 'ident', value: '张三', match: 'petitioner', matchValue: '张三' },
      { path: '/demands/0/text', field: 'demands.text', class: 'content', value: '工资没有发' },
    ]);
  });

  it('puts handles in place and keeps the shape of arrays and objects', () => {
    const split = splitByClass(intakeForm, goodIntake, classes);

    const variables = split.withHandles(numbered());

    expect(variables).toEqual({
      channel: 'letter',
      anonymous: false,
      name: { $sealed: '101' },
      demands: [{ kind: 'wage', text: { $sealed: '102' } }],
    });
  });

  it('keeps leaves that are handles already', () => {
    const data = { ...goodIntake, name: { $sealed: '42' } };

    const split = splitByClass(intakeForm, data, classes);

    expect(split.kept).toEqual([{ path: '/name', field: 'name', class: 'ident', sealedKey: '42' }]);
    expect(split.sealed.map(({ path }) => path)).toEqual(['/demands/0/text']);
    expect(split.withHandles(numbered())['name']).toEqual({ $sealed: '42' });
  });

  it('inherits the class of the container and collects excluded references', () => {
    const data = { accusedRefs: [{ kind: 'unit', ref: 'hr' }] };

    const { sealed } = splitByClass(intakeForm, data, classes);

    expect(sealed).toEqual([
      { path: '/accusedRefs/0/kind', field: 'accusedRefs.kind', class: 'accused', value: 'unit' },
      { path: '/accusedRefs/0/ref', field: 'accusedRefs.ref', class: 'accused', value: 'hr', excludes: ['hr'] },
    ]);
  });

  it('collects the numbers of other cases, protected or not, each once', () => {
    const number = { type: 'string', 'x-names-case': true } as const;
    const properties = {
      earlier: { ...number, 'x-class': 'content' },
      basis: { type: 'array', 'x-class': 'open', items: number },
      like: { type: 'string', 'x-class': 'open', 'x-names-case': 'related' },
      other: { type: 'string', 'x-class': 'open', 'x-names-case': 'unrelated' },
    } as const;
    const form: FormFile = { id: 'f', title: 'f', schema: { type: 'object', properties } };

    const data = { earlier: ' XF-1 ', basis: ['XF-2', 'XF-1'], like: 'XF-3 ', other: 'XF-4' };
    const split = splitByClass(form, data, classes);

    expect(split.named).toEqual(['XF-1', 'XF-2']);
    expect(split.related).toEqual(['XF-3']);
    expect(split.unrelated).toEqual(['XF-4']);
    expect(split.open).toEqual({ basis: ['XF-2', 'XF-1'], like: 'XF-3 ', other: 'XF-4' });
  });

  it('seals nested arrays leaf by leaf and files as a whole', () => {
    const form: FormFile = {
      id: 'n',
      title: 'n',
      schema: {
        type: 'object',
        'x-class': 'content',
        properties: {
          rows: { type: 'array', items: { type: 'array', items: { type: 'string' } } },
          file: { 'x-file': { maxBytes: 1, types: ['image/png'] } },
        },
      },
    };

    const split = splitByClass(form, { rows: [['a'], ['b', 'c']], file: { id: '9' } }, classes);

    expect(split.sealed.map(({ path, value }) => [path, value])).toEqual([
      ['/rows/0/0', 'a'],
      ['/rows/1/0', 'b'],
      ['/rows/1/1', 'c'],
      ['/file', { id: '9' }],
    ]);
    expect(split.withHandles(numbered())).toEqual({
      rows: [[{ $sealed: '101' }], [{ $sealed: '102' }, { $sealed: '103' }]],
      file: { $sealed: '104' },
    });
  });

  it('treats an unknown class as protected', () => {
    const form: FormFile = { id: 'u', title: 'u', schema: { type: 'object', properties: { a: { 'x-class': 'new' } } } };

    const { open, sealed } = splitByClass(form, { a: 1 }, classes);

    expect(open).toEqual({});
    expect(sealed).toHaveLength(1);
  });

  it('hashes the same text for different spellings of one value', () => {
    expect(normalizeMatch('１３８ 0000-1111 ')).toBe(normalizeMatch('13800001111'));
  });
});
