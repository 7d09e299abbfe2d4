import { readFileSync } from 'node:fs';
import { faultOf, rowsOf, tablesOf } from './tables.js';

const read = (name: string): unknown => JSON.parse(readFileSync(`workflows/${name}.json`, 'utf8'));

describe('settings as tables', () => {
  it.each(['organization', 'portfolios', 'schedules', 'parameters', 'numbering', 'clauses', 'dictionaries'])(
    '%s is shown with every row that it holds',
    (name) => {
      const value = read(name);
      const tables = tablesOf(`workflows/${name}.json`, value);

      expect(tables.length).toBeGreaterThan(0);
      for (const table of tables) expect(rowsOf(value, table)?.length).toBeGreaterThan(0);
    },
  );

  it.each(['ledgers/L01.ledger', 'ledgers/R01.indicator', 'xf_main/documents', 'launchers'])('shows %s too', (name) => {
    const value = read(name);
    const tables = tablesOf(`workflows/${name}.json`, value);

    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) expect(rowsOf(value, table)?.length).toBeGreaterThan(0);
  });

  it('tells the place of each row, in a list as in a record', () => {
    const [units] = tablesOf('workflows/organization.json', { units: [{ id: 'a' }, { id: 'b' }] });
    const [numbering] = tablesOf('workflows/numbering.json', { XF: { name: '件号' } });

    expect(rowsOf({ units: [{ id: 'a' }, { id: 'b' }] }, units!)?.map(({ place }) => place)).toEqual([
      ['units', 0],
      ['units', 1],
    ]);
    expect(rowsOf({ XF: { name: '件号' } }, numbering!)?.map(({ place }) => place)).toEqual([['XF']]);
  });

  it('leaves to the text what it is not made for', () => {
    expect(tablesOf('workflows/roles.json', read('roles'))).toEqual([]);
    expect(tablesOf('workflows/organization.json', { units: ['a'] })).toEqual([]);
    expect(tablesOf('workflows/organization.json', null)).toEqual([]);
  });

  it('finds the row and the cell of a fault by its pointer', () => {
    expect(faultOf('/units/3/parent', ['units', 3])).toEqual({ cell: 'parent' });
    expect(faultOf('/units/3', ['units', 3])).toEqual({});
    expect(faultOf('/units/31/parent', ['units', 3])).toBeUndefined();
    expect(faultOf('/reply.days/value', ['reply.days'])).toEqual({ cell: 'value' });
    expect(faultOf(undefined, ['units', 3])).toBeUndefined();
  });
});
