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
  /** By which the first group is above the second: percentage points, or what a mean measures. */
  readonly difference: number | null;
  readonly isAlert: boolean;
}

export interface GroupFigure {
  readonly label: string;
  readonly numerator: number;
  readonly denominator: number;
  /** Null where means are compared. */
  readonly rate: number | null;
  /** Null where rates are compared. */
  readonly mean: number | null;
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
  declaration: Pick<IndicatorDeclaration, 'kind' | 'compare' | 'small' | 'numeratorFrom' | 'value'>,
  found: readonly IndicatorSum[],
  least: number,
): PeriodFigure {
  const sums = declaration.numeratorFrom ? found.map(withoutThoseAbove) : found;
  const [numerator, denominator, total] = [
    sumOf(sums, (one) => one.numerator),
    sumOf(sums, (one) => one.denominator),
    sumOf(sums, (one) => one.total),
  ];
  const isMean = declaration.kind === 'mean' || declaration.value !== undefined;
  const counts = { ...HIDDEN, denominator, numerator: isMean ? null : numerator };
  if (denominator === 0 && numerator === 0) return { ...counts, state: 'none' };
  const parts = declaration.compare?.groups.map((_, place) => sums.filter(({ group }) => group === place));
  const smallest = Math.min(...(parts ?? [sums]).map((part) => sumOf(part, (one) => one.denominator)));
  if (smallest < least) return declaration.small === 'hide' ? HIDDEN : { ...counts, state: 'counts' };
  const shown: PeriodFigure = { ...counts, state: 'shown', ...valueOf(isMean, { numerator, denominator, total }) };
  return parts ? compared(shown, declaration, parts) : shown;
}

const valueOf = (isMean: boolean, { numerator, denominator, total }: Omit<IndicatorSum, 'period' | 'group'>) =>
  isMean ? { mean: total / denominator } : { rate: numerator / denominator };

/** What is counted above the line by itself does not stand below it too. */
const withoutThoseAbove = (sum: IndicatorSum): IndicatorSum => ({
  ...sum,
  denominator: sum.denominator - sum.numerator,
});

function compared(
  shown: PeriodFigure,
  { compare, value }: Pick<IndicatorDeclaration, 'compare' | 'value'>,
  parts: readonly (readonly IndicatorSum[])[],
): PeriodFigure {
  const groups = parts.map((part, place) => {
    const [numerator, denominator] = [sumOf(part, (one) => one.numerator), sumOf(part, (one) => one.denominator)];
    const label = compare?.groups[place]?.label ?? '';
    if (value === undefined) return { label, numerator, denominator, rate: numerator / denominator, mean: null };
    return { label, numerator: 0, denominator, rate: null, mean: sumOf(part, (one) => one.total) / denominator };
  });
  const [first = 0, second = 0] = groups.map(({ rate, mean }) => (rate === null ? (mean ?? 0) : rate * 100));
  const difference = first - second;
  const isAlert = compare?.alert !== undefined && Math.abs(difference) > compare.alert;
  return { ...shown, groups, difference, isAlert };
}

const sumOf = (sums: readonly IndicatorSum[], pick: (one: IndicatorSum) => number): number =>
  sums.reduce((total, one) => total + pick(one), 0);
