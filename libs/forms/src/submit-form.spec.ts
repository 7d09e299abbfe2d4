import fc from 'fast-check';
import { MAX_ROWS, submitForm } from './submit-form.js';
import type { Submission } from './submit-form.js';
import { context, goodIntake, intakeForm } from './spec-forms.js';
import type { FormFile } from './types.js';

const messages = (result: Submission): Record<string, string> =>
  result.ok ? {} : Object.fromEntries(result.fields.map(({ path, message }) => [path, message]));

const oneField = (schema: FormFile['schema']): FormFile => ({
  id: 'one',
  title: 'one',
  schema: { type: 'object', properties: { field: schema } },
});

describe('submit form', () => {
  it('returns what is to be saved', () => {
    const result = submitForm(intakeForm, { ...goodIntake, headcount: 6 }, context);

    expect(result).toMatchObject({ ok: true, data: { ...goodIntake, headcount: 6, isGroup: true } });
  });

  it('drops the hidden name after 匿名 was ticked and clears the stored one', () => {
    const result = submitForm(intakeForm, { ...goodIntake, anonymous: true }, context);

    expect(result).toMatchObject({ ok: true, removed: ['/name'], cleared: ['name'] });
    expect(result.ok && result.data).not.toHaveProperty('name');
  });

  it.each([
    ['date-time', '=date and time("2026-03-02T09:00:00+08:00")', '2026-03-02T09:00:00+08:00', '2026-03-02T01:00:01Z'],
    ['date', '=date("2026-03-02")', '2026-03-02', '2026-03-03'],
  ])('refuses a %s after the latest that a rule names', (format, rule, last, late) => {
    const form = oneField({ type: 'string', title: '收到时间', format, 'x-latest': rule });

    expect(submitForm(form, { field: last }, context)).toMatchObject({ ok: true, data: { field: last } });
    expect(messages(submitForm(form, { field: late }, context))['/field']).toMatch(/^收到时间不能晚于 2026-03-02/);
  });

  it('reads who is signed in, whatever was sent; nobody is nobody', () => {
    const { schema, ...rest } = oneField({ type: 'string', title: '记录人', 'x-default': '=signedIn.name' });
    const form = { ...rest, schema, ui: { readonly: ['field'] } };
    const signedIn = { id: 'clerk', name: '登记承办人' };

    expect(submitForm(form, { field: '别人' }, { ...context, signedIn })).toMatchObject({
      data: { field: signedIn.name },
    });
    expect(submitForm(form, { field: '别人' }, context)).toMatchObject({ ok: true, data: {} });
  });

  it('refuses a moment before the earliest that a rule names, as where it is later than the latest', () => {
    const rule = '=date and time("2026-03-02T09:00:00+08:00")';
    const form = oneField({
      type: 'string',
      title: '收到时间',
      format: 'date-time',
      'x-earliest': rule,
      'x-latest': rule,
    });

    expect(submitForm(form, { field: '2026-03-02T01:00:00Z' }, context)).toMatchObject({ ok: true });
    expect(messages(submitForm(form, { field: '1926-03-02T09:00:00+08:00' }, context))).toEqual({
      '/field': '收到时间不能早于 2026-03-02 09:00',
    });
    expect(messages(submitForm(form, { field: '2026-03-02T01:00:01Z' }, context))).toEqual({
      '/field': '收到时间不能晚于 2026-03-02 09:00',
    });
  });

  it('treats an untouched checkbox as its default, so that a sent name is not lost', () => {
    const result = submitForm(intakeForm, { channel: 'letter', name: '张三', demands: goodIntake.demands }, context);

    expect(result).toMatchObject({ ok: true, data: { anonymous: false, name: '张三' } });
  });

  it('says in Chinese all that is wrong at once, with the titles of the fields', () => {
    const sent = { name: 'x'.repeat(51), demands: [{ kind: 'other' }], headcount: 0, signs: ['threat', 'threat'] };

    const result = submitForm(intakeForm, sent, context);

    expect(messages(result)).toEqual({
      '/channel': '请选择信访形式',
      '/name': '姓名最多 50 个字',
      '/demands/0/text': '请填写内容',
      '/demands/0/other': '请填写其他说明',
      '/headcount': '涉及人数不能小于 1',
      '/signs': '紧急情形有重复的内容',
    });
  });

  it('speaks English where asked', () => {
    const result = submitForm(intakeForm, { ...goodIntake, name: ' ' }, { ...context, language: 'en' });

    expect(messages(result)).toEqual({ '/name': 'Please fill in: 姓名' });
  });

  it('calls an entry of a list by the title of the list where it has none of its own', () => {
    const choices = { type: 'array', title: '调查人', items: { type: 'string', enum: ['a', 'b'] } } as const;

    const result = submitForm(oneField(choices), { field: ['a', 'c'] }, context);

    expect(messages(result)).toEqual({ '/field/1': '请选择调查人' });
  });

  it('does not take a list without rows for filled in where a condition requires it', () => {
    const rows = { type: 'array', title: '单位', items: { type: 'string' } } as const;
    const required = oneField({ ...rows, 'x-required': '=isNamed' });
    const submitted = (isNamed: boolean) => submitForm(required, { field: [] }, { ...context, variables: { isNamed } });

    expect(messages(submitted(true))).toEqual({ '/field': '请填写单位' });
    expect(submitted(false)).toMatchObject({ ok: true });
  });

  it('prefers the message of the form', () => {
    const result = submitForm(intakeForm, { ...goodIntake, phone: 'abc' }, context);

    expect(messages(result)).toEqual({ '/phone': '请填写 7 到 15 位的电话号码' });
  });

  it('falls back to the standard Chinese text for rarer keywords', () => {
    const result = submitForm(oneField({ type: 'number', title: '金额', multipleOf: 0.5 }), { field: 0.3 }, context);

    expect(messages(result)).toEqual({ '/field': '金额：应当是 0.5 的整数倍' });
  });

  it('keeps a stored value that was left untouched', () => {
    const result = submitForm(intakeForm, { ...goodIntake, name: { $sealed: '42' } }, context);

    expect(result).toMatchObject({ ok: true, data: { name: { $sealed: '42' } } });
  });

  it('refuses a handle that the process does not hold', () => {
    const result = submitForm(intakeForm, { ...goodIntake, name: { $sealed: '666' } }, context);

    expect(messages(result)).toEqual({ '/name': '姓名的已存内容不能用在这里，请重新填写' });
  });

  it('takes a read-only field from the process, whatever was sent', () => {
    const form = { ...oneField({ type: 'string' }), ui: { readonly: ['field'] } };

    const result = submitForm(form, { field: 'forged' }, { ...context, variables: { field: 'true' } });

    expect(result).toMatchObject({ ok: true, data: { field: 'true' } });
  });

  it('answers an evil pattern in linear time', () => {
    const form = oneField({ type: 'string', title: 'A', pattern: '^(a+)+$' });
    const startedAt = performance.now();

    const result = submitForm(form, { field: `${'a'.repeat(50_000)}!` }, context);

    expect(messages(result)).toEqual({ '/field': 'A的格式不正确' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('refuses a list that is too long before it looks at the rows', () => {
    const demands = Array.from({ length: MAX_ROWS + 1 }, () => ({ text: 'x' }));

    const result = submitForm(intakeForm, { ...goodIntake, demands }, context);

    expect(messages(result)).toEqual({ '/demands': '诉求最多 1000 项' });
  });

  it('refuses content that nests too deep', () => {
    const deep = JSON.parse(`{"note":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) as unknown;

    expect(messages(submitForm(intakeForm, deep, context))).toEqual({ '': '提交的内容嵌套过深' });
  });

  it.each([
    ['a zero byte', '甲\u0000乙'],
    ['a control character', '甲\u001b[2J乙'],
    ['half of a surrogate pair', '甲\ud83d乙'],
  ])('refuses a text with %s, in a row too', (_, text) => {
    const demands = [{ kind: 'wage', text }];

    const result = submitForm(intakeForm, { ...goodIntake, name: text, demands }, context);

    expect(messages(result)).toEqual({
      '/name': '姓名里有无法保存的控制字符，请删去后重新填写',
      '/demands/0/text': '内容里有无法保存的控制字符，请删去后重新填写',
    });
  });

  it('accepts line breaks, tabs and characters outside of the first plane in a text', () => {
    const text = '第一行\r\n\t第二行\n𠮷😀';

    expect(submitForm(oneField({ type: 'string' }), { field: text }, context)).toMatchObject({ data: { field: text } });
  });

  it('does not hold what the form only shows against whoever sends it', () => {
    const form = { ...oneField({ type: 'string' }), ui: { readonly: ['field'] } };

    const result = submitForm(form, {}, { ...context, variables: { field: 'a\u001fb' } });

    expect(result).toMatchObject({ ok: true });
  });

  it('checks the kind and size of a file reference', () => {
    const form = oneField({ title: '材料', 'x-file': { maxBytes: 100, types: ['image/png'] } });

    const result = submitForm(form, { field: { id: '1', size: 101, type: 'text/html' } }, context);

    expect(Object.keys(messages(result))).toEqual(['/field/size', '/field/type']);
  });

  it('gives the same result when called twice', () => {
    const sent = { ...goodIntake, headcount: 'many' };

    expect(submitForm(intakeForm, sent, context)).toEqual(submitForm(intakeForm, sent, context));
  });

  it('never throws on any JSON, and what it accepts it accepts again', () => {
    const field = fc.constantFrom(...Object.keys(intakeForm.schema.properties ?? {}), '__proto__', 'constructor');
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('letter', true, { $sealed: '42' }, [{ text: 'a' }]));
    const sent = fc.oneof(fc.jsonValue(), fc.dictionary(field, value));

    fc.assert(
      fc.property(sent, (data) => {
        const result = submitForm(intakeForm, data, context);
        const again = submitForm(intakeForm, result.ok ? result.data : goodIntake, context);
        return again.ok;
      }),
      { numRuns: 150 },
    );
  });
});
