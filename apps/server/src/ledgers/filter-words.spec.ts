import type { LedgerColumn } from '#configuration';
import { filterWords } from './filter-words.js';

const columns = [
  { id: 'channel', title: '形式', type: 'dictionary' },
  { id: 'registeredAt', title: '登记时间', type: 'dateTime' },
  { id: 'caseNo', title: '编号', type: 'text' },
  { id: 'extended', title: '延期', type: 'boolean' },
] as unknown as readonly LedgerColumn[];
const labels: Readonly<Record<string, string>> = { visit: '来访', letter: '来信' };
const words = (...filters: Parameters<typeof filterWords>[0]) =>
  filterWords(filters, columns, (_, value) => labels[String(value)] ?? value);

describe('filters in words', () => {
  it('are none where nothing is filtered', () => {
    expect([words(), words({ column: 'channel', equal: [] })]).toEqual(['无', '无']);
  });

  it('name the columns and say codes by their labels', () => {
    expect(words({ column: 'channel', equal: ['visit', 'letter'] }, { column: 'extended', equal: [true] })).toBe(
      '形式：来访、来信；延期：是',
    );
  });

  it('say bounds and parts of texts', () => {
    expect(words({ column: 'registeredAt', from: '2026-03-01', to: '2026-03-31' })).toBe(
      '登记时间：从 2026-03-01 到 2026-03-31',
    );
    expect(words({ column: 'caseNo', contains: '0001' }, { column: 'channel', equal: [null] })).toBe(
      '编号：包含“0001”；形式：空',
    );
  });
});
