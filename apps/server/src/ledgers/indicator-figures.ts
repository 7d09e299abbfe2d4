import type { IndicatorDeclaration } from '#configuration';
import type { IndicatorSum } from '#persistence';

/** What is shown of one period. Rates are shares from 0 to 1. */
export interface PeriodFigure {
  /** `none`: nothing was due; `counts`: too few for a rate; `hidden`: too few for any number. */
  readonly state: 'shown' | 'none' | 'counts' | 'hidden';
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly rate: number | null;
  /** Of a mean. */
  readonly mean: number | null;
  readonly groups: readonly GroupFigure[] | null;
  /** Percentage points by which the first group is above the second. */
  readonly difference: number | null;
  readonly isAlert: boolean;
}

export interface GroupFigure {
  readonly label: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly rate: number;
}

const HIDDEN: PeriodFigure = {
  state: 'hidden',
  numerator: null,
  denominator: null,
  rate: null,
  mean: null,
  groups: null,
  difference: null,
  isAlert: false,
};

/** The figure of a period from its sums; below `least`, no rate or nothing at all. */
export function figureOf(
  declaration: Pick<IndicatorDeclaration, 'kind' | 'compare' | 'small' | 'numeratorFrom'>,
  found: readonly IndicatorSum[],
  least: number,
): PeriodFigure {
  const sums = declaration.numeratorFrom ? found.map(withoutThoseAbove) : found;
  const [numerator, denominator, total] = [
    sumOf(sums, (one) => one.numerator),
    sumOf(sums, (one) => one.denominator),
    sumOf(sums, (one) => one.total),
  ];
  const isMean = declaration.kind === 'mean';
  const counts = { ...HIDDEN, denominator, numerator: isMean ? null : numerator };
  if (denominator === 0 && numerator === 0) return { ...counts, state: 'none' };
  const parts = declaration.compare?.groups.map((_, place) => sums.filter(({ group }) => group === place));
  const smallest = Math.min(...(parts ?? [sums]).map((part) => sumOf(part, (one) => one.denominator)));
  if (smallest < least) return declaration.small === 'hide' ? HIDDEN : { ...counts, state: 'counts' };
  if (isMean) return { ...counts, state: 'shown', mean: total / denominator };
  const shown: PeriodFigure = { ...counts, state: 'shown', rate: numerator / denominator };
  return parts ? compared(shown, declaration, parts) : shown;
}

/** What is counted above the line in another process does not stand below it too. */
const withoutThoseAbove = (sum: IndicatorSum): IndicatorSum => ({
  ...sum,
  denominator: sum.denominator - sum.numerator,
});

function compared(
  shown: PeriodFigure,
  { compare }: Pick<IndicatorDeclaration, 'compare'>,
  parts: readonly (readonly IndicatorSum[])[],
): PeriodFigure {
  const groups = parts.map((part, place) => {
    const [numerator, denominator] = [sumOf(part, (one) => one.numerator), sumOf(part, (one) => one.denominator)];
    return { label: compare?.groups[place]?.label ?? '', numerator, denominator, rate: numerator / denominator };
  });
  const difference = ((groups[0]?.rate ?? 0) - (groups[1]?.rate ?? 0)) * 100;
  const isAlert = compare?.alert !== undefined && Math.abs(difference) > compare.alert;
  return { ...shown, groups, difference, isAlert };
}

const sumOf = (sums: readonly IndicatorSum[], pick: (one: IndicatorSum) => number): number =>
  sums.reduce((total, one) => total + pick(one), 0);
