import { checkForm } from './form-check.js';

const translate = (key: string, values?: Record<string, unknown>) => `${key} ${String(values?.label ?? '')}`.trim();

describe('form check', () => {
  it('asks for a required field that holds only spaces', () => {
    const schema = { required: ['name'], properties: { name: { type: 'string', title: '姓名' } } };

    expect(checkForm(schema, { name: '  ' }, translate)).toEqual([{ path: '/name', message: 'check.required 姓名' }]);
  });

  it('says a choice is to be made where there are choices', () => {
    const schema = { required: ['wish'], properties: { wish: { title: '您希望', oneOf: [{ const: 'a' }] } } };

    expect(checkForm(schema, {}, translate)).toEqual([{ path: '/wish', message: 'check.requiredChoice 您希望' }]);
  });

  it('leaves a masked value alone', () => {
    const schema = { required: ['name'], properties: { name: { type: 'string', maxLength: 1 } } };

    expect(checkForm(schema, { name: { $sealed: '1:name' } }, translate)).toEqual([]);
  });

  it('points into the row of a repeating group', () => {
    const row = { type: 'object', required: ['text'], properties: { text: { type: 'string', title: '诉求' } } };
    const schema = { properties: { demands: { type: 'array', items: row } } };

    const problems = checkForm(schema, { demands: [{ text: '发工资' }, {}] }, translate);

    expect(problems).toEqual([{ path: '/demands/1/text', message: 'check.required 诉求' }]);
  });

  it('prefers the text that the form itself gives', () => {
    const schema = {
      properties: { pin: { type: 'string', pattern: '^\\d{6}$', 'x-messages': { pattern: '请输6位数字' } } },
    };

    expect(checkForm(schema, { pin: '12' }, translate)).toEqual([{ path: '/pin', message: '请输6位数字' }]);
  });
});
