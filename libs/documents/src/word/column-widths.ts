import { MAX_COLUMNS, type PageBlock, type PageCell } from './page-blocks.js';

/** Shares of a width by the longest text of each column, as a browser would deal it out roughly. */
export function columnWidths(rows: readonly (readonly PageCell[])[], width: number): number[] {
  const count = Math.min(
    MAX_COLUMNS,
    Math.max(...rows.map((row) => row.reduce((sum, { columns }) => sum + columns, 0))),
  );
  const weights = Array.from({ length: count }, () => 4);
  for (const row of rows) {
    let column = 0;
    for (const cell of row) {
      if (cell.columns === 1 && column < count)
        weights[column] = Math.max(weights[column] ?? 4, Math.min(lengthOf(cell.blocks), 24));
      column += cell.columns;
    }
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => Math.floor((width * weight) / sum));
}

function lengthOf(blocks: readonly PageBlock[]): number {
  let longest = 0;
  for (const block of blocks) {
    if (block.kind !== 'paragraph') continue;
    let length = 0;
    for (const run of block.runs) length += run.kind === 'text' ? run.text.length : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}
