import { describe, expect, it } from '@jest/globals';
import type { LedgerColumn } from '#configuration';
import { inOrderOf, type Group } from './count-groups.js';

const column = (id: string, more: Partial<LedgerColumn>) => ({ id, title: id, ...more }) as LedgerColumn;
const group = (keys: Group['keys'], count: number): Group => ({
  keys,
  label: Object.values(keys).join(' '),
  count,
  sums: {},
});

describe('groups', () => {
  it('stand as dictionaries and units do, whatever their counts', () => {
    const set = {
      dictionaries: {
        category: [
          { value: 'C02', label: '二' },
          { value: 'C01', label: '一' },
        ],
      },
      organization: {
        units: [
          { id: 'tunnel', name: '掘进' },
          { id: 'mining', name: '采煤' },
        ],
      },
    } as unknown as Parameters<typeof inOrderOf>[1];
    const by = [column('category', { type: 'dictionary', dictionary: 'category' }), column('unit', { type: 'unit' })];
    const groups = [
      group({ category: null, unit: 'mining' }, 90),
      group({ category: 'C01', unit: 'mining' }, 9),
      group({ category: 'C02', unit: 'mining' }, 50),
      group({ category: 'C02', unit: 'tunnel' }, 1),
    ];

    expect(groups.sort(inOrderOf(by, set)).map(({ count }) => count)).toEqual([1, 50, 9, 90]);
  });
});
