import { describe, expect, it } from '@jest/globals';
import { SearchError } from '#persistence';
import { type ListRules, searchList } from './list-search.js';
import type { SearchDto } from './search.js';

interface Role {
  readonly id: string;
  readonly name: string;
  readonly unit: string | null;
}

const roles: readonly Role[] = [
  { id: 'clerk', name: 'Clerk', unit: 'office' },
  { id: 'admin', name: 'Administrator', unit: null },
  { id: 'leader', name: 'Leader', unit: 'mine' },
];
const rules: ListRules<Role> = {
  key: 'roleId',
  names: {},
  fields: ['roleId', 'name', 'unit'],
  fieldsOf: ({ id, name, unit }) => ({ roleId: id, name, unit }),
};
const idsOf = (body: SearchDto) => searchList(roles, body, rules).items.map(({ id }) => id);

describe('search of a list', () => {
  it.each([
    ['a plain value', { name: 'Clerk' }, ['clerk']],
    ['$neq, which a value that is not there never fulfils', { unit: { $neq: 'mine' } }, ['clerk']],
    ['$in', { roleId: { $in: ['clerk', 'leader', 'nobody'] } }, ['clerk', 'leader']],
    ['$notIn', { roleId: { $notIn: ['clerk'] } }, ['admin', 'leader']],
    ['$like with a star', { name: { $like: '*er*' } }, ['clerk', 'leader']],
    ['$like with a question mark', { roleId: { $like: 'cl?rk' } }, ['clerk']],
    ['$exists', { unit: { $exists: false } }, ['admin']],
    ['two operators of one field', { roleId: { $gt: 'admin', $lt: 'leader' } }, ['clerk']],
  ])('filters by %s', (_, filter, expected) => {
    expect(idsOf({ filter }).sort()).toEqual([...expected].sort());
  });

  it('sorts, with what is not there last, and counts all pages', () => {
    const found = searchList(roles, { sort: [{ field: 'unit', order: 'ASC' }], page: { limit: 2 } }, rules);

    expect(found.items.map(({ id }) => id)).toEqual(['leader', 'clerk']);
    expect(found.totalItems).toBe(3);
  });

  it('goes to the next page and back by cursor', () => {
    const first = searchList(roles, { page: { limit: 2 } }, rules);
    const second = searchList(roles, { page: { limit: 2, after: first.endCursor! } }, rules);

    expect(second.items.map(({ id }) => id)).toEqual(['leader']);
    expect(idsOf({ page: { limit: 2, before: second.startCursor! } })).toEqual(['admin', 'clerk']);
  });

  it.each([
    ['a field that it does not know', { filter: { password: 'x' } }],
    ['a sort field that it does not know', { sort: [{ field: 'password' }] }],
    ['an operator that there is not', { filter: { name: { $regex: '.*' } } }],
    ['a single value for $in', { filter: { name: { $in: 'Clerk' } } }],
    ['a number for $like', { filter: { name: { $like: 5 } } }],
    ['a limit beyond the highest', { page: { limit: 10_001 } }],
    ['a cursor that names nothing', { page: { after: 'bm90aGluZw==' } }],
  ])('refuses %s', (_, body) => {
    expect(() => idsOf(body)).toThrow(SearchError);
  });
});
