import type { PublishedPage, PublishedRow } from '../../lib/public-types.js';

export type RowGroup = { shared: PublishedRow['cells']; rows: PublishedRow[] };

/** Rows that follow each other with the same values in the columns that the page shows once; all, where it names none. */
export function groupsOf({ group, items }: Pick<PublishedPage, 'group' | 'items'>): RowGroup[] {
  const groups: RowGroup[] = [];
  for (const row of items) {
    const last = groups.at(-1);
    if (last && group.every(({ id }) => last.shared[id] === row.cells[id])) last.rows.push(row);
    else groups.push({ shared: row.cells, rows: [row] });
  }
  return groups;
}
