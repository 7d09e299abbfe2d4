import { groupsOf } from './row-groups.js';

const period = { id: 'period', title: '时期', titleEn: null, type: 'text' };
const row = (key: string, of: string) => ({ key, cells: { period: of, figure: key }, entry: null });
const keysOf = (groups: ReturnType<typeof groupsOf>) => groups.map(({ rows }) => rows.map(({ key }) => key));

describe('rows of a published page', () => {
  const items = [row('a', '第3季度'), row('b', '第3季度'), row('c', '第2季度'), row('d', '第3季度')];

  it('stand together where they follow each other with what the page shows once', () => {
    expect(keysOf(groupsOf({ group: [period], items }))).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('are one group where the page shows nothing once', () => {
    expect(keysOf(groupsOf({ group: [], items }))).toEqual([['a', 'b', 'c', 'd']]);
  });

  it('are no group where there are none', () => {
    expect(groupsOf({ group: [period], items: [] })).toEqual([]);
  });
});
