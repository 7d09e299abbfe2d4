import fc from 'fast-check';
import { compareKeys, Table } from './table.js';

const changes = fc.array(
  fc.record({ key: fc.integer({ min: 900, max: 1300 }), value: fc.option(fc.nat()), sameOwner: fc.boolean() }),
  { maxLength: 400 },
);

describe('table', () => {
  it('holds what a map holds, in the order of keys, whoever changed it', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const map = new Map<string, number>();
        let table = Table.empty<number>();
        let owner = {};
        for (const { key, value, sameOwner } of list) {
          owner = sameOwner ? owner : {};
          table = value === null ? table.without(owner, String(key)) : table.with(owner, String(key), value);
          if (value === null) map.delete(String(key));
          else map.set(String(key), value);
        }

        expect([...table]).toEqual([...map].toSorted(([a], [b]) => compareKeys(a, b)));
        expect(table.size).toBe(map.size);
      }),
    );
  });

  it('never changes for those who hold it while others go on', () => {
    fc.assert(
      fc.property(changes, changes, (first, second) => {
        const owner = {};
        const filled = (start: Table<number>, list: typeof first) =>
          list.reduce((table, { key, value }) => table.with(owner, String(key), value ?? 0), start);
        const before = filled(Table.empty<number>(), first);
        const held = [...before];

        const other = {};
        second.reduce((table, { key }) => table.without(other, String(key)), before);
        second.reduce((table, { key }) => table.with({}, String(key), -1), before);

        expect([...before]).toEqual(held);
      }),
    );
  });

  it('reads as a record in JSON and comes back from one', () => {
    const table = Table.of({ '12': 'b', '7': 'a', __proto__x: 'c' });

    expect(JSON.stringify(table)).toBe('{"7":"a","12":"b","__proto__x":"c"}');
    expect(table.get('12')).toBe('b');
  });
});
