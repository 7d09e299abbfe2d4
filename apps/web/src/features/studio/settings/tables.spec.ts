import { readFileSync } from 'node:fs';
import { faultOf, isInCell, rowsOf, tablesOf, valueIn } from './tables.js';

const read = (name: string): unknown => JSON.parse(readFileSync(`workflows/${name}.json`, 'utf8'));

describe('settings as tables', () => {
  it.each([
    'organization',
    'portfolios',
    'schedules',
    'parameters',
    'numbering',
    'clauses',
    'dictionaries',
    'roles',
    'deadlines',
    'notifications',
    'rooms',
    'portal',
  ])('%s is shown with every row that it holds', (name) => {
    const value = read(name);
    const tables = tablesOf(`workflows/${name}.json`, value);

    expect(tables.length).toBeGreaterThan(0);
    for (const table of tables) expect(rowsOf(value, table)?.length).toBeGreaterThan(0);
  });

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
    expect(tablesOf('workflows/calendar-feeds.json', read('calendar-feeds'))).toEqual([]);
    expect(tablesOf('workflows/organization.json', { units: ['a'] })).toEqual([]);
    expect(tablesOf('workflows/organization.json', null)).toEqual([]);
  });

  it('tells rows that stand in the rows of others by these, and where each stands', () => {
    const file = [{ title: '答复', marks: [{ at: 0.5 }, { at: 1 }] }, { title: '告知' }];
    const [, marks] = tablesOf('workflows/deadlines.json', file);

    expect(rowsOf(file, marks!)).toEqual([
      { place: [0, 'marks', 0], row: { at: 0.5 }, of: '答复' },
      { place: [0, 'marks', 1], row: { at: 1 }, of: '答复' },
    ]);
  });

  it('has a column for what a role sees of each class that is sealed', () => {
    const classes = [
      { id: 'ident', name: '身份', sealed: true },
      { id: 'stat', name: '统计', sealed: false },
    ];
    const role = { id: 'clerk', name: '登记岗', sees: { ident: 'reason' } };
    const [roles] = tablesOf('workflows/roles.json', { classes, roles: [role] });

    const column = roles?.columns.find(({ name }) => name.startsWith('sees.'));

    expect(column).toMatchObject({ name: 'sees.ident', title: '身份' });
    expect(roles?.columns.some(({ name }) => name === 'sees.stat')).toBe(false);
    expect(valueIn(role, column!.name)).toBe('reason');
  });

  it('finds the row and the cell of a fault by its pointer', () => {
    expect(faultOf('/units/3/parent', ['units', 3])).toEqual({ cell: 'parent' });
    expect(faultOf('/units/3', ['units', 3])).toEqual({});
    expect(faultOf('/units/31/parent', ['units', 3])).toBeUndefined();
    expect(faultOf('/reply.days/value', ['reply.days'])).toEqual({ cell: 'value' });
    expect(faultOf(undefined, ['units', 3])).toBeUndefined();
    expect(faultOf('/0/of/process', [0])).toEqual({ cell: 'of.process' });
    expect([isInCell('of.process', 'of.process'), isInCell('roles.1', 'roles'), isInCell('of', 'of.process')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
