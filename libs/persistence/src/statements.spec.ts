import { sqlDialect } from './dialect.js';
import { RowBuffer } from './row-buffer.js';
import { insertStatements, tableStatements } from './statements.js';
import type { TableMeta } from './table-meta.js';

const sqlite = sqlDialect('sqlite');
const tasks: TableMeta = { name: 'tasks', primaryKey: ['key'], typeOf: () => 'text' };
const candidates: TableMeta = { name: 'candidates', primaryKey: ['task', 'kind', 'value'], typeOf: () => 'text' };
const buffer = () => new RowBuffer(new Map([tasks, candidates].map((table) => [table.name, table])));
const written = (rows: RowBuffer) => rows.take().flatMap((changes) => tableStatements(changes, sqlite));

describe('statements of many rows', () => {
  it('writes rows with the same columns together and others apart', () => {
    const rows = [{ a: 1, b: 2 }, { a: 3 }, { a: 4, b: undefined }, { b: 5, a: 6 }];

    const statements = insertStatements('t', rows, sqlite);

    expect(statements).toEqual([
      { sql: 'INSERT INTO t ("a", "b") VALUES (?, ?), (?, ?)', params: [1, 2, 4, null] },
      { sql: 'INSERT INTO t ("a") VALUES (?)', params: [3] },
      { sql: 'INSERT INTO t ("b", "a") VALUES (?, ?)', params: [5, 6] },
    ]);
  });

  it('cuts rows into few sizes and loses none', () => {
    const rows = Array.from({ length: 131 }, (_, a) => ({ a }));

    const statements = insertStatements('t', rows, sqlite);

    expect(statements.map(({ params }) => params.length)).toEqual([100, 25, 5, 1]);
    expect(statements.flatMap(({ params }) => params)).toEqual(rows.map(({ a }) => a));
  });

  it('keeps updates of other keys or other columns apart', () => {
    const rows = buffer();
    rows.add({ update: 'tasks', key: { key: '1' }, set: { name: 'a' } });
    rows.add({ update: 'tasks', key: { key: '2' }, set: { due: 7 } });

    const statements = written(rows);

    expect(statements.map(({ params }) => params)).toEqual([
      ['1', 'a'],
      ['2', 7],
    ]);
  });
});

describe('net change of a row', () => {
  it('is one insert where the row is made and changed', () => {
    const rows = buffer();
    rows.add({ insert: 'tasks', row: { key: '1', name: 'a' } });
    rows.add({ update: 'tasks', key: { key: '1' }, set: { name: 'b' } });

    expect(written(rows)).toEqual([{ sql: 'INSERT INTO tasks ("key", "name") VALUES (?, ?)', params: ['1', 'b'] }]);
  });

  it('is nothing where the row is made and deleted', () => {
    const rows = buffer();
    rows.add({ insert: 'tasks', row: { key: '1', name: 'a' } });
    rows.add({ delete: 'tasks', key: { key: '1' } });

    expect(written(rows)).toEqual([]);
  });

  it('takes rows of a part of the key away, and leaves those that come later and those of others', () => {
    const rows = buffer();
    const row = (task: string, kind: string, value: string) => ({ insert: 'candidates', row: { task, kind, value } });
    rows.add(row('1', 'group', 'clerk'));
    rows.add(row('1', 'user', 'li'));
    rows.add(row('12', 'group', 'clerk'));
    rows.add({ delete: 'candidates', key: { task: '1', kind: 'group' } });
    rows.add(row('1', 'group', 'leader'));

    const [deleted, ...inserted] = written(rows);

    expect(deleted!.params).toEqual(['1', 'group']);
    expect(inserted.map(({ params }) => params)).toEqual([
      ['1', 'user', 'li', '12', 'group', 'clerk', '1', 'group', 'leader'],
    ]);
  });
});
