import type { PeriodFigure } from '../ledgers/indicator-figures.js';

/** A figure as it is printed: rate with numerator and denominator, mean, or why there is none. */
export function sentenceOf(
  { state, numerator, denominator, rate, mean, difference }: PeriodFigure,
  { measure, least }: { readonly measure: string | null; readonly least: number },
): string {
  if (state === 'none') return '本期没有';
  if (state === 'hidden' || state === 'counts') return `少于 ${least} 件，不给出`;
  if (mean !== null) return `平均 ${rounded(mean)}${measure ?? ''}（${denominator ?? 0} 件）`;
  if (difference !== null) return `相差 ${rounded(difference)} 个百分点`;
  return `${rounded((rate ?? 0) * 100)}%（${numerator ?? 0}÷${denominator ?? 0}）`;
}

const rounded = (value: number): string => String(Math.round(value * 10) / 10);
