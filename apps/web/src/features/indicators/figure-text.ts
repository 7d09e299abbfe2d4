import type { TFunction } from 'i18next';
import type { Indicator, PeriodFigure } from '../../lib/api/ledgers.js';

/** The number of a period; undefined where none is given. */
export function valueText({ measure }: Indicator, figure: PeriodFigure, t: TFunction): string | undefined {
  if (figure.state !== 'shown') return undefined;
  if (figure.difference !== null) {
    const sign = figure.difference > 0 ? '+' : figure.difference < 0 ? '−' : '';
    const value = `${sign}${decimal(Math.abs(figure.difference))}`;
    return figure.mean === null ? t('indicators.points', { value }) : `${value} ${measure ?? ''}`.trim();
  }
  if (figure.mean !== null) return meanText(figure.mean, measure);
  return figure.rate === null ? undefined : percent(figure.rate);
}

/** "2026-11", "2026-Q4" or "2026" as people say it. */
export function periodText(id: string, t: TFunction): string {
  const [year, part] = id.split('-');
  if (part === undefined) return t('indicators.periodOf.year', { year });
  if (part.startsWith('Q')) return t('indicators.periodOf.quarter', { year, quarter: Number(part.slice(1)) });
  return t('indicators.periodOf.month', { year, month: Number(part) });
}

/** What it is made of, or why there is nothing. */
export function groundText({ least }: Indicator, figure: PeriodFigure, t: TFunction): string {
  const { state, numerator, denominator } = figure;
  if (state === 'hidden') return t('indicators.hidden', { least });
  if (state === 'none' || denominator === null) return t('indicators.noneDue');
  if (numerator === null) return t('indicators.countOf', { count: denominator });
  return t('indicators.ratio', { numerator, denominator });
}

/** What should be reached, and whether the period reached it; without a number nothing is said of that. */
export function targetText(
  { target, kind, measure }: Indicator,
  figure: PeriodFigure,
  t: TFunction,
): string | undefined {
  if (!target) return undefined;
  const value = kind === 'mean' ? `${decimal(target.value)} ${measure ?? ''}`.trim() : `${decimal(target.value)}%`;
  const isWhole = kind !== 'mean' && target.side === 'atLeast' && target.value === 100;
  const text = t(`indicators.target.${isWhole ? 'whole' : target.side}`, { value });
  const reached = isReached(target, figure);
  return reached === undefined ? text : `${text} · ${t(reached ? 'indicators.reached' : 'indicators.notReached')}`;
}

function isReached({ side, value }: NonNullable<Indicator['target']>, figure: PeriodFigure): boolean | undefined {
  const found = figure.mean ?? (figure.rate === null ? null : figure.rate * 100);
  if (figure.state !== 'shown' || found === null) return undefined;
  return side === 'atLeast' ? found >= value : found <= value;
}

/** A mean with what it measures. */
export const meanText = (mean: number, measure: string | null): string => `${decimal(mean)} ${measure ?? ''}`.trim();

export const percent = (share: number): string => `${decimal(share * 100)}%`;

const decimal = (value: number): string => String(Math.round(value * 10) / 10);

/** Height of a bar, from 0 to 1; undefined where no number is given. */
export function barOf(figure: PeriodFigure, highest: number): number | undefined {
  if (figure.state !== 'shown') return undefined;
  if (figure.mean !== null && figure.difference === null) return highest === 0 ? 0 : figure.mean / highest;
  return figure.difference === null ? (figure.rate ?? undefined) : Math.min(1, Math.abs(figure.difference) / 100);
}
