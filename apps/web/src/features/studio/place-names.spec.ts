import { fieldNames, namesAt, withoutPointer } from './place-names.js';

const file = {
  units: [
    { id: 'mine', name: '矿领导' },
    { id: 'hr', name: '人力资源部', parent: 'x' },
  ],
  recusal: {},
};

describe('the name of a place in a settings file', () => {
  it.each([
    ['/units/1/parent', { rows: ['人力资源部'], part: 'parent' }],
    ['/units/1', { rows: ['人力资源部'], part: '' }],
    ['/recusal/reasonClass', { rows: [], part: 'reasonClass' }],
  ])('%s', (pointer, expected) => {
    expect(namesAt(file, pointer)).toEqual(expected);
  });

  it('goes from row to row, and counts rows without a name', () => {
    const deadlines = [{ title: '答复', marks: [{ at: 0.5 }, { at: 1, do: { notify: { to: '=' } } }] }];

    expect(namesAt(deadlines, '/0/marks/1/do/notify/to')).toEqual({ rows: ['答复', '2'], part: 'to' });
    expect(namesAt([], '')).toBeUndefined();
  });

  it('is not told twice', () => {
    expect(withoutPointer('/units/1/parent：没有单位 x')).toBe('没有单位 x');
    expect(withoutPointer('Expected /units/1 to have a name.')).toBe('Expected to have a name.');
    expect(withoutPointer('没有单位 x')).toBe('没有单位 x');
  });
});

describe('the name of a place in a form', () => {
  const form = {
    id: 'F',
    title: '登记',
    schema: {
      type: 'object',
      properties: {
        category: { type: 'string', title: '内容类别', 'x-dictionary': 'none' },
        claims: { type: 'array', title: '请求', items: { properties: { text: { title: '内容' } } } },
      },
    },
    ui: { pages: [{ title: '一', fields: ['category', 'claims'] }] },
  };

  it.each([
    ['/schema/properties/category/x-dictionary', { rows: ['内容类别'], part: 'x-dictionary' }],
    ['/schema/properties/claims/items/properties/text', { rows: ['请求', '内容'], part: '' }],
    ['/ui/pages/0/fields/1', { rows: ['请求'], part: '' }],
  ])('%s', (pointer, expected) => {
    expect(fieldNames(form, pointer)).toEqual(expected);
  });

  it('is not told where no field is meant', () => {
    expect(fieldNames(form, '/title')).toBeUndefined();
  });
});
