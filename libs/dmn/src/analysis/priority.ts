import type { DecisionTable, TableRule } from '../model.js';
import { cellOf } from './cell.js';

/** Texts of the literals in a list; undefined if it holds anything else. */
function literalTexts(text: string): string[] | undefined {
  const cell = cellOf(text);
  if (cell.kind !== 'tests' || cell.negated || cell.parts.some(({ kind }) => kind !== 'equal')) return undefined;
  return cell.parts.map(({ low }) => JSON.stringify(low?.value) + typeof low?.value + String(low?.value));
}

/** Ranks of the outputs of each rule, the most important first; undefined if a list or an output is not made of literals. */
export function outputRanks({ outputs, rules }: DecisionTable): readonly (readonly number[])[] | undefined {
  const lists = outputs.map(({ allowedValues }) => literalTexts(allowedValues ?? ''));
  const ranks = rules.map((rule) => ranksOf(rule, lists));
  return ranks.every((each) => each !== undefined) ? ranks : undefined;
}

function ranksOf(
  { outputEntries }: TableRule,
  lists: readonly (readonly string[] | undefined)[],
): number[] | undefined {
  const ranks = outputEntries.map((text, index) => {
    const [value, other] = literalTexts(text) ?? [];
    return value === undefined || other !== undefined ? -1 : (lists[index]?.indexOf(value) ?? -1);
  });
  return ranks.includes(-1) ? undefined : ranks;
}

/** Negative if the first is more important, 0 if both give the same outputs. */
export function compareRanks(a: readonly number[], b: readonly number[]): number {
  return a.map((rank, index) => rank - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
