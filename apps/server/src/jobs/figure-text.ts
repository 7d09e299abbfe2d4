import type { PeriodFigure } from '../ledgers/indicator-figures.js';

interface Printed {
  readonly measure: string | null;
  readonly least: number;
}

/** A figure as it is printed: rate with numerator and denominator, mean, counts of few, or why there is none. */
export function sentenceOf(
  { state, numerator, denominator, rate, mean, difference }: PeriodFigure,
  { measure, least }: Printed,
): string {
  if (state === 'none') return '本期没有';
  if (state === 'hidden') return `少于 ${least} 件，不给出`;
  if (state === 'counts')
    return numerator === null
      ? `${denominator ?? 0} 件（不足 ${least} 件，不算平均）`
      : `${denominator ?? 0} 件中 ${numerator ?? 0} 件（不足 ${least} 件，不算比率）`;
  if (difference !== null)
    return `相差 ${rounded(difference)} ${mean === null ? '个百分点' : (measure ?? '')}`.trimEnd();
  if (mean !== null) return `平均 ${rounded(mean)}${measure ?? ''}（${denominator ?? 0} 件）`;
  return `${rounded((rate ?? 0) * 100)}%（${numerator ?? 0}÷${denominator ?? 0}）`;
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);
