import fc from 'fast-check';
import { checkForm } from './check-form.js';
import type { FormCheckContext } from './field-check.js';
import { classes, context, intakeForm } from './spec-forms.js';

const check: FormCheckContext = { classes, dictionaries: context.dictionaries, isCase: true };

const withField = (schema: unknown, ui?: unknown): unknown => ({
  id: 'f',
  title: 'f',
  schema: { type: 'object', properties: { field: schema, secret: { type: 'string', 'x-class': 'ident' } } },
  ...(ui === undefined ? {} : { ui }),
});

const found = (form: unknown, more: Partial<FormCheckContext> = {}): string[] =>
  checkForm(form, { ...check, ...more }).map(({ code, place }) => `${code} ${place}`);

describe('check form', () => {
  it('finds nothing wrong with a good form but fields that stand on no page', () => {
    const problems = checkForm(intakeForm, check);

    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ code }) => code)).toContain('form.notShown');
  });

  it('says in Chinese too what is wrong', () => {
    const [problem] = checkForm(withField({ type: 'string' }), check);

    expect(problem?.messageZh).toBe('字段“field”没有写明内容类别(x-class),案件流程的每个字段都必须写明。');
  });

  it('says of a limit on the wrong kind of field what to do', () => {
    const [problem] = checkForm(withField({ 'x-class': 'open', type: 'string', 'x-maximum': '=5' }), check);

    expect([problem?.message, problem?.messageZh]).toEqual([
      'Expected "x-maximum" of "field" on a field of the type number or integer, found string, where it limits nothing: change the type, or take "x-maximum" away.',
      '字段“field”的“x-maximum”只对 type 是 number 或 integer 的字段起作用，现在是 string，什么也限制不了：请改 type，或者去掉“x-maximum”。',
    ]);
  });

  it('asks for a class only in a case', () => {
    expect(found(withField({ type: 'string' }), { isCase: false })).toEqual([]);
  });

  it.each([
    [
      'an unknown keyword',
      { 'x-class': 'open', maxLenght: 3 },
      'form.unknownKeyword /schema/properties/field/maxLenght',
    ],
    [
      'a title for the record that says nothing',
      { 'x-class': 'open', 'x-record-title': ' ' },
      'form.recordTitleInvalid /schema/properties/field/x-record-title',
    ],
    ['an unknown class', { 'x-class': 'secret' }, 'form.unknownClass /schema/properties/field/x-class'],
    ['an unknown type', { 'x-class': 'open', type: 'date' }, 'form.unknownType /schema/properties/field/type'],
    ['an unknown format', { 'x-class': 'open', format: 'phone' }, 'form.unknownFormat /schema/properties/field/format'],
    [
      'an earliest day that is no expression',
      { 'x-class': 'open', type: 'string', format: 'date', 'x-earliest': '2026-01-01' },
      'form.timeBoundInvalid /schema/properties/field/x-earliest',
    ],
    [
      'a latest moment of a plain text',
      { 'x-class': 'open', type: 'string', 'x-latest': '=now()' },
      'form.timeBoundInvalid /schema/properties/field/x-latest',
    ],
    [
      'a greatest number of a text',
      { 'x-class': 'open', type: 'string', 'x-maximum': '=5' },
      'form.limitMisplaced /schema/properties/field/x-maximum',
    ],
    [
      'a least number of a field without type',
      { 'x-class': 'open', minimum: 1 },
      'form.limitMisplaced /schema/properties/field/minimum',
    ],
    [
      'a greatest number of rows of what is no list',
      { 'x-class': 'open', type: 'string', 'x-max-items': '=5' },
      'form.limitMisplaced /schema/properties/field/x-max-items',
    ],
    [
      'a length of a number',
      { 'x-class': 'open', type: 'number', maxLength: 5 },
      'form.limitMisplaced /schema/properties/field/maxLength',
    ],
    [
      'an unknown dictionary',
      { 'x-class': 'open', 'x-dictionary': 'no' },
      'form.unknownDictionary /schema/properties/field/x-dictionary',
    ],
    [
      'an unknown source',
      { 'x-class': 'open', 'x-source': 'no' },
      'form.unknownSource /schema/properties/field/x-source',
    ],
    [
      'a pattern with look-ahead',
      { 'x-class': 'open', pattern: '(?=a)' },
      'form.patternInvalid /schema/properties/field/pattern',
    ],
    [
      'a condition without =',
      { 'x-class': 'open', 'x-visible': 'a' },
      'form.conditionInvalid /schema/properties/field/x-visible',
    ],
    [
      'FEEL that does not compile',
      { 'x-class': 'open', 'x-value': '=1 + (' },
      'form.expressionInvalid /schema/properties/field/x-value',
    ],
    [
      'a file without rule',
      { 'x-class': 'content', 'x-file': {} },
      'form.fileRuleInvalid /schema/properties/field/x-file',
    ],
    [
      'a file in the open, which nobody could open',
      { 'x-class': 'open', 'x-file': { maxBytes: 1, types: ['image/png'] } },
      'form.fileOpen /schema/properties/field/x-file',
    ],
    [
      'a number of a case that is no text',
      { 'x-class': 'open', type: 'integer', 'x-names-case': true },
      'form.namesCaseInvalid /schema/properties/field/x-names-case',
    ],
    [
      'a number of a case with a link that there is not',
      { 'x-class': 'open', type: 'string', 'x-names-case': 'other' },
      'form.namesCaseInvalid /schema/properties/field/x-names-case',
    ],
    [
      'a launcher that is no list of launchers',
      { 'x-class': 'open', type: 'string', 'x-launch': { launcher: 'register' } },
      'form.launchInvalid /schema/properties/field/x-launch',
    ],
    [
      'a launcher on what holds no number',
      { 'x-class': 'open', type: 'integer', 'x-launch': [{ launcher: 'register' }] },
      'form.launchInvalid /schema/properties/field/x-launch',
    ],
    [
      'suggestions that name no column to fill in',
      { 'x-class': 'open', type: 'string', 'x-suggests': { page: 'answers', label: 'question' } },
      'form.suggestsInvalid /schema/properties/field/x-suggests',
    ],
    [
      'suggestions for what is no text',
      { 'x-class': 'open', type: 'integer', 'x-suggests': { page: 'answers', label: 'question', value: 'answer' } },
      'form.suggestsInvalid /schema/properties/field/x-suggests',
    ],
    [
      'suggestions for what is chosen or worked out',
      {
        'x-class': 'open',
        type: 'string',
        'x-value': '="a"',
        'x-suggests': { page: 'answers', label: 'question', value: 'answer' },
      },
      'form.suggestsInvalid /schema/properties/field/x-suggests',
    ],
    [
      'a warning with a pattern that looks around',
      { 'x-class': 'open', type: 'string', 'x-warns': [{ pattern: '(?=a)b', text: 'no' }] },
      'form.warnsInvalid /schema/properties/field/x-warns',
    ],
    [
      'a warning that says nothing',
      { 'x-class': 'open', type: 'string', 'x-warns': [{ pattern: 'a' }] },
      'form.warnsInvalid /schema/properties/field/x-warns',
    ],
    [
      'a warning for what nobody types',
      { 'x-class': 'open', type: 'integer', 'x-warns': [{ pattern: 'a', text: 'no' }] },
      'form.warnsInvalid /schema/properties/field/x-warns',
    ],
    [
      'an open object',
      { 'x-class': 'open', additionalProperties: true },
      'form.openObject /schema/properties/field/additionalProperties',
    ],
    [
      'a leak into an open field',
      { 'x-class': 'open', 'x-value': '=secret' },
      'form.leaksProtected /schema/properties/field/x-value',
    ],
    [
      'a text that nothing fits',
      { 'x-class': 'open', type: 'string', minLength: 61, maxLength: 60 },
      'form.rangeEmpty /schema/properties/field/minLength',
    ],
    [
      'a number that nothing fits',
      { 'x-class': 'open', type: 'integer', minimum: 5, maximum: 1 },
      'form.rangeEmpty /schema/properties/field/minimum',
    ],
    [
      'a list that nothing fits',
      { 'x-class': 'open', type: 'array', items: { type: 'string', 'x-class': 'open' }, minItems: 3, maxItems: 2 },
      'form.rangeEmpty /schema/properties/field/minItems',
    ],
    ['a field that is no object', 7, 'form.fieldInvalid /schema/properties/field'],
  ])('reports %s with its place', (_, schema, expected) => {
    expect(found(withField(schema))).toEqual([expected]);
  });

  it('refuses a condition over what an earlier step stored', () => {
    const form = withField({ 'x-class': 'open', 'x-visible': '=medicalNote = "a"' });

    expect(found(form, { sealedVariables: new Set(['medicalNote']) })).toEqual([
      'form.readsStored /schema/properties/field/x-visible',
    ]);
  });

  it('warns of a condition over a protected field, but not where the field that must be filled is stored with it', () => {
    const required = { 'x-required': '=secret = "a"' };
    const visible = { 'x-visible': '=secret = "a"' };

    expect(found(withField({ 'x-class': 'open', ...required }))).toEqual([
      'form.readsProtected /schema/properties/field/x-required',
    ]);
    expect(found(withField({ 'x-class': 'ident', ...visible }))).toEqual([
      'form.readsProtected /schema/properties/field/x-visible',
    ]);
    expect(found(withField({ 'x-class': 'ident', ...required }))).toEqual([]);
  });

  it('reports names in ui that are no fields', () => {
    const form = withField(
      { 'x-class': 'open' },
      { pages: [{ fields: ['field', 'secret', 'gone'] }], help: { lost: 'x' } },
    );

    expect(found(form)).toEqual(['form.unknownField /ui/pages/0/fields/2', 'form.unknownField /ui/help/lost']);
  });

  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (schema, ui) => {
        checkForm(withField(schema, ui), check);
        checkForm(schema, check);
      }),
      { numRuns: 100 },
    );
  });
});
