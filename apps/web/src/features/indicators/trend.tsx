import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../lib/api/ledgers.js';
import { barOf, groundText, periodText, valueText } from './figure-text.js';

type Props = { indicator: Indicator; chosen: string; choose: (period: string) => void };

/** One bar a period, each a button; a period without a number is a dotted line, not a zero. */
export function Trend({ indicator, chosen, choose }: Props) {
  const { t } = useTranslation();
  const highest = Math.max(...indicator.periods.map(({ mean }) => mean ?? 0));
  return (
    <div className="ct-trend" role="group" aria-label={t('indicators.trend')}>
      {indicator.periods.map((figure) => {
        const bar = barOf(figure, highest);
        const value = valueText(indicator, figure, t);
        const ground = groundText(indicator, figure, t);
        return (
          <button
            key={figure.id}
            type="button"
            className={`ct-trend-period ${figure.isAlert ? 'is-alert' : ''}`}
            aria-pressed={chosen === figure.id}
            aria-label={[periodText(figure.id, t), value, ground].filter(Boolean).join(' · ')}
            title={[periodText(figure.id, t), value, ground].filter(Boolean).join('\n')}
            onClick={() => choose(figure.id)}
          >
            <span className={`ct-trend-bar ${bar === undefined ? 'is-without' : ''}`}>
              <span style={{ height: `${Math.round((bar ?? 0) * 100)}%` }} />
            </span>
            <span className="ct-trend-name">{figure.id.replace(/^\d{4}-/, '')}</span>
          </button>
        );
      })}
    </div>
  );
}
