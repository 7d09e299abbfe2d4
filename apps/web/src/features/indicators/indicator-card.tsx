import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../lib/api/ledgers.js';
import { isEnglish } from '../../lib/time.js';
import { CountedCases } from './counted-cases.js';
import { groundText, meanText, percent, periodText, targetText, valueText } from './figure-text.js';
import { Trend } from './trend.js';

/** One indicator: the number, what it is made of, and how it was before. */
export function IndicatorCard({ indicator }: { indicator: Indicator }) {
  const { t, i18n } = useTranslation();
  const last = indicator.periods.at(-1);
  const [wanted, choose] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const figure = indicator.periods.find(({ id }) => id === wanted) ?? last;
  if (!figure) return null;
  const title = isEnglish(i18n.language) ? (indicator.titleEn ?? indicator.title) : indicator.title;
  const value = valueText(indicator, figure, t);
  return (
    <article className="ct-indicator" aria-label={`${indicator.id} ${title}`}>
      <h2>
        <span className="ct-soft">{indicator.id}</span> {title}
      </h2>
      <div>
        <span className="ct-soft">
          {periodText(figure.id, t)}
          {figure.id === last?.id && t('indicators.current')}
        </span>
        <div className={`ct-indicator-value ${figure.isAlert ? 'is-alert' : ''}`}>{value ?? '—'}</div>
        <div className="ct-indicator-ground">{groundText(indicator, figure, t)}</div>
        {indicator.target && <div>{targetText(indicator, figure, t)}</div>}
        {figure.state === 'counts' && (
          <div className="ct-soft">{t('indicators.counts', { least: indicator.least })}</div>
        )}
        {figure.p90 !== null && (
          <div>
            {t('indicators.p90', { value: Math.round(figure.p90 * 10) / 10, measure: indicator.measure ?? '' })}
          </div>
        )}
        {figure.groups?.map((group) => (
          <div key={group.label}>
            {group.label} {group.rate === null ? meanText(group.mean ?? 0, indicator.measure) : percent(group.rate)}{' '}
            <span className="ct-soft">
              {group.rate === null
                ? t('indicators.countOf', { count: group.denominator })
                : t('indicators.ratio', { numerator: group.numerator, denominator: group.denominator })}
            </span>
          </div>
        ))}
        {figure.isAlert && (
          <div className="ct-field-error">{t('indicators.alert', { alert: indicator.alert ?? 0 })}</div>
        )}
      </div>
      <Trend indicator={indicator} chosen={figure.id} choose={choose} />
      <p className="ct-soft">
        {indicator.description}
        {indicator.use && `${indicator.use}。`}
        {indicator.isOwnUnit && t('indicators.ownUnit')}
      </p>
      {indicator.leadsToCases && (figure.denominator ?? 0) > 0 && (
        <div>
          <Button size="small" onClick={() => setOpen(true)}>
            {t('indicators.cases')}
          </Button>
        </div>
      )}
      {isOpen && <CountedCases indicator={indicator} period={figure.id} title={title} close={() => setOpen(false)} />}
    </article>
  );
}
