import { addField, FIELD_KINDS } from './add-field.js';

const words = { title: '新字段', dictionary: 'channel' };
const form = {
  id: 'F01',
  title: '登记',
  schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' }, text1: { type: 'string' } } },
  ui: {
    pages: [
      { title: '一', fields: ['a'] },
      { title: '二', fields: ['text1'] },
    ],
    submit: '提交',
  },
};

describe('adding a field', () => {
  it('puts it at the end of the last page', () => {
    const { form: next, name } = addField(form, 'date', words);

    expect(next.ui).toEqual({
      submit: '提交',
      pages: [
        { title: '一', fields: ['a'] },
        { title: '二', fields: ['text1', name] },
      ],
    });
  });

  it('gives it a name that is still free', () => {
    expect(addField(form, 'text', words).name).toBe('text2');
  });

  it('keeps all that the form had', () => {
    const { form: next } = addField(form, 'longText', words);

    expect(next.schema).toMatchObject(form.schema);
  });

  it('makes the first page of a form that has none', () => {
    const { form: next } = addField({ id: 'F', title: '登记', schema: { type: 'object' } }, 'number', words);

    expect(next.ui).toEqual({ pages: [{ title: '登记', fields: ['number1'] }] });
  });

  it.each(FIELD_KINDS)('names the class of what a %s holds', (kind) => {
    const { form: next } = addField(form, kind, words);

    expect(JSON.stringify(next)).toContain('"x-class"');
  });
});
