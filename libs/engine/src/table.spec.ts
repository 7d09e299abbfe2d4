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
        const visited: number[] = [];
        table.visit((value) => visited.push(value));
        expect(visited.toSorted()).toEqual([...map.values()].toSorted());
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

  it('stays a map over several levels, whose owners do not see each other', () => {
    const filled = Array.from({ length: 5_000 }, (_, index) => String(10_000 + index * 4));
    const before = filled.reduce((table, key, index) => table.with({}, key, index), Table.empty<number>());

    const after = filled.slice(0, 4_999).reduce((table, key) => table.without({}, key), before);

    expect(before.size).toBe(5_000);
    expect(before.keys()).toEqual(filled);
    expect(filled.every((key, index) => before.get(key) === index)).toBe(true);
    expect([...after]).toEqual([[filled[4_999], 4_999]]);
    expect(after.without({}, filled[4_999]!).size).toBe(0);
  });

  it('reads as a record in JSON and comes back from one', () => {
    const table = Table.of({ '12': 'b', '7': 'a', __proto__x: 'c' });

    expect(JSON.stringify(table)).toBe('{"7":"a","12":"b","__proto__x":"c"}');
    expect(table.get('12')).toBe('b');
  });
});
