import { addField, FIELD_KINDS, type FieldKind } from './add-field.js';

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

function added(file: unknown, kind: FieldKind, after?: string) {
  const { text, name } = addField(JSON.stringify(file, null, 2), kind, { ...words, ...(after && { after }) });
  return { form: JSON.parse(text) as typeof form, name };
}

describe('adding a field', () => {
  it('puts it at the end of the last page', () => {
    const { form: next, name } = added(form, 'date');

    expect(next.ui).toEqual({
      submit: '提交',
      pages: [
        { title: '一', fields: ['a'] },
        { title: '二', fields: ['text1', name] },
      ],
    });
  });

  it('puts it after the chosen field', () => {
    const { form: next, name } = added(form, 'date', 'a');

    expect(next.ui.pages[0]).toEqual({ title: '一', fields: ['a', name] });
  });

  it('adds to the rows of a list where one of their fields is chosen', () => {
    const rows = { type: 'array', items: { type: 'object', properties: { b: { type: 'string' } } } };
    const list = { id: 'F', title: '登记', schema: { type: 'object', properties: { rows } }, ui: {} };

    const { form: next, name } = added(list, 'longText', 'rows.b');

    expect(name).toBe('rows.longText1');
    expect(next.schema.properties).toHaveProperty('rows.items.properties.longText1');
    expect(next.ui).toEqual({ widgets: { [name]: 'textarea' } });
  });

  it('gives it a name that is still free', () => {
    expect(added(form, 'text').name).toBe('text2');
  });

  it('keeps all that the form had', () => {
    const { form: next } = added(form, 'longText');

    expect(next.schema).toMatchObject(form.schema);
  });

  it('makes the first page of a form that has none', () => {
    const { form: next } = added({ id: 'F', title: '登记', schema: { type: 'object' } }, 'number');

    expect(next.ui).toEqual({ pages: [{ title: '登记', fields: ['number1'] }] });
  });

  it.each(FIELD_KINDS)('names the class of what a %s holds', (kind) => {
    const { form: next } = added(form, kind);

    expect(JSON.stringify(next)).toContain('"x-class"');
  });
});
