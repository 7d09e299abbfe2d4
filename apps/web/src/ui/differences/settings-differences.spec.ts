import { settingsDifferences } from './settings-differences.js';

const differences = (before: unknown, after: unknown) =>
  settingsDifferences(JSON.stringify(before), JSON.stringify(after));

describe('what differs between two settings files', () => {
  it('tells a parameter by its name, with what it was and what it becomes', () => {
    const before = { 'reply.days': { name: '答复期限', value: 60 }, other: { name: '其他', value: 1 } };
    const after = { ...before, 'reply.days': { name: '答复期限', value: 30 } };

    expect(differences(before, after)).toEqual([
      {
        kind: 'changed',
        key: 'partChanged',
        values: { where: '答复期限', setting: 'value', before: '60', after: '30' },
      },
    ]);
  });

  it('tells rows that came and went, wherever they stood', () => {
    const units = [
      { id: 'a', name: '一队' },
      { id: 'b', name: '二队' },
    ];

    expect(differences({ units }, { units: [units[1], { id: 'c', name: '三队' }] })).toEqual([
      { kind: 'removed', key: 'rowOfRemoved', values: { where: '一队' } },
      { kind: 'added', key: 'rowOfAdded', values: { where: '三队' } },
    ]);
  });

  it('tells the first row of a list, and the last that goes, as rows', () => {
    const rows = [{ id: 'T1', title: '告知书' }];

    expect(differences([], rows)).toEqual([{ kind: 'added', key: 'rowOfAdded', values: { where: '告知书' } }]);
    expect(differences(rows, [])).toEqual([{ kind: 'removed', key: 'rowOfRemoved', values: { where: '告知书' } }]);
  });

  it('tells what a role sees by the name of the class, what is not written as not seen', () => {
    const of = (sees?: object) => ({
      classes: [{ id: 'ident', name: '身份', sealed: true }],
      roles: [{ id: 'clerk', name: '登记岗', ...(sees && { sees }) }],
    });
    const told = (before: string, after: string) => ({
      kind: 'changed',
      key: 'sightChanged',
      values: { where: '登记岗', class: '身份', before, after },
    });

    expect(differences(of({ ident: 'reason' }), of({ ident: 'masked' }))).toEqual([told('reason', 'masked')]);
    expect(differences(of({ ident: 'masked' }), of({}))).toEqual([told('masked', 'none')]);
    expect(differences(of({ ident: 'none' }), of({}))).toEqual([]);
  });

  it('tells which days came to a calendar and which went', () => {
    const before = { year: 2027, holidays: ['2027-01-01', '2027-02-05'], workdays: [] };
    const after = { year: 2027, holidays: ['2027-01-01', '2027-02-06'], workdays: ['2027-01-02'] };

    expect(differences(before, after)).toEqual([
      { kind: 'removed', key: 'itemsRemoved', values: { where: '', setting: 'holidays', items: '2027-02-05' } },
      { kind: 'added', key: 'itemsAdded', values: { where: '', setting: 'holidays', items: '2027-02-06' } },
      { kind: 'added', key: 'itemsAdded', values: { where: '', setting: 'workdays', items: '2027-01-02' } },
    ]);
  });

  it('names the row within a row', () => {
    const of = (type: string) => [{ id: 'L1', title: '台账', columns: [{ id: 'no', title: '编号', type }] }];

    expect(differences(of('text'), of('number'))).toEqual([
      {
        kind: 'changed',
        key: 'partChanged',
        values: { where: '台账 › 编号', setting: 'type', before: 'text', after: 'number' },
      },
    ]);
  });

  it('tells a new order as such', () => {
    const rows = [
      { value: 'a', label: '甲' },
      { value: 'b', label: '乙' },
    ];

    expect(differences({ wish: rows }, { wish: [rows[1], rows[0]] })).toEqual([
      { kind: 'changed', key: 'rowsOfMoved', values: { where: '', setting: 'wish' } },
    ]);
  });

  it('says nothing where only the layout of the text differs', () => {
    expect(settingsDifferences('{"a": 1}', '{\n  "a": 1\n}')).toEqual([]);
  });
});
