import type { LedgerColumn } from '#configuration';
import type { FilterWish } from './ledger-filters.js';

/** Filters as people say them: 形式：来访、来信；登记时间：从 2026-03-01 到 2026-03-31. */
export function filterWords(
  filters: readonly FilterWish[],
  columns: readonly LedgerColumn[],
  label: (column: LedgerColumn, value: string | number | boolean | null) => unknown,
): string {
  const said = filters.flatMap(({ column: id, equal = [], from, to, contains }) => {
    const column = columns.find((one) => one.id === id);
    if (!column) return [];
    const parts = [
      equal.map((value) => inWords(label(column, value))).join('、'),
      [from !== undefined && `从 ${from}`, to !== undefined && `到 ${to}`].filter(Boolean).join(' '),
      contains ? `包含“${contains}”` : '',
    ].filter((part) => part !== '');
    return parts.length === 0 ? [] : [`${column.title}：${parts.join('，')}`];
  });
  return said.length === 0 ? '无' : said.join('；');
}

function inWords(value: unknown): string {
  if (value === null || value === undefined) return '空';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}
