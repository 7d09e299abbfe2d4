import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Dashboard as Board, type DashboardCount, type Indicator, useLedgerCount } from '../../lib/api/ledgers.js';
import { isEnglish } from '../../lib/time.js';
import { IndicatorCard } from './indicator-card.js';

type Props = { board: Board; indicators: Indicator[] };
type Titled = { title: string; titleEn: string | null };

/** Figures that the file puts together, section by section. */
export function Dashboard({ board, indicators }: Props) {
  const { i18n } = useTranslation();
  const titleOf = ({ title, titleEn }: Titled) => (isEnglish(i18n.language) ? (titleEn ?? title) : title);
  return (
    <div className="ct-stack">
      {board.description && <p className="ct-soft">{board.description}</p>}
      {board.sections.map((section) => (
        <section key={section.title} className="ct-stack" aria-label={titleOf(section)}>
          <h2 className="ct-board-title">{titleOf(section)}</h2>
          {section.counts.length > 0 && (
            <div className="ct-counts">
              {section.counts.map((count) => (
                <CountTile key={`${count.ledger}-${count.title}`} count={count} title={titleOf(count)} />
              ))}
            </div>
          )}
          {section.indicators.length > 0 && (
            <div className="ct-indicators">
              {section.indicators.flatMap((id) => {
                const indicator = indicators.find((one) => one.id === id);
                return indicator ? [<IndicatorCard key={`${id}-${indicator.length}`} indicator={indicator} />] : [];
              })}
            </div>
          )}
        </section>
      ))}
    </div>
  );
}

/** How many rows there are now; leads to these rows. */
function CountTile({ count, title }: { count: DashboardCount; title: string }) {
  const { t } = useTranslation();
  const found = useLedgerCount(count.ledger, count.filters);
  const { total, isMore } = found.data ?? { total: 0, isMore: false };
  const text = t(isMore ? 'indicators.rowsMore' : 'indicators.rows', { count: isMore ? total - 1 : total });
  return (
    <Link className="ct-count" to={`/ledgers/${count.ledger}`} state={{ filters: count.filters }}>
      <span>{title}</span>
      <strong>{found.isSuccess ? text : '—'}</strong>
    </Link>
  );
}
