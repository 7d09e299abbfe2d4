import type { Difference } from './differences.js';

const SHOWN = 12;

/** Lines taken out and lines put in, between what both texts share at their beginning and end. */
export function lineDifferences(before: string, after: string): Difference[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  const removed = old.slice(start, old.length - end);
  const added = fresh.slice(start, fresh.length - end);
  return [...listed('removed', 'lineRemoved', removed), ...listed('added', 'lineAdded', added)];
}

function listed(kind: 'added' | 'removed', key: string, lines: string[]): Difference[] {
  const shown: Difference[] = lines.slice(0, SHOWN).map((text) => ({ kind, key, values: { text: text.trim() } }));
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, { kind, key: 'moreLines', values: { count: rest } }] : shown;
}
