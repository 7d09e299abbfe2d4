import type { TFunction } from 'i18next';
import type { Indicator, PeriodFigure } from '../../lib/api/ledgers.js';

/** The number of a period; undefined where none is given. */
export function valueText({ measure }: Indicator, figure: PeriodFigure, t: TFunction): string | undefined {
  if (figure.state !== 'shown') return undefined;
  if (figure.mean !== null) return `${decimal(figure.mean)} ${measure ?? ''}`.trim();
  if (figure.difference !== null)
    return t('indicators.points', { value: `${figure.difference > 0 ? '+' : ''}${decimal(figure.difference)}` });
  return figure.rate === null ? undefined : percent(figure.rate);
}

/** What it is made of, or why there is nothing. */
export function groundText({ least }: Indicator, figure: PeriodFigure, t: TFunction): string {
  const { state, numerator, denominator } = figure;
  if (state === 'hidden') return t('indicators.hidden', { least });
  if (state === 'none' || denominator === null) return t('indicators.noneDue');
  if (numerator === null) return t('indicators.countOf', { count: denominator });
  return t('indicators.ratio', { numerator, denominator });
}

export const percent = (share: number): string => `${decimal(share * 100)}%`;

const decimal = (value: number): string => String(Math.round(value * 10) / 10);

/** Height of a bar, from 0 to 1; undefined where no number is given. */
export function barOf(figure: PeriodFigure, highest: number): number | undefined {
  if (figure.state !== 'shown') return undefined;
  if (figure.mean !== null) return highest === 0 ? 0 : figure.mean / highest;
  return figure.difference === null ? (figure.rate ?? undefined) : Math.min(1, Math.abs(figure.difference) / 100);
}
