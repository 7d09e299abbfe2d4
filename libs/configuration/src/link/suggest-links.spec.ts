import { describe, expect, it } from '@jest/globals';
import { claimForm, paths, portalFile, problemsOf } from '../../test/tiny-configuration.js';

const ledger = {
  id: 'L1',
  title: '问答',
  process: 'claim',
  readers: [{ roles: ['portal', 'clerk'] }],
  columns: [
    { id: 'days', title: '天数', type: 'number', value: '=amount' },
    { id: 'amount', title: '金额', type: 'number', value: '=amount' },
    { id: 'inside', title: '内部', type: 'number', value: '=amount', roles: ['clerk'] },
  ],
};
const source = { page: 'answers', label: 'days', value: 'amount' };
const at = '/schema/properties/note/x-suggests';

const placesOf = async (change: object = {}, page: object = {}) => {
  const note = { type: 'string', title: '答复', 'x-class': 'open', 'x-suggests': { ...source, ...change } };
  const problems = await problemsOf({
    'workflows/ledgers/L1.ledger.json': ledger,
    [paths.portal]: { ...portalFile, pages: [{ id: 'answers', title: '问答', ledger: 'L1', ...page }] },
    [paths.form]: claimForm({ note }),
  });
  return problems.filter(({ place }) => place?.includes('x-suggests')).map(({ code, place }) => [code, place]);
};

describe('what a form suggests', () => {
  it('are rows of a page of the portal, matched by fields of the form', async () => {
    expect(await placesOf({ match: { days: 'amount' } })).toEqual([]);
  });

  it('is refused where there is no such page', async () => {
    expect(await placesOf({ page: 'nowhere' })).toEqual([['link.unknownReference', `${at}/page`]]);
  });

  it('is refused where a column is not there, is for some readers alone, or is left out by the page', async () => {
    expect(await placesOf({ label: 'gone' })).toEqual([['link.unknownReference', `${at}/label`]]);
    expect(await placesOf({ value: 'inside' })).toEqual([['link.unknownReference', `${at}/value`]]);
    expect(await placesOf({}, { columns: ['days'] })).toEqual([['link.unknownReference', `${at}/value`]]);
  });

  it('is refused where it matches a column or a field that is not there', async () => {
    expect(await placesOf({ match: { gone: 'amount', days: 'nowhere' } })).toEqual([
      ['link.unknownReference', `${at}/match/gone`],
      ['link.unknownReference', `${at}/match/days`],
    ]);
  });
});
