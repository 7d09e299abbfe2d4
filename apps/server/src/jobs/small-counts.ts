import type { IndicatorDeclaration } from '#configuration';
import type { IndicatorSum } from '#persistence';
import { figureOf } from '../ledgers/indicator-figures.js';
import type { Group } from './count-groups.js';

/** Whether a sum of all tells no count of few: each of `hidden` is from 1 up to below `least`, and together they make the rest. */
export function isTotalSafe(hidden: readonly number[], least: number): boolean {
  const rest = hidden.reduce((sum, count) => sum + count, 0);
  if (hidden.length === 0) return true;
  return hidden.length > 1 && rest > hidden.length && rest < hidden.length * (least - 1);
}

/** Whether a part that is not given would follow from the sum and the parts that are. */
export function followsFromParts(
  declaration: Pick<IndicatorDeclaration, 'kind' | 'small'>,
  sums: readonly IndicatorSum[],
  least: number,
): boolean {
  const parts = [...new Set(sums.map(({ period }) => period))].map((part) =>
    sums.filter(({ period }) => period === part),
  );
  if (parts.length < 2) return false;
  const few = parts.filter((part) => figureOf(declaration, part, least).state === 'hidden');
  return !isTotalSafe(
    few.map((part) => part.reduce((sum, { denominator }) => sum + denominator, 0)),
    least,
  );
}

/** Whether so little is counted that a single case could be told from it. */
export const isFew = (sums: readonly IndicatorSum[], least: number): boolean =>
  sums.reduce((sum, { denominator }) => sum + denominator, 0) < least;

/** All groups with their counts; where few remain of a group in `open`, those that remain, if any. */
export function withFew(all: ReadonlyMap<string, Group>, open: ReadonlyMap<string, Group>, least: number) {
  const given = [...all].flatMap(([id, group]) => {
    const remaining = open.get(id);
    return remaining && remaining.count >= least ? [group] : remaining ? [remaining] : [];
  });
  return given.map((group) => ({ ...group, text: `${group.count} 件` }));
}
