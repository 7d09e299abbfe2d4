import { cellOf, columnsOf, filledColumns } from './read-rows.js';

const items = {
  type: 'object',
  properties: {
    unit: { type: 'string', title: '责任单位', titleEn: 'Unit', oneOf: [{ const: 'hr', title: '人力资源部' }] },
    people: { type: 'array', title: '人员', items: { type: 'string', oneOf: [{ const: 'li', title: '承办人' }] } },
    note: { type: 'string', title: '备注' },
  },
};

describe('a list that is only read', () => {
  it('has the fields of its rows as columns', () => {
    expect(columnsOf(items, false).map(({ title }) => title)).toEqual(['责任单位', '人员', '备注']);
    expect(columnsOf(items, true).map(({ title }) => title)).toEqual(['Unit', '人员', '备注']);
  });

  it('leaves out columns in which no row says anything', () => {
    const rows = [{ unit: 'hr', people: [], note: '' }, { unit: 'hr' }];

    expect(filledColumns(columnsOf(items, false), rows).map(({ name }) => name)).toEqual(['unit']);
  });

  it('shows codes by their words, also in lists, and what it does not know as it is', () => {
    const [unit, people, note] = columnsOf(items, false);

    expect(cellOf(unit!, { unit: 'hr' })).toBe('人力资源部');
    expect(cellOf(people!, { people: ['li', 'gone'] })).toEqual(['承办人', 'gone']);
    expect(cellOf(note!, { note: { $sealed: '7' } })).toEqual({ $sealed: '7' });
  });
});
